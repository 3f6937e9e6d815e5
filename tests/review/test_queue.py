"""The queue: the greatest risk first, and why."""

from __future__ import annotations

import random

import pytest

from bedside.evidence.source import RecordCheck, SourceStatus
from bedside.evidence.statement import Basis
from bedside.protocol.protocol import Urgency
from bedside.protocol.strength import Strength
from bedside.review.lapse import Reason, Why
from bedside.review.queue import WAITS, queue_of
from bedside.review.reasons import said
from bedside.review.standing import Standing
from bedside.review.state import State
from tests.review.material import Content

TODAY = "2026-11-22"


def queue(content=None, states=None, today=TODAY, readings=None, reported=None):
    snapshot = (content or Content()).snapshot()
    standings = {name: Standing(name, State.SUBMITTED) for name in snapshot.items} | (states or {})
    return queue_of(snapshot, standings, today=today, readings=readings or {}, reported=reported or {})


def reasons(name, *given, **more):
    return next(entry.reasons for entry in queue(*given, **more) if entry.item.id == name)


def places(*names, **more):
    order = [entry.item.id for entry in queue(**more)]
    return [order.index(name) for name in names]


@pytest.mark.parametrize("state", State)
def test_what_waits_for_somebody_is_in_the_queue(state):
    name = "statement:t/alone"
    found = {entry.item.id for entry in queue(states={name: Standing(name, state)})}
    assert (name in found) == (state in WAITS)
    assert state in WAITS or state in {State.NOT_SUBMITTED, State.APPROVED, State.WITHDRAWN}


def test_what_the_content_has_no_more_is_not():
    assert "statement:t/gone" not in {
        entry.item.id for entry in queue(states={"statement:t/gone": Standing("statement:t/gone", State.SUBMITTED)})
    }


def test_an_emergency_comes_first_then_doses():
    order = [entry.item.id for entry in queue()]
    assert order[:4] == ["rule:t/RF", "statement:t/emergency", "rule:t/STOP", "statement:t/dose"]
    assert reasons("rule:t/RF")[0] == "red flag, immediate"
    assert reasons("statement:t/emergency")[0] == "shown by a red flag, immediate"
    assert reasons("statement:t/dose")[0] == "states a dose"
    assert reasons("rule:t/STOP")[0] == "shows a dose"


def test_at_once_comes_before_the_same_day():
    content = Content().with_rule("RF", urgency=Urgency.SAME_DAY)
    assert reasons("rule:t/RF", content)[0] == "red flag, same day"
    rank = {entry.item.id: entry.weight for entry in queue()}["rule:t/RF"]
    assert rank > {entry.item.id: entry.weight for entry in queue(content)}["rule:t/RF"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"basis": Basis.SECONDHAND}, "seen through summaries only"),
        ({"unconfirmed": True}, "unconfirmed"),
        ({"guards": ("t/dose",)}, "a caution that guards other advice"),
        ({"strength": Strength.DO_NOT, "clinical": "Do not.", "plain": "Do not."}, 'a "do not"'),
        ({"plain": "3 of them"}, "fails the machine's check"),
        ({"next_check": "2026-11-21"}, "past its review date since 2026-11-21"),
    ],
)
def test_what_is_said_of_a_statement_and_that_it_counts(change, reason):
    content = Content().with_statement("alone", **change)
    assert reason in reasons("statement:t/alone", content)
    assert reason not in reasons("statement:t/alone")
    assert places("statement:t/alone", content=content) < places("statement:t/alone")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": SourceStatus.SUPERSEDED}, "rests on a superseded source: three"),
        ({"status": SourceStatus.RETRACTED}, "rests on a retracted source: three"),
        ({"status": SourceStatus.CONCERN}, "rests on a source there is concern about: three"),
        ({"status": SourceStatus.DUE}, "rests on a source that is due for review: three"),
        ({"check": RecordCheck.MEMORY}, "the record of a source was never seen: three"),
        ({"year": "1998"}, "oldest source of 1998"),
    ],
)
def test_what_is_said_of_a_source_and_that_it_counts(change, reason):
    content = Content().with_source("three", **change)
    assert reason in reasons("statement:t/alone", content)
    assert reason not in reasons("statement:t/alone")
    assert places("statement:t/alone", content=content) < places("statement:t/alone")


def test_a_source_of_these_years_is_no_reason():
    """It is told from five years on."""
    assert "oldest source of 2021" in reasons("statement:t/alone", Content().with_source("three", year="2021"))
    assert not any(
        "oldest" in said for said in reasons("statement:t/alone", Content().with_source("three", year="2022"))
    )


def test_readers_count():
    name = "statement:t/alone"
    assert "read 1,204 times in 30 days" in reasons(name, readings={name: 1204})
    assert places(name, readings={name: 1204}) < places(name)
    assert reasons(name, reported={name: 4})[0].startswith("open reports of readers, weight 4")
    assert places(name, "rule:t/STOP", reported={name: 4}) == [4, 2]
    assert places(name, "rule:t/RF", reported={name: 10}) == [0, 1]  # harm comes before everything


def test_a_lapse_is_said_in_words():
    name = "statement:t/alone"
    why = tuple(Reason(Why.SUPERSEDED, f"source:{key}", of="new").to_json() for key in "abcde")
    lapsed = Standing(name, State.LAPSED, reasons=why)
    wanted = ", ".join(f"source {key} was superseded by source new" for key in "abc") + " and 2 more"
    assert f"lapsed: {wanted}" in reasons(name, states={name: lapsed})


@pytest.mark.parametrize("why", Why)
def test_every_reason_for_a_lapse_has_words(why):
    text = said(Reason(why, "source:one", of="x").to_json())
    assert text
    assert "{" not in text


def test_the_order_is_total_and_does_not_depend_on_the_order_of_what_is_given():
    snapshot = Content().snapshot()
    names = list(snapshot.items)
    expected = [entry.item.id for entry in queue()]
    for seed in range(5):
        random.Random(seed).shuffle(names)  # noqa: S311  nothing secret
        standings = {name: Standing(name, State.SUBMITTED) for name in names}
        found = queue_of(snapshot, standings, today=TODAY, readings={}, reported={})
        assert [entry.item.id for entry in found] == expected
    weights = [entry.weight for entry in queue()]
    assert weights == sorted(weights, reverse=True)


def test_lines_that_are_kept_change_nothing_but_the_work():
    """Whatever changes between two calls, with kept lines the queue is what it is without; what did not change is the
    same line."""
    snapshot = Content().snapshot()
    chance = random.Random(1)  # noqa: S311  nothing secret
    names = sorted(snapshot.items)
    standings = {name: Standing(name, State.SUBMITTED) for name in names}
    readings, reported, kept = dict.fromkeys(names, 0), {}, {}
    before = queue_of(snapshot, standings, today=TODAY, readings=readings, reported=reported, kept=kept)
    for _ in range(40):
        touched = chance.choice(names)
        match chance.randrange(4):
            case 0:
                standings[touched] = Standing(touched, chance.choice(list(State)))
            case 1:
                readings[touched] = chance.randrange(2000)
            case 2:
                reported[touched] = chance.randrange(20)
            case _:
                snapshot = Content().snapshot()
        given = {"today": TODAY, "readings": readings, "reported": reported}
        found = queue_of(snapshot, standings, **given, kept=kept)
        assert found == queue_of(snapshot, standings, **given)
        lines = {entry.item.id: entry for entry in before if entry.item is snapshot.items[entry.item.id]}
        assert all(entry is lines[entry.item.id] for entry in found if entry.item.id in lines.keys() - {touched})
        before = found
