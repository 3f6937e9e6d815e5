"""The content the question room reads: statements exist and say the same in both wordings; YAML holds words."""

from __future__ import annotations

import re

import pytest

from bedside.question.question import Intent
from tests.question.material import CONTENT, shipped

ITEM = re.compile(
    r"^- \[(?P<clinical>.+)\]\{#(?P<id>\S+) (?P<rest>[^}]*)\} \[@(?P<source>[\w-]+), own rule\]\n"
    r"  - plain: (?P<plain>.+)$",
    re.MULTILINE,
)
STATEMENTS = [
    match.groupdict()
    for match in ITEM.finditer((CONTENT / "safety" / "statements" / "emergency.md").read_text(encoding="utf-8"))
]


def test_every_emergency_names_statements_that_exist():
    """No category points at a statement that is not there, and no statement is left unused."""
    named = {name for category in shipped("emergency")["categories"] for name in category["statements"]}
    assert named == {statement["id"] for statement in STATEMENTS}


def test_every_emergency_says_whom_to_call():
    """Each category ends with the emergency number."""
    assert all(category["statements"][-1] == "emergency-number" for category in shipped("emergency")["categories"])


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement["id"])
def test_a_safety_statement_keeps_the_rules_of_wording(statement):
    """Own rule, level X, INT; short; the same numbers and the same "not" in both wordings."""
    assert statement["source"] == "bedside-safety"
    assert {"level=X", "basis=own-rule", "jurisdiction=INT"} <= set(statement["rest"].split())
    assert len(statement["clinical"].split()) <= 35
    assert all(len(sentence.split()) <= 25 for sentence in re.split(r"[.:] ", statement["plain"]))
    figures = [sorted(re.findall(r"\d+", re.sub(r"B12", "", statement[kind]))) for kind in ("clinical", "plain")]
    assert figures[0] == figures[1]
    assert ("not" in statement["clinical"].split()) == ("not" in statement["plain"].split())


def test_every_intent_has_rules():
    """The intents of the content are the intents of the program."""
    assert {entry["intent"] for entry in shipped("scope")["intents"]} == {str(intent) for intent in Intent}


@pytest.mark.parametrize("name", ["emergency", "scope"])
def test_the_content_is_plain_json(name):
    """YAML reads a bare no, on or null as something else than a word: every leaf is a text, a weight or a gap."""

    def leaves(node, key=""):
        if isinstance(node, dict):
            assert all(isinstance(inner, str) for inner in node)
            return [leaf for inner, value in node.items() for leaf in leaves(value, inner)]
        return [leaf for value in node for leaf in leaves(value, key)] if isinstance(node, list) else [(key, node)]

    assert all(isinstance(leaf, str) or key in ("weight", "gap") for key, leaf in leaves(shipped(name)))
