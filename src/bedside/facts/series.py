"""Several values of one test: which is the newest, which are older, and which was taken before treatment.

Rule DQ5: the newest drives, the older are kept. Rule DQ4: values that share a date stay side by side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from bedside.facts.fact import Fact, Presence, When
from bedside.facts.reading import Reading
from bedside.facts.trend import MONTH
from bedside.text.span import Span

_BASELINE = "baseline_b12_before_treatment"
_B12 = "total_b12"
_AROUND = 45  # characters beside a value in which the words of its date stand
_DATE = re.compile(
    rf"\b(?:in |on |since )?(?:(?:early |late |mid )?(?:{MONTH})"
    r"(?:\s(?:\d{1,2}(?:st|nd|rd|th)?,?\s)?(?:19|20)\d{2})?"
    r"|(?:19|20)\d{2}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}|(?:a|\d+|two|three|six) (?:years?|months?|weeks?) ago"
    r"|last (?:year|month|week|summer|winter|spring|autumn))\b"
)
_BORDER = re.compile(r"[,;(|\n]|\b(?:and|then|but|to|now|previously|down|up)\b|->|\u2192")
_DATE_BEHIND = re.compile(r"\s?\((?:[a-z]{3,9} )?(?:19|20)\d\d\)")  # "132 (2021)": the date of the value before it
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAME_TIME = re.compile(r"\bsame (?:day|date|sample|blood|morning|afternoon|time|specimen)\b")
_ARROW = re.compile(r"->|\u2192|=>|\bto\b|\bthen\b|>")


def in_time(reading: Reading, facts: list[Fact], ranks: Mapping[int, int]) -> list[Fact]:
    """The facts with ``order``, ``observed_on``, the older ones as past, and a value before treatment as baseline.

    *ranks* say of the numbers in dated columns how new they are.
    """
    result: list[Fact] = []
    for concept, subject in dict.fromkeys((fact.concept, fact.subject) for fact in facts):
        same = [fact for fact in facts if (fact.concept, fact.subject) == (concept, subject)]
        columns = _in_columns(same, ranks)
        result.extend(columns or _ordered(reading, [_dated(reading, fact, facts) for fact in same]))
    return sorted(result, key=lambda fact: fact.span.start)


def _in_columns(facts: list[Fact], ranks: Mapping[int, int]) -> list[Fact]:
    """The values of one row of a table with dates, the newest column as now; empty when they are no such row."""
    if len(facts) < 2 or not ranks:  # noqa: PLR2004
        return []
    starts = [next((start for start in ranks if fact.span.start <= start < fact.span.end), None) for fact in facts]
    order = [ranks[start] for start in starts if start is not None]
    if len(order) < len(facts):
        return []
    return [_placed(fact, rank, newest=rank == max(order)) for fact, rank in zip(facts, order, strict=True)]


def _beside(reading: Reading, fact: Fact, facts: list[Fact]) -> tuple[Span, Span]:
    """The text before and behind a value that speaks of it and of no other value."""
    sentence = reading.sentence(fact.span.start)
    earlier = max((o.span.end for o in facts if o.span.end <= fact.span.start), default=None)
    later = min((o.span.start for o in facts if o.span.start >= fact.span.end), default=None)
    start = max(sentence.start, fact.span.start - _AROUND)
    if earlier is not None:
        border = _border(reading, earlier, fact.span.start)
        # A value whose sentence is its own has all the words before it: "4.9 today. Two years ago it was 7".
        apart = border == fact.span.start and earlier < sentence.start
        start = start if apart else max(start, border)
    end = min(sentence.end, fact.span.end + _AROUND)
    if later is not None:
        end = min(end, _border(reading, fact.span.end, later))
    end = max(fact.span.end, end)
    return Span(start, fact.span.end), Span(fact.span.end, end)


def _border(reading: Reading, end: int, start: int) -> int:
    """Where the words of one value end and those of the next begin: "150 in March, | now 268"."""
    dated = _DATE_BEHIND.match(reading.folded, end, start)
    mark = _BORDER.search(reading.folded, dated.end() if dated else end, start)
    return mark.start() if mark else start


def _dated(reading: Reading, fact: Fact, facts: list[Fact]) -> Fact:
    before, behind = _beside(reading, fact, facts)
    if fact.concept == _B12 and reading.phrases("baseline", Span(before.start, behind.end)):
        return replace(fact, concept=_BASELINE, when=When.CURRENT)
    if fact.concept == _B12 and _why_treated(reading, fact):
        return replace(fact, concept=_BASELINE, when=When.CURRENT)
    date = _DATE.search(reading.folded, behind.start, behind.end) or _DATE.search(
        reading.folded, before.start, before.end
    )
    return replace(fact, observed_on=re.sub("^(?:in|on|since) ", "", date.group()) if date else "")


_WHY = re.compile(
    r"\b(?:after|for|because of|following|on the strength of) (?:a |an |my |her |his |the )?"
    r"(?:(?:low|serum|vitamin|vit|total|initial) )*$"
)


def _why_treated(reading: Reading, fact: Fact) -> bool:
    """Whether a value is why a treatment was begun: "put me on cyanocobalamin 50 mcg after a B12 of 158 ng/L"."""
    sentence = reading.sentence(fact.span.start)
    if not _WHY.search(reading.folded, max(sentence.start, fact.span.start - _AROUND), fact.span.start):
        return False
    concepts = reading.vocabulary.lexicon.concepts
    before = reading.mentions_in(Span(sentence.start, fact.span.start))
    given = [each for each in before if concepts[each.concept].routed and each.how in ("", "treatment")]
    status = reading.status(given[-1].span) if given else None
    return status is not None and not status.asked and status.presence is Presence.PRESENT


def _ordered(reading: Reading, facts: list[Fact]) -> list[Fact]:
    apart = [fact for fact in facts if fact.concept == _BASELINE or fact.when is When.HYPOTHETICAL]
    dated = [fact for fact in facts if fact not in apart]
    if len(dated) == 1 or not dated:
        # A single value is the newest there is, unless its own words put it in the past.
        return [*apart, *dated]
    ages = [_age(reading, fact, dated) for fact in dated]
    if _same_time(reading, dated) or not (_in_order(ages) or _moved(reading, dated)):
        return [*apart, *(replace(fact, when=When.CURRENT) for fact in dated)]
    # Sorting is stable: among equals the later in the text is the newer.
    years = _years(dated)
    ranked = sorted(range(len(dated)), key=lambda index: (ages[index], years[index], index))
    order = {index: rank for rank, index in enumerate(ranked)}
    newest = ranked[-1]
    return [
        *apart,
        *(_placed(fact, order[index], newest=index == newest) for index, fact in enumerate(dated)),
    ]


def _years(facts: list[Fact]) -> list[int]:
    """The year of each value where every one has a year of its own, else zeros: the order of the text decides."""
    found = [_YEAR.search(fact.observed_on) for fact in facts]
    return [int(year.group()) if year else 0 for year in found] if all(found) else [0] * len(facts)


def _same_time(reading: Reading, facts: list[Fact]) -> bool:
    """Whether the text says that the values are of one day or one sample."""
    whole = Span(reading.sentence(facts[0].span.start).start, reading.sentence(facts[-1].span.end - 1).end)
    return _SAME_TIME.search(reading.folded, whole.start, whole.end) is not None


def _in_order(ages: list[int]) -> bool:
    """Whether the words of time tell the values apart: one is called older, or only the last is called newest."""
    return min(ages) < 0 or (max(ages) > 0 and ages[0] <= 0)


def _placed(fact: Fact, order: int, *, newest: bool) -> Fact:
    return replace(fact, order=order, when=When.CURRENT if newest else When.PAST)


def _moved(reading: Reading, facts: list[Fact]) -> bool:
    """Whether the text goes from one value to the next ("150 to 268", an arrow)."""
    return any(
        b.span.end - a.span.end < 2 * _AROUND and _ARROW.search(reading.folded, a.span.end, b.span.end)
        for a, b in pairwise(facts)
    )


def _age(reading: Reading, fact: Fact, facts: list[Fact]) -> int:
    """-1 for a value called older, 1 for one called newest, 0 when nothing says so."""
    before, behind = _beside(reading, fact, facts)
    own = Span(before.start, behind.end)
    if reading.phrases("newer", own):
        return 1
    was = fact is not facts[0] and re.search(r"\b(?:was|were)\b", reading.folded[before.start : before.end])
    return -1 if fact.observed_on or was or reading.phrases("older", own) else 0
