"""Follow-up dates: which sentences give which, on which days, and what an event says."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pytest

from bedside.article.article import SectionKey
from bedside.protocol.strength import Strength
from bedside.rendering.takeaway.calendar import follow_up_dates
from bedside.rendering.takeaway.due import Interval, due, intervals

START = date(2026, 11, 30)
LOW = "72F, total B12 140 ng/L, Hb 98 g/L, MCV 112, no neurological symptoms, on omeprazole 8 yrs. Next step?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Review B12 treatment at 3 months.", [(3, 3, "month", False)]),
        ("Check after 1 to 2 weeks and at about 8 weeks.", [(1, 2, "week", False), (8, 8, "week", False)]),
        ("Review at 3 months, and at 1 month in pregnancy.", [(3, 3, "month", False), (1, 1, "month", True)]),
        ("Check (it resolves at 6 to 8 weeks) the count at 2 weeks.", [(2, 2, "week", False)]),
        ("If it is low after 3 months, consider a test.", []),
        ("If it is low after 3 months, repeat it in 6 weeks.", [(6, 6, "week", False)]),
        ("Give it for 18 months, or until 2 years.", []),
        ("It is low after 3 months or longer.", []),
        ("Symptoms improve from 2 weeks and take up to 3 months.", []),
        ("Review every 6 months.", [(6, 6, "month", False)]),
        ("Check 3 tests in 2 people.", []),
        ("", []),
    ],
)  # fmt: skip
def test_which_figures_of_a_sentence_are_dates(text, expected):
    """Only a figure that says when something is due counts; an aside, a duration or a condition does not."""
    assert intervals(text) == tuple(Interval(*each) for each in expected)


def events_of(answer, start=START):
    """The events of a calendar as another program reads it."""
    return list(icalendar.Calendar.from_ical(follow_up_dates(answer, start)).walk("VEVENT"))


def test_an_event_says_the_sentence_with_its_reference_and_its_day(desk):
    """The text is the reader's wording, whole; the days are counted from the start; a range spans its days."""
    answer = desk.ask(LOW, reader="patient", region="GB")
    events = events_of(answer)
    assert events
    texts = {s.plain for s in answer.article.section(SectionKey.FOLLOW_UP).sentences}
    for event in events:
        assert any(str(event["description"]).startswith(text) for text in texts)
        assert "30 November 2026" in str(event["description"])
        assert "Not reviewed by a clinician" in str(event["description"])
    [range_of_weeks] = [event for event in events if "1 to 2 weeks" in str(event["summary"])]
    assert range_of_weeks.decoded("dtstart") == START + timedelta(weeks=1)
    assert range_of_weeks.decoded("dtend") == START + timedelta(weeks=2, days=1)


def test_months_end_with_their_last_day(desk):
    """Three months after the thirtieth of November is the last of February; the year turns."""
    answer = desk.ask(LOW, reader="patient", region="GB")
    starts = {str(e["summary"]).split(" (")[0]: e.decoded("dtstart") for e in events_of(answer)}
    assert starts["Follow-up: 3 months"] == date(2027, 2, 28)
    assert starts["Follow-up: 1 month"] == date(2026, 12, 30)


def test_what_holds_in_one_case_only_is_tentative(desk):
    """The month that is meant for pregnancy is not entered as if it were sure; nor is a branch."""
    for event in events_of(desk.ask(LOW, reader="patient", region="GB")):
        tentative = "if this applies" in str(event["summary"])
        assert str(event["status"]) == ("TENTATIVE" if tentative else "CONFIRMED")
    assert any(str(e["status"]) == "TENTATIVE" for e in events_of(desk.ask(LOW, reader="patient", region="GB")))


def test_the_same_answer_and_start_give_the_same_bytes(desk):
    """No clock and no chance: file and UIDs are the same; another start has other UIDs."""
    answer = desk.ask(LOW, reader="patient")
    assert follow_up_dates(answer, START) == follow_up_dates(answer, START)
    here, there = ({str(e["uid"]) for e in events_of(answer, day)} for day in (START, date(2027, 1, 1)))
    assert len(here) == len(events_of(answer))
    assert not here & there


def test_the_summary_says_nothing_of_the_person(desk):
    """A calendar is seen by others: no value, no concept and no word of the question in what it shows."""
    for event in events_of(desk.ask(LOW, reader="patient")):
        assert not any(word in str(event["summary"]) for word in ("B12", "140", "omeprazole", "anaemia"))
        assert str(event["class"]) == "PRIVATE"


def test_an_answer_without_follow_up_gives_an_empty_calendar(desk):
    """A decline has no dates, and the file is still one that a calendar reads."""
    assert events_of(desk.ask("What is the best treatment for asthma?")) == []


def wrong_dates(answer):
    """Dates of an answer that no statement asks for, over all its sentences."""
    for each in due(answer, START):
        statement = answer.statements[each.sentence.statement]
        stated = all(str(number) in statement.clinical for number in (each.interval.low, each.interval.high))
        if statement.strength not in (Strength.DO, Strength.CONSIDER) or not stated:
            yield f"a date that {statement.id} does not ask for"
        if not START < each.first <= each.last:
            yield "a date that does not lie ahead"
