"""Numbers: every figure of a claim stands in the passage with its unit, comparator and range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction
from itertools import pairwise

from bedside.facts.units import Units
from bedside.text.matching import Figure
from bedside.verification.pair import Pair
from bedside.verification.verdict import Finding, Verdict

_MINUS = ("-", "\u2212", "\u2013")
# A number without a unit may take that of the next one; one before a word has a unit that is not in the table.
_SHARES_A_UNIT = re.compile(
    r"\s*(?:$|[^\w\s]|(?:and|or|to|vs|versus|with|in|of|for|was|were|is|at|on|by|from|compared|than)\b)"
)
_SAME_ORDER = 0.9
_ROUNDING = Fraction(1, 1000)


def numbers(pair: Pair) -> Iterator[Finding]:
    """A figure that is in neither the window nor, with nothing there in its place, elsewhere in the passage."""
    units = pair.terms.units
    there = list(pair.window.figures)
    missing: list[Figure] = []
    for figure in pair.claim.figures:
        found = next((other for other in there if _same(figure, other, pair)), None)
        if found is None:
            missing.append(figure)
        elif len(there) > 1:
            there.remove(found)
    for figure in missing:
        rival = _rival(figure, there, units)
        elsewhere = any(_same(figure, other, pair) for other in pair.passage.figures)
        if elsewhere and rival is None:
            continue
        yield _finding(pair, figure, rival)
    yield from _order(pair)


def same_figure(one: Figure, other: Figure, units: Units) -> bool:
    """Whether two figures are the same amount: number, range, comparator, and unit after scaling within a dimension."""
    if one.sign != other.sign or (one.upper is None) != (other.upper is None):
        return False
    if one.unit == other.unit or ("%" not in (one.unit, other.unit) and not (one.unit and other.unit)):
        return one.value == other.value and one.upper == other.upper
    factor = units.factor(one.unit, other.unit)
    if factor is None:
        return False
    return _close(one.value, factor, other.value) and (
        one.upper is None or other.upper is None or _close(one.upper, factor, other.upper)
    )


def _same(figure: Figure, other: Figure, pair: Pair) -> bool:
    """The same amount with the same sign before it: a lost minus turns a fall into a rise."""
    if bool(figure.unit) != bool(other.unit):
        bare, text = (other, pair.passage.text) if figure.unit else (figure, pair.said.text)
        if not _SHARES_A_UNIT.match(text, bare.span.end):
            return False
    return same_figure(figure, other, pair.terms.units) and _minus(figure, pair.said.text) == _minus(
        other, pair.passage.text
    )


def _minus(figure: Figure, text: str) -> bool:
    before = text[max(0, figure.digits.start - 2) : figure.digits.start]
    return before[-1:] in _MINUS and not before[:1].isalnum()


def _close(value: Decimal, factor: Fraction, other: Decimal) -> bool:
    scaled, whole = Fraction(value) * factor, Fraction(other)
    return abs(scaled - whole) <= _ROUNDING * max(abs(scaled), abs(whole))


def _rival(figure: Figure, there: list[Figure], units: Units) -> Figure | None:
    """The figure of the window that stands in its place: of the same unit, or the same number with another unit."""
    alike = [
        o for o in there if o.unit == figure.unit or (o.unit and figure.unit and units.factor(o.unit, figure.unit))
    ]
    return next((o for o in there if o.value == figure.value), None) or (alike[0] if alike else None)


def _finding(pair: Pair, figure: Figure, rival: Figure | None) -> Finding:
    said = pair.mine(figure.span)
    if rival is None:
        message = f"{said!r} is nowhere in the passage"
        return Finding("numbers", Verdict.WRONG_FIGURE, message, here=figure.span, against=pair.against)
    right = pair.theirs(rival.span)
    message = f"says {said!r} where the passage says {right!r}"
    return Finding("numbers", Verdict.WRONG_FIGURE, message, figure.span, rival.span, pair.against)


def _order(pair: Pair) -> Iterator[Finding]:
    """Two figures that changed places while the words around them did not."""
    values = [figure for figure in pair.claim.figures if pair.claim.figures.count(figure) == 1]
    places = [_place(figure, pair) for figure in values]
    found = [(figure, place) for figure, place in zip(values, places, strict=True) if place is not None]
    if not any(place > after for (_, place), (_, after) in pairwise(found)):
        return
    keys = [mark.key for mark in pair.claim.content if mark.key in pair.window.keys]
    theirs = [mark.key for mark in pair.window.content if mark.key in pair.claim.keys]
    if not keys or SequenceMatcher(None, keys, theirs, autojunk=False).ratio() < _SAME_ORDER:
        return
    for (figure, place), (_, after) in pairwise(found):
        if place > after:
            message = f"{pair.mine(figure.span)!r} has changed places with another figure"
            yield Finding("numbers", Verdict.WRONG_FIGURE, message, here=figure.span, against=pair.against)
            return


def _place(figure: Figure, pair: Pair) -> int | None:
    same = [n for n, other in enumerate(pair.window.figures) if _same(figure, other, pair)]
    return same[0] if len(same) == 1 else None
