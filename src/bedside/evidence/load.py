"""Statements and sources from their compiled form: plain JSON, what is empty left out. The inverse of the compiler."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus
from bedside.evidence.statement import Basis, Citation, Statement
from bedside.protocol.strength import Jurisdiction, Level, Strength


def statement_from(statement_id: str, data: Mapping[str, Any]) -> Statement:
    """The statement of that id. Raises KeyError or ValueError when *data* is not one."""
    return Statement(
        id=statement_id,
        clinical=data["clinical"],
        plain=data["plain"],
        citations=tuple(Citation(source, locator) for source, locator in data["citations"]),
        strength=Strength(data["strength"]),
        jurisdiction=Jurisdiction(data["jurisdiction"]),
        level=Level(data["level"]),
        basis=Basis(data["basis"]),
        unconfirmed=data.get("unconfirmed", False),
        dose=data.get("dose", False),
        dose_fact=data.get("dose_fact", False),
        clinicians_only=data.get("clinicians_only", False),
        patients_only=data.get("patients_only", False),
        population=data.get("population", ""),
        guards=tuple(data.get("guards", ())),
        heading=data.get("heading", ""),
        checked_on=data.get("checked_on", ""),
        next_check=data.get("next_check", ""),
        passage=data.get("passage", ""),
        where=data.get("where", ""),
    )


def source_from(key: str, data: Mapping[str, Any]) -> Source:
    """The source of that key. Raises KeyError or ValueError when *data* is not one."""
    texts = ("container", "volume", "issue", "pages", "year", "version", "doi", "pmid", "pmcid", "url", "licence")
    return Source(
        key=key,
        kind=SourceKind(data["kind"]),
        title=data["title"],
        issuer=data["issuer"],
        check=RecordCheck(data["check"]),
        authors=tuple(data.get("authors", ())),
        jurisdiction=data.get("jurisdiction", "INT"),
        status=SourceStatus(data.get("status", "current")),
        superseded_by=data.get("superseded_by", ""),
        checked_on=data.get("checked_on", ""),
        note=data.get("note", ""),
        **{name: data.get(name, "") for name in texts},
    )
