"""Any text at all is read without a failure, and every fact points at its own words."""

import re

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedside.facts.concerns import ConcernKind
from bedside.facts.projection import project
from bedside.facts.read import read_facts
from tests.facts.conftest import CONTENT, compiled_vocabulary


def lexicon_words():
    """Words and phrases of the lexicon and of the context rules, for texts that look like questions."""
    found = []
    for file in sorted((CONTENT / "lexicon").glob("*.yaml")):
        found += re.findall(
            r"[a-z][a-z ]+", " ,".join(map(str, yaml.safe_load(file.read_text(encoding="utf-8")).values()))
        )
    return found + [phrase for table in compiled_vocabulary()["context"]["triggers"].values() for way in table.values()
                    for phrase in way]  # fmt: skip


MARKS = ["268", "1,000", "0.268", "pg/mL", "ng/L", "|", "\t", "\n", ";", "....", "__", "H", "(L)", "-", "3/12", "q12w",
         "?", "came back at", "I've never touched it", "a teacher, 71,", "\u00b5", "\u0130", "\u2028", "\x00", "\u00bd",
         "\u0663", "x10\u2079/L", "\u2026", "my mum", "she", "IF", "PA", "untreated"]  # fmt: skip
PIECES = [*lexicon_words(), *MARKS]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map(" ".join))
def test_no_text_fails(vocabulary, text):
    """Facts are read from any mixture, each with the text of its span, and can be projected and judged."""
    facts = read_facts(text, vocabulary)
    assert all(fact.text == fact.span.of(text) for fact in facts.items)
    assert len(project(facts)) <= len(facts.items)
    assert all(isinstance(concern.kind, ConcernKind) for concern in facts.concerns)


def test_a_joined_table_has_its_own_words(vocabulary):
    """What is read from an evened-out row still quotes the row as it was written."""
    facts = read_facts("Total B12;247;ng/L", vocabulary)
    assert facts.current("total_b12").text == "Total B12;247;ng/L"
