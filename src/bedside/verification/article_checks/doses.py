"""Doses that differ between places: the same medicine, the same interval, under the same conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from bedside.facts.fact import Quantity
from bedside.facts.units import Units
from bedside.text.matching import Figure, figures
from bedside.verification.article_checks.finding import ArticleFinding, FindingKind, ReadArticle, Weight, quoted
from bedside.verification.article_checks.naming import conditions, drugs_in
from bedside.verification.claims import Claim, ClaimKind

_TIMES = {"once": "1", "twice": "2", "two": "2", "three": "3", "four": "4", "thrice": "3", "2": "2", "3": "3", "4": "4"}
_INTERVAL = re.compile(
    r"\b(?:(?P<times>once|twice|thrice|two times|three times|four times|[234] times)(?: (?:a|per|each|"
    r"every))?[ -]?(?P<per>daily|day|weekly|week|monthly|month)"
    r"|every (?P<every>(?:\d{1,2}(?:\s?(?:-|\u2013|to)\s?\d{1,2})? )?(?:hours?|days?|weeks?|months?|years?))"
    r"|(?P<alone>daily|nightly|weekly|monthly|yearly|annually|on alternate days|every other day)|(?:a|"
    r"per) (?P<a>day|week|month))\b",
    re.IGNORECASE,
)
_PERIODS = {
    "daily": "day",
    "nightly": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
_DOSED = ("mass", "international_units", "tablets")
_NOT_NAMES_WRITTEN = """
    tablet tablets capsule capsules about least most only daily dose doses give take start use continue oral
    orally with than from intake intakes amount total more once twice weekly monthly prescribe maximum
    minimum intramuscular injection injections
"""
_NOT_NAMES = frozenset(_NOT_NAMES_WRITTEN.split())
_WORD = re.compile(r"[^\W\d_]{5,}")
_NEAR = 45  # characters between a medicine's name and its dose


@dataclass(frozen=True, slots=True)
class _Dose:
    drug: str
    low: Decimal
    high: Decimal
    interval: str
    under: frozenset[str]
    written: str
    claim: Claim


def doses_that_differ(article: ReadArticle) -> Iterator[ArticleFinding]:
    """Pairs of doses of one medicine for one interval and the same conditions that share no value."""
    told: set[tuple[str, str]] = set()
    for first, second in combinations(_doses(article), 2):
        same = (first.drug, first.interval, first.under) == (second.drug, second.interval, second.under)
        apart = first.high < second.low or second.high < first.low
        if same and apart and first.claim.id != second.claim.id and (first.drug, first.interval) not in told:
            told.add((first.drug, first.interval))
            message = (
                f"The dose of {first.drug.replace('_', ' ')} is {first.written} in one place "
                f"({quoted(first.claim.text)}) and "
                f"{second.written} in another ({quoted(second.claim.text)}), without a reason that tells them apart."
            )
            yield ArticleFinding(FindingKind.DOSE, Weight.FAULT, message, (first.claim.span, second.claim.span))


def _doses(article: ReadArticle) -> Iterator[_Dose]:
    """The doses that the article orders or states, each with its interval."""
    units = article.vocabulary.units
    for claim in article.said():
        if claim.kind is not ClaimKind.ADVICE and not re.search(
            r"\b(?:dose|dosage|dosing|given|taken)\b", claim.text, re.IGNORECASE
        ):
            continue
        found = [
            f
            for f in figures(claim.text, units.tokens)
            if f.unit in units.units and units.units[f.unit].dimension in _DOSED
        ]
        if len({figure.value for figure in found}) != 1:
            continue  # several doses in one sentence are a scheme, a range of products, or a comparison
        interval = interval_of(claim.text)
        drug = _drug(claim.text, found[0], article)
        if interval and drug:
            low, high = _in_base(units, found[0])
            under = conditions(f"{claim.text} {claim.heading} {claim.lead}")
            yield _Dose(drug, low, high, interval, under, found[0].span.of(claim.text).strip(), claim)


def interval_of(text: str) -> str:
    """How often, in one form ("3 day" for three times daily, "2-3 months"); "" for nothing, or two intervals."""
    found = {_one_interval(match) for match in _INTERVAL.finditer(text)}
    return found.pop() if len(found) == 1 else ""


def _one_interval(match: re.Match[str]) -> str:
    if match["times"]:
        times = _TIMES[match["times"].lower().split()[0]]
        per = match["per"].lower()
        return f"{times} {_PERIODS.get(per, per)}"
    if match["every"]:
        return re.sub(r"\s?(?:\u2013|to|-)\s?", "-", match["every"].lower())
    alone = (match["alone"] or match["a"] or "").lower()
    return f"1 {_PERIODS.get(alone, alone)}"


def _in_base(units: Units, figure: Figure) -> tuple[Decimal, Decimal]:
    """The ends of a dose in mg where it is a mass, else in its own unit."""
    quantity = Quantity(figure.value, figure.unit, upper=figure.upper)
    scaled = units.scale(quantity, "mg") or quantity
    return scaled.value, scaled.upper if scaled.upper is not None else scaled.value


def _drug(text: str, figure: Figure, article: ReadArticle) -> str:
    """The medicine a dose is of: the only one the text names, else the long word just before the dose."""
    known = drugs_in(text, article.vocabulary)
    if known:
        return known[0] if len(known) == 1 else ""
    before = text[max(0, figure.span.start - _NEAR) : figure.span.start]
    words = [word.group().lower() for word in _WORD.finditer(before)]
    return next((word for word in reversed(words) if word not in _NOT_NAMES), "")
