"""The routes of a report: who may take which step, from where, and what an open report weighs."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.errors import ReviewMoved, ReviewRefused
from bedside.review.event import GENESIS, Draft, chained
from bedside.review.member import Member
from bedside.review.report import (
    DONE,
    LONGEST_OUTCOME,
    READER,
    REPORT_STEPS,
    WEIGHTS,
    Report,
    ReportAction,
    ReportKind,
    ReportState,
    Severity,
    decide_report,
    order,
    received,
    report_of,
    reported,
    steps_open_to,
)
from bedside.review.state import SYSTEM, Role

NOW = "2026-11-23T09:00:00+00:00"
ITEMS = ("statement:t/a", "pattern:t/p")


def report(kind=ReportKind.WRONG, state=ReportState.RECEIVED, **more):
    return Report("abc", kind, state, ITEMS, "f" * 64, NOW, NOW, **{"revision": 1, "number": 1, **more})


def somebody(*roles, **more):
    return Member("ed", "Dr Ed", frozenset(roles), **more)


def step(action, of, who, **more):
    given = {"note": "Because.", "severity": "low", "revision": of.revision, "now": NOW}
    return decide_report(action, of, who, **{**given, **more})


@pytest.mark.parametrize(("action", "kind", "state"), list(product(ReportAction, ReportKind, ReportState)))
def test_only_what_stands_in_the_table_can_happen(action, kind, state):
    """For each role alone, for the reader and the program (nobody), and for who is active no more."""
    one = report(kind, state)
    row = REPORT_STEPS.get(action)
    people = [(somebody(role), {role}) for role in Role] + [(None, {READER, SYSTEM}), (somebody(), set())]
    for who, roles in people:
        allowed = row is not None and bool(roles & set(row.roles)) and kind in row.kinds and state in row.before
        if allowed:
            draft = step(action, one, who)
            assert draft.after == (row.after or state).value
            assert draft.before == state.value
            assert draft.role in row.roles
        else:
            with pytest.raises(ReviewRefused):
                step(action, one, who)
    with pytest.raises(ReviewRefused):
        step(action, one, somebody(*Role, active=False))


def test_a_reader_s_step_is_never_a_member_s():
    """An administrator cannot withdraw for the reader, nor the reader close."""
    with pytest.raises(ReviewRefused):
        step(ReportAction.WITHDRAW, report(), somebody(*Role))
    with pytest.raises(ReviewRefused):
        step(ReportAction.CLOSE, report(ReportKind.HARM, ReportState.TRIAGED), None)


def test_a_step_needs_what_it_says():
    """An outcome, a severity, no more words than are read, and the newest revision."""
    harm = report(ReportKind.HARM)
    for bad in ("", "terrible", "LOW"):
        with pytest.raises(ReviewRefused):
            step(ReportAction.TRIAGE, harm, somebody(Role.EDITOR), severity=bad)
    triaged = report(ReportKind.HARM, ReportState.TRIAGED)
    for bad in ("", "  \n", "x" * (LONGEST_OUTCOME + 1)):
        with pytest.raises(ReviewRefused):
            step(ReportAction.CLOSE, triaged, somebody(Role.EDITOR), note=bad)
    with pytest.raises(ReviewMoved):
        step(ReportAction.TRIAGE, harm, somebody(Role.EDITOR), revision=2)


def test_what_tells_of_harm_goes_the_way_of_harm():
    """Whatever the reader chose, and also after it was answered."""
    draft = step(ReportAction.ESCALATE, report(state=ReportState.ANSWERED), somebody(Role.REVIEWER))
    found = report_of(chained(draft, 2, 2, GENESIS))
    assert (found.kind, found.state, found.open) == (ReportKind.HARM, ReportState.RECEIVED, True)


def test_no_row_holds_a_word():
    """Ids, fingerprints, hashes and states only."""
    one = report(ReportKind.HARM, ReportState.TRIAGED)
    draft = step(ReportAction.CLOSE, one, somebody(Role.EDITOR), note="Zarquonberry was told.")
    assert "Zarquon" not in str(draft)
    assert draft.detail["outcome"] == draft.note
    assert len(draft.note) == 64


def rows(*drafts):
    counts, made = {}, []
    for number, draft in enumerate(drafts, 1):
        counts[draft.subject] = counts.get(draft.subject, 0) + 1
        made.append(chained(draft, number, counts[draft.subject], made[-1].hash if made else GENESIS))
    return made


def test_open_reports_weigh_on_the_items_they_name():
    """Ten for harm, three for wrong, one for not understood; nothing once they are done; other rows do not count."""
    other = Draft(NOW, "ruth", "reviewer", "claim", "statement:t/a", after="Under review", detail={"holder": "ruth"})
    first = [received(kind.value, kind, ITEMS, "", NOW) for kind in ReportKind]
    trail = rows(*first, other)
    assert reported(trail) == dict.fromkeys(sorted(ITEMS), sum(WEIGHTS.values()))
    assert reported(reversed(trail)) == reported(trail)
    done = step(ReportAction.WITHDRAW, report_of(trail[0]), None)
    assert reported(rows(*first, other, done)) == dict.fromkeys(sorted(ITEMS), 4)
    assert reported([]) == {}


def test_the_list_begins_with_harm_that_nobody_has_triaged():
    """Then the gravest; what is done comes last."""
    unseen = report(ReportKind.HARM)
    death = report(ReportKind.HARM, ReportState.TRIAGED, severity="death")
    none = report(ReportKind.HARM, ReportState.TRIAGED, severity="none")
    wrong, closed = report(), report(ReportKind.HARM, ReportState.CLOSED, severity="death")
    assert sorted((closed, wrong, none, death, unseen), key=order) == [unseen, death, none, wrong, closed]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ReportKind), st.data())
def test_a_way_through_the_table_never_loses_its_content(kind, data):
    """Any sequence of allowed steps keeps kind (but for harm), items, fingerprint and the day it was received; what is
    offered to an editor is what may be done; a withdrawn report moves no more."""
    trail = rows(received("abc", kind, ITEMS, "f" * 64, NOW))
    editor = somebody(Role.EDITOR, Role.REVIEWER)
    for _ in range(data.draw(st.integers(0, 12))):
        one = report_of(trail[-1])
        offered = steps_open_to(one, editor)
        ways = [(action, editor) for action in offered]
        ways += [] if one.state is ReportState.WITHDRAWN else [(ReportAction.WITHDRAW, None)]
        assert bool(ways) is (one.state is not ReportState.WITHDRAWN)
        if not ways:
            break
        action, who = data.draw(st.sampled_from(ways))
        grade = data.draw(st.sampled_from(Severity)).value
        draft = step(action, one, who, severity=grade)
        trail.append(chained(draft, len(trail) + 1, len(trail) + 1, trail[-1].hash))
        after = report_of(trail[-1])
        assert (after.items, after.fingerprint, after.received) == (tuple(sorted(ITEMS)), "f" * 64, NOW)
        assert after.kind in (one.kind, ReportKind.HARM)
        assert after.open is (after.state not in DONE)
        assert bool(reported(trail)) is after.open
