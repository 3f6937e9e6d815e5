"""Printed pairs of one quantity in two units, recomputed with the named factors of the content.

A pair is two figures with nothing between them but what says "the same": a bracket, "or", "=", "approximately". What
holds is said as well as what does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bedside.errors import UsageError
from bedside.facts.fact import Quantity
from bedside.facts.mentions import mentions
from bedside.facts.units import Units
from bedside.text.matching import Figure, figures
from bedside.text.sentences import sentences
from bedside.text.span import Span
from bedside.text.words import words
from bedside.verification.article_checks.finding import ArticleFinding, FindingKind, ReadArticle, Weight

_SAME = re.compile(
    r"[\s,]*(?:[(\[/=\u2248\u2243~]|\bor\b|\bi\.?e\.?,?|\bthat is\b|\bequals?\b|\b(?:is )?(?:equivalent|"
    r"equal) to\b|\bapproximately\b|"
    r"\bapprox\.?|\babout\b|\baround\b|\broughly\b|\bnearly\b|\bcorrespond(?:s|ing) to\b|\s)+",
    re.IGNORECASE,
)
_SAID_TO_BE_ONE = re.compile(r"[=\u2248\u2243]|\b(?:i\.?e|that is|equals?|equivalent|equal)\b", re.IGNORECASE)
_EXACT = Decimal("0.01")
_ROUNDED = Decimal("0.03")
_ROUGH_TIME = Decimal("0.10")  # "3 months (12 weeks)" is how people speak
_CROSSING = frozenset({"mass_concentration", "molar_concentration", "charge_concentration"})
_NEAR = 40  # characters between the name of a test and its figure
_FAR_OFF = 2  # times: the factor of another test is as far from this one's
_SHOWN = 4  # significant digits of what was recomputed


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two figures that are printed as one quantity, and what was measured; ``near`` says that this is certain."""

    first: Figure
    second: Figure
    analyte: str
    near: bool
    written: str
    other: str
    place: Span


def conversions(article: ReadArticle) -> Iterator[ArticleFinding]:
    """One finding for every pair that can be recomputed, and a note for one that cannot."""
    for block in article.document.blocks:
        for sentence in sentences(block.span.of(article.text)):
            start = block.span.start + sentence.start
            yield from _in_sentence(article, Span(start, block.span.start + sentence.end))


def _in_sentence(article: ReadArticle, span: Span) -> Iterator[ArticleFinding]:
    text, units = span.of(article.text), article.vocabulary.units
    found = figures(text, units.tokens)
    for first, second in pairwise(found):
        between = text[first.span.end : second.span.start]
        closed = text[second.span.end :].lstrip()[:1] in (")", ";", ",")
        if not _is_pair(units, first, second, between, closed=closed):
            continue
        place = Span(span.start + first.span.start, span.start + second.span.end)
        same_dimension = units.same_scale(first.unit, second.unit)
        analyte, near = ("", True) if same_dimension else _analyte(article, text, first.span.start)
        yield _judged(units, _Pair(first, second, analyte, near, *_written(text, first, second), place))


def _is_pair(units: Units, first: Figure, second: Figure, between: str, *, closed: bool) -> bool:
    if not first.unit or not second.unit or first.unit == second.unit or not _SAME.fullmatch(between):
        return False
    if (first.upper is None) != (second.upper is None):
        return False
    if units.same_scale(first.unit, second.unit):
        # "500 mg or 1 g" and "2 years (6 months of them at home)" are two quantities, not one.
        return _SAID_TO_BE_ONE.search(between) is not None or ("(" in between and closed)
    dimensions = {units.units[figure.unit].dimension for figure in (first, second)}
    return dimensions <= _CROSSING


def _written(text: str, first: Figure, second: Figure) -> tuple[str, str]:
    return " ".join(first.span.of(text).split()), " ".join(second.span.of(text).split())


def _analyte(article: ReadArticle, text: str, before: int) -> tuple[str, bool]:
    """The laboratory test that a sentence names, the nearest before the figure or else the first after it, and whether
    it stands so near that the figure can be no other's."""
    vocabulary = article.vocabulary
    found = mentions(text, words(text), vocabulary.lexicon)
    named = [each for each in found if not each.how and each.concept in vocabulary.units.analytes]
    ahead = [mention for mention in named if mention.span.end <= before]
    if ahead:
        gap = text[ahead[-1].span.end : before]
        return ahead[-1].concept, len(gap) <= _NEAR and not re.search(r"[,;:]|\band\b", gap)
    return next((mention.concept for mention in named), ""), False


def _judged(units: Units, pair: _Pair) -> ArticleFinding:
    first, second = pair.first, pair.second
    both = f"{pair.written} and {pair.other}"
    if first.sign != second.sign and "=" not in (first.sign, second.sign):
        return _finding(Weight.FAULT, f"{both} are printed as one limit, but their signs differ.", pair.place)
    unknown = f"{both} could not be recomputed: no factor between these units is known for what was measured."
    try:
        computed = _converted(units, first, second.unit, pair.analyte)
    except UsageError:
        return _finding(Weight.NOTE, unknown, pair.place)
    off = max(_off(here, there) for here, there in zip(computed, (second.value, second.upper), strict=True))
    shown = " to ".join(_short(value) for value in computed if value is not None)
    recomputed = f"{pair.written} is {shown} {second.unit}"
    if off <= _EXACT:
        return _finding(Weight.CORRECT, f"{both}: correct ({recomputed}).", pair.place)
    if off <= (_ROUGH_TIME if units.units[first.unit].dimension == "time" else _allowed(second)):
        return _finding(Weight.CORRECT, f"{both}: correct to rounding ({recomputed}).", pair.place)
    if not pair.near and _times_apart(computed[0], second.value) > _FAR_OFF:
        return _finding(Weight.NOTE, unknown, pair.place)  # the figure is more likely another test's
    return _finding(Weight.FAULT, f"{both} are not the same: {recomputed}.", pair.place)


def _converted(units: Units, figure: Figure, unit: str, analyte: str) -> tuple[Decimal, Decimal | None]:
    """A figure in another unit. Raises UsageError where no named factor leads there."""
    quantity = Quantity(figure.value, figure.unit, upper=figure.upper)
    scaled = units.scale(quantity, unit) or units.convert(quantity, unit, analyte)
    return scaled.value, scaled.upper


def _off(computed: Decimal | None, printed: Decimal | None) -> Decimal:
    """How far apart two values are, as a share of what was printed."""
    if computed is None or printed is None or not printed:
        return Decimal(0) if computed == printed else Decimal(1)
    return abs(computed - printed) / abs(printed)


def _times_apart(computed: Decimal, printed: Decimal) -> Decimal:
    """How many times the larger of two values is the smaller."""
    low, high = sorted((abs(computed), abs(printed)))
    return high / low if low else Decimal("Infinity")


def _allowed(figure: Figure) -> Decimal:
    """What rounding may have taken away: half a unit of the last digit that says something, at most 3 %."""
    value = figure.value.normalize()
    exponent = value.as_tuple().exponent
    half = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
    return min(half / abs(value), _ROUNDED) if value else _EXACT


def _short(value: Decimal) -> str:
    """A value with four significant digits at most, in plain notation."""
    kept = value.quantize(Decimal(1).scaleb(max(value.adjusted(), 0) - _SHOWN + 1)) if value else value
    return f"{kept.normalize():f}"


def _finding(weight: Weight, message: str, place: Span) -> ArticleFinding:
    return ArticleFinding(FindingKind.CONVERSION, weight, message, (place,))
