"""A database that many threads and processes write to: a SQLite file in the home, or PostgreSQL by its URL.

What a change returned from is on the disk. Every change is one short transaction that takes the write lock at once, so
that none sees half a change, and none waits for a reader. Each kind of thing kept in it (threads, reviews, accounts)
has its own tables, its own migrations, and its own class on top of :class:`Database`.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy import text as sql
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bedside.errors import ExtraMissing, LibraryUnusable, SettingsError
from bedside.settings import Settings
from bedside.stores.database import WRITES, migrate, reason_of, said, set_up, version

FILE = "bedside.db"
PATIENCE = 30.0
"""Seconds for which a change is tried again while others hold the database."""

_WAIT = 5_000  # milliseconds SQLite itself waits for a lock, each time it is tried
_CHECKPOINT_WAIT = 1_000  # milliseconds a deletion waits for readers of what was deleted
_PAUSE = 0.02  # seconds, at most, before it is tried again
_LOCK = 0x62656473  # of PostgreSQL, held while tables are made: "beds"
_NO_FILE = (None, "", ":memory:")
_TRY_AGAIN = frozenset(("40001", "40P01"))  # serialisation failure, deadlock
_ADDRESS = "Check the address in the setting database, and that the server runs."

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept in a database: ``name`` as errors say it ("threads"), ``otherwise`` what to do about a failure of
    the file that explains itself no better, the table that counts its ``versions``, the newest of them (``head``), the
    folder of its ``migrations``, and how many ``connections`` are kept open (for a moment, twice as many)."""

    name: str
    otherwise: str
    versions: str
    head: str
    migrations: Path
    connections: int = 16


def url_of(settings: Settings, name: str) -> URL:
    """The URL of the database that the settings name for *name* ("threads"), with the driver that we use.

    Raises SettingsError for a URL that names no database of ours.
    """
    if not settings.database:
        return URL.create("sqlite", database=str(settings.home / FILE))
    try:
        url = make_url(settings.database)
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
            f"Setting 'database': {name} are not kept in {url.drivername!r}.",
            "Write postgresql+psycopg://user@host/name, sqlite:///file, or leave it out.",
        )
    return url


class Database:
    """One kind of thing in a database. Subclasses say what is read and changed.

    ``_engine`` reads, ``_changing`` writes, ``_shown`` is the place without a password, for errors.
    """

    def __init__(self, url: URL, kept: Kept) -> None:
        """Open the database at *url* and bring its tables up to date.

        Raises ExtraMissing where its driver is not installed, and LibraryUnusable when it cannot be opened, is damaged,
        or was written by a newer program.
        """
        self._kept = kept
        self._is_file = url.get_backend_name() == "sqlite"
        self._shown = str(url.database) if self._is_file else f"{url.host or ''}/{url.database or ''}"
        if self._is_file:
            _make_private(Path(str(url.database)))
        self._engine = _engine(url, kept)
        self._changing = self._engine.execution_options(**{WRITES: True})
        # Writers of one process wait here, each for the one before it: waiting at the file is by trying again.
        self._turnstile: AbstractContextManager[Any] = Lock() if self._is_file else nullcontext()
        try:
            self._bring_up_to_date()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _bring_up_to_date(self) -> None:
        """Make the tables, where they are missing or old: once, whoever comes first."""
        kept = self._kept
        if self._look(lambda connection: version(connection, kept.versions)) == kept.head:
            return

        def work(connection: Connection) -> None:
            if not self._is_file:
                connection.execute(sql("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            found = version(connection, kept.versions)
            migrate(connection, found, kept.head, kept.migrations, self._shown, kept.versions)

        self._change(work)

    def _look(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do *work*, which only reads, in one transaction."""
        return self._try(lambda: self._once(self._engine, work))

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
        otherwise = self._kept.otherwise if self._is_file else _ADDRESS
        with said(self._shown, f"the database of {self._kept.name}", otherwise):
            while True:
                try:
                    return once()
                except DatabaseError as error:
                    if not _in_the_way(error) or time.monotonic() > until:
                        raise
                except PoolTimeoutError:
                    raise LibraryUnusable(
                        f"{self._shown}: the database of {self._kept.name} is busy.", "Wait a moment, then try again."
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


def _engine(url: URL, kept: Kept) -> Engine:
    # READ COMMITTED: who waited for a lock must then see what was written while they waited.
    level = {} if url.get_backend_name() == "sqlite" else {"isolation_level": "READ COMMITTED"}
    try:
        engine = create_engine(
            url,
            **level,
            pool_size=kept.connections,
            max_overflow=kept.connections,
            pool_timeout=PATIENCE,
            pool_pre_ping=url.get_backend_name() != "sqlite",
            hide_parameters=True,  # an error must never carry a reader's words into a log
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise ExtraMissing("postgresql", f"A database of {kept.name} in PostgreSQL") from None
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


def _in_the_way(error: DatabaseError) -> bool:
    """Whether others held the database, so that it may go well the next time."""
    if getattr(error.orig, "sqlstate", None) in _TRY_AGAIN:
        return True
    reason = reason_of(error)
    return "database is locked" in reason or "database table is locked" in reason
