"""Sources, statements, passages, hits and protocols as plain JSON values, the same for commands and the API."""

from __future__ import annotations

from typing import Any

from bedside.evidence.hit import Hit
from bedside.evidence.passage import Passage
from bedside.evidence.source import Source
from bedside.evidence.statement import Statement
from bedside.protocol.condition import as_text
from bedside.protocol.protocol import Band, Edge, Protocol, Rule

_SOURCE = [
    "key",
    "title",
    "issuer",
    "container",
    "volume",
    "issue",
    "pages",
    "year",
    "version",
    "doi",
    "pmid",
    "pmcid",
    "url",
    "jurisdiction",
    "licence",
    "superseded_by",
    "checked_on",
    "note",
]
_STATEMENT = ["id", "clinical", "plain", "unconfirmed", "dose", "population", "heading", "checked_on", "next_check"]
_PASSAGE = ["id", "source", "locator", "heading", "position", "language", "licence", "sha256"]


def source_json(source: Source) -> dict[str, Any]:
    """A source; what is not known is empty."""
    return {
        **{name: getattr(source, name) for name in _SOURCE},
        "authors": list(source.authors),
        "kind": source.kind.value,
        "status": source.status.value,
        "check": source.check.value,
    }


def statement_json(statement: Statement) -> dict[str, Any]:
    """A statement in both wordings."""
    return {
        **{name: getattr(statement, name) for name in _STATEMENT},
        "citations": [{"source": c.source, "locator": c.locator} for c in statement.citations],
        "strength": statement.strength.value,
        "jurisdiction": statement.jurisdiction.value,
        "level": statement.level.value,
        "basis": statement.basis.value,
        "guards": list(statement.guards),
    }


def passage_json(passage: Passage) -> dict[str, Any]:
    """A passage, with all its words."""
    return {**{name: getattr(passage, name) for name in _PASSAGE}, "text": passage.text}


def hit_json(hit: Hit) -> dict[str, Any]:
    """What a search found, with all its words and the reasons for its rank."""
    found = hit.candidate
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "id": found.id,
        "source": found.source,
        "title": found.title,
        "heading": found.heading,
        "text": found.text,
        "kind": found.kind.value,
        "design": found.design,
        "year": found.year or None,
        "status": found.status.value,
        "jurisdiction": found.jurisdiction,
        "reasons": [{"name": r.name, "detail": r.detail, "value": round(r.value, 4)} for r in hit.reasons],
    }


def protocol_summary(listed: Protocol) -> dict[str, Any]:
    """A protocol in a list."""
    return {
        "id": listed.id,
        "title": listed.title.clinical,
        "version": listed.version,
        "rules": len(listed.rules),
        "questions": len(listed.asks),
        "patterns": len(listed.patterns),
    }


def protocol_json(shown: Protocol) -> dict[str, Any]:
    """A protocol with every rule, conditions as text."""
    return {
        "id": shown.id,
        "title": shown.title.clinical,
        "version": shown.version,
        "scope": as_text(shown.scope),
        "topics": list(shown.topics),
        "definitions": {name: as_text(body) for name, body in shown.definitions.items()},
        "bands": {
            name: {key or "all": list(map(_band, bands)) for key, bands in measure.bands.items()}
            for name, measure in shown.measures.items()
            if measure.bands
        },
        "questions": {ask.id: ask.wording.clinical for ask in shown.asks},
        "patterns": [pattern.id for pattern in shown.patterns],
        "rules": [rule_json(rule) for rule in shown.rules],
    }


def rule_json(rule: Rule) -> dict[str, Any]:
    """A rule, conditions as text."""
    return {
        "id": rule.id,
        "row": rule.row,
        "table": rule.table,
        "section": rule.section,
        "jurisdiction": rule.jurisdiction.value,
        "effect": rule.effect.value,
        "strength": rule.strength.value,
        "level": rule.level.value,
        "urgency": rule.urgency.value or None,
        "given": as_text(rule.given),
        "when": as_text(rule.when),
        "statements": list(rule.statements),
        "why": list(rule.why),
        "overrides": list(rule.overrides),
        "branch": rule.branch,
        "unconfirmed": rule.unconfirmed,
        "where": rule.where,
    }


def _band(band: Band) -> str:
    edges = (_edge(band.low, ">") if band.low else "", _edge(band.high, "<") if band.high else "")
    return f"{band.name}: " + " and ".join(filter(None, edges))


def _edge(edge: Edge, sign: str) -> str:
    numbers = " or ".join(f"{number} {unit}" for unit, number in edge.values.items())
    return f"{sign}{'=' if edge.inclusive else ''} {numbers}"
