"""The search index: derived from the database, kept by tantivy, thrown away and made again whenever in doubt.

It holds our own terms, so that every engine would be asked for the same words, and no text: the words are read from the
database. It offers candidates only; its scores move with the state of its segments and are never shown or kept.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from bedside.errors import LibraryUnusable
from bedside.evidence.candidate import Filters
from bedside.stores.prepared import Indexed

FORMAT = f"2/tantivy-{'.'.join(version('tantivy').split('.')[:2])}"
"""Our number, raised when the fields change, and the engine's release, which may change what it writes; an index of
another format is made again."""

_HEAP = 128_000_000  # bytes that the engine collects before it writes a segment
_PLACES = 20  # bits of a unit's number that say where in its source it is
_MARKS = ("kind", "status", "jurisdiction")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index is told of one source: its number, what it may be filtered by, and its units."""

    source: int
    kind: str
    status: str
    jurisdiction: str
    year: int
    units: tuple[Indexed, ...]


def unit_number(source: int, position: int) -> int:
    """One number for a unit: its source, and its position there (-1 for the whole record)."""
    return (source << _PLACES) | (position + 1)


def unit_place(number: int) -> tuple[int, int]:
    """The source and the position of a unit."""
    return number >> _PLACES, (number & ((1 << _PLACES) - 1)) - 1


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    for name in _MARKS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("year", indexed=True, fast=True)
    builder.add_unsigned_field("source", indexed=True)
    builder.add_unsigned_field("unit", fast=True)
    return builder.build()


SCHEMA = _schema()


class IndexReader:
    """The index as it stands at one generation."""

    def __init__(self, folder: Path) -> None:
        """Open it. Raises LibraryUnusable when there is none, it is damaged, or it is of another format."""
        self.generation = generation_of(folder)
        if self.generation < 0:
            raise LibraryUnusable(f"{folder}: there is no search index.", "Make it with: bedside library rebuild.")
        try:
            # Only the searcher is kept: the engine's index would watch its folder from a thread and open whatever
            # another program has left there, which ends this one when a file is cut short meanwhile (SIGBUS).
            self._searcher = self._opened(folder).searcher()
        except (ValueError, OSError) as error:
            raise LibraryUnusable(
                f"{folder}: the search index is damaged ({_short(error)}).",
                "Make it again with: bedside library rebuild.",
            ) from None
        self._counts: dict[str, int] = {}

    def _opened(self, folder: Path) -> tantivy.Index:
        """The engine's index. Even its readers lock a file, which fails where nothing may be written: there it is
        opened through links in a folder of our own."""
        try:
            return tantivy.Index(SCHEMA, path=str(folder), reuse=True)
        except (ValueError, OSError) as error:
            if "Lockfile" not in str(error):
                raise
        self._links = TemporaryDirectory(prefix="bedside-index-")
        for file in folder.iterdir():
            if not file.name.endswith(".lock"):
                (Path(self._links.name) / file.name).symlink_to(file.resolve())
        return tantivy.Index(SCHEMA, path=self._links.name, reuse=True)

    @property
    def size(self) -> int:
        """The number of units in it."""
        return int(self._searcher.num_docs)

    def units(
        self, words: Iterable[tuple[str, float]], filters: Filters, limit: int, source: int | None = None
    ) -> list[int]:
        """The numbers of the units that fit weighted terms best, best first by the engine's own score.

        ``source`` looks only at the units of one source.
        """
        weighted = [(tantivy.Occur.Should, _weighted("terms", word, weight)) for word, weight in words]
        if not weighted:
            return []
        query = tantivy.Query.boolean_query(weighted)
        narrowed = _narrowed(filters)
        if source is not None:
            narrowed = [*narrowed, (tantivy.Occur.Must, _of_source(source))]
        if narrowed:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *narrowed])
        hits = self._searcher.search(query, limit, count=False).hits
        numbers = self._searcher.fast_field_values("unit", [address for _, address in hits])
        return [number for number in numbers if isinstance(number, int)]

    def count(self, word: str) -> int:
        """The number of units that hold a term: of those that are there, not of those deleted and not yet merged."""
        if word not in self._counts:
            query = tantivy.Query.term_query(SCHEMA, "terms", word, index_option="basic")
            found = self._searcher.search(query, 1, count=True)
            self._counts[word] = int(found.count or 0)  # type: ignore[attr-defined]  # its stubs forget it
        return self._counts[word]


class IndexWriter:
    """Writes to the index; nothing is seen, and nothing is lost, before ``commit``."""

    def __init__(self, folder: Path) -> None:
        """Open or make it. An index that is damaged or of another format is thrown away: its generation is then 0."""
        self.folder = folder
        self.generation = max(generation_of(folder), 0)
        try:
            self._open(fresh=self.generation == 0)
        except (ValueError, OSError):
            self._open(fresh=True)

    def _open(self, *, fresh: bool) -> None:
        try:
            if fresh:
                self.generation = 0
                shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True, exist_ok=True)
            # The engine's index is not kept, so that it stops watching its folder; see IndexReader.
            self._writer = tantivy.Index(SCHEMA, path=str(self.folder), reuse=True).writer(_HEAP, num_threads=1)
            # A writer that was killed while it committed leaves files that the next commit would make under the same
            # name, and is refused: its numbers begin again where the last whole commit ended.
            self._writer.garbage_collect_files()
        except OSError as error:
            raise LibraryUnusable(
                f"{self.folder}: the search index cannot be written: {_short(error)}.",
                "Check the rights and the free space of this folder.",
            ) from None

    def add(self, entry: Entry) -> None:
        """Add the units of a source."""
        for unit in entry.units:
            document = tantivy.Document()
            document.add_text("terms", unit.terms)
            document.add_text("kind", entry.kind)
            document.add_text("status", entry.status)
            document.add_text("jurisdiction", entry.jurisdiction)
            document.add_unsigned("year", entry.year)
            document.add_unsigned("source", entry.source)
            document.add_unsigned("unit", unit_number(entry.source, unit.position))
            self._writer.add_document(document)

    def remove(self, source: int) -> None:
        """Take out every unit of a source."""
        self._writer.delete_documents_by_query(_of_source(source))

    def commit(self, generation: int) -> None:
        """Make everything visible, then say which generation of the database this is."""
        try:
            self._writer.commit()
            _write_stamp(self.folder, generation)
        except (ValueError, OSError) as error:
            raise LibraryUnusable(
                f"{self.folder}: the search index could not be written: {_short(error)}.",
                "Free some space and run: bedside library rebuild. The library itself is kept.",
            ) from None
        self.generation = generation

    def close(self) -> None:
        """End writing, when the merges have ended."""
        self._writer.wait_merging_threads()


def generation_of(folder: Path) -> int:
    """The generation an index was made at, or -1 when there is none that this program can read."""
    try:
        stamp = json.loads((folder / "bedside.json").read_text(encoding="utf-8"))
        return int(stamp["generation"]) if stamp["format"] == FORMAT else -1
    except (OSError, ValueError, KeyError, TypeError):
        return -1


def _write_stamp(folder: Path, generation: int) -> None:
    fresh = folder / "bedside.json.new"
    with fresh.open("w", encoding="utf-8") as stamp:
        json.dump({"format": FORMAT, "generation": generation}, stamp)
        stamp.flush()
        os.fsync(stamp.fileno())
    fresh.replace(folder / "bedside.json")


def _of_source(source: int) -> tantivy.Query:
    return tantivy.Query.term_query(SCHEMA, "source", source, index_option="basic")


def _weighted(field: str, word: str, weight: float) -> tantivy.Query:
    query = tantivy.Query.term_query(SCHEMA, field, word, index_option="freq")
    return query if weight == 1 else tantivy.Query.boost_query(query, weight)


def _narrowed(filters: Filters) -> Sequence[tuple[tantivy.Occur, tantivy.Query]]:
    must: list[tuple[tantivy.Occur, tantivy.Query]] = []
    sets = (
        ("kind", sorted(kind.value for kind in filters.kinds)),
        ("status", sorted(status.value for status in filters.statuses)),
        ("jurisdiction", sorted(filters.jurisdictions)),
    )
    for field, values in sets:
        if values:
            must.append((tantivy.Occur.Must, tantivy.Query.term_set_query(SCHEMA, field, values)))
    if filters.since:
        years = tantivy.Query.range_query(SCHEMA, "year", tantivy.FieldType.Unsigned, filters.since, 9999)
        must.append((tantivy.Occur.Must, years))
    return must


def _short(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__
