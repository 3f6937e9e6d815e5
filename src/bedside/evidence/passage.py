"""The passage: a source's own words, kept where its licence allows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """Verbatim words of one source. A changed text is a new passage with a new id.

    ``sha256`` is of the UTF-8 text. ``locator`` is the recommendation number, section or paragraph. ``heading`` is the
    path of headings above it ("Results > Adverse events"), ``position`` its place in the document from 0.
    ``language`` is an ISO 639-2 code, "" for English.
    """

    id: str
    source: str
    locator: str
    text: str
    licence: str
    sha256: str
    heading: str = ""
    position: int = 0
    language: str = ""
