"""A record made ready for the database and the index: plain values only, so that another process may do the work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bedside.evidence.analysis import spaced
from bedside.evidence.currency import implied, status_from
from bedside.evidence.notice import Notice
from bedside.evidence.record import Record
from bedside.evidence.source import SourceStatus
from bedside.evidence.unit import mesh_names, units_of, words_in_units
from bedside.stores.record_json import notice_to_list, record_to_json, source_to_json

PassageRow = tuple[int, str, str, str, str, str, str, str]
"""Position, id, heading, locator, text, licence, sha256, language; as ``record_json`` writes it, too."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """One unit as the index takes it: its position (-1 for a whole record) and its terms, parted by spaces."""

    position: int
    terms: str


@dataclass(frozen=True, slots=True)
class Stood:
    """How a source stands: its status, why where there is something to say, and the key of what replaces it."""

    status: str = SourceStatus.CURRENT.value
    why: str = ""
    superseded_by: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record ready to be written. ``part`` is its JSON, ``full`` says which part of its source it is.

    ``stood`` is what its own notices make of it; ``implied`` are the notices it is about other documents: PMID, DOI,
    and the notice as a list.
    """

    key: str
    pmid: str
    pmcid: str
    doi: str
    title: str
    kind: str
    design: str
    jurisdiction: str
    year: int
    shown: str
    mesh: str
    part: str
    full: bool
    revised: str
    digest: str
    words: tuple[int, int, int, int, int]
    passages: tuple[PassageRow, ...]
    passage_terms: tuple[str, ...]
    indexed: tuple[Indexed, ...]
    stood: Stood
    implied: tuple[tuple[str, ...], ...]


def prepared(record: Record) -> Prepared:
    """Make a record ready; the work of it is reading the words into terms."""
    source = record.source
    mesh = mesh_names(record.headings)
    units = list(units_of(record.passages, full=record.full))
    shared = spaced(source.title) + spaced(" . ".join(mesh)) + spaced(" . ".join(record.other_titles))
    lines = tuple([spaced(passage.text) for passage in record.passages])
    shown = source_to_json(source)
    part = record_to_json(record, source=shown)
    words = hashlib.sha256(part.encode())
    for passage in record.passages:
        words.update(passage.id.encode())
    return Prepared(
        key=source.key,
        pmid=source.pmid,
        pmcid=source.pmcid.upper(),
        doi=source.doi.lower(),
        title=source.title,
        kind=source.kind.value,
        design=source.design,
        jurisdiction=source.jurisdiction,
        year=int(source.year[:4]) if source.year[:4].isdigit() else 0,
        shown=shown,
        mesh="\n".join(mesh),
        part=part,
        full=record.full,
        revised=record.revised,
        digest=words.hexdigest(),
        words=words_in_units(record, units, mesh),
        passages=tuple(
            [
                (position, p.id, p.heading, p.locator, p.text, p.licence, p.sha256, p.language)
                for position, p in enumerate(record.passages)
            ]
        ),
        passage_terms=lines,
        indexed=tuple([Indexed(unit.position, shared + spaced(unit.heading) + unit.chosen(lines)) for unit in units]),
        stood=stood(record),
        implied=tuple(
            (value if name == "pmid" else "", value if name == "doi" else "", *notice_to_list(notice))
            for name, value, notice in implied(record)
        ),
    )


def stood(record: Record, notices: Iterable[Notice] = ()) -> Stood:
    """How the source of a record stands, from its own notices and those known from elsewhere."""
    standing = status_from((*record.notices, *notices), record.source, record.publication_types)
    reason = "" if standing.status is SourceStatus.CURRENT else standing.reason
    return Stood(standing.status.value, "; ".join(filter(None, (reason, standing.note))), standing.superseded_by)


def under_key(record: Record, key: str) -> Record:
    """The record under the key its source has in the library already."""
    if record.source.key == key:
        return record
    passages = tuple(replace(passage, source=key) for passage in record.passages)
    return replace(record, source=replace(record.source, key=key), passages=passages)
