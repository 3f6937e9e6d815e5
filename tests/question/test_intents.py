"""Intents on labelled lines."""

from __future__ import annotations

import pytest

from bedside.question.question import Intent
from tests.question.material import asked, fact, labelled

LINES = labelled("intents")


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["text"][:50])
def test_the_strongest_intent_comes_first(line):
    """What the person asks first is what they named; further intents are kept behind it."""
    found = [str(intent) for intent in asked(line["text"]).intents]
    assert found[0] == line["first"]
    assert set(line.get("also", [])) <= set(found)


def test_every_intent_has_lines():
    """No intent is left unmeasured."""
    assert {line["first"] for line in LINES} == {str(intent) for intent in Intent}
    assert len(LINES) >= 50


def test_facts_without_a_question_ask_what_to_do():
    """A telegraphic note is a question about management."""
    assert asked("72F, B12 140 ng/L, MCV 112", (fact("total_b12 140 ng/L"),)).intents == (Intent.MANAGE,)


def test_nothing_told_and_nothing_asked_is_general():
    """With neither facts nor a stated intent the question is a general one."""
    assert asked("vitamin B12").intents == (Intent.GENERAL,)


def test_rewording_keeps_the_intent():
    """Case, politeness and the order of sentences do not change what is asked first."""
    for text in (
        "Can I stop my B12 injections?",
        "CAN I STOP MY B12 INJECTIONS",
        "Hello. Please: can I stop my B12 injections? Thanks.",
    ):
        assert asked(text).intents[0] is Intent.STOP, text
