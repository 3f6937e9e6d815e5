"""Provenance: what is cited exists and stands; a claim agrees with its statement and belongs to its country."""

from __future__ import annotations

from collections.abc import Iterator

from bedside.article.article import Sentence
from bedside.evidence.gather import Evidence
from bedside.evidence.source import SourceStatus
from bedside.verification.verdict import Finding, Verdict


def provenance(sentence: Sentence, evidence: Evidence) -> Iterator[Finding]:
    """Everything a claim says about where it comes from must resolve, and agree with the statement."""
    statement = evidence.statement(sentence.statement)
    if statement is None:
        yield Finding("provenance", Verdict.UNSUPPORTED, f"no statement {sentence.statement!r}")
        return
    if not sentence.citations or sentence.citations != statement.citations:
        yield Finding("provenance", Verdict.UNSUPPORTED, "cites other sources than its statement", against=statement.id)
    if sentence.jurisdiction is not statement.jurisdiction:
        message = f"shown for {sentence.jurisdiction.value}, written for {statement.jurisdiction.value}"
        yield Finding("jurisdiction", Verdict.CONTRADICTED, message, against=statement.id)
    if sentence.strength is not statement.strength:
        message = f"labelled {sentence.strength.value}, the statement says {statement.strength.value}"
        yield Finding("strength", Verdict.OVERSTATED, message, against=statement.id)
    for citation in statement.citations:
        source = evidence.source(citation.source)
        if source is None:
            yield Finding("provenance", Verdict.UNSUPPORTED, f"no source {citation.source!r}", against=statement.id)
        elif source.status is SourceStatus.RETRACTED:
            yield Finding("currency", Verdict.UNSUPPORTED, f"{source.key} is retracted", against=statement.id)
        elif source.status is SourceStatus.SUPERSEDED:
            message = f"{source.key} is superseded by {source.superseded_by or 'a newer version'}"
            yield Finding("currency", Verdict.QUALIFIED, message, against=statement.id)
    if statement.unconfirmed:
        yield Finding("confirmation", Verdict.QUALIFIED, "not confirmed against the original", against=statement.id)


def pointing(sentence: Sentence, evidence: Evidence) -> Iterator[Finding]:
    """A sentence that is no claim may point at sources (a title, quotations beside it), if they are there and stand."""
    for citation in sentence.citations:
        source = evidence.source(citation.source)
        if source is None:
            yield Finding("provenance", Verdict.UNSUPPORTED, f"no source {citation.source!r}")
        elif source.status is SourceStatus.RETRACTED:
            yield Finding("currency", Verdict.UNSUPPORTED, f"{source.key} is retracted")
