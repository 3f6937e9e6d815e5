"""The database of a library, opened for writing: engine, migrations, and what one can do about a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from bedside.errors import LibraryUnusable
from bedside.stores.place import LibraryPlace
from bedside.stores.schema import HEAD

_MIGRATIONS = Path(__file__).with_name("migrations")
_WAIT = 30_000  # milliseconds a reader's checkpoint may make a writer wait


def opened(place: LibraryPlace) -> Engine:
    """The engine of a library's database, its tables made or brought up to date.

    Raises LibraryUnusable when the database cannot be opened, is damaged, or was written by a newer program.
    """
    engine = create_engine(place.url, pool_size=1, max_overflow=1)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    with explained(place), engine.connect() as connection:
        _bring_up_to_date(connection, place)
    return engine


@contextmanager
def explained(place: LibraryPlace) -> Iterator[None]:
    """Turn a failure of the database into an error that says what to do."""
    try:
        yield
    except DatabaseError as error:
        reason = str(error.orig).strip().splitlines()[0] if error.orig else str(error)
        raise LibraryUnusable(
            f"{_shown(place)}: the library's database failed: {reason}.", _remedy(error, reason)
        ) from None


def _remedy(error: DatabaseError, reason: str) -> str:
    if "full" in reason:
        return "Free some space and run the command again: what was written before is kept."
    if "readonly" in reason or "read-only" in reason or "unable to open" in reason:
        return "Check the rights of this folder, or set BEDSIDE_HOME to another one. Nothing was changed."
    if isinstance(error, OperationalError) and "locked" in reason:
        return "Another program holds the database: wait until it has ended."
    return "Run: bedside library check. If it is damaged, restore the file from a backup and rebuild the index."


def _shown(place: LibraryPlace) -> str:
    """The place without a password."""
    return str(place.file) if not place.database else place.database.rpartition("@")[2]


def _set_up(connection: object, _record: object) -> None:
    """WAL: readers never wait for the writer. A commit is on the disk before it is reported.

    The driver's own way with transactions would commit before each change of a table; ``_begin`` does it instead.
    """
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_WAIT}",
        "cache_size=-64000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def version(connection: Connection) -> str:
    """The newest migration the database has, "" for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _bring_up_to_date(connection: Connection, place: LibraryPlace) -> None:
    found = version(connection)
    connection.rollback()
    if found == HEAD:
        return
    if found > HEAD:
        raise LibraryUnusable(
            f"{_shown(place)}: was written by a newer bedside (schema {found}, this one knows {HEAD}).",
            "Update bedside, or use another BEDSIDE_HOME.",
        )
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("version_locations", str(_MIGRATIONS / "versions"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()
