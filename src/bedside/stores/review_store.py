"""The board's trail in a SQL database: a SQLite file in the home, or PostgreSQL by its URL.

What a method returned from is on the disk. Rows of the trail, and versions of the content, are only ever added: the
database itself refuses anything else. Writers take turns, so that each row is chained to the one before it, and of two
that act on the same revision of a subject the second is told.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Select, Table, delete, func, insert, select
from sqlalchemy import text as sql
from sqlalchemy.dialects import postgresql, sqlite

from bedside.errors import LibraryUnusable, ReviewMoved
from bedside.review.event import GENESIS, Event, chained, hash_of_text
from bedside.review.item import Ground, Item
from bedside.review.placing import placed
from bedside.review.store import Append, Version
from bedside.settings import Settings
from bedside.stores.parts import in_parts
from bedside.stores.review_row import (
    checked_time,
    event_of,
    ref_of,
    row_of_event,
    row_of_version,
    unreadable,
    version_of,
)
from bedside.stores.review_schema import HEAD, VERSIONS, review_event, review_reading, review_text, review_version
from bedside.stores.transacting import Database, Kept, url_of

CHUNK = 1_000
"""Rows of the trail that are read at a time."""

_MIGRATIONS = Path(__file__).with_name("review_migrations")
_OTHERWISE = (
    "If the file is damaged, restore it from a backup: moved away, every signature of the board and every thread in it"
    " is lost."
)
_DAMAGED = "Run: bedside review verify. It names the first row that does not hold; restore the trail from a backup."
_CONNECTIONS = 4
# Of PostgreSQL, held while rows are added ("revw"). A commit is on the disk before it is reported, also where the
# server is set otherwise.
_TAKE_TURNS = sql(
    "SELECT pg_advisory_xact_lock(1919252087), CASE WHEN current_setting('synchronous_commit') = 'off'"
    " THEN set_config('synchronous_commit', 'on', true) END"
)

Key = tuple[str, str]
"""Of a version: ref and fingerprint."""


def open_review(settings: Settings) -> ReviewDatabase:
    """The board's trail under these settings, its tables made or brought up to date. May be used from several threads.

    Raises SettingsError for a URL that names no database of ours, ExtraMissing where its driver is not installed, and
    LibraryUnusable when it cannot be opened, is damaged, or was written by a newer program.
    """
    return ReviewDatabase(url_of(settings, "reviews"))


class ReviewDatabase(Database):
    """The ``ReviewStore`` port on SQLite or PostgreSQL."""

    def __init__(self, url: URL) -> None:
        """Open the database at *url*; raises what :func:`open_review` raises."""
        self._known: set[Key] = set()  # versions that are kept: they stay
        super().__init__(url, Kept("reviews", _OTHERWISE, VERSIONS, HEAD, _MIGRATIONS, _CONNECTIONS))

    # The trail --------------------------------------------------------------------------------------------------------

    def append(self, additions: Sequence[Append]) -> tuple[Event, ...]:
        """Add events in one transaction, all or none; raises ReviewMoved and ClockSetBack, ValueError for a draft that
        has no canonical JSON or another kind of time."""
        if not additions:
            return ()
        for each in additions:
            checked_time(each.draft.at)
        texts = {hash_of_text(each.text): each.text for each in additions if each.text}

        def work(connection: Connection) -> tuple[Event, ...]:
            self._take_turns(connection)
            made = self._placed(connection, additions)
            connection.execute(insert(review_event), [row_of_event(event) for event in made])
            if texts:
                rows = [{"hash": note, "text": text.encode("utf-8", "surrogatepass")} for note, text in texts.items()]
                connection.execute(self._insert(review_text).on_conflict_do_nothing(), rows)
            return made

        return self._change(work)

    def events(self, after: int = 0, *, subject: str = "", limit: int = 0) -> Iterator[Event]:
        """The rows after row *after*, oldest first, as they stand there; no transaction stays open while they are
        looked at. Raises LibraryUnusable at a row that cannot be read."""
        for number, event in self._rows(after, subject, limit):
            if event is None:
                raise self._damaged(number)
            yield event

    def trail(self, after: int = 0) -> Iterator[Event]:
        """The rows after row *after*, to be proved: in the place of one that cannot be read stands an event without a
        hash."""
        for number, event in self._rows(after, "", 0):
            yield unreadable(number) if event is None else event

    def head(self) -> tuple[int, str, str]:
        """Number, hash and time of the last row; (0, GENESIS, "") for none."""
        return self._look(self._head)

    # What is beside it ------------------------------------------------------------------------------------------------

    def text(self, note: str) -> str | None:
        """The text kept under a hash. Raises LibraryUnusable when it is not the text that was kept."""
        wanted = select(review_text.c.text).where(review_text.c.hash == note)
        kept = self._look(lambda connection: connection.execute(wanted).scalar())
        if kept is None:
            return None
        with suppress(UnicodeDecodeError, AttributeError):
            written = str(kept.decode("utf-8", "surrogatepass"))
            if hash_of_text(written) == note:
                return written
        raise LibraryUnusable(f"{self._shown}: the text under {note[:16]} was changed.", "Restore it from a backup.")

    def forget(self, note: str) -> bool:
        """Delete a text for good; the trail stays whole."""
        which = delete(review_text).where(review_text.c.hash == note)
        gone = self._change(lambda connection: connection.execute(which).rowcount)
        self._forget(gone)
        return gone > 0

    def keep(self, things: Iterable[Item | Ground], now: str) -> int:
        """Keep versions that are not kept yet; gives how many."""
        checked_time(now)
        new: dict[Key, Item | Ground] = {}
        for thing in things:
            if (key := (ref_of(thing), thing.fingerprint)) not in self._known:
                new.setdefault(key, thing)
        there = self._look(lambda connection: _kept(connection, new)) if new else set()
        missing = {key: thing for key, thing in new.items() if key not in there}
        made = self._change(lambda connection: self._add(connection, missing, now)) if missing else 0
        self._known |= new.keys()
        return made

    def versions(self, ref: str) -> tuple[Version, ...]:
        """Every version of an item or ground, oldest first. Raises LibraryUnusable when one is not what was kept."""
        return self._versions(select(review_version).where(review_version.c.ref == ref))

    def version(self, ref: str, fingerprint: str) -> Version | None:
        """One version, or None."""
        own = select(review_version).where(review_version.c.ref == ref, review_version.c.fingerprint == fingerprint)
        return next(iter(self._versions(own)), None)

    def unsound(self) -> str:
        """The first version, else the first text, that is not what was kept; "" for none."""
        numbers, texts = review_version.c.number, review_text.c.hash
        for some in in_parts(self._look(lambda c: c.execute(select(numbers).order_by(numbers)).scalars().all())):
            for row in self._rows_of(select(review_version).where(numbers.in_(some)).order_by(numbers)):
                if _version_or_none(row) is None:
                    return f"version {str(row['fingerprint'])[:12]} of {row['ref']}"
        for note in self._look(lambda c: c.execute(select(texts).order_by(texts)).scalars().all()):
            try:
                self.text(note)
            except LibraryUnusable:
                return f"the text {note[:12]}"
        return ""

    def read(self, counts: Mapping[str, int], day: str) -> None:
        """Add to how often items were shown on a day (ISO date)."""
        if not counts:
            return
        rows = [{"day": day, "item": item, "count": counts[item]} for item in sorted(counts)]  # one order: no deadlock
        new = self._insert(review_reading)
        more = new.on_conflict_do_update(
            index_elements=["day", "item"], set_={"count": review_reading.c.count + new.excluded.count}
        )
        self._change(lambda connection: connection.execute(more, rows))

    def readings(self, since: str) -> Mapping[str, int]:
        """How often items were shown from a day on."""
        table = review_reading.c
        summed = select(table.item, func.sum(table.count)).where(table.day >= since).group_by(table.item)
        return {item: int(count) for item, count in self._look(lambda connection: connection.execute(summed).all())}

    def ready(self) -> None:
        """Raise LibraryUnusable where the tables cannot be read."""
        self._look(lambda connection: connection.execute(select(review_event.c.number).limit(1)).first())

    # How --------------------------------------------------------------------------------------------------------------

    def _take_turns(self, connection: Connection) -> None:
        """Wait for whoever is adding rows; in SQLite the transaction has done so when it began."""
        if not self._is_file:
            connection.execute(_TAKE_TURNS)

    def _placed(self, connection: Connection, additions: Sequence[Append]) -> tuple[Event, ...]:
        """The rows that the additions become, each chained to the one before it."""
        number, previous, at = self._head(connection)
        revisions = _revisions(connection, {each.draft.subject for each in additions})
        made = []
        for addition in additions:
            draft = addition.draft
            revision = revisions.get(draft.subject, 0)
            if revision != addition.revision:
                raise ReviewMoved(draft.subject)
            event = chained(replace(draft, at=placed(draft.at, at)), number + 1, revision + 1, previous)
            revisions[draft.subject] = event.revision
            number, previous, at = event.number, event.hash, event.at
            made.append(event)
        return tuple(made)

    def _head(self, connection: Connection) -> tuple[int, str, str]:
        table = review_event.c
        last = connection.execute(
            select(table.number, table.hash, table.at).order_by(table.number.desc()).limit(1)
        ).first()
        if last is None:
            return 0, GENESIS, ""
        number, found, at = last
        if not (isinstance(found, str) and isinstance(at, str)):
            raise self._damaged(number)
        return number, found, at

    def _rows(self, after: int, subject: str, limit: int) -> Iterator[tuple[int, Event | None]]:
        """Number and event of each row; None for one that cannot be read."""
        left = limit
        while not limit or left:
            size = min(CHUNK, left) if limit else CHUNK
            chunk = self._chunk(after, subject, size)
            yield from chunk
            if len(chunk) < size:
                return
            after, left = chunk[-1][0], left - len(chunk)

    def _chunk(self, after: int, subject: str, size: int) -> list[tuple[int, Event | None]]:
        wanted = _after(select(review_event), after, subject, size)
        try:
            rows = self._look(lambda connection: connection.execute(wanted).mappings().all())
        except LibraryUnusable:  # one row of them, or the file: see which
            return self._one_by_one(after, subject, size)
        return [(row["number"], _event_or_none(row)) for row in rows]

    def _one_by_one(self, after: int, subject: str, size: int) -> list[tuple[int, Event | None]]:
        wanted = _after(select(review_event.c.number), after, subject, size)
        numbers = self._look(lambda connection: connection.execute(wanted).scalars().all())
        return [(number, self._one(number)) for number in numbers]

    def _one(self, number: int) -> Event | None:
        wanted = select(review_event).where(review_event.c.number == number)
        with suppress(LibraryUnusable):
            return _event_or_none(self._look(lambda connection: connection.execute(wanted).mappings().one()))
        return None

    def _damaged(self, number: int) -> LibraryUnusable:
        return LibraryUnusable(f"{self._shown}: row {number} of the audit trail cannot be read.", _DAMAGED)

    def _rows_of(self, wanted: Select[Any]) -> Sequence[Mapping[Any, Any]]:
        return self._look(lambda connection: connection.execute(wanted).mappings().all())

    def _versions(self, wanted: Select[Any]) -> tuple[Version, ...]:
        rows = self._rows_of(wanted.order_by(review_version.c.number))
        try:
            return tuple(version_of(row) for row in rows)
        except (ValueError, TypeError, zlib.error):
            raise LibraryUnusable(
                f"{self._shown}: a version of {rows[0]['ref']} is damaged.", "Restore it from a backup."
            ) from None

    def _add(self, connection: Connection, things: Mapping[Key, Item | Ground], now: str) -> int:
        self._take_turns(connection)
        there = _kept(connection, things)
        last = connection.execute(select(func.max(review_version.c.number))).scalar() or 0
        new = [thing for key, thing in things.items() if key not in there]
        rows = [row_of_version(thing, now, number) for number, thing in enumerate(new, last + 1)]
        if rows:
            connection.execute(insert(review_version), rows)
        return len(rows)

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        return sqlite.insert(table) if self._is_file else postgresql.insert(table)


def _after(what: Select[Any], after: int, subject: str, size: int) -> Select[Any]:
    chosen = what.where(review_event.c.number > after).order_by(review_event.c.number).limit(size)
    return chosen.where(review_event.c.subject == subject) if subject else chosen


def _event_or_none(row: Mapping[Any, Any]) -> Event | None:
    with suppress(ValueError):
        return event_of(row)
    return None


def _version_or_none(row: Mapping[Any, Any]) -> Version | None:
    with suppress(ValueError, TypeError, zlib.error):
        return version_of(row)
    return None


def _revisions(connection: Connection, subjects: Iterable[str]) -> dict[str, int]:
    """The last revision of each subject that has one."""
    table, found = review_event.c, {}
    for some in in_parts(sorted(subjects)):
        last = select(table.subject, func.max(table.revision)).where(table.subject.in_(some)).group_by(table.subject)
        found.update({subject: int(revision) for subject, revision in connection.execute(last)})
    return found


def _kept(connection: Connection, keys: Iterable[Key]) -> set[Key]:
    """Which of these versions are kept."""
    table, found = review_version.c, set()
    for some in in_parts(sorted({ref for ref, _ in keys})):
        there = select(table.ref, table.fingerprint).where(table.ref.in_(some))
        found |= {(ref, fingerprint) for ref, fingerprint in connection.execute(there)}
    return found
