"""The batch: the changes to a library that one transaction makes, worked out against what is there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Self

from sqlalchemy import Connection, delete, insert, select, text, update

from bedside.evidence.candidate import FIELDS
from bedside.evidence.joining import joined
from bedside.evidence.notice import Notice
from bedside.evidence.passage import Passage
from bedside.evidence.record import Record
from bedside.stores import schema
from bedside.stores.bulk import insert_rows
from bedside.stores.index import Entry
from bedside.stores.parts import in_parts
from bedside.stores.prepared import PassageRow, Prepared, Stood, prepared, stood, under_key
from bedside.stores.record_json import (
    notice_from_list,
    notice_to_list,
    passage_from_list,
    record_from_json,
    record_to_json,
    revised_in,
)

MARKS = ("mark_1", "mark_2")
MODULUS = 2**62
PASSAGE = ("position", "name", "heading", "locator", "text", "licence", "sha256", "language")
_COUNTED = ("sources", "units", *(f"words_{name}" for name in FIELDS))
_SOURCE = tuple(schema.source.c.keys())
_values = itemgetter(*_SOURCE)

Subject = tuple[str, str, Notice]
"""A notice with the PMID and the DOI of the document it is about."""


@dataclass(frozen=True, slots=True)
class Change:
    """The status of a source changed, and why."""

    key: str
    before: str
    after: str
    why: str


@dataclass(slots=True)
class Counts:
    """What became of records."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    older: int = 0  # than the same document in the library: left out
    removed: int = 0
    skipped: int = 0
    changes: list[Change] = field(default_factory=list)

    def __iadd__(self, other: Counts) -> Self:
        self.added += other.added
        self.replaced += other.replaced
        self.unchanged += other.unchanged
        self.older += other.older
        self.removed += other.removed
        self.skipped += other.skipped
        self.changes += other.changes
        return self

    def as_json(self) -> dict[str, int]:
        """The counts by name."""
        names = ("added", "replaced", "unchanged", "older", "removed", "skipped")
        return {name: getattr(self, name) for name in names} | {"status_changes": len(self.changes)}


class Batch:
    """The changes of one transaction. ``flush`` writes them; ``entries`` and ``gone`` then tell the index."""

    def __init__(self, connection: Connection, figures: Mapping[str, int], run: int) -> None:
        self.connection = connection
        self.figures = {**figures, "generation": figures["generation"] + 1}
        self.run = run
        self.counts = Counts()
        self.entries: dict[int, Entry] = {}
        self.gone: set[int] = set()  # units of these leave the index
        self._rows: dict[int, dict[str, Any]] = {}  # what the library has, and what this batch makes of it
        self._known: dict[tuple[str, str], int] = {}
        self._fresh: set[int] = set()  # rows to be written
        self._taken: set[int] = set()  # rows to be taken out
        self._old: set[int] = set()  # rows that are in the database
        self._passages: dict[int, tuple[tuple[PassageRow, ...], tuple[str, ...]]] = {}  # rows, and their terms

    def put(self, batch: Sequence[Prepared]) -> None:
        """Add records, or replace what is there of the same document."""
        for name in ("key", "pmid"):
            self._read(name, (getattr(entry, name) for entry in batch))
        for name in ("pmcid", "doi"):
            self._read(name, (getattr(entry, name) for entry in batch if not entry.pmid))
            self._read(name, (getattr(entry, name) for entry in batch if entry.pmid), nameless=True)
        notices = self._notices_about((entry.pmid for entry in batch), (entry.doi for entry in batch))
        for entry in batch:
            self._put(entry, (*notices.get(("pmid", entry.pmid), ()), *notices.get(("doi", entry.doi), ())))
        if implied := [_subject(each) for entry in batch for each in entry.implied]:
            self.keep_notices(implied)

    def take_out(self, keys: Iterable[str] = (), pmids: Iterable[str] = ()) -> None:
        """Take sources out, by key or PMID; one that is not there is not missed."""
        wanted = [("key", key) for key in keys] + [("pmid", pmid) for pmid in pmids]
        for name in ("key", "pmid"):
            self._read(name, (value for column, value in wanted if column == name))
        for pair in wanted:
            number = self._known.get(pair)
            if number is None or number not in self._rows:
                continue
            row = self._rows.pop(number)
            self._count(row, -1)
            self.gone.add(number)
            self._taken.add(number)
            self._fresh.discard(number)
            self.entries.pop(number, None)
            values = {"id": number, "key": row["key"], "generation": self.figures["generation"], "run": self.run}
            self.connection.execute(insert(schema.removed), values)
            self.counts.removed += 1

    def keep_notices(self, subjects: Sequence[Subject]) -> None:
        """Keep notices about documents that may or may not be here, and restate those that are."""
        bodies = {
            json.dumps([pmid, doi.lower(), *notice_to_list(notice)]): (pmid, doi.lower())
            for pmid, doi, notice in subjects
        }
        table = schema.notice
        for some in in_parts(bodies):
            there = set(self.connection.execute(select(table.c.body).where(table.c.body.in_(some))).scalars())
            if fresh := [body for body in some if body not in there]:
                rows = [
                    {"pmid": bodies[body][0], "doi": bodies[body][1], "body": body, "run": self.run} for body in fresh
                ]
                self.connection.execute(insert(table), rows)
                for body in fresh:
                    self.mark(body, 1)
                self._raise("notices", len(fresh))
        pmids, dois = {pmid for pmid, _ in bodies.values() if pmid}, {doi for _, doi in bodies.values() if doi}
        self._read("pmid", pmids)
        self._read("doi", dois)
        notices = self._notices_about(pmids, dois)
        met = {self._known[pair] for pair in notices if pair in self._known}
        for number in sorted(met & self._rows.keys()):
            self._restate(number, notices)

    def flush(self) -> None:
        """Write everything to the database, in the transaction of the connection."""
        doomed = sorted((self._taken | self._fresh) & self._old)
        for some in in_parts(doomed):
            self.connection.execute(delete(schema.passage).where(schema.passage.c.source.in_(some)))
            self.connection.execute(delete(schema.source).where(schema.source.c.id.in_(some)))
        fresh = [number for number in sorted(self._fresh) if number in self._rows]
        insert_rows(self.connection, schema.source, _SOURCE, [_values(self._rows[number]) for number in fresh])
        passages = [
            (number, *passage, terms)
            for number in fresh
            for passage, terms in zip(*self._passages[number], strict=True)
        ]
        insert_rows(self.connection, schema.passage, ("source", *PASSAGE, "terms"), passages)
        if self.counts.changes:
            rows = [
                {"key": c.key, "before": c.before, "after": c.after, "why": c.why, "run": self.run}
                for c in self.counts.changes
            ]
            self.connection.execute(insert(schema.status_change), rows)
        write_figures(self.connection, self.figures)

    def _put(self, entry: Prepared, notices: Sequence[Notice]) -> None:
        number = self._same_document(entry)
        row = self._rows.get(number)
        mine = "full_part" if entry.full else "brief_part"
        digests, parts = {"brief_part": "", "full_part": ""}, {"brief_part": "", "full_part": ""}
        if row is None:
            number = self.figures["next_source"]
            self.figures["next_source"] = number + 1
            self.counts.added += 1
        else:
            digests = dict(zip(digests, row["digest"].split(" "), strict=True))
            parts = {name: row[name] for name in parts}
            if digests[mine] == entry.digest:
                self.counts.unchanged += 1
                return
            if entry.revised and parts[mine] and entry.revised < revised_in(parts[mine]):
                self.counts.older += 1
                return
            self._count(row, -1)
            self.counts.replaced += 1
        digests[mine], parts[mine] = entry.digest, entry.part
        if row is not None:
            entry = self._joined(number, parts, row["key"], entry)
        standing = entry.stood
        if notices:
            standing = stood(record_of({**parts, "key": entry.key}, ()), notices)
        fresh = {"id": number, **_columns(entry, standing), **parts, "digest": " ".join(digests.values())}
        fresh |= {"generation": self.figures["generation"], "run": self.run}
        before = "" if row is None else row["status"]
        if standing.status != (before or "current"):
            self.counts.changes.append(Change(entry.key, before or "new", standing.status, standing.why))
        self._passages[number] = (entry.passages, entry.passage_terms)
        self._remember(fresh)
        self._fresh.add(number)
        self._count(fresh, 1)
        self._index(number, entry, standing.status)

    def _joined(self, number: int, parts: dict[str, str], key: str, entry: Prepared) -> Prepared:
        """The new record under the key its source has, together with the part that is there already.

        The short record keeps its own passages in its part from then on: the table has those of the full text.
        """
        other = parts["brief_part"] if entry.full else parts["full_part"]
        if not other and entry.key == key:
            return entry
        mine = under_key(record_from_json(entry.part, passages_from(entry.key, entry.passages)), key)
        if not other:
            return prepared(mine)
        there = record_from_json(other, passages_from(key, self._stored_passages(number)))
        brief, full = (there, mine) if entry.full else (mine, there)
        parts["brief_part"] = record_to_json(brief, whole=True)
        return prepared(joined(under_key(brief, key), under_key(full, key)))

    def _stored_passages(self, number: int) -> tuple[PassageRow, ...]:
        if number in self._passages:
            return self._passages[number][0]
        table = schema.passage
        columns = [table.c[name] for name in PASSAGE]
        rows = self.connection.execute(select(*columns).where(table.c.source == number).order_by(table.c.position))
        return tuple(tuple(row) for row in rows)

    def _restate(self, number: int, notices: Mapping[tuple[str, str], Sequence[Notice]]) -> None:
        """Work out the status of a source again."""
        row = self._rows[number]
        record = record_of(row, passages_from(row["key"], self._stored_passages(number)))
        about = (*notices.get(("pmid", row["pmid"]), ()), *notices.get(("doi", row["doi"]), ()))
        standing = stood(record, about)
        if (standing.status, standing.why) == (row["status"], row["status_why"]):
            return
        if standing.status != row["status"]:
            self.counts.changes.append(Change(row["key"], row["status"], standing.status, standing.why))
        fresh = {
            "status": standing.status,
            "status_why": standing.why,
            "superseded_by": standing.superseded_by,
            "generation": self.figures["generation"],
        }
        self._count(row, -1)
        self._rows[number] = {**row, **fresh}
        self._count(self._rows[number], 1)
        if number not in self._fresh:
            self.connection.execute(update(schema.source).where(schema.source.c.id == number).values(fresh))
        self._index(number, prepared(record), standing.status)

    def _index(self, number: int, entry: Prepared, status: str) -> None:
        if number in self._old:
            self.gone.add(number)
        self.entries[number] = entry_of(number, entry, status)

    def _same_document(self, entry: Prepared) -> int:
        """The number of the source that is this document, 0 for none.

        By key or PMID; by PMCID or DOI where one of both has no PMID: PubMed gives some DOIs twice.
        """
        for name in ("key", "pmid"):
            if (value := getattr(entry, name)) and (name, value) in self._known:
                return self._known[name, value]
        for name in ("pmcid", "doi"):
            value = getattr(entry, name)
            number = self._known.get((name, value)) if value else None
            if number is not None and number in self._rows and not (entry.pmid and self._rows[number]["pmid"]):
                return number
        return 0

    def _read(self, name: str, values: Iterable[str], *, nameless: bool = False) -> None:
        """Read the rows with those values, or of these only the ones without a PMID."""
        wanted = dict.fromkeys(value for value in values if value and (name, value) not in self._known)
        columns = schema.source.c
        for some in in_parts(wanted):
            rows = select(schema.source).where(columns[name].in_(some))
            # Written out, not bound: only so does SQLite use an index of the rows that have such an identifier.
            rows = rows.where(text(f"source.{name} <> ''"))
            if nameless:
                rows = rows.where(text("source.pmid = ''"))
            for row in self.connection.execute(rows).mappings():
                if row["id"] not in self._rows and row["id"] not in self._taken:
                    self._old.add(row["id"])
                    self._remember(dict(row))

    def _remember(self, row: dict[str, Any]) -> None:
        self._rows[row["id"]] = row
        for name in ("key", "pmid", "pmcid", "doi"):
            if row[name]:
                self._known[name, row[name]] = row["id"]

    def _notices_about(self, pmids: Iterable[str], dois: Iterable[str]) -> dict[tuple[str, str], list[Notice]]:
        if not self.figures.get("notices"):
            return {}
        found: dict[tuple[str, str], list[Notice]] = {}
        table = schema.notice
        for name, values in (("pmid", pmids), ("doi", dois)):
            for some in in_parts(dict.fromkeys(value for value in values if value)):
                for row in self.connection.execute(select(table).where(table.c[name].in_(some)).order_by(table.c.id)):
                    notice = notice_from_list(json.loads(row.body)[2:])
                    found.setdefault((name, getattr(row, name)), []).append(notice)
        return found

    def _count(self, row: Mapping[str, Any], sign: int) -> None:
        for name, value in zip(_COUNTED, (1, row["units"], *map(int, row["words"].split())), strict=True):
            self._raise(name, sign * value)
        self.mark(f"{row['key']}\0{row['digest']}\0{row['status']}", sign)

    def mark(self, text: str, sign: int) -> None:
        """Add something to the mark of the library's content, or take it away.

        The mark is a sum of hashes: the same for the same content, whatever the order in which it came and went.
        """
        digest = hashlib.sha256(text.encode()).digest()
        for number, name in enumerate(MARKS):
            part = int.from_bytes(digest[8 * number : 8 * number + 8], "big")
            self.figures[name] = (self.figures.get(name, 0) + sign * part) % MODULUS

    def _raise(self, name: str, by: int) -> None:
        self.figures[name] = self.figures.get(name, 0) + by


def _columns(entry: Prepared, standing: Stood) -> dict[str, Any]:
    """The columns of a source that say what it is and how it stands."""
    units, *words = entry.words
    return {
        "key": entry.key,
        "kind": entry.kind,
        "design": entry.design,
        "jurisdiction": entry.jurisdiction,
        "year": entry.year,
        "pmid": entry.pmid,
        "pmcid": entry.pmcid,
        "doi": entry.doi,
        "title": entry.title,
        "shown": entry.shown,
        "mesh": entry.mesh,
        "status": standing.status,
        "status_why": standing.why,
        "superseded_by": standing.superseded_by,
        "units": units,
        "words": " ".join(map(str, words)),
    }


def record_of(row: Mapping[str, Any], passages: Sequence[Passage]) -> Record:
    """The record of a row of ``source``, joined of its parts, with its passages."""
    full = record_from_json(row["full_part"], passages) if row.get("full_part") else None
    brief = record_from_json(row["brief_part"], passages) if row.get("brief_part") else None
    return under_key(joined(brief, full), row["key"])


def entry_of(number: int, entry: Prepared, status: str) -> Entry:
    """What the index is told of a source."""
    return Entry(
        source=number,
        kind=entry.kind,
        status=status,
        jurisdiction=entry.jurisdiction,
        year=entry.year,
        units=entry.indexed,
    )


def write_figures(connection: Connection, figures: Mapping[str, int]) -> None:
    """Replace the figures of the library."""
    connection.execute(delete(schema.figure))
    connection.execute(insert(schema.figure), [{"name": name, "value": value} for name, value in figures.items()])


def passages_from(source: str, rows: Iterable[PassageRow]) -> tuple[Passage, ...]:
    """The passages of a source, of rows as ``Prepared`` has them."""
    return tuple(passage_from_list(source, row) for row in rows)


def _subject(data: Sequence[str]) -> Subject:
    pmid, doi, *notice = data
    return pmid, doi, notice_from_list(notice)
