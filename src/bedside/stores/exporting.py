"""The library as text: JSON lines with every passage, or a CSL-JSON bibliography."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bedside.evidence.source import Source, SourceKind
from bedside.stores.record_json import source_to_json
from bedside.stores.stored_library import StoredLibrary

_CSL_TYPES = {SourceKind.GUIDELINE: "report", SourceKind.LABEL: "document", SourceKind.LOCAL_GUIDANCE: "document"}
_CSL_TEXTS = {
    "title": "title",
    "container": "container-title",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "url": "URL",
    "issuer": "publisher",
}


def as_lines(library: StoredLibrary) -> Iterator[str]:
    """Each source with its status and passages, one JSON object a line, by key."""
    for source in library.sources():
        data = json.loads(source_to_json(source)) | {"status": source.status.value}
        data["passages"] = [
            {
                "id": p.id,
                "locator": p.locator,
                "heading": p.heading,
                "text": p.text,
                "licence": p.licence,
                "sha256": p.sha256,
                "language": p.language,
            }
            for p in library.passages_of(source.key)
        ]
        yield json.dumps(data, ensure_ascii=False, sort_keys=True)


def as_csl(library: StoredLibrary) -> Iterator[str]:
    """A CSL-JSON array, one item a line."""
    yield "["
    comma = ""
    for source in library.sources():
        yield comma + json.dumps(csl(source), ensure_ascii=False, sort_keys=True)
        comma = ","
    yield "]"


def csl(source: Source) -> dict[str, Any]:
    """A source as a CSL-JSON item."""
    item: dict[str, Any] = {"id": source.key, "type": _CSL_TYPES.get(source.kind, "article-journal")}
    item |= {name: value for field, name in _CSL_TEXTS.items() if (value := getattr(source, field))}
    if source.authors:
        item["author"] = [{"literal": name} for name in source.authors]
    if source.year[:4].isdigit():
        item["issued"] = {"date-parts": [[int(source.year[:4])]]}
    notes = [source.note, "" if source.status.value == "current" else f"Status: {source.status.value}"]
    if note := " ".join(filter(None, notes)):
        item["note"] = note
    return item
