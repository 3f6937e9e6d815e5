"""Reading a library: fixed queries over the plain database interface of Python (PEP 249).

Importing SQLAlchemy takes two thirds of the time an answer may take from a cold start, so reading does without it;
writing and migrating use it. The statements here are the whole of it, the same for SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bedside.errors import ExtraMissing, LibraryUnusable
from bedside.stores.parts import in_parts
from bedside.stores.place import LibraryPlace

SCHEMA_VERSION = "0002"
"""The migration this program reads; the same as ``schema.HEAD``, written here so that reading needs no SQLAlchemy."""

_SOURCE = "s.id, s.key, s.title, s.kind, s.design, s.year, s.status, s.jurisdiction, s.mesh"
_SHOWN = "s.key, s.shown, s.status, s.superseded_by, s.status_why"

Row = tuple[Any, ...]


class Reader:
    """One open connection that only reads."""

    def __init__(self, place: LibraryPlace) -> None:
        """Open it. Raises LibraryUnusable when there is no library, or it is of another version."""
        self._place = place
        self._sqlite = not place.database or place.database.startswith("sqlite")
        self._connection = _sqlite(place) if self._sqlite else _postgresql(place)
        found = self._version()
        if found != SCHEMA_VERSION:
            newer = found > SCHEMA_VERSION
            raise LibraryUnusable(
                f"{place.folder}: the library has schema {found or 'none'}, this program reads {SCHEMA_VERSION}.",
                "Update bedside." if newer else "Bring it up to date with: bedside library rebuild.",
            )

    def _version(self) -> str:
        try:
            rows = self.rows("SELECT version_num FROM alembic_version")
        except LibraryUnusable:
            return ""
        return str(rows[0][0]) if rows else ""

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Every row of a statement written with ``?`` for its values."""
        if not self._sqlite:
            statement = statement.replace("?", "%s")
        cursor = self._connection.cursor()
        try:
            cursor.execute(statement, tuple(values))
            return list(cursor.fetchall())
        except Exception as error:  # noqa: BLE001  each driver has errors of its own
            raise LibraryUnusable(
                f"{self._place.folder}: the library cannot be read: {str(error).strip().splitlines()[0]}.",
                "Run: bedside library check.",
            ) from None
        finally:
            cursor.close()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def figures(self) -> dict[str, int]:
        """The generation, the number of sources, and the units and words in all."""
        return {str(name): int(value) for name, value in self.rows("SELECT name, value FROM figure")}

    def sources_of_units(self, ids: Iterable[int]) -> dict[int, Row]:
        """What a candidate shows of its source, by the source's number."""
        return {
            row[0]: row
            for some in in_parts(ids)
            for row in self.rows(f"SELECT {_SOURCE} FROM source s WHERE s.id IN ({_marks(some)})", some)  # noqa: S608
        }

    def passages_at(self, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Row]:
        """Source, position, id, heading, text and terms of passages, by source and position."""
        found: dict[tuple[int, int], Row] = {}
        for some in in_parts(places):
            pairs = ", ".join("(?, ?)" for _ in some)
            statement = (
                f"SELECT p.source, p.position, p.name, p.heading, p.text, p.terms FROM (VALUES {pairs}) AS w "  # noqa: S608
                "JOIN passage p ON p.source = w.column1 AND p.position = w.column2"
            )
            for row in self.rows(statement, [value for pair in some for value in pair]):
                found[row[0], row[1]] = row
        return found

    def texts_of(self, ids: Iterable[int]) -> dict[int, list[Row]]:
        """The texts and terms of every passage of some sources, in reading order."""
        found: dict[int, list[Row]] = {}
        for some in in_parts(ids):
            statement = (
                f"SELECT p.source, p.text, p.terms FROM passage p WHERE p.source IN ({_marks(some)}) "  # noqa: S608
                "ORDER BY p.source, p.position"
            )
            for number, *words in self.rows(statement, some):
                found.setdefault(number, []).append(tuple(words))
        return found

    def shown(self, column: str, values: Iterable[str]) -> list[Row]:
        """Number, key, JSON, status, successor and reason of the sources with those keys, PMIDs, PMCIDs or DOIs."""
        if column not in ("key", "pmid", "pmcid", "doi"):
            raise ValueError(column)
        return [
            row
            for some in in_parts(values)
            for row in self.rows(
                f"SELECT s.id, {_SHOWN} FROM source s WHERE s.{column} IN ({_marks(some)}) AND s.{column} <> ''",  # noqa: S608
                some,
            )
        ]

    def all_shown(self) -> Iterator[Row]:
        """The same of every source, by key."""
        last = ""
        while rows := self.rows(
            f"SELECT s.id, {_SHOWN} FROM source s WHERE s.key > ? ORDER BY s.key LIMIT 1000",  # noqa: S608
            [last],
        ):
            yield from rows
            last = rows[-1][1]

    def all_states(self) -> Iterator[Row]:
        """Number, key, title, status, reason, units and words of every source, by number."""
        last = 0
        while rows := self.rows(
            "SELECT id, key, title, status, status_why, units, words FROM source WHERE id > ? ORDER BY id LIMIT 1000",
            [last],
        ):
            yield from rows
            last = rows[-1][0]

    def passages_of(self, key: str) -> list[Row]:
        """Id, locator, text, licence, hash, heading, position and language of each passage of a source."""
        return self.rows(
            "SELECT p.name, p.locator, p.text, p.licence, p.sha256, p.heading, p.position, p.language "
            "FROM passage p JOIN source s ON s.id = p.source WHERE s.key = ? ORDER BY p.position",
            [key],
        )

    def notices_about(self, column: str, values: Iterable[str]) -> list[Row]:
        """PMID, DOI and JSON of the notices about documents with those PMIDs or DOIs."""
        if column not in ("pmid", "doi"):
            raise ValueError(column)
        return [
            row
            for some in in_parts(values)
            for row in self.rows(f"SELECT pmid, doi, body FROM notice WHERE {column} IN ({_marks(some)})", some)  # noqa: S608
        ]

    def synonyms_of(self, phrases: Iterable[str]) -> list[str]:
        """The groups of names that any of these phrases is in, as JSON."""
        found: dict[int, str] = {}
        for some in in_parts(phrases):
            statement = (
                "SELECT y.id, y.row FROM synonym_phrase p JOIN synonym y ON y.id = p.synonym "  # noqa: S608
                f"WHERE p.phrase IN ({_marks(some)})"
            )
            found.update(self.rows(statement, some))
        return [found[number] for number in sorted(found)]


def _sqlite(place: LibraryPlace) -> Any:
    import sqlite3

    path = place.database.removeprefix("sqlite:///") or str(place.file)
    for how in ("mode=ro", "mode=ro&immutable=1"):  # the second for a folder in which nothing may be written
        try:
            connection = sqlite3.connect(f"file:{_quoted(path)}?{how}", uri=True, check_same_thread=False)
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            reason = str(error)
            continue
        connection.execute("PRAGMA mmap_size=268435456")
        return connection
    raise LibraryUnusable(
        f"{path}: the library cannot be opened: {reason}.", "Check that the file is there and may be read."
    )


def _postgresql(place: LibraryPlace) -> Any:
    try:
        import psycopg  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        raise ExtraMissing("postgresql", "A library in PostgreSQL") from None
    try:
        return psycopg.connect(place.database.replace("+psycopg", "", 1), autocommit=True)
    except psycopg.Error as error:
        raise LibraryUnusable(
            f"{place.database.rpartition('@')[2]}: the library's database does not answer: {str(error).strip()}.",
            "Check the address in the setting library_database, and that the server runs.",
        ) from None


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)
