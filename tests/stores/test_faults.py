"""Full disks, folders nobody may write to, older libraries: a clear error, and nothing lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import text

from bedside.errors import LibraryUnusable
from bedside.stores.database import opened, version
from bedside.stores.examining import examine
from bedside.stores.prepared import prepared
from bedside.stores.reader import SCHEMA_VERSION
from bedside.stores.schema import HEAD, metadata
from bedside.stores.stored_library import StoredLibrary
from bedside.stores.writer import LibraryWriter
from tests.stores.conftest import write
from tests.stores.test_crash import record


def in_a_small_disk(program: str, mount: str, options: str) -> subprocess.CompletedProcess[str]:
    """Run a program with a small file system of its own, in a namespace where that needs no rights."""
    script = f"mount -t tmpfs -o {options} tmpfs {mount} && exec {sys.executable} -"
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    return subprocess.run(
        command, input=textwrap.dedent(program), capture_output=True, text=True, check=False, timeout=300
    )


def needs_namespaces() -> None:
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed: no file system of its own can be made")
    trial = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]
    if subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody make a file system of their own")


def test_a_full_disk_is_said_and_what_was_written_stays(tmp_path) -> None:
    """The import stops with a clear error; every batch that was acknowledged is there, and goes on after space is
    made."""
    needs_namespaces()
    done = in_a_small_disk(
        f"""
        import os, pathlib, sys
        sys.path.insert(0, {str(Path.cwd())!r})
        from bedside.errors import LibraryUnusable
        from bedside.stores.examining import examine
        from bedside.stores.place import LibraryPlace
        from bedside.stores.prepared import prepared
        from bedside.stores.stored_library import StoredLibrary
        from bedside.stores.writer import LibraryWriter
        from tests.stores.test_crash import record

        disk = pathlib.Path({str(tmp_path)!r})
        filler = disk / "filler"
        filler.write_bytes(b"x" * 1_000_000)
        place = LibraryPlace(disk / "library")
        written = 0
        try:
            with LibraryWriter(place) as writer:
                for first in range(1, 100_000, 50):
                    writer.write([prepared(record(n)) for n in range(first, first + 50)])
                    written += 50
            print("it never became full")
        except LibraryUnusable as error:
            print("SAID", error)
        filler.unlink()
        library = StoredLibrary(place)
        there = len(list(library.sources()))
        print("KEPT", there >= written > 0)
        library.close()
        with LibraryWriter(place) as writer:
            writer.write([prepared(record(200_000))])
        library = StoredLibrary(place)
        print("WHOLE", examine(library, ()).faults == [], library.source("pmid-200000") is not None)
        """,
        str(tmp_path),
        "size=6m",
    )
    assert "SAID" in done.stdout, done.stdout + done.stderr
    assert "full" in done.stdout
    assert "KEPT True" in done.stdout
    assert "WHOLE True True" in done.stdout


def test_a_read_only_folder_can_be_read_and_says_so_to_a_writer(tmp_path) -> None:
    needs_namespaces()
    done = in_a_small_disk(
        f"""
        import pathlib, subprocess, sys, os
        sys.path.insert(0, {str(Path.cwd())!r})
        from bedside.errors import LibraryUnusable
        from bedside.evidence.candidate import Filters
        from bedside.evidence.query import build_query
        from bedside.stores.place import LibraryPlace
        from bedside.stores.prepared import prepared
        from bedside.stores.stored_library import StoredLibrary
        from bedside.stores.writer import LibraryWriter
        from tests.stores.test_crash import record

        place = LibraryPlace(pathlib.Path({str(tmp_path)!r}) / "library")
        with LibraryWriter(place) as writer:
            writer.write([prepared(record(1))])
        subprocess.run(["mount", "-o", "remount,ro", {str(tmp_path)!r}], check=True)
        library = StoredLibrary(place)
        print("READ", [c.source for c in library.candidates(build_query("cobalamin"), Filters())])
        try:
            with LibraryWriter(place):
                print("it was written")
        except LibraryUnusable as error:
            print("SAID", error)
        """,
        str(tmp_path),
        "size=20m",
    )
    assert "READ ['pmid-1']" in done.stdout, done.stdout + done.stderr
    assert "cannot be written" in done.stdout


def test_the_tables_are_what_the_migrations_make(place) -> None:
    """The schema in code, the migrations and the reader speak of the same tables."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    place.folder.mkdir()
    engine = opened(place)
    with engine.connect() as connection:
        assert version(connection) == HEAD == SCHEMA_VERSION
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_library_of_an_older_schema_is_brought_up_to_date(place) -> None:
    """A reader says what to do; a writer does it, and nothing is lost."""
    write(place, [record(1)])
    engine = opened(place)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE release"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    with pytest.raises(LibraryUnusable, match="library rebuild"):
        StoredLibrary(place)
    with LibraryWriter(place) as writer:
        writer.name_release("now")
    assert StoredLibrary(place).passages_of("pmid-1") == record(1).passages


def test_a_library_of_a_newer_program_is_left_alone(place) -> None:
    write(place, [record(1)])
    engine = opened(place)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(LibraryUnusable, match="newer"), LibraryWriter(place):
        pass
    with pytest.raises(LibraryUnusable, match="Update bedside"):
        StoredLibrary(place)


@pytest.mark.parametrize("content", [b"", b"this is not a database, and long enough to be looked at" * 20])
def test_a_file_that_is_no_library_is_said(place, content) -> None:
    place.folder.mkdir()
    place.file.write_bytes(content)
    with pytest.raises(LibraryUnusable):
        StoredLibrary(place)
    if content:
        with pytest.raises(LibraryUnusable, match="not a database"), LibraryWriter(place):
            pass
        assert place.file.read_bytes() == content


def test_a_text_changed_behind_its_back_is_found(place) -> None:
    """Each passage is compared with its hash."""
    write(place, [record(1), record(2)])
    engine = opened(place)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE passage SET text = 'Cobalamin in w2x: 100 mg.' WHERE name LIKE 'pmid-2/%' AND position = 1")
        )
    engine.dispose()
    [fault] = examine(StoredLibrary(place), ()).faults
    assert fault.what.startswith("pmid-2/")
    assert "Remove pmid-2" in fault.remedy


def test_two_read_while_one_writes(place) -> None:
    """Two other processes read without an error and never see half a record, while this one writes."""
    write(place, [record(n) for n in range(1, 21)])
    program = f"""
        import pathlib, sys, os
        sys.path.insert(0, {str(Path.cwd())!r})
        from bedside.evidence.candidate import Filters
        from bedside.evidence.query import build_query
        from bedside.stores.place import LibraryPlace
        from bedside.stores.stored_library import StoredLibrary
        from tests.stores.test_crash import record
        place = LibraryPlace(pathlib.Path({str(place.folder)!r}))
        print("ready", flush=True)
        least = 20
        for _ in range(15):
            library = StoredLibrary(place)
            keys = [s.key for s in library.sources()]
            assert len(keys) >= least and len(keys) % 20 == 0, keys
            least = len(keys)
            last = keys[-1]
            assert library.passages_of(last) == record(int(last.removeprefix("pmid-"))).passages
            assert library.candidates(build_query("cobalamin"), Filters())
            library.close()
    """
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    with LibraryWriter(place) as writer:
        for first in range(21, 400, 20):
            writer.write([prepared(record(n)) for n in range(first, first + 20)])
            writer.commit_index()
    for reader in readers:
        _, errors = reader.communicate(timeout=120)
        assert reader.returncode == 0, errors
