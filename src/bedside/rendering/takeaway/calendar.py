"""Follow-up dates as a calendar file: the event's text is the sentence, with its sources.

The same answer and start give the same file, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from bedside.answer import Answer
from bedside.article.article import SectionKey, Sentence
from bedside.rendering.citations import reference_line
from bedside.rendering.headings import BRANCH, COUNTRIES, heading
from bedside.rendering.html.status import day
from bedside.rendering.takeaway.due import Due, Interval, due


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
