"""The record: one document as a file gives it, before it stands in a library."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from bedside.evidence.notice import Notice
from bedside.evidence.passage import Passage
from bedside.evidence.source import Source

_NOT_A_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A subject heading of MeSH: the descriptor (``ui`` "" where the file does not give it) and its qualifiers."""

    name: str
    ui: str = ""
    major: bool = False
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A source, its own words as passages in reading order, and what helps to find and to grade it.

    ``publication_types`` are PubMed's names ("Randomized Controlled Trial"). ``language`` is an ISO 639-2 code as
    PubMed writes it ("eng"). ``other_titles`` are titles in other languages or alphabets. ``issns`` have the linking
    ISSN first where it is known. ``revised`` is the ISO date on which the record was last changed, "" where its
    file does not say. ``full`` is true for full text, false for a record with title and abstract.
    """

    source: Source
    passages: tuple[Passage, ...] = ()
    headings: tuple[Heading, ...] = ()
    publication_types: tuple[str, ...] = ()
    chemicals: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str = ""
    other_titles: tuple[str, ...] = ()
    issns: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    revised: str = ""
    full: bool = False


def source_key(*, pmid: str = "", pmcid: str = "", doi: str = "", name: str = "") -> str:
    """The key of a loaded source, from the first identifier there is: ``pmid-123``, ``pmc-45``, ``doi-10-1000-x``.

    ``name`` (of a file, or a title) serves where a document has no identifier. Raises ValueError when all are empty.
    """
    if pmid:
        return f"pmid-{pmid}"
    if pmcid:
        return f"pmc-{pmcid.upper().removeprefix('PMC')}"
    for prefix, written in (("doi", doi), ("local", name)):
        if slug := _NOT_A_SLUG.sub("-", written.lower()).strip("-"):
            return f"{prefix}-{slug}"
    raise ValueError("a source needs an identifier or a name")


def make_passage(
    source: str, locator: str, text: str, *, heading: str = "", licence: str = "", position: int = 0, language: str = ""
) -> Passage:
    """A passage with its hash and its id: made of the source, the locator and the words, so that it is the same in
    every import, and other words are another passage."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    place = hashlib.sha256(f"{locator}\0{digest}".encode()).hexdigest()[:16]
    return Passage(f"{source}/{place}", source, locator, text, licence, digest, heading, position, language)
