"""Everything doubtful in compiled content, of every topic: lint of protocols, wording of statements, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bedside.evidence.source import RecordCheck, Source
from bedside.evidence.statement import Basis, Statement
from bedside.facts.units import Units
from bedside.ingest.compiled import CompiledContent
from bedside.ingest.wording import wording_findings
from bedside.protocol.lint import Finding, FindingKind, lint


def content_findings(content: CompiledContent) -> tuple[Finding, ...]:
    """Every finding, topic by topic, ordered by place."""
    vocabulary = content.vocabulary()
    tokens = Units.from_mapping(vocabulary["units"], vocabulary["analytes"]).tokens
    statements = {
        name: statement for topic in content.topics() for name, statement in content.statements(topic.id).items()
    }
    found = [finding for statement in statements.values() for finding in wording_findings(statement, tokens)]
    for topic in content.topics():
        if topic.computable:
            protocol = content.protocol(topic.id)
            found.extend(lint(protocol, statements, content.cases(topic.id)))
    found.extend(_source_findings(statements, content.sources()))
    return tuple(sorted(found, key=lambda finding: (finding.where, finding.subject, finding.text)))


def _source_findings(statements: Mapping[str, Statement], sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Records that claim more than was seen, and statements that claim more than their records."""
    for key, source in sources.items():
        if source.check is RecordCheck.MEMORY and (source.doi or source.pmid or source.pmcid):
            yield Finding(
                FindingKind.SOURCE, key, "its record is from memory and has an identifier", "bibliography.json"
            )
    for name, statement in statements.items():
        if statement.basis is Basis.OWN_RULE and statement.dose:
            yield Finding(FindingKind.SOURCE, name, "an own rule states a dose: it may only say less", statement.where)
        keys = [citation.source for citation in statement.citations]
        if statement.basis is Basis.READ and all(sources[key].check is not RecordCheck.READ for key in keys):
            yield Finding(
                FindingKind.SOURCE, name, "its basis is read and none of its sources was read", statement.where
            )
