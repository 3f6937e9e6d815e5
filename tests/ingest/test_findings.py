"""Everything doubtful in compiled content, together."""

from __future__ import annotations

from bedside.ingest.compile import compile_content
from bedside.ingest.compiled import CompiledContent
from bedside.ingest.findings import content_findings
from bedside.protocol.lint import FindingKind


def found(folder):
    """The findings about a folder, as (kind, subject)."""
    return {(f.kind, f.subject) for f in content_findings(CompiledContent(compile_content(folder.root)))}


def test_protocol_findings_are_included(folder):
    """A pattern that no case chooses and a rule without a case are found."""
    assert (FindingKind.PATTERN, "other") in found(folder)
    assert (FindingKind.UNPROVED, "AC1-US") in found(folder)


def test_wording_findings_are_included_with_units(folder):
    """A number that differs between the wordings is found in any topic."""
    subject = (FindingKind.WORDING, "thirst/mildly-low")
    assert subject not in found(folder)
    folder.change("thirst/statements/main.md", "    is a little low.", "    or 140 mmol/L is a little low.")
    assert subject in found(folder)


def test_a_record_from_memory_with_an_identifier_is_found(folder):
    """An identifier nobody has seen is left out."""
    folder.change("bibliography.json", '"check": "V2"', '"check": "M"')
    assert (FindingKind.SOURCE, "society-salt") in found(folder)


def test_a_statement_that_was_not_read_is_found(folder):
    """A basis of read stands on a source that was read."""
    folder.change("bibliography.json", '"check": "V", "jurisdiction": "US"', '"check": "V2"')
    assert (FindingKind.SOURCE, "thirst/replace-diuretic-us") in found(folder)


def test_an_own_rule_that_states_a_dose_is_found(folder):
    """Bedside's own rules say less, never a dose."""
    folder.change("thirst/statements/main.md", "basis=own-rule guards", "basis=own-rule dose=yes guards")
    assert (FindingKind.SOURCE, "thirst/same-day") in found(folder)
