"""``bedside protocol`` shows the rules and proves them."""

from __future__ import annotations

import json

import pytest

from bedside.cli.main import main

TOPIC = "vitamin-b12"


def printed(words, capsys):
    """The JSON a command writes, and with it that its exit status says whether there are findings."""
    status = main([*words, "--json"])
    found = json.loads(capsys.readouterr().out)
    if words[1] == "lint":
        assert status == (1 if found else 0)
    elif words[1] == "cases":
        assert status == (0 if all(case["passed"] for case in found["cases"]) else 1)
    else:
        assert status == 0
    return found


def test_protocols_are_listed(capsys):
    """The first topic is there, with its number of rules."""
    [b12] = [entry for entry in printed(["protocol", "list"], capsys) if entry["id"] == TOPIC]
    assert b12["rules"] > 50


def test_a_protocol_is_shown_with_every_rule(capsys):
    """Scope, bands and rules, with conditions a person can read."""
    shown = printed(["protocol", "show", TOPIC], capsys)
    assert shown["bands"]["total_b12"]
    assert all(rule["given"] and rule["when"] for rule in shown["rules"])


def test_one_rule_is_shown_with_its_words(capsys):
    """The rule's condition, strength and statement."""
    rule = printed(["protocol", "show", TOPIC, "--rule", "or0"], capsys)
    assert rule["id"] == "OR0"
    assert main(["protocol", "show", TOPIC, "--rule", "OR0"]) == 0
    assert rule["statements"][0] in capsys.readouterr().out


@pytest.mark.parametrize("words", [["vitamin-b21"], [TOPIC, "--rule", "OR00"]])
def test_a_wrong_name_gets_the_nearest(words, capsys):
    """Exit status 2 and an offer."""
    assert main(["protocol", "show", *words]) == 2
    assert "Did you mean" in capsys.readouterr().err


def test_the_shipped_content_has_no_findings(capsys):
    """Lint is clean: no gap, no overlap, no dead reference, no unproved rule."""
    assert printed(["protocol", "lint"], capsys) == []


def test_every_case_passes_and_every_rule_is_counted(capsys):
    """The cases that ship come out as they say, and coverage has a line for each rule."""
    found = printed(["protocol", "cases", TOPIC, "--coverage"], capsys)
    assert len(found["cases"]) > 50
    assert [result for result in found["cases"] if not result["passed"]] == []
    assert {rule["id"] for rule in printed(["protocol", "show", TOPIC], capsys)["rules"]} <= set(found["coverage"])
