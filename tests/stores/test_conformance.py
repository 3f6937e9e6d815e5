"""Every adapter of the port is held to the same checks."""

from __future__ import annotations

import pytest

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
def test_postgresql_and_tantivy(name, new_database, tmp_path) -> None:
    made: list[StoredLibrary] = []

    def make(records):
        url = new_database().replace("postgresql://", "postgresql+psycopg://", 1)
        place = LibraryPlace(tmp_path / str(len(made)), url)
        assert place.url == url
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
