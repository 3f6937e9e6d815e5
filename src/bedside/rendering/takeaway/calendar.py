"""Follow-up dates for a calendar: an event for each interval that a sentence of the follow-up section states.

Only a sentence that asks for something to be done gives events; what is merely expected does not. The event's text is
the sentence, with its sources. The same answer and start give the same file, byte for byte.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from bedside.answer import Answer
from bedside.article.article import Role, SectionKey, Sentence
from bedside.protocol.strength import Strength
from bedside.rendering.citations import reference_line
from bedside.rendering.headings import BRANCH, COUNTRIES, heading
from bedside.rendering.html.status import day

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


def follow_up_dates(answer: Answer, start: date) -> bytes:
    """The events as iCalendar (RFC 5545), whole days, without an alarm. None: a calendar without events.

    An event that applies only in one case is TENTATIVE. Its UID comes from the statement, the interval and the day.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//bedside//follow-up dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Follow-up (bedside)")
    for each in due(answer, start):
        calendar.add_component(_event(each, answer, start))
    return bytes(calendar.to_ical())


def _of(sentence: Sentence, answer: Answer, start: date) -> Iterator[Due]:
    if sentence.role is not Role.CLAIM or sentence.strength not in _ACTS or sentence.passage:
        return
    for interval in intervals(answer.statements[sentence.statement].clinical):
        yield Due(
            sentence, interval, _later(start, interval.low, interval.unit), _later(start, interval.high, interval.unit)
        )


def _event(each: Due, answer: Answer, start: date) -> Event:
    reader = answer.question.reader
    sentence, interval = each.sentence, each.interval
    text = sentence.text_for(reader)
    open_case = sentence.branch or interval.conditional
    country = COUNTRIES.get(sentence.jurisdiction, "")
    event = Event()
    event.add("uid", f"{_uid(each, start)}@bedside.invalid")
    event.add("dtstamp", datetime(start.year, start.month, start.day, tzinfo=UTC))
    event.add("dtstart", each.first)
    event.add("dtend", each.last + timedelta(days=1))
    event.add("summary", _summary(heading(SectionKey.FOLLOW_UP, reader), interval, country, open_case=open_case))
    event.add("description", "\n\n".join((text, *_sources(sentence, answer), _counted(start), *_closing(answer))))
    event.add("status", "TENTATIVE" if open_case else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _summary(title: str, interval: Interval, country: str, *, open_case: bool) -> str:
    """What a calendar shows: nothing of the person, only that it is time."""
    high = f" to {interval.high}" if interval.high != interval.low else ""
    plural = "" if interval.high == 1 else "s"
    marks = ", ".join(filter(None, (country, BRANCH if open_case else "")))
    return f"{title}: {interval.low}{high} {interval.unit}{plural}" + (f" ({marks})" if marks else "")


def _sources(sentence: Sentence, answer: Answer) -> Iterator[str]:
    for citation in sentence.citations:
        yield reference_line(answer.sources[citation.source], (citation.locator,) if citation.locator else ())


def _counted(start: date) -> str:
    return f"Counted from {day(start.isoformat())}. Move it if that is not the day from which the sentence counts."


def _closing(answer: Answer) -> tuple[str, ...]:
    return tuple(line.text_for(answer.question.reader) for line in answer.article.closing)


def _uid(each: Due, start: date) -> str:
    interval = each.interval
    written = f"{each.sentence.statement} {interval.low} {interval.high} {interval.unit} {start.isoformat()}"
    return sha256(written.encode()).hexdigest()[:32]


def _later(start: date, count: int, unit: str) -> date:
    """The day *count* units later; a month without that day ends with its last."""
    if unit in ("day", "week"):
        return start + timedelta(days=count * (7 if unit == "week" else 1))
    months = start.month - 1 + count * (12 if unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
