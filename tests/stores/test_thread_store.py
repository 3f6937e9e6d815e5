"""Threads in every store: the same promises, in SQLite, in PostgreSQL, and in memory."""

from __future__ import annotations

import shutil
import stat
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text

from bedside.errors import LibraryUnusable, SettingsError, ThreadMoved, ThreadNotFound
from bedside.settings import Settings
from bedside.stores import thread_store, transacting
from bedside.stores.thread_conformance import CHECKS, a_turn
from bedside.stores.thread_memory import ThreadsInMemory
from bedside.stores.thread_schema import HEAD, VERSIONS, metadata
from bedside.stores.thread_store import FILE, open_threads

NOW, END = "2026-03-01T12:00:00+00:00", "2026-03-31T12:00:00+00:00"


@pytest.fixture
def store(settings):
    """Threads in a SQLite file."""
    opened = open_threads(settings)
    yield opened
    opened.close()


@pytest.fixture
def on_postgres(new_database, settings):
    """Settings that name a new database of the test server."""
    return replace(settings, database=new_database())


@pytest.mark.parametrize("name", CHECKS)
def test_in_memory(name) -> None:
    """The reference."""
    CHECKS[name](ThreadsInMemory)


@pytest.mark.parametrize("name", CHECKS)
def test_on_sqlite(name, store) -> None:
    """The file in the home."""
    CHECKS[name](lambda: store)


@pytest.mark.parametrize("name", CHECKS)
def test_on_postgresql(name, on_postgres) -> None:
    """A database by its URL, also where the URL names no driver."""
    assert "+psycopg" not in on_postgres.database
    opened = open_threads(on_postgres)
    try:
        CHECKS[name](lambda: opened)
    finally:
        opened.close()


def test_the_checks_find_a_store_that_does_otherwise() -> None:
    """A store that forgets to look at the time, the number or the order fails its check."""

    class Lasting(ThreadsInMemory):
        def _living(self, token, now):  # noqa: ARG002
            return super()._living(token, "2000-01-01")

    class Deaf(ThreadsInMemory):
        def delete(self, token):
            return bool(token)

    class Forgiving(ThreadsInMemory):
        def add(self, token, turn, now):
            return super().add(token, replace(turn, number=len(self.read(token, now).turns)), now)

    for wrong, check in ((Lasting, "expires"), (Deaf, "deletes"), (Forgiving, "only_the_next_turn")):
        with pytest.raises(AssertionError):
            CHECKS[check](wrong)


def test_file_and_folder_are_their_owners_alone(store, settings) -> None:
    """The folder that is made is 0700, the file and what SQLite keeps beside it 0600."""
    store.create(NOW, END, a_turn())
    assert stat.S_IMODE(settings.home.stat().st_mode) == 0o700
    files = sorted(settings.home.iterdir())
    assert [file.name for file in files] == [FILE, f"{FILE}-shm", f"{FILE}-wal"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_folder_that_is_there_keeps_its_rights(settings) -> None:
    """Only what we make is ours to close."""
    settings.home.mkdir(mode=0o755)
    settings.home.chmod(0o755)
    open_threads(settings).close()
    assert stat.S_IMODE(settings.home.stat().st_mode) == 0o755


def test_no_token_is_in_the_database(store, settings) -> None:
    """Who reads the file finds words, never a link."""
    made = store.create(NOW, END, a_turn(text="findable words"))
    assert b"findable words" in _bytes(settings)
    assert made.token.encode() not in _bytes(settings)


def test_deleted_words_are_in_no_file(store, settings) -> None:
    """Deleting and purging overwrite the rows and empty the log of changes."""
    long = "marker of a long question " * 1000
    for harm in (lambda made: store.delete(made.token), lambda _: store.purge("2026-12-01")):
        made = store.create(NOW, END, a_turn(text="marker of a question"))
        store.add(made.token, a_turn(1, long), NOW)
        assert b"marker of a" in _bytes(settings)
        harm(made)
        assert b"marker of a" not in _bytes(settings)


def test_a_deletion_does_not_wait_long_for_a_reader(store, settings) -> None:
    """A reader that still looks at the deleted rows keeps the log of changes; the next deletion empties it."""
    made, other = (store.create(NOW, END, a_turn(text="marker")) for _ in range(2))
    engine = create_engine(f"sqlite:///{settings.home / FILE}")
    with engine.connect() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM turn").scalar() == 2
        reader.exec_driver_sql("BEGIN")
        reader.exec_driver_sql("SELECT * FROM turn").all()
        assert store.delete(made.token)  # while the reader is still there
        assert transacting._CHECKPOINT_WAIT < transacting._WAIT
    engine.dispose()
    store.delete(other.token)
    assert b"marker" not in _bytes(settings)


def test_expired_threads_are_purged_on_request(store) -> None:
    """With a time of now, what has expired goes; a dry run counts the same and deletes nothing."""
    gone = store.create(NOW, "2026-03-02T00:00:00+00:00", a_turn())
    kept = store.create(NOW, END, a_turn())
    now = "2026-03-02T00:00:00+00:00"
    assert store.purge("", now="") == 0
    assert store.purge("", now=now, dry_run=True) == 1
    assert store.purge("", now=now) == 1
    assert store.purge("", now=now) == 0
    assert store.read(kept.token, now) == kept
    with pytest.raises(ThreadNotFound):
        store.read(gone.token, NOW)
    memory = ThreadsInMemory()
    memory.create(NOW, "2026-03-02T00:00:00+00:00", a_turn())
    assert memory.purge("", now=now, dry_run=True) == memory.purge("", now=now) == 1


def test_many_threads_of_a_program_write_at_once(store) -> None:
    """Each thread of the program adds to its own thread; none is lost, and nobody is told that the base is busy."""
    made = [store.create(NOW, END, a_turn()) for _ in range(16)]
    errors: list[Exception] = []

    def write(token: str) -> None:
        try:
            for number in range(1, 11):
                store.add(token, a_turn(number), NOW)
        except Exception as error:  # noqa: BLE001  handed over to the test
            errors.append(error)

    writers = [threading.Thread(target=write, args=(each.token,)) for each in made]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert errors == []
    assert [len(store.read(each.token, NOW).turns) for each in made] == [11] * 16


def test_a_lock_that_lasts_is_said_and_one_that_ends_is_waited_for(store, settings, monkeypatch) -> None:
    """Another program that holds the database is waited for, up to a bound."""
    monkeypatch.setattr(transacting, "PATIENCE", 0.0)
    engine = create_engine(f"sqlite:///{settings.home / FILE}")
    event.listen(store._engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=50"))
    with engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(LibraryUnusable, match="locked") as said:
            store.create(NOW, END, a_turn())
        assert "Another program" in said.value.remedy
        assert store.purge("2026-01-01", dry_run=True) == 0  # reading goes on
        monkeypatch.setattr(transacting, "PATIENCE", 30.0)
        threading.Timer(0.5, other.rollback).start()
        made = store.create(NOW, END, a_turn())
        assert store.read(made.token, NOW) == made
        time.sleep(0.1)
    engine.dispose()


def test_the_tables_are_what_the_migrations_make(store) -> None:
    """The schema in code and the migrations speak of the same tables, and no other table is made."""
    _is_up_to_date(store._engine)


def test_the_tables_are_the_same_on_postgresql(on_postgres) -> None:
    """There, too."""
    opened = open_threads(on_postgres)
    _is_up_to_date(opened._engine)
    opened.close()


@pytest.fixture
def tomorrow(tmp_path, monkeypatch) -> None:
    """The migrations of a later program: one more of them."""
    folder = tmp_path / "thread_migrations"
    shutil.copytree(thread_store._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    later = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

def upgrade():
    op.add_column("thread", sa.Column("note", sa.Text, nullable=False, server_default="as before"))
"""
    (folder / "versions" / "v0002_note.py").write_text(later)
    monkeypatch.setattr(thread_store, "_MIGRATIONS", folder)
    monkeypatch.setattr(thread_store, "HEAD", "0002")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_older_database_comes_up_to_date(kind, request, settings) -> None:
    """A later program adds what is new and keeps what is there; today's then leaves the database alone."""
    place = settings if kind == "sqlite" else request.getfixturevalue("on_postgres")
    opened = open_threads(place)
    made = opened.create(NOW, END, a_turn())
    opened.close()
    request.getfixturevalue("tomorrow")
    later = open_threads(place)
    assert later.read(made.token, NOW) == made
    with later._engine.connect() as connection:
        assert connection.execute(text("SELECT note FROM thread")).scalars().all() == ["as before"]
        assert connection.execute(text("SELECT version_num FROM thread_version")).scalar() == "0002"
    later.close()
    request.getfixturevalue("monkeypatch").undo()
    with pytest.raises(LibraryUnusable, match=r"newer bedside \(schema 0002, this one knows 0001\)"):
        open_threads(place)


def test_several_open_an_empty_database_at_once(settings, on_postgres) -> None:
    """Whoever comes first makes the tables; the others find them."""
    for place in (settings, on_postgres):
        errors: list[Exception] = []

        def begin(place=place, errors=errors) -> None:
            try:
                opened = open_threads(place)
                opened.create(NOW, END, a_turn())
                opened.close()
            except Exception as error:  # noqa: BLE001  handed over to the test
                errors.append(error)

        starters = [threading.Thread(target=begin) for _ in range(6)]
        for starter in starters:
            starter.start()
        for starter in starters:
            starter.join(60)
        assert errors == []
        opened = open_threads(place)
        assert opened.purge("2026-12-01", dry_run=True) == 6
        opened.close()


@pytest.mark.parametrize("url", ["nothing", "mysql://here/db", "sqlite://", "sqlite:///:memory:", "oracle+x://h/d"])
def test_an_address_that_is_none_of_ours_is_refused(url, settings) -> None:
    """With the name of the setting, and what to write."""
    with pytest.raises(SettingsError, match="'database'"):
        open_threads(replace(settings, database=url))


def test_a_server_that_does_not_answer_is_said_without_its_password(settings) -> None:
    """What, where and what to do."""
    pytest.importorskip("psycopg")
    with pytest.raises(LibraryUnusable) as said:
        open_threads(replace(settings, database="postgresql://me:secret@127.0.0.1:1/nowhere?connect_timeout=2"))
    assert "127.0.0.1" in said.value.what
    assert "secret" not in said.value.what + said.value.remedy


def test_a_sqlite_file_by_its_address(settings, tmp_path) -> None:
    """The file may be elsewhere."""
    opened = open_threads(replace(settings, database=f"sqlite:///{tmp_path / 'a % b' / 'kept.db'}"))
    made = opened.create(NOW, END, a_turn())
    assert opened.read(made.token, NOW) == made
    opened.close()
    assert (tmp_path / "a % b" / "kept.db").exists()


@pytest.mark.parametrize("content", [b"this is not a database, and long enough to be looked at" * 20])
def test_a_file_that_is_no_database_is_said_and_left_as_it_is(content, settings) -> None:
    """Nobody's file is overwritten."""
    settings.home.mkdir()
    (settings.home / FILE).write_bytes(content)
    with pytest.raises(LibraryUnusable, match="not a database"):
        open_threads(settings)
    assert (settings.home / FILE).read_bytes() == content


@pytest.mark.parametrize("harm", ["answer = x'00'", "edits = 'null'", "edits = '[['", "answer = zeroblob(9)"])
def test_a_damaged_turn_is_said_without_its_words(harm, store, settings) -> None:
    """An error names the place and never the question."""
    made = store.create(NOW, END, a_turn(text="marker of a question"))
    with store._changing.begin() as connection:
        connection.execute(text(f"UPDATE turn SET {harm}"))  # noqa: S608
    with pytest.raises(LibraryUnusable, match="damaged") as said:
        store.read(made.token, NOW)
    assert "marker" not in str(said.value) + repr(said.value.__context__)
    del settings


def test_an_error_of_the_database_carries_no_words(store) -> None:
    """Parameters stay out of what a log would print."""
    made = store.create(NOW, END, a_turn())
    with store._changing.begin() as connection:
        connection.execute(text("ALTER TABLE turn RENAME TO elsewhere"))
    with pytest.raises(LibraryUnusable) as said:
        store.create(NOW, END, a_turn(text="marker of a question"))
    chain, error = "", said.value
    while error is not None:
        chain, error = f"{chain} {error!s} {error!r}", error.__context__
    assert "no such table" in chain
    assert "marker" not in chain
    with pytest.raises(LibraryUnusable):
        store.add(made.token, a_turn(1), NOW)


def test_a_turn_that_moved_leaves_no_lock(store, monkeypatch) -> None:
    """After a refusal the next change goes through without any waiting."""
    made = store.create(NOW, END, a_turn())
    for _ in range(40):
        with pytest.raises(ThreadMoved):
            store.add(made.token, a_turn(5), NOW)
    monkeypatch.setattr(transacting, "PATIENCE", 0.0)
    event.listen(store._engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=0"))
    assert len(store.add(made.token, a_turn(1), NOW).turns) == 2


def _is_up_to_date(engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSIONS})
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, metadata) == []


def _bytes(settings: Settings) -> bytes:
    """Everything in the files of the database."""
    return b"".join(path.read_bytes() for path in sorted(Path(settings.home).iterdir()))
