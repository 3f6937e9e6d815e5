"""Monitoring schedules that differ: one interval reached by two rules, or two intervals for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bedside.evidence.analysis import terms
from bedside.verification.article_checks.finding import ArticleFinding, FindingKind, ReadArticle, Weight, quoted
from bedside.verification.article_checks.naming import conditions
from bedside.verification.claims import Claim

_MONITORS = re.compile(
    r"\b(?:monitor(?:ed|ing)?|recheck(?:ed|ing)?|check(?:ed|s|ing)?|repeat(?:ed|ing)?|follow(?:ed)?[- ]up|"
    r"review(?:ed|s)?|retest(?:ed|ing)?|"
    r"measured?|screen(?:ed|ing)?|re-?assess(?:ed)?|surveillance)\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?:(?P<word>annual(?:ly)?|yearly|monthly|weekly|quarterly|six-monthly|every year|once a year|each year)"
    r"|every (?P<low>\d{1,2})(?:\s?(?:-|\u2013|to)\s?(?P<high>\d{1,2}))? (?P<unit>weeks?|months?|years?)"
    r"|every (?P<one>week|month))\b",
    re.IGNORECASE,
)
_WORDS = {
    "annual": 365, "annually": 365, "yearly": 365, "every year": 365, "once a year": 365, "each year": 365,
    "monthly": 30, "weekly": 7, "quarterly": 91, "six-monthly": 182,
}  # fmt: skip
_DAYS = {"week": 7, "month": 30, "year": 365}
_FIXED = re.compile(
    r"\bat (?:\d{1,2}(?:, | and |-|\u2013| or )?)+ ?(?:weeks?|months?|years?)\b|\bfirst year\b", re.IGNORECASE
)
_EVENT = re.compile(
    r"\b(?:once|when|after|if|until|as soon as)\b[^.;]*?\b(?:stab\w+|normal\w*|consecutive|achieved|"
    r"controlled|reached|improv\w+|resolv\w+|remission)\b[^,.;]*",
    re.IGNORECASE,
)
_GENERAL = frozenset(
    terms(
        "monitor monitoring monitored recheck check checks repeat follow followed up review reviewed retest "
        "measure measured annual annually "
        "yearly monthly weekly quarterly every year years month months week weeks then first level levels "
        "once consecutive two transition "
        "thereafter least test tests blood patients treatment should"
    )
)


@dataclass(frozen=True, slots=True)
class _Schedule:
    claim: Claim
    low: int
    high: int
    written: str
    fixed: str
    event: str
    things: frozenset[str]
    under: frozenset[str]


def schedules_that_differ(article: ReadArticle) -> Iterator[ArticleFinding]:
    """Schedules of one section that cannot both be followed."""
    told: set[tuple[str, str]] = set()
    for first, second in combinations(_schedules(article), 2):
        pair = (first.claim.id, second.claim.id)
        reason = _differ(first, second)
        if reason and pair[0] != pair[1] and pair not in told:
            told.add(pair)
            message = f"{reason}: {quoted(first.claim.text)} and {quoted(second.claim.text)}."
            yield ArticleFinding(FindingKind.SCHEDULE, Weight.FAULT, message, (first.claim.span, second.claim.span))


def _schedules(article: ReadArticle) -> Iterator[_Schedule]:
    for claim in article.said():
        if not _MONITORS.search(claim.text):
            continue
        fixed, event = _FIXED.search(claim.text), _EVENT.search(claim.text)
        for match in _EVERY.finditer(claim.text):
            low, high = _days(match)
            yield _Schedule(
                claim,
                low,
                high,
                match.group(),
                fixed.group() if fixed else "",
                event.group() if event else "",
                frozenset(terms(claim.text)) - _GENERAL - _numbers(claim.text),
                conditions(claim.text),
            )


def _days(match: re.Match[str]) -> tuple[int, int]:
    if match["word"]:
        days = _WORDS[match["word"].lower()]
        return days, days
    if match["one"]:
        days = _DAYS[match["one"].lower()]
        return days, days
    unit = _DAYS[match["unit"].lower().removesuffix("s")]
    low = int(match["low"]) * unit
    return low, int(match["high"] or match["low"]) * unit


def _numbers(text: str) -> frozenset[str]:
    return frozenset(term for term in terms(text) if term[:1].isdigit())


def _differ(first: _Schedule, second: _Schedule) -> str:
    """Why two schedules cannot both be followed; "" where they can."""
    overlap = first.low <= second.high and second.low <= first.high
    together = first.claim.heading == second.claim.heading
    by_dates = [each.fixed != "" and each.event == "" for each in (first, second)]
    by_results = [each.event != "" and each.fixed == "" for each in (first, second)]
    if overlap and together and any(by_dates) and any(by_results):
        return f"Two rules lead to the same interval ({first.written}), one by fixed dates and one by results"
    if not overlap and first.things and first.things == second.things and first.under == second.under:
        return f"Two intervals for the same ({first.written}, {second.written})"
    return ""
