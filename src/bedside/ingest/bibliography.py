"""The bibliography: CSL-JSON items with bedside's own fields under ``custom``, to sources in compiled form."""

from __future__ import annotations

import re
from typing import Any

from bedside.evidence.source import RecordCheck, SourceKind, SourceStatus
from bedside.ingest.marked_yaml import Marked
from bedside.ingest.reading import Reading, Referent
from bedside.ingest.statements_markdown import check_date
from bedside.protocol.strength import Jurisdiction

_REQUIRED = ("id", "type", "title", "custom")
_PLAIN = {
    "container-title": "container",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "version": "version",
    "DOI": "doi",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "URL": "url",
}
_OPTIONAL = (*_PLAIN, "author", "publisher", "issued")
_CUSTOM_REQUIRED = ("kind", "check")
_CUSTOM = ("jurisdiction", "licence", "status", "superseded_by", "checked_on", "note")
_SHAPES = {
    "DOI": re.compile(r"10\.\d{4,9}/\S+"),
    "PMID": re.compile(r"[1-9]\d{0,8}"),
    "PMCID": re.compile(r"PMC\d+"),
    "URL": re.compile(r"https?://\S+"),
}
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")


def read_bibliography(node: Marked, reading: Reading) -> dict[str, dict[str, Any]]:
    """Every source by key, in compiled form; empty fields are left out."""
    sources: dict[str, dict[str, Any]] = {}
    lines: dict[str, str] = {}
    for item in reading.items(node, "the bibliography"):
        fields = reading.fields(item, "a source", _REQUIRED, _OPTIONAL)
        key = reading.text(fields.get("id"), "id")
        if not _KEY.fullmatch(key):
            reading.refuse(item.where, f"the key {key!r} is not lower-case words joined by '-'.", "Rename it.")
        if key in sources:
            reading.refuse(item.where, f"the source {key!r} is given twice (first at {lines[key]}).", "Keep one.")
            continue
        lines[key] = item.where
        sources[key] = _source(fields, item.where, reading)
    return sources


def _source(fields: dict[str, Marked], where: str, reading: Reading) -> dict[str, Any]:
    """One source."""
    data: dict[str, Any] = {"title": reading.text(fields.get("title"), "title")}
    for key, name in _PLAIN.items():
        if key in fields:
            data[name] = reading.text(fields[key], key)
            if key in _SHAPES and not _SHAPES[key].fullmatch(data[name]):
                reading.refuse(
                    fields[key].where, f"{data[name]!r} is not a {key}.", "Leave out an identifier nobody has seen."
                )
    data["authors"] = [_author(author, reading) for author in reading.items(fields.get("author"), "author")]
    data["issuer"] = reading.text(fields.get("publisher"), "publisher")
    if not (data["authors"] or data["issuer"] or data.get("container")):
        reading.refuse(where, "the source names no publisher, author or journal.", "Add publisher: the issuing body.")
    data["year"] = _year(fields.get("issued"), reading)
    if "custom" in fields:
        data |= _custom(fields["custom"], reading)
    return {key: value for key, value in data.items() if value or key in ("title", "issuer")}


def _author(node: Marked, reading: Reading) -> str:
    """One name as it is printed: "Family G" or the literal name of a group."""
    fields = reading.fields(node, "an author", (), ("family", "given", "literal"))
    names = [reading.text(fields[key], key) for key in ("literal", "family", "given") if key in fields]
    if not names:
        reading.refuse(node.where, "an author has no name.", "Give family and given, or literal.")
    return " ".join(names)


def _year(node: Marked | None, reading: Reading) -> str:
    """The year of ``issued``; "" when the source has none."""
    if node is None:
        return ""
    fields = reading.fields(node, "issued", ("date-parts",))
    parts = fields["date-parts"].plain() if "date-parts" in fields else None
    match parts:
        case [[int(year), *rest]] if all(isinstance(part, int) for part in rest):
            return str(year)
    reading.refuse(node.where, "issued cannot be read.", 'Write {"date-parts": [[2024, 3, 6]]}.')
    return ""


def _custom(node: Marked, reading: Reading) -> dict[str, Any]:
    """The fields of our own under ``custom``."""
    fields = reading.fields(node, "custom", _CUSTOM_REQUIRED, _CUSTOM)
    status = reading.choice(fields.get("status"), "status", SourceStatus, SourceStatus.CURRENT)
    superseded_by = reading.text(fields.get("superseded_by"), "superseded_by")
    if (status is SourceStatus.SUPERSEDED) != bool(superseded_by):
        reading.refuse(node.where, "status 'superseded' and superseded_by belong together.", "Give both or neither.")
    if superseded_by:
        reading.refer(Referent.SOURCE, [superseded_by], fields["superseded_by"].where)
    check_date(fields.get("checked_on"), "checked_on", reading)
    return {
        "kind": reading.choice(fields.get("kind"), "kind", SourceKind, SourceKind.REFERENCE),
        "check": reading.choice(fields.get("check"), "check", RecordCheck, RecordCheck.MEMORY),
        "jurisdiction": reading.choice(fields.get("jurisdiction"), "jurisdiction", Jurisdiction, Jurisdiction.INT),
        "status": status,
        "superseded_by": superseded_by,
        "licence": reading.text(fields.get("licence"), "licence"),
        "checked_on": reading.text(fields.get("checked_on"), "checked_on"),
        "note": reading.text(fields.get("note"), "note"),
    }
