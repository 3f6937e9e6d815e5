"""What the person who loads a document states about it; it goes before what the document says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.evidence.source import SourceKind


@dataclass(frozen=True, slots=True)
class Stated:
    """Statements about a page or PDF; "" leaves a field to the document.

    ``licence`` is a short name of :mod:`bedside.ingest.licences`, ``language`` a code as documents write it ("en").
    ``original_of`` is the key of the source whose text it is: it is loaded under that key.
    """

    kind: SourceKind = SourceKind.REFERENCE
    title: str = ""
    issuer: str = ""
    version: str = ""
    published_on: str = ""
    jurisdiction: str = "INT"
    licence: str = ""
    url: str = ""
    doi: str = ""
    pmid: str = ""
    language: str = ""
    original_of: str = ""


NOTHING = Stated()
"""Nothing is stated: the document speaks for itself."""
