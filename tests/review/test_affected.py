"""Which worked cases a rule or pattern touches, held against whole runs of the whole protocol."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest

import bedside
from bedside.facts.fact import Facts
from bedside.facts.given import given
from bedside.facts.read import read_facts
from bedside.protocol.condition import Not, to_json
from bedside.protocol.run import run
from bedside.protocol.truth import Truth
from bedside.question.question import Question, Reader, Region
from bedside.review.affected import Came, affected, cases_of
from bedside.review.items import snapshot_of

TOPIC = "vitamin-b12"
RULES = ("RF1", "OR0", "OR7", "IM0-2", "CF1-GB", "DQ2", "UK1")


@cache
def desk():
    return bedside.open()


@cache
def shipped():
    content = desk().content
    protocol = content.protocol(TOPIC)
    chosen = random.Random(3).sample(content.cases(TOPIC), 60)  # noqa: S311  nothing secret
    return protocol, tuple(chosen), snapshot_of([protocol], [], content.sources(), {})


def whole(protocol, case):
    """A run of every rule and pattern."""
    facts = Facts()
    if case.question:
        facts = read_facts(case.question, desk().vocabulary)
    for name, value in case.facts if not case.question else ():
        facts = facts.with_fact(given(name, value, desk().vocabulary))
    question = Question(case.question or case.name, Reader.CLINICIAN, Region.BOTH, case.asked, (protocol.id,))
    return run(protocol, facts, question, desk().vocabulary, explore=False)


def came(outcome):
    if outcome.truth is Truth.FALSE:
        return Came.NOT
    if outcome.overridden_by:
        return Came.SILENCED
    return Came.FIRES if outcome.truth is Truth.TRUE else Came.UNDECIDED


def states(protocol, case):
    return {outcome.rule.id: came(outcome) for outcome in whole(protocol, case).outcomes}


def body(name):
    return shipped()[2].items[name].body


@pytest.mark.parametrize("name", RULES)
def test_a_rule_comes_with_the_cases_in_which_it_fires_or_stays_undecided(name):
    protocol, cases, _ = shipped()
    rule = protocol.rule(name)
    found = cases_of(rule, protocol, cases, desk().vocabulary, read_facts)
    expected = {case.name: states(protocol, case).get(name, Came.NOT) for case in cases}
    assert {each.case.name: each.came for each in found} == {
        case: state for case, state in expected.items() if state is not Came.NOT
    }
    named = [each.named for each in found]
    assert named == sorted(named, reverse=True)


@pytest.mark.parametrize("name", RULES)
def test_what_another_row_changes_is_what_whole_runs_say(name):
    protocol, cases, _ = shipped()
    rule = protocol.rule(name)
    other = replace(rule, when=Not(rule.when), overrides=rule.overrides[1:])
    changed = replace(
        protocol, rules=tuple(other if each.id == name else each for each in protocol.rules), _named={}, _rules={}
    )
    earlier = {**body(f"rule:{TOPIC}/{name}"), "when": to_json(other.when), "overrides": list(other.overrides)}
    found = affected(earlier, body(f"rule:{TOPIC}/{name}"), protocol, cases, desk().vocabulary, read_facts)
    expected = {}
    for case in cases:
        was, now = states(changed, case), states(protocol, case)
        moved = {
            each: (was.get(each, Came.NOT).value, now.get(each, Came.NOT).value)
            for each in was.keys() | now.keys()
            if was.get(each, Came.NOT) is not now.get(each, Came.NOT)
        }
        if moved:
            expected[case.name] = moved
    assert {each.case.name: {m.what: (m.before, m.after) for m in each.moved} for each in found} == expected


@pytest.mark.parametrize("name", ["low-untreated", "general", "neurological-red-flag"])
def test_what_a_pattern_changes_is_what_whole_runs_say(name):
    protocol, cases, _ = shipped()
    without = replace(
        protocol, patterns=tuple(each for each in protocol.patterns if each.id != name), _named={}, _rules={}
    )
    found = affected(None, body(f"pattern:{TOPIC}/{name}"), protocol, cases, desk().vocabulary, read_facts)
    expected = {}
    for case in cases:
        was, now = (
            each.pattern.id if each.pattern else "none" for each in (whole(p, case) for p in (without, protocol))
        )
        if was != now:
            expected[case.name] = (was, now)
    assert {each.case.name: (each.moved[0].before, each.moved[0].after) for each in found} == expected
    assert all(each.expected for each in found)  # every case that ships passes
    back = affected(body(f"pattern:{TOPIC}/{name}"), None, protocol, cases, desk().vocabulary, read_facts)
    assert len(back) == len(found)
    assert not all(each.expected for each in back) or not any(each.case.expect.pattern for each in found)


def test_a_row_that_is_taken_away_or_new_is_one_that_never_held():
    protocol, cases, _ = shipped()
    there = affected(None, body(f"rule:{TOPIC}/DQ2"), protocol, cases, desk().vocabulary, read_facts)
    assert there
    assert {moved.before for each in there for moved in each.moved if moved.what == "DQ2"} == {Came.NOT.value}
    gone = affected(body(f"rule:{TOPIC}/DQ2"), None, protocol, cases, desk().vocabulary, read_facts)
    assert [each.case for each in gone] == [each.case for each in there]


def test_the_same_row_and_a_wording_change_no_case():
    protocol, cases, _ = shipped()
    row = body(f"rule:{TOPIC}/OR7")
    assert affected(row, row, protocol, cases, desk().vocabulary, read_facts) == ()
    assert affected(row, {**row, "strength": "do"}, protocol, cases, desk().vocabulary, read_facts) == ()
    assert affected({"clinical": "a"}, {"clinical": "b"}, protocol, cases, desk().vocabulary, read_facts) == ()
    assert affected(None, None, protocol, cases, desk().vocabulary, read_facts) == ()
