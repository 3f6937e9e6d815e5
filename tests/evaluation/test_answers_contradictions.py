"""Each way in which two answers can contradict each other is seen; saying less is none."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

import bedside
from bedside.evaluation.answers_contradictions import asked_otherwise, between, compare, given, in_words
from bedside.evaluation.answers_questions import Voice
from bedside.protocol.strength import Strength
from tests.evaluation.test_answers import DANGER, ITEM


@pytest.fixture(scope="module")
def desk():
    return bedside.open()


@pytest.fixture(scope="module")
def ask(desk):
    return lambda item: desk.ask(item.ask, reader=item.voice.reader, region=item.region)


@pytest.fixture(scope="module")
def here(ask):
    return given(ITEM, ask(ITEM))


def ways(one, other):
    return [(found.how, found.what) for found in between(one, other)]


def test_an_answer_does_not_contradict_itself(here):
    """Nothing is found between two that are the same, and there was something to find."""
    assert ways(here, here) == []
    assert here.places
    assert here.advice


def test_another_band_is_a_contradiction(here):
    """And an unknown one is not: that answer says less."""
    measure = next(iter(here.places))
    assert ways(here, replace(here, places=here.places | {measure: "elsewhere"})) == [
        ("band", f"{measure}: {here.places[measure]} and elsewhere")
    ]
    assert ways(here, replace(here, places={})) == []


def test_a_red_flag_in_one_only_is_a_contradiction(here):
    """Unless the topic was not asked about in the other."""
    flagged = replace(here, flags=frozenset({"iron-deficiency/RF9"}))
    assert ways(here, flagged) == ways(flagged, here) == [("red flag", "iron-deficiency/RF9")]
    assert ways(replace(here, topics=frozenset({"words"})), flagged) == []


def test_advice_that_is_silenced_in_the_other_is_a_contradiction(here):
    """Whichever of the two comes first."""
    name = next(iter(here.advice))
    silent = replace(here, silenced=MappingProxyType({name: "X1"}), advice={})
    assert ways(here, silent) == ways(silent, here) == [("silenced", f"{'/'.join(name)} by X1")]


def test_advice_against_which_the_other_speaks_is_a_contradiction(here):
    """Where the content says that the two cannot both stand: one overrides the other."""
    (topic, name), rule = next(iter(here.advice.items()))
    against = replace(rule, id="X2", strength=Strength.DO_NOT, overrides=(name,))
    assert ways(here, replace(here, against={(topic, "X2"): against})) == [("opposed", f"{topic}/{name} and X2")]
    other = replace(against, overrides=())
    assert ways(here, replace(here, against={(topic, "X2"): other})) == []


def test_sentences_that_deny_each_other_are_a_contradiction(desk, here):
    """In words, whatever rules brought them in."""
    yes = replace(here, said=("Oral iron is recommended in pregnancy with iron deficiency anaemia.",))
    no = replace(here, said=("Oral iron is not recommended in pregnancy with iron deficiency anaemia.",))
    assert [found.how for found in in_words([yes, no], desk.vocabulary)] == ["words"]
    assert not list(in_words([yes, yes], desk.vocabulary))


def test_only_answers_to_equal_facts_are_compared(desk, ask):
    """The same words to another country, or another number, are another matter."""
    same = replace(ITEM, ask="My ferritin is 9 ug/L. Is it dangerous?")
    far = replace(ITEM, ask="My ferritin is 400 ug/L. Is it dangerous?")
    assert compare([ITEM, same], ask, desk.vocabulary).pairs == 1
    assert compare([ITEM, far], ask, desk.vocabulary).pairs == 0
    assert compare([ITEM, DANGER], ask, desk.vocabulary).pairs == 0


def test_the_facts_are_asked_about_in_other_ways():
    """The facts stay, the question goes; without facts there is nothing to ask about."""
    item = replace(ITEM, ask="My ferritin is 9 ug/L. Do I need iron?")
    made = asked_otherwise([item])
    assert all(each.ask.startswith("My ferritin is 9 ug/L. ") and "iron?" not in each.ask for each in made)
    assert len({each.ask for each in made}) == len(made) > 4
    assert asked_otherwise([replace(ITEM, ask="Is a ferritin of 9 low?")]) == ()
    assert asked_otherwise([replace(item, voice=Voice.CLINICIAN)])[0].ask.endswith("What next?")
