"""Conversations that try to make the answer unsafe: what is known after them, and which warnings still stand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import bedside
from bedside.answer import AnswerKind
from bedside.facts.case import Edit, Told
from bedside.facts.case_of import case_of
from bedside.facts.fact import ConcernKind
from bedside.facts.turn_undo import changes_facts, without
from bedside.protocol.protocol import Effect
from bedside.settings import Settings
from tests.facts.lines import lines

CONVERSATIONS = yaml.safe_load((Path(__file__).parent / "conversations_unsafe.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk on the shipped content."""
    return bedside.open(Settings.load({"BEDSIDE_HOME": str(tmp_path_factory.mktemp("unsafe"))}))


def told(conversation):
    """The turns of a conversation: words, or a mapping of words (``say``) and facts set by hand (``set``)."""
    turns = [turn if isinstance(turn, dict) else {"say": turn} for turn in conversation["turns"]]
    return tuple(
        Told(turn.get("say", ""), tuple(Edit(*each.split("=", 1)) for each in turn.get("set", ()))) for turn in turns
    )


def name(conversation):
    """A conversation is named by its last turn."""
    return str(conversation["turns"][-1])


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=name)
def test_what_is_known_and_warned_of_after_a_conversation(conversation, desk):
    """Each conversation judged by hand ends with its facts, warnings, emergencies, suppositions and contradictions."""
    turns = told(conversation)
    case, answer = case_of(turns, desk.vocabulary), desk.follow_up(turns)
    flags = [o.rule.id for run in answer.runs for o in run.firing() if o.rule.effect is Effect.RED_FLAG]
    conflicts = [doubt.concept for doubt in case.facts.concerns if doubt.kind is ConcernKind.CONFLICT]
    assert lines(case.facts) == set(conversation["facts"])
    assert flags == conversation.get("flags", [])
    assert conflicts == conversation.get("conflicts", [])
    assert [emergency.kind for emergency in answer.question.emergencies] == conversation.get("emergencies", [])
    assert [fact.concept for fact in case.supposed] == conversation.get("supposed", [])
    assert case.first == conversation.get("first", 0)


def test_there_are_unsafe_conversations_enough():
    """At least a hundred and twenty, none told twice."""
    assert len({str(conversation["turns"]) for conversation in CONVERSATIONS}) == len(CONVERSATIONS) >= 120


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=name)
def test_the_steps_of_the_last_turn_tell_all_that_it_changed(conversation, desk):
    """Without the last turn's steps the facts are those of the turn before."""
    turns = told(conversation)
    if len(turns) == 1:
        return
    before, after = case_of(turns[:-1], desk.vocabulary), case_of(turns, desk.vocabulary)
    if after.first == len(turns) - 1 or before.supposed:
        return
    last = [step for step in after.trail if step.turn == len(turns) - 1 and changes_facts(step)]
    assert lines(without(after, last, desk.vocabulary).facts) == lines(before.facts)


def test_a_contradicted_symptom_is_asked_about_in_words_of_its_own(desk):
    """Two sayings about a symptom are no two results of a date."""
    turns = (Told("My feet are numb. B12 150 ng/L"), Told("I have no numbness"))
    for reader in ("patient", "clinician"):
        answer = desk.follow_up(turns, reader=reader)
        asked = [s for section in answer.article.sections for s in section.sentences if "contradiction-ask" in s.id]
        assert len(asked) == 1
        said = asked[0].text_for(answer.question.reader)
        assert "numbness" in said
        assert "same date" not in said


def test_two_results_are_still_asked_about_as_results(desk):
    """A number and a word for the same test keep their own question."""
    answer = desk.follow_up((Told("B12 200 ng/L, MMA 480 nmol/L"), Told("MMA normal")))
    assert any("conflict-ask" in s.id for section in answer.article.sections for s in section.sentences)


@pytest.mark.parametrize("last", ["what about my mother, 82?", "and my son?"])
def test_whoever_speaks_of_ending_their_life_is_heard_whoever_is_asked_about_next(last, desk):
    """The one who writes is in danger, not the one who is asked about."""
    answer = desk.follow_up((Told("B12 150 ng/L. I want to kill myself."), Told(last)))
    assert [emergency.kind for emergency in answer.question.emergencies] == ["suicide"]


def test_a_pain_that_has_gone_takes_nothing_back(desk):
    """The answer is an emergency still, so what changed may not say that it is none, nor what comes first instead."""
    turns = (Told("B12 150 ng/L"), Told("I have chest pain"), Told("the chest pain is gone"))
    assert desk.follow_up(turns).kind is AnswerKind.EMERGENCY
    changes = desk.changes(turns)
    assert changes is not None
    assert not [line.what for line in changes.lines if line.what.startswith(("No longer", "First of all"))]


@pytest.mark.parametrize("course", ["the confusion is better", "the confusion is not better"])
def test_new_confusion_stays_urgent_however_it_goes_on(course, desk):
    """Confusion that comes and goes is no less urgent."""
    answer = desk.follow_up((Told("B12 150 ng/L, confused"), Told(course)))
    assert "RF3" in {outcome.rule.id for run in answer.runs for outcome in run.firing()}
