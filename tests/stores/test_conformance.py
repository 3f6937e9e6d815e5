"""Every adapter of the port is held to the same checks."""

from __future__ import annotations

from itertools import count

import pytest
from sqlalchemy import create_engine, text

from bedside.evidence.in_memory import InMemoryLibrary
from bedside.stores.conformance import CHECKS
from bedside.stores.place import LibraryPlace
from bedside.stores.prepared import prepared
from bedside.stores.stored_library import StoredLibrary
from bedside.stores.writer import LibraryWriter


@pytest.mark.parametrize("name", [name for name in CHECKS if name != "named_state"])
def test_in_memory(name) -> None:
    """The reference adapter; its release is the name it is given."""
    CHECKS[name](lambda records: InMemoryLibrary.of_records("made up", records))


@pytest.mark.parametrize("name", CHECKS)
def test_sqlite_and_tantivy(name, sqlite_maker) -> None:
    CHECKS[name](sqlite_maker)


@pytest.mark.parametrize("name", CHECKS)
def test_postgresql_and_tantivy(name, postgres, tmp_path) -> None:
    numbers = count()
    made: list[StoredLibrary] = []

    def make(records):
        number = next(numbers)
        database = f"library_{name}_{number}"
        plain = postgres.replace("postgresql://", "postgresql+psycopg://", 1)
        engine = create_engine(plain, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {database}"))
        engine.dispose()
        place = LibraryPlace(tmp_path / str(number), plain.replace("/postgres?", f"/{database}?", 1))
        assert database in place.url
        with LibraryWriter(place) as writer:
            for record in records:
                writer.write([prepared(record)])
        made.append(StoredLibrary(place))
        return made[-1]

    try:
        CHECKS[name](make)
    finally:
        for library in made:
            library.close()
