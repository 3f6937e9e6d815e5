"""Writing to a library: records in batches, one transaction each, and the index after it.

The order is what makes a crash harmless. First the database commits a batch with its new generation and with how far
the file was read; later the index commits and stamps that generation. Killed in between, the index is behind: the next
writer brings it up to date from the rows that have a later generation.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, delete, func, insert, select, update

from bedside.clock import now
from bedside.evidence.skipped import Skipped
from bedside.evidence.synonyms import Row, keys_of
from bedside.stores import schema
from bedside.stores.batch import (
    PASSAGE,
    Batch,
    Counts,
    Subject,
    entry_of,
    passages_from,
    record_of,
)
from bedside.stores.database import explained, opened
from bedside.stores.index import IndexWriter
from bedside.stores.lock import writing
from bedside.stores.parts import in_parts
from bedside.stores.place import LibraryPlace
from bedside.stores.prepared import Prepared, prepared

COMMIT_EVERY = 20_000
"""Units the index collects before it commits; the database commits every batch."""

_SOME = 500


@dataclass(frozen=True, slots=True)
class FileState:
    """How far a file has been read: ``records`` of it are in the library. ``modified`` is in nanoseconds."""

    path: str
    size: int
    modified: int
    records: int = 0
    done: bool = False


class LibraryWriter:
    """The one writer of a library. Use it in a ``with`` block; it holds the lock until the block ends."""

    def __init__(
        self, place: LibraryPlace, progress: Callable[[int, int], None] | None = None, *, fresh_index: bool = False
    ) -> None:
        """Say where; entering the block opens the library, making it when there is none, and brings its index up to
        date, or makes it again (``fresh_index``).

        ``progress`` hears of sources indexed, and of how many in all, while that lasts. Entering raises LibraryBusy
        and LibraryUnusable.
        """
        self.place = place
        self.run = 0
        self._progress = progress
        self._fresh_index = fresh_index
        self._stack = ExitStack()
        self._waiting = 0

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(writing(self.place.lock))
            self._engine = opened(self.place)
            stack.callback(self._engine.dispose)
            with explained(self.place), self._engine.begin() as connection:
                self._figures = _figures(connection)
            if self._fresh_index:
                shutil.rmtree(self.place.index, ignore_errors=True)
            self._index = IndexWriter(self.place.index)
            stack.callback(self._index.close)
            self._catch_up()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._waiting:
                self.commit_index()
        finally:
            self._stack.close()

    @property
    def generation(self) -> int:
        """The generation of the database."""
        return self._figures["generation"]

    @property
    def figures(self) -> Mapping[str, int]:
        """The figures of the library: sources, units, words."""
        return self._figures

    def begin(self, command: str) -> int:
        """Start a run and give its number."""
        with explained(self.place), self._engine.begin() as connection:
            self.run = (connection.execute(select(func.max(schema.import_run.c.id))).scalar() or 0) + 1
            row = {"id": self.run, "command": command, "began": now(), "ended": "", "summary": ""}
            connection.execute(insert(schema.import_run), row)
        return self.run

    def end(self, counts: Counts) -> None:
        """End the run with what became of its records."""
        self.commit_index()
        values = {"ended": now(), "summary": json.dumps(counts.as_json())}
        with explained(self.place), self._engine.begin() as connection:
            connection.execute(update(schema.import_run).where(schema.import_run.c.id == self.run).values(values))

    def file_state(self, path: str) -> FileState | None:
        """How far a file was read before, or None."""
        table = schema.import_file
        with explained(self.place), self._engine.connect() as connection:
            row = connection.execute(select(table).where(table.c.path == path)).first()
        return None if row is None else FileState(row.path, row.size, int(row.modified), row.records, bool(row.done))

    def write(
        self,
        records: Sequence[Prepared],
        *,
        state: FileState | None = None,
        skipped: Sequence[Skipped] = (),
        removals: Sequence[str] = (),
    ) -> Counts:
        """Write records, then take out those of the PMIDs in *removals*, in one transaction with how far their file
        has been read; all of it or nothing."""

        def change(batch: Batch) -> None:
            batch.put(records)
            batch.take_out(pmids=removals)
            if state is not None:
                _note_file(batch.connection, state, self.run)
            if skipped:
                lost = [
                    {
                        "run": self.run,
                        "file": s.file,
                        "number": s.number,
                        "identifier": s.identifier,
                        "reason": s.reason,
                    }
                    for s in skipped
                ]
                batch.connection.execute(insert(schema.skipped), lost)
            batch.counts.skipped += len(skipped)

        return self._transaction(change)

    def remove(self, keys: Iterable[str]) -> Counts:
        """Take sources out, by key."""
        wanted = list(keys)
        return self._transaction(lambda batch: batch.take_out(keys=wanted))

    def add_notices(self, subjects: Sequence[Subject]) -> Counts:
        """Keep notices about documents, and change the status of those that are in the library."""
        return self._transaction(lambda batch: batch.keep_notices(subjects))

    def set_synonyms(self, vocabulary: str, rows: Iterable[Row]) -> int:
        """Replace the names of one vocabulary; gives how many rows there are now."""
        kept = [(keys_of(row[2]), json.dumps(row, ensure_ascii=False)) for row in rows]

        def change(batch: Batch) -> None:
            table, phrase, connection = schema.synonym, schema.synonym_phrase, batch.connection
            old = select(table.c.id).where(table.c.vocabulary == vocabulary)
            connection.execute(delete(phrase).where(phrase.c.synonym.in_(old)))
            for (row,) in connection.execute(select(table.c.row).where(table.c.vocabulary == vocabulary)):
                batch.mark(row, -1)
            connection.execute(delete(table).where(table.c.vocabulary == vocabulary))
            first = (connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1
            for some in in_parts(enumerate(kept, first)):
                values = [{"id": number, "vocabulary": vocabulary, "row": row} for number, (_, row) in some]
                connection.execute(insert(table), values)
                for _, (_, row) in some:
                    batch.mark(row, 1)
                phrases = [{"phrase": key, "synonym": number} for number, (keys, _) in some for key in keys]
                connection.execute(insert(phrase), phrases)

        self._transaction(change)
        return len(kept)

    def name_release(self, name: str) -> str:
        """Name the present state and give its SHA-256, made of every source in the order of keys: its records with
        their passages, and its status."""
        digest = hashlib.sha256()
        with explained(self.place), self._engine.begin() as connection:
            columns = schema.source.c
            total = 0
            for key, own, status in connection.execute(
                select(columns.key, columns.digest, columns.status).order_by(columns.key)
            ):
                digest.update(f"{key}\0{own}\0{status}\n".encode())
                total += 1
            connection.execute(delete(schema.release).where(schema.release.c.name == name))
            row = {
                "name": name,
                "digest": digest.hexdigest(),
                "generation": self.generation,
                "sources": total,
                "made": now(),
            }
            connection.execute(insert(schema.release), row)
        return digest.hexdigest()

    def commit_index(self) -> None:
        """Make everything written so far searchable."""
        self._index.commit(self.generation)
        self._waiting = 0

    def _transaction(self, change: Callable[[Batch], None]) -> Counts:
        with explained(self.place), self._engine.begin() as connection:
            batch = Batch(connection, self._figures, self.run)
            change(batch)
            batch.flush()
        self._figures = batch.figures
        for number in sorted(batch.gone):
            self._index.remove(number)
        for entry in batch.entries.values():
            self._index.add(entry)
            self._waiting += max(len(entry.units), 1)
        self._waiting += 1
        if self._waiting >= COMMIT_EVERY:
            self.commit_index()
        return batch.counts

    def _catch_up(self) -> None:
        """Index what the database has and the index has not."""
        have = self._index.generation
        if have == self.generation and have:
            return
        done = 0
        source, removed = schema.source, schema.removed
        with explained(self.place), self._engine.connect() as connection:
            for number in connection.execute(select(removed.c.id).where(removed.c.generation > have)).scalars():
                self._index.remove(number)
            later = select(func.count()).select_from(source).where(source.c.generation > have)
            total = connection.execute(later).scalar_one()
            last = -1
            while rows := _next(connection, have, last):
                for row, passages in _with_passages(connection, rows):
                    if have:
                        self._index.remove(row["id"])
                    entry = prepared(record_of(row, passages_from(row["key"], passages)))
                    self._index.add(entry_of(row["id"], entry, row["status"]))
                    done += 1
                last = rows[-1]["id"]
                if self._progress is not None:
                    self._progress(done, total)
        self.commit_index()


def _next(connection: Connection, generation: int, last: int) -> Sequence[Mapping[str, Any]]:
    source = schema.source
    later = select(source).where(source.c.generation > generation, source.c.id > last)
    rows = connection.execute(later.order_by(source.c.id).limit(_SOME)).mappings()
    return [dict(row) for row in rows]


def _with_passages(
    connection: Connection, rows: Sequence[Mapping[str, Any]]
) -> Iterable[tuple[Mapping[str, Any], list[Any]]]:
    table = schema.passage
    found: dict[int, list[Any]] = {}
    columns = [table.c[name] for name in ("source", *PASSAGE)]
    here = table.c.source.in_([row["id"] for row in rows])
    for number, *rest in connection.execute(select(*columns).where(here).order_by(table.c.source, table.c.position)):
        found.setdefault(number, []).append(tuple(rest))
    return [(row, found.get(row["id"], [])) for row in rows]


def _figures(connection: Connection) -> dict[str, int]:
    """The figures of the library, with those that a new one starts from."""
    table = schema.figure
    found = {row.name: row.value for row in connection.execute(select(table))}
    return {"generation": 0, "next_source": 1, **found}


def _note_file(connection: Connection, state: FileState, run: int) -> None:
    table = schema.import_file
    connection.execute(delete(table).where(table.c.path == state.path))
    row = {
        "path": state.path,
        "size": state.size,
        "modified": str(state.modified),
        "records": state.records,
        "done": state.done,
        "run": run,
    }
    connection.execute(insert(table), row)
