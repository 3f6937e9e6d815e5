"""The compiled content read back: the same nouns, lazily, and damage that is noticed."""

from __future__ import annotations

import json
import sys
from subprocess import run

import pytest

from bedside.errors import LibraryUnusable
from bedside.evidence.source import RecordCheck, SourceStatus
from bedside.evidence.statement import Basis, Citation
from bedside.ingest.compile import compile_content
from bedside.ingest.compiled import CompiledContent
from bedside.protocol.strength import Jurisdiction, Level, Strength


@pytest.fixture
def content(folder):
    """The small content, compiled and opened."""
    return CompiledContent(compile_content(folder.root))


def test_a_statement_comes_back_as_it_was_written(content):
    """Wording over several lines, attributes and citations survive the way through the compiled file."""
    statement = content.statements("thirst")["thirst/mildly-low"]
    assert statement.clinical == "A sodium of 130 to 135 mmol/L is mildly low."
    assert statement.plain == "A sodium of 130 to 135 mmol/L is a little low."
    assert statement.citations == (Citation("society-salt", "table 1"), Citation("college-salt", ""))
    assert (statement.strength, statement.level, statement.basis) == (Strength.INFORMATION, Level.C, Basis.SECONDHAND)
    assert (statement.heading, statement.checked_on, statement.next_check) == ("The result", "2026-11-22", "2027-05-22")
    assert statement.where == "thirst/statements/main.md:11"


def test_the_marks_of_a_statement_come_back(content):
    """Unconfirmed, population and guards are kept, and guards are full ids."""
    statements = content.statements("thirst")
    assert statements["thirst/review-diuretic-gb"].unconfirmed
    assert statements["thirst/review-diuretic-gb"].population == "adults"
    assert statements["thirst/same-day"].guards == ("thirst/review-diuretic-gb",)


def test_a_source_comes_back_as_it_was_written(content):
    """A CSL-JSON item becomes a source, numbers as text, what was not given left empty."""
    source = content.sources()["college-salt"]
    assert source.authors == ("Brine A", "Salter B")
    assert (source.year, source.volume, source.pmid, source.doi) == ("2024", "12", "12345678", "")
    assert source.check is RecordCheck.READ
    old = content.sources()["society-salt"]
    assert (old.issuer, old.status, old.superseded_by) == ("Society of Salt", SourceStatus.SUPERSEDED, "college-salt")


def test_tables_stand_in_the_order_of_their_sections(content):
    """Section 9.2 comes before section 10, and rules are numbered through."""
    rules = content.protocol("thirst").rules
    assert [(rule.id, rule.order) for rule in rules] == [("AC0", 0), ("AC1-GB", 1), ("AC1-US", 2), ("RF1", 3)]


def test_a_rule_comes_back_as_it_was_written(content):
    """Every field of a rule survives."""
    rule = content.protocol("thirst").rules[1]
    assert (rule.row, rule.table, rule.jurisdiction, rule.section) == ("AC1", "AC", Jurisdiction.GB, "treatment")
    assert (rule.statements, rule.why) == (("thirst/review-diuretic-gb",), ("thirst/mildly-low",))
    assert rule.branch
    assert rule.unconfirmed
    assert not rule.first_screen
    assert rule.where == "thirst/rules/action.yaml:14"


def test_a_topic_may_have_statements_only(content):
    """The safety topic has no protocol and no cases, and says so when asked."""
    assert [(topic.id, topic.computable, topic.terms) for topic in content.topics()] == [
        ("safety", False, ()),
        ("thirst", True, ("sodium",)),
    ]
    assert content.cases("safety") == ()
    assert "safety/call-now" in content.statements("safety")
    with pytest.raises(LibraryUnusable, match="'safety' has no protocol"):
        content.protocol("safety")


def test_the_cases_come_back(content):
    """Facts keep their order, and a question keeps its intent."""
    first, second, third = content.cases("thirst")
    assert first.facts == (("sodium", "125 mmol/L"), ("confusion", "new"), ("past_diuretic", "present"))
    assert (second.question, [intent.value for intent in second.asked]) == ("My sodium is 2900", ["interpret"])
    assert third.facts == (("sodium", "128"),)


def test_the_shared_data_comes_back(content):
    """Vocabulary, frames and glossary are plain JSON."""
    assert set(content.vocabulary()) == {"units", "analytes", "context", "lexicon", "emergency", "scope", "checking"}
    assert content.frames()["fact-lab"]["plain"].startswith("Your")
    assert content.glossary()["hyponatraemia"]["see"] == "sodium"


def test_nothing_is_built_before_it_is_asked_for(content):
    """A statement that cannot be built does no harm until somebody asks for it."""
    statements = content.statements("thirst")
    statements._data["thirst/same-day"]["strength"] = "nonsense"
    assert statements["thirst/mildly-low"].strength is Strength.INFORMATION
    with pytest.raises(ValueError, match="nonsense"):
        statements["thirst/same-day"]


def test_only_the_lines_that_are_needed_are_parsed(folder):
    """Damage in one topic's protocol leaves the bibliography and the other topics readable."""
    data = compile_content(folder.root).replace(b'"definitions":{', b'"definitions":[')
    content = CompiledContent(data)
    assert content.sources()["college-salt"].year == "2024"
    assert "thirst/same-day" in content.statements("thirst")
    with pytest.raises(LibraryUnusable, match="thirst protocol cannot be read"):
        content.protocol("thirst")


def test_a_missing_file_says_what_to_do(tmp_path):
    """Without a compiled file the error names it and the command that makes it."""
    with pytest.raises(LibraryUnusable, match=r"compiled\.jsonl.*python -m bedside\.ingest\.compile"):
        CompiledContent.open(tmp_path / "compiled.jsonl")


@pytest.mark.parametrize("data", [b"", b"not json\n", b"[]\n", b'{"format":2}\n', b'{"format":1}\n', b"\xff\xfe\n"])
def test_what_is_no_compiled_content_is_refused(data):
    """An empty file, another file, another format and a cut manifest are refused with a remedy."""
    with pytest.raises(LibraryUnusable) as caught:
        CompiledContent(data, "file")
    assert caught.value.remedy


def test_one_changed_letter_is_found_by_the_check(folder):
    """The hash is compared when asked for, and notices one letter."""
    data = compile_content(folder.root)
    CompiledContent(data).check()
    changed = CompiledContent(data.replace(b"mildly low.", b"mildly hot."))
    with pytest.raises(LibraryUnusable, match="its own hash"):
        changed.check()


def test_altered_content_is_never_opened(folder, tmp_path):
    """A file in which one number was changed is refused when it is opened, before anything is answered from it."""
    data = compile_content(folder.root)
    path = tmp_path / "compiled.jsonl"
    path.write_bytes(data.replace(b"130 to 135 mmol/L", b"150 to 155 mmol/L", 1))
    with pytest.raises(LibraryUnusable, match="its own hash"):
        CompiledContent.open(path)
    path.write_bytes(data)
    assert CompiledContent.open(path).fingerprint


def test_an_unknown_topic_is_named(content):
    """A topic that is not there is refused with those that are."""
    with pytest.raises(LibraryUnusable, match=r"'hunger'.*safety, thirst"):
        content.statements("hunger")


def test_opening_needs_no_yaml():
    """The program that answers never loads the YAML reader."""
    code = "import sys, json, bedside.ingest.compiled; print(json.dumps('yaml' in sys.modules))"
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) is False
