"""Threads in a SQL database: a SQLite file in the home, or PostgreSQL by its URL.

What a method returned from is on the disk. Every change is one short transaction that takes the write lock at once, so
that several threads and processes may write: none sees half a change, and none waits for a reader.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, and_, delete, exists, func, insert, or_, select
from sqlalchemy.sql.elements import ColumnElement

from bedside.errors import LibraryUnusable, ThreadMoved, ThreadNotFound
from bedside.settings import Settings
from bedside.stores.parts import in_parts
from bedside.stores.thread_row import checked_time, row_of, turn_of
from bedside.stores.thread_schema import HEAD, VERSIONS, thread, turn
from bedside.stores.token import hash_of, new_token
from bedside.stores.transacting import FILE, Database, Kept, url_of
from bedside.thread import Thread, Turn

__all__ = ["FILE", "ThreadDatabase", "open_threads", "threads_exist"]

_MIGRATIONS = Path(__file__).with_name("thread_migrations")
_OTHERWISE = (
    "If the file is damaged, restore it from a backup, or move it away to begin anew: every link in it "
    "is lost, and all that the board signed."
)


def open_threads(settings: Settings) -> ThreadDatabase:
    """The threads of these settings, their tables made or brought up to date. May be used from several threads.

    Raises SettingsError for a URL that names no database of ours, ExtraMissing where its driver is not installed, and
    LibraryUnusable when it cannot be opened, is damaged, or was written by a newer program.
    """
    return ThreadDatabase(url_of(settings, "threads"))


def threads_exist(settings: Settings) -> bool:
    """Whether threads were ever kept under these settings, as far as can be said without making anything."""
    return bool(settings.database) or (settings.home / FILE).exists()


class ThreadDatabase(Database):
    """The ``ThreadStore`` port on SQLite or PostgreSQL."""

    def __init__(self, url: URL) -> None:
        """Open the database at *url*; raises what :func:`open_threads` raises."""
        super().__init__(url, Kept("threads", _OTHERWISE, VERSIONS, HEAD, _MIGRATIONS))

    def create(self, now: str, expires: str, turn: Turn) -> Thread:
        """A new thread with its first turn, under a new token."""
        if turn.number != 0:
            raise ValueError("the first turn has the number 0")
        made = Thread(new_token(), checked_time(now), checked_time(expires), (turn,))
        values = row_of(turn)  # before the lock is taken: the answer is deflated here
        row = {"token_hash": hash_of(made.token), "created": now, "expires": expires}

        def work(connection: Connection) -> None:
            [number] = connection.execute(insert(thread).values(row).returning(thread.c.id)).one()
            _insert(connection, number, values)

        self._change(work)
        return made

    def add(self, token: str, turn: Turn, now: str) -> Thread:
        """Add the next turn; raises ThreadNotFound and ThreadMoved."""
        values = row_of(turn)

        def work(connection: Connection) -> Thread:
            found = connection.execute(
                select(thread.c.id).where(_living(token, now)).with_for_update()  # PostgreSQL locks the row
            ).scalar()
            if found is None:
                raise ThreadNotFound
            if turn.number != _turns(connection, found):
                raise ThreadMoved
            _insert(connection, found, values)
            return self._read(connection, token, now)

        return self._change(work)

    def read(self, token: str, now: str) -> Thread:
        """The thread; raises ThreadNotFound."""
        return self._look(lambda connection: self._read(connection, token, now))

    def delete(self, token: str) -> bool:
        """Delete a thread for good; whether there was one."""
        gone = self._change(lambda connection: _delete(connection, thread.c.token_hash == hash_of(token)))
        self._forget(gone)
        return gone > 0

    def purge(self, before: str, *, now: str = "", dry_run: bool = False) -> int:
        """Delete every thread that expired before *before*, or was begun before it where it has no later turn, and,
        where *now* is given, those that have expired by then; gives how many, also in a *dry_run*.

        Either may be "": then it deletes nothing.
        """
        old = _old(*(checked_time(given) if given else "" for given in (before, now)))
        if dry_run:
            count = select(func.count()).select_from(thread).where(old)
            return self._look(lambda connection: int(connection.execute(count).scalar_one()))
        gone = self._change(lambda connection: _delete(connection, old))
        self._forget(gone)
        return gone

    def ready(self) -> None:
        """Raise LibraryUnusable where the tables cannot be read."""
        self._look(lambda connection: connection.execute(select(thread.c.id).limit(1)).first())

    def _read(self, connection: Connection, token: str, now: str) -> Thread:
        """The thread by one query, so that no turn of it can come or go between two."""
        both = select(thread.c.created, thread.c.expires, *turn.c).join_from(thread, turn)
        rows = connection.execute(both.where(_living(token, now)).order_by(turn.c.number)).mappings().all()
        if not rows:
            raise ThreadNotFound
        try:
            turns = tuple(turn_of(row) for row in rows)
        except (ValueError, TypeError, zlib.error) as error:
            raise LibraryUnusable(f"{self._shown}: a turn is damaged: {type(error).__name__}.", _OTHERWISE) from None
        return Thread(token, rows[0]["created"], rows[0]["expires"], turns)


def _living(token: str, now: str) -> ColumnElement[bool]:
    return and_(thread.c.token_hash == hash_of(token), thread.c.expires > checked_time(now))


def _old(before: str, now: str) -> ColumnElement[bool]:
    later = exists().where(turn.c.thread == thread.c.id, turn.c.asked_at >= before)
    expired = thread.c.expires <= now if now else thread.c.expires < before
    return or_(thread.c.expires < before, and_(thread.c.created < before, ~later), expired)


def _insert(connection: Connection, number: int, values: Mapping[str, Any]) -> None:
    connection.execute(insert(turn).values({**values, "thread": number}))


def _turns(connection: Connection, number: int) -> int:
    return int(connection.execute(select(func.count()).where(turn.c.thread == number)).scalar_one())


def _delete(connection: Connection, which: ColumnElement[bool]) -> int:
    """Delete threads with their turns; how many."""
    numbers = select(thread.c.id).where(which)
    connection.execute(numbers.with_for_update()).all()
    gone = connection.execute(numbers).scalars().all()  # again: a turn may have come while we waited for the lock
    for some in in_parts(gone):
        connection.execute(delete(turn).where(turn.c.thread.in_(some)))
        connection.execute(delete(thread).where(thread.c.id.in_(some)))
    return len(gone)
