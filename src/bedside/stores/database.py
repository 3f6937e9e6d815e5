"""Databases of bedside, opened for writing: engine, migrations, and what one can do about a failure.

The library's is opened by :func:`opened`; what it is made of serves the other ones too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from bedside.errors import LibraryUnusable
from bedside.stores.place import LibraryPlace
from bedside.stores.schema import HEAD

WRITES = "bedside_writes"
"""The execution option of a connection whose transactions write: on SQLite they take the write lock at once."""

VERSIONS = "alembic_version"
"""The table that says which migration a library has."""

_MIGRATIONS = Path(__file__).with_name("migrations")
_WAIT = 30_000  # milliseconds a reader's checkpoint may make a writer wait
_CHECK = "Run: bedside library check. If it is damaged, restore the file from a backup and rebuild the index."


def opened(place: LibraryPlace) -> Engine:
    """The engine of a library's database, its tables made or brought up to date.

    Raises LibraryUnusable when the database cannot be opened, is damaged, or was written by a newer program.
    """
    engine = create_engine(place.url, pool_size=1, max_overflow=1)
    set_up(engine, wait=_WAIT, pragmas=("cache_size=-64000",))
    with explained(place), engine.connect() as connection:
        found = version(connection)
        connection.rollback()
        migrate(connection, found, HEAD, _MIGRATIONS, _shown(place))
        connection.commit()
    return engine


def explained(place: LibraryPlace) -> AbstractContextManager[None]:
    """Turn a failure of the library's database into an error that says what to do."""
    return said(_shown(place), "the library's database", _CHECK)


@contextmanager
def said(shown: str, what: str, otherwise: str) -> Iterator[None]:
    """Turn a failure of the database *what* at *shown* into an error that says what to do; *otherwise* where the reason
    tells nothing better."""
    try:
        yield
    except DatabaseError as error:
        reason = reason_of(error)
        raise LibraryUnusable(f"{shown}: {what} failed: {reason}.", _remedy(error, reason, otherwise)) from None


def reason_of(error: DatabaseError) -> str:
    """What the driver says, in one line."""
    return str(error.orig).strip().splitlines()[0] if error.orig else str(error)


def _remedy(error: DatabaseError, reason: str, otherwise: str) -> str:
    if "full" in reason:
        return "Free some space and run the command again: what was written before is kept."
    if "readonly" in reason or "read-only" in reason or "unable to open" in reason:
        return "Check the rights of this folder, or set BEDSIDE_HOME to another one. Nothing was changed."
    if isinstance(error, OperationalError) and "locked" in reason:
        return "Another program holds the database: wait until it has ended."
    return otherwise


def _shown(place: LibraryPlace) -> str:
    """The place without a password."""
    return str(place.file) if not place.database else place.database.rpartition("@")[2]


def set_up(engine: Engine, *, wait: int, pragmas: tuple[str, ...] = ()) -> None:
    """Make an engine of SQLite do as ours do; nothing for another one. *wait* is how many milliseconds it waits for a
    lock, *pragmas* are further ones.

    WAL: readers never wait for the writer. A commit is on the disk before it is reported. The driver's own way with
    transactions would commit before each change of a table; ``_begin`` does it instead.
    """
    if engine.dialect.name != "sqlite":
        return
    every = (
        f"busy_timeout={wait}",  # first: what follows may have to wait
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        *pragmas,
    )

    def connected(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in every:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def version(connection: Connection, table: str = VERSIONS) -> str:
    """The newest migration the database has, by its table of versions; "" for an empty one."""
    if not inspect(connection).has_table(table):
        return ""
    return str(connection.execute(text(f"SELECT version_num FROM {table}")).scalar() or "")  # noqa: S608  our own name


def migrate(connection: Connection, found: str, head: str, migrations: Path, shown: str, table: str = VERSIONS) -> None:
    """Bring the tables from the migration *found* to *head* with the scripts in *migrations*, counted in *table*. The
    caller commits.

    Raises LibraryUnusable when the database at *shown* was written by a newer program.
    """
    if found == head:
        return
    if found > head:
        raise LibraryUnusable(
            f"{shown}: was written by a newer bedside (schema {found}, this one knows {head}).",
            "Update bedside, or use another BEDSIDE_HOME.",
        )
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))  # one env.py for every kind
    config.set_main_option("version_locations", str(migrations / "versions").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes |= {"connection": connection, "table": table}
    command.upgrade(config, "head")
