"""The topic of statements only: what sources say of vitamin B12, for comparing an article with, never for advice."""

from __future__ import annotations

import re

import pytest

from bedside.evidence.source import RecordCheck, SourceKind, SourceStatus
from bedside.evidence.statement import Basis
from bedside.ingest.compiled import CompiledContent
from bedside.protocol.strength import Level

TOPIC = "b12-evidence"
RATIO = re.compile(r"\b(?:hazard|risk) ratio|\brelative risk")
COHORTS_AND_BETTER = (Level.A, Level.B)
STUDIES = (SourceKind.TRIAL, SourceKind.COHORT, SourceKind.SYSTEMATIC_REVIEW)


@pytest.fixture(scope="module")
def content():
    """The content that ships."""
    return CompiledContent.open()


@pytest.fixture(scope="module")
def statements(content):
    """The statements of the topic by full id."""
    return content.statements(TOPIC)


def cited(content, statement):
    """The sources of a statement."""
    return [content.sources()[citation.source] for citation in statement.citations]


def test_no_rule_can_say_them(content, statements):
    """The topic has no protocol, and no statement of another topic's rules is one of these."""
    entry = next(entry for entry in content.topics() if entry.id == TOPIC)
    assert not entry.computable
    used = {
        name
        for other in content.topics()
        if other.computable
        for rule in content.protocol(other.id).rules
        for name in (*rule.statements, *rule.why)
    }
    assert used
    assert not used & statements.keys()


def test_no_dose_is_advice(statements):
    """A dose is the fact of a trial, a label or a guideline, never one to use."""
    assert [name for name, statement in statements.items() if statement.dose] == []
    assert any(statement.dose_fact for statement in statements.values())


def test_no_statement_is_told_twice(content, statements):
    """Nothing repeats a statement of another topic, in either wording."""
    others = [s for entry in content.topics() if entry.id != TOPIC for s in content.statements(entry.id).values()]
    clinical, plain = {s.clinical for s in others}, {s.plain for s in others}
    assert [n for n, s in statements.items() if s.clinical in clinical or s.plain in plain] == []


def test_a_ratio_comes_from_a_study(content, statements):
    """A hazard ratio or a relative risk cites a trial, a pooled analysis or a review of them, at level A or B."""
    ratios = {name: s for name, s in statements.items() if RATIO.search(s.clinical)}
    assert len(ratios) >= 5
    for name, statement in ratios.items():
        assert {source.kind for source in cited(content, statement)} & {*STUDIES, SourceKind.REVIEW}, name
        assert statement.level in COHORTS_AND_BETTER, name


def test_the_nephropathy_trial_is_told_with_its_limits(statements):
    """Whoever reads its hazard ratio reads that it was an oral tablet of three vitamins in diabetic nephropathy."""
    told = [s for s in statements.values() if "hazard ratio" in s.clinical and s.citations[0].source == "house-2010"]
    assert told
    for statement in told:
        for wording in (statement.clinical, statement.plain):
            assert "one oral tablet" in wording
            assert "three vitamins" in wording
            assert "diabet" in wording


def test_a_superseded_guideline_says_so(content, statements):
    """A statement that rests on superseded guidance alone carries that in both wordings."""
    old = [
        s for s in statements.values() if all(source.status is SourceStatus.SUPERSEDED for source in cited(content, s))
    ]
    assert old
    for statement in old:
        assert "superseded" in statement.clinical
        assert "replaced" in statement.plain


def test_what_was_read_was_read(content, statements):
    """No statement cites a record from memory, and the basis is never more than the records bear."""
    for name, statement in statements.items():
        checks = {source.check for source in cited(content, statement)}
        assert RecordCheck.MEMORY not in checks, name
        if statement.basis is Basis.READ:
            assert RecordCheck.READ in checks, name
