"""The comparison of two answers names everything in which they differ, and nothing else."""

from __future__ import annotations

import pytest

import bedside
from bedside.answer import AnswerKind
from bedside.comparison import Turned, compare
from bedside.settings import Settings

FOUNDING = "My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?"
LOW = "My B12 is 150 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?"
UNSTEADY = "My B12 is 150 pg/mL, I am unsteady on my feet. What now?"
CHEST = "I have crushing chest pain and a B12 of 150 pg/mL. What now?"
CAT = "My cat has a B12 of 150 pg/mL. What now?"
EVERY = (FOUNDING, LOW, UNSTEADY, CHEST, CAT)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk on the shipped content."""
    return bedside.open(Settings.load({"BEDSIDE_HOME": str(tmp_path_factory.mktemp("comparison"))}))


def fired(answer):
    """The rules that fire, by protocol."""
    return {(run.protocol.id, outcome.rule.id) for run in answer.runs for outcome in run.firing()}


@pytest.mark.parametrize("question", EVERY)
def test_an_answer_does_not_differ_from_itself(desk, question):
    """Compared with itself nothing changed."""
    changed = compare(desk.ask(question), desk.ask(question))
    assert not changed.anything
    assert changed.emergencies_new == ()


@pytest.mark.parametrize("first", EVERY)
@pytest.mark.parametrize("then", EVERY)
def test_every_rule_that_turned_is_named_once(desk, first, then):
    """The new and the gone rules are exactly the two differences of what fires, each once."""
    before, after = desk.ask(first), desk.ask(then)
    changed = compare(before, after)
    new = [(o.protocol, o.rule) for o in changed.outcomes if o.turned is Turned.NEW]
    gone = [(o.protocol, o.rule) for o in changed.outcomes if o.turned is Turned.GONE]
    assert sorted(new) == sorted(fired(after) - fired(before))
    assert sorted(gone) == sorted(fired(before) - fired(after))


@pytest.mark.parametrize("first", EVERY)
@pytest.mark.parametrize("then", EVERY)
def test_backwards_new_is_gone(desk, first, then):
    """Comparing the other way round turns every difference round."""
    there, back = compare(desk.ask(first), desk.ask(then)), compare(desk.ask(then), desk.ask(first))
    assert {s.id for s in there.sentences_new} == {s.id for s in back.sentences_gone}
    assert {(b.measure, b.before, b.after) for b in there.bands} == {(b.measure, b.after, b.before) for b in back.bands}
    assert {(c.name, c.before, c.after) for c in there.classes} == {(c.name, c.after, c.before) for c in back.classes}
    assert (there.kind_before, there.kind_after) == (back.kind_after, back.kind_before)
    assert there.anything == back.anything


def test_a_value_that_moved_is_a_band_that_changed(desk):
    """268 is indeterminate, 150 is low."""
    changed = compare(desk.ask(FOUNDING), desk.ask(LOW))
    assert ("total_b12", "indeterminate", "low") in [(b.measure, b.before, b.after) for b in changed.bands]


def test_a_red_flag_is_marked_as_one_with_its_sentence(desk):
    """A warning that is new carries the sentence that warns."""
    changed = compare(desk.ask(LOW), desk.ask(UNSTEADY))
    flags = [o for o in changed.outcomes if o.red_flag and o.turned is Turned.NEW]
    assert "RF1" in [flag.row for flag in flags]
    assert all(flag.sentence is not None for flag in flags if flag.row == "RF1")


def test_an_emergency_and_a_decline_are_changes_of_kind(desk):
    """What came of the question is compared, too."""
    assert compare(desk.ask(LOW), desk.ask(CHEST)).kind_after is AnswerKind.EMERGENCY
    assert compare(desk.ask(LOW), desk.ask(CHEST)).emergencies_new
    assert compare(desk.ask(LOW), desk.ask(CAT)).kind_after is AnswerKind.DECLINED
