"""What has been reached on the questions of somebody who has not read the rules is not lost again.

The floors are in answer_floors.yaml, which measure_floors.py writes; what is aimed at is in docs/quality.md. A topic
with content and questions has its floors, its record of outcomes, and no contradiction.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

import bedside
from bedside.evaluation.answers import judge_all, score
from bedside.evaluation.answers_contradictions import asked_otherwise, compare
from bedside.evaluation.answers_questions import question_sets
from bedside.evaluation.answers_record import changed, records
from bedside.evaluation.answers_variants import hold, variants

FILE = Path(__file__).parent / "answer_floors.yaml"
FLOORS = yaml.safe_load(FILE.read_text(encoding="utf-8")) or {}
SETS = question_sets()


@cache
def desk():
    return bedside.open()


@cache
def answer(text, reader, region):
    return desk().ask(text, reader=reader, region=region)


def ask(item):
    return answer(item.ask, item.voice.reader, item.region)


BUILT = [entry.id for entry in bedside.open().content.topics() if entry.id in SETS]


def reached(topic):
    """The counts of a topic, by the names of the floors."""
    found = score(judge_all(SETS[topic], ask))
    return {
        "must_say": found.must_say[0],
        "as_expected": found.as_expected[0],
        "broken": found.must_not_say[1] - found.must_not_say[0],
        "red_flags": found.red_flags[0],
        "over_triage": found.over_triage[0],
        "declines_found": found.declines_found[0],
        "wrongly_declined": found.declines_right[1] - found.declines_right[0],
    }


def test_every_topic_that_is_built_has_its_floors():
    """And no other has."""
    assert sorted(FLOORS) == sorted(BUILT)


@pytest.mark.parametrize("topic", BUILT)
def test_no_figure_falls_below_its_floor(topic):
    """More is better of what is met and found, less of what is broken, over-triaged or wrongly declined."""
    found, floor = reached(topic), FLOORS[topic]
    for name in ("must_say", "as_expected", "red_flags", "declines_found"):
        assert found[name] >= floor[name], name
    for name in ("broken", "over_triage", "wrongly_declined"):
        assert found[name] <= floor[name], name


@pytest.mark.parametrize("topic", BUILT)
def test_what_must_not_be_said_is_never_said_and_no_red_flag_is_missed(topic):
    """These two have no floor but the aim itself."""
    found = score(judge_all(SETS[topic], ask))
    assert found.must_not_say[0] == found.must_not_say[1]
    assert found.red_flags[0] == found.red_flags[1]


@pytest.mark.parametrize("topic", BUILT)
def test_outcomes_are_as_recorded(topic):
    """When this fails, outcomes changed: look at them, then: bedside evaluate answers --record FOLDER."""
    assert changed(judge_all(SETS[topic], ask), records()) == ()


@pytest.mark.parametrize("topic", BUILT)
def test_questions_put_otherwise_come_out_the_same(topic):
    """But for those that are known not to, whose number may only fall."""
    held = hold(variants(SETS[topic], desk().vocabulary), ask)
    failing = [f"{each.variant.of.id} {each.variant.change}" for each in held if not each.holds]
    assert len(failing) <= FLOORS[topic]["variants"], failing
    assert [f"{each.variant.of.id} {each.variant.change}" for each in held if not each.flags_hold] == []


def test_there_are_three_hundred_variants_of_several_kinds():
    """Of the topics that are built."""
    made = [each for topic in BUILT for each in variants(SETS[topic], desk().vocabulary)]
    counted = Counter(each.kind for each in made)
    assert sum(counted.values()) >= 300
    assert {"rewording", "typing slip", "order", "irrelevant addition", "unit", "reader", "spelling"} <= set(counted)


def test_no_two_answers_contradict_each_other():
    """The questions, and their facts with other things asked of them: equal facts, outcomes that can stand together."""
    items = [item for topic in BUILT for item in SETS[topic]]
    compared = compare([*items, *asked_otherwise(items)], ask, desk().vocabulary)
    assert compared.found == ()
    assert compared.pairs > len(items)
