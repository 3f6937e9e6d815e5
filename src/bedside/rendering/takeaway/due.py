"""What falls due: an event for each interval that a sentence of the follow-up section states.

Only a sentence that asks for something to be done gives events; what is merely expected does not.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bedside.answer import Answer
from bedside.article.article import Role, SectionKey, Sentence
from bedside.protocol.strength import Strength

_ACTS = frozenset({Strength.DO, Strength.CONSIDER})
_NUMBER = r"(?P<low>\d{1,3})(?:\s*(?:-|\u2013|to)\s*(?P<high>\d{1,3}))?"
# "at 3 months", "after 1 to 2 weeks", "at about 8 weeks", "every 3 months";
# not "for 18 months", "by 6 weeks" or "3 months or longer".
_INTERVAL = re.compile(
    rf"\b(?:at|after|in|every)\s(?:about\s|least\severy\s|least\s)?{_NUMBER}\s(?P<unit>day|week|month|year)s?\b"
    r"(?!\s(?:or|and)\s(?:longer|more|later))",
    re.IGNORECASE,
)
# What stands in brackets, and the condition a sentence begins with: "If B12 is low after 3 months, consider ...".
_ASIDE = re.compile(r"\([^)]*\)|(?:^|(?<=\.\s))(?:if|when|after)\b[^,]*,", re.IGNORECASE)
# What makes a figure hold in one case only, behind it in the same stretch of the sentence.
_CONDITION = re.compile(r"^\s*(?:or\b[^,;.]*)?(?:in|if|when|where|for|during)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval from the start: ``low`` to ``high`` (the same where one number is stated) in ``unit`` (day, week,
    month, year). ``conditional`` says that it holds in one case only."""

    low: int
    high: int
    unit: str
    conditional: bool


@dataclass(frozen=True, slots=True)
class Due:
    """One event to be: the days it spans, what it says, and where that stands."""

    sentence: Sentence
    interval: Interval
    first: date
    last: date


def intervals(text: str) -> tuple[Interval, ...]:
    """The intervals that a sentence states as when something is due; what stands in brackets is an aside, and a
    condition at the beginning says when the sentence holds."""
    flat = _ASIDE.sub(lambda match: " " * len(match.group()), text)
    found: dict[tuple[int, int, str], Interval] = {}
    for match in _INTERVAL.finditer(flat):
        low = int(match["low"])
        high = int(match["high"] or low)
        made = Interval(low, high, match["unit"].lower(), bool(_CONDITION.match(flat[match.end() :])))
        found.setdefault((low, high, made.unit), made)
    return tuple(found.values())


def due(answer: Answer, start: date) -> tuple[Due, ...]:
    """Every event of the follow-up section, counted from *start*, in the order of the days."""
    section = answer.article.section(SectionKey.FOLLOW_UP)
    found = [each for sentence in (section.sentences if section else ()) for each in _of(sentence, answer, start)]
    return tuple(sorted(found, key=lambda each: (each.first, each.sentence.id)))


def _of(sentence: Sentence, answer: Answer, start: date) -> Iterator[Due]:
    if sentence.role is not Role.CLAIM or sentence.strength not in _ACTS or sentence.passage:
        return
    for interval in intervals(answer.statements[sentence.statement].clinical):
        yield Due(
            sentence, interval, _later(start, interval.low, interval.unit), _later(start, interval.high, interval.unit)
        )


def _later(start: date, count: int, unit: str) -> date:
    """The day *count* units later; a month without that day ends with its last."""
    if unit in ("day", "week"):
        return start + timedelta(days=count * (7 if unit == "week" else 1))
    months = start.month - 1 + count * (12 if unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
