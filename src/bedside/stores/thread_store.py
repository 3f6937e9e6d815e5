"""Threads in a SQL database: a SQLite file in the home, or PostgreSQL by its URL.

What a method returned from is on the disk. Every change is one short transaction that takes the write lock at once, so
that several threads and processes may write: none sees half a change, and none waits for a reader.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, and_, create_engine, delete, exists, func, insert, make_url, or_, select
from sqlalchemy import text as sql
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.sql.elements import ColumnElement

from bedside.errors import ExtraMissing, LibraryUnusable, SettingsError, ThreadMoved, ThreadNotFound
from bedside.settings import Settings
from bedside.stores.database import WRITES, migrate, reason_of, said, set_up, version
from bedside.stores.parts import in_parts
from bedside.stores.thread_row import checked_time, hash_of, new_token, row_of, turn_of
from bedside.stores.thread_schema import HEAD, VERSIONS, thread, turn
from bedside.thread import Thread, Turn

FILE = "bedside.db"
PATIENCE = 30.0
"""Seconds for which a change is tried again while others hold the database."""

_MIGRATIONS = Path(__file__).with_name("thread_migrations")
_WAIT = 5_000  # milliseconds SQLite itself waits for a lock, each time it is tried
_CHECKPOINT_WAIT = 1_000  # milliseconds a deletion waits for readers of what was deleted
_PAUSE = 0.02  # seconds, at most, before it is tried again
_CONNECTIONS = 16
_LOCK = 0x62656473  # of PostgreSQL, held while tables are made: "beds"
_NO_FILE = (None, "", ":memory:")
_TRY_AGAIN = frozenset(("40001", "40P01"))  # serialisation failure, deadlock
_OTHERWISE = (
    "If the file is damaged, restore it from a backup, or move it away to begin anew: every link in it is lost."
)
_ADDRESS = "Check the address in the setting database, and that the server runs."

_Result = TypeVar("_Result")


def open_threads(settings: Settings) -> ThreadDatabase:
    """The threads of these settings, their tables made or brought up to date. May be used from several threads.

    Raises SettingsError for a URL that names no database of ours, ExtraMissing where its driver is not installed, and
    LibraryUnusable when it cannot be opened, is damaged, or was written by a newer program.
    """
    return ThreadDatabase(_url(settings.database, settings.home))


def threads_exist(settings: Settings) -> bool:
    """Whether threads were ever kept under these settings, as far as can be said without making anything."""
    return bool(settings.database) or (settings.home / FILE).exists()


class ThreadDatabase:
    """The ``ThreadStore`` port on SQLite or PostgreSQL."""

    def __init__(self, url: URL) -> None:
        """Open the database at *url*; raises what :func:`open_threads` raises."""
        self._is_file = url.get_backend_name() == "sqlite"
        self._shown = str(url.database) if self._is_file else f"{url.host or ''}/{url.database or ''}"
        if self._is_file:
            _make_private(Path(str(url.database)))
        self._engine = _engine(url)
        self._changing = self._engine.execution_options(**{WRITES: True})
        # Writers of one process wait here, each for the one before it: waiting at the file is by trying again.
        self._turnstile: AbstractContextManager[Any] = Lock() if self._is_file else nullcontext()
        try:
            self._bring_up_to_date()
        except BaseException:
            self.close()
            raise

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
        return self._try(lambda: self._once(self._engine, lambda connection: self._read(connection, token, now)))

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
            return self._try(lambda: self._once(self._engine, lambda c: int(c.execute(count).scalar_one())))
        gone = self._change(lambda connection: _delete(connection, old))
        self._forget(gone)
        return gone

    def ready(self) -> None:
        """Raise LibraryUnusable where the tables cannot be read."""
        self._try(lambda: self._once(self._engine, lambda c: c.execute(select(thread.c.id).limit(1)).first()))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _bring_up_to_date(self) -> None:
        """Make the tables, where they are missing or old: once, whoever comes first."""
        if self._try(lambda: self._once(self._engine, lambda connection: version(connection, VERSIONS))) == HEAD:
            return

        def work(connection: Connection) -> None:
            if not self._is_file:
                connection.execute(sql("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            migrate(connection, version(connection, VERSIONS), HEAD, _MIGRATIONS, self._shown)

        self._change(work)

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

    def _change(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do *work* in one transaction that is on the disk when this returns."""

        def once() -> _Result:
            with self._turnstile:
                return self._once(self._changing, work)

        return self._try(once)

    @staticmethod
    def _once(engine: Engine, work: Callable[[Connection], _Result]) -> _Result:
        with engine.begin() as connection:
            return work(connection)

    def _try(self, once: Callable[[], _Result]) -> _Result:
        """Do it, and again while others are in the way; a failure that stays becomes an error that says what to do."""
        until = time.monotonic() + PATIENCE
        otherwise = _OTHERWISE if self._is_file else _ADDRESS
        with said(self._shown, "the database of threads", otherwise):
            while True:
                try:
                    return once()
                except DatabaseError as error:
                    if not _in_the_way(error) or time.monotonic() > until:
                        raise
                except PoolTimeoutError:
                    raise LibraryUnusable(
                        f"{self._shown}: the database of threads is busy.", "Wait a moment, then try again."
                    ) from None
                time.sleep(random.uniform(0, _PAUSE))  # noqa: S311  so that two do not meet again

    def _forget(self, gone: int) -> None:
        """Empty the file that changes are first written to (WAL), which may hold what was deleted; where a reader still
        needs it, the next deletion does."""
        if not gone or not self._is_file:
            return
        with closing(self._engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            try:
                with suppress(sqlite3.Error):
                    for pragma in (f"busy_timeout={_CHECKPOINT_WAIT}", "wal_checkpoint(TRUNCATE)"):
                        cursor.execute(f"PRAGMA {pragma}").fetchall()
            finally:
                cursor.execute(f"PRAGMA busy_timeout={_WAIT}")  # the connection goes back to be used by others


def _url(database: str, home: Path) -> URL:
    """The URL of the database that the settings name, with the driver that we use."""
    if not database:
        return URL.create("sqlite", database=str(home / FILE))
    try:
        url = make_url(database)
    except ArgumentError:
        raise SettingsError(
            "Setting 'database': not a URL of a database.",
            "Write postgresql+psycopg://user@host/name, or leave it out.",
        ) from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("postgresql+psycopg", "sqlite") or (
        url.drivername == "sqlite" and url.database in _NO_FILE
    ):
        raise SettingsError(
            f"Setting 'database': threads are not kept in {url.drivername!r}.",
            "Write postgresql+psycopg://user@host/name, sqlite:///file, or leave it out.",
        )
    return url


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(
            url,
            pool_size=_CONNECTIONS,
            max_overflow=_CONNECTIONS,
            pool_timeout=PATIENCE,
            pool_pre_ping=url.get_backend_name() != "sqlite",
            hide_parameters=True,  # an error must never carry a reader's words into a log
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise ExtraMissing("postgresql", "A database of threads in PostgreSQL") from None
    set_up(engine, wait=_WAIT, pragmas=("secure_delete=ON",))
    return engine


def _make_private(path: Path) -> None:
    """Make the file, and its folder, for their owner alone; what is there stays as it is."""
    if path.exists():
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise LibraryUnusable(
            f"{path}: cannot be made: {error.strerror}.",
            "Check the rights of this folder and the space on its disk, or set BEDSIDE_HOME to another one.",
        ) from None


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


def _in_the_way(error: DatabaseError) -> bool:
    """Whether others held the database, so that it may go well the next time."""
    if getattr(error.orig, "sqlstate", None) in _TRY_AGAIN:
        return True
    reason = reason_of(error)
    return "database is locked" in reason or "database table is locked" in reason
