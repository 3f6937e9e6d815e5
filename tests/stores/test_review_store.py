"""The board's trail in every store: the same promises, in SQLite, in PostgreSQL, and in memory."""

from __future__ import annotations

import stat
import threading
import time
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DatabaseError

from bedside.errors import LibraryUnusable, SettingsError
from bedside.review.chain import prove
from bedside.review.event import hash_of_text
from bedside.review.store import Append
from bedside.settings import Settings
from bedside.stores import transacting
from bedside.stores.review_conformance import CHECKS, a_draft, an_append, an_item
from bedside.stores.review_memory import ReviewMemory
from bedside.stores.review_schema import HEAD, VERSIONS, metadata
from bedside.stores.review_store import open_review
from bedside.stores.thread_conformance import a_turn
from bedside.stores.thread_store import open_threads
from bedside.stores.transacting import FILE

NOW, END = "2026-03-01T12:00:00+00:00", "2026-03-31T12:00:00+00:00"
INSERTED = (
    "INSERT INTO review_event SELECT {}, at, actor, role, action, fingerprint, before, after, detail, note, {}, hash"
    " FROM review_event WHERE number = 2"
)


@pytest.fixture
def on_postgres(new_database, settings):
    """Settings that name a new database of the test server."""
    return replace(settings, database=new_database())


@pytest.fixture
def store(settings):
    """A trail in a SQLite file."""
    opened = open_review(settings)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request, settings):
    """A trail in each of the databases."""
    place = settings if request.param == "sqlite" else request.getfixturevalue("on_postgres")
    opened = open_review(place)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", CHECKS)
def test_in_memory(name) -> None:
    """The reference."""
    CHECKS[name](ReviewMemory)


@pytest.mark.parametrize("name", CHECKS)
def test_in_a_database(name, either) -> None:
    """The file in the home, and a database by its URL."""
    CHECKS[name](lambda: either)


def test_the_checks_find_a_store_that_does_otherwise() -> None:
    """A store that overwrites, forgets the clock, loses a row or a version fails its check."""

    class Forgiving(ReviewMemory):
        def append(self, additions):
            seen = {}
            for each in additions:
                seen.setdefault(each.draft.subject, sum(1 for _ in self.events(subject=each.draft.subject)))
            return super().append([replace(each, revision=seen[each.draft.subject]) for each in additions])

    class Timeless(ReviewMemory):
        def append(self, additions):
            return super().append([replace(each, draft=replace(each.draft, at=NOW)) for each in additions])

    class Forgetful(ReviewMemory):
        def events(self, after=0, *, subject="", limit=0):
            return super().events(after, subject=subject, limit=limit or 1000)

    class Newest(ReviewMemory):
        def versions(self, ref):
            return super().versions(ref)[-1:]

    wrong = {
        "only_the_next_revision": Forgiving,
        "looks_at_the_clock": Timeless,
        "streams": Forgetful,
        "keeps_versions": Newest,
    }
    for check, make in wrong.items():
        with pytest.raises(AssertionError):
            CHECKS[check](make)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review_event SET actor = 'another'",
        "UPDATE review_event SET hash = hash WHERE number = 2",
        "DELETE FROM review_event",
        "DELETE FROM review_event WHERE number = 2",
        "UPDATE review_version SET title = 'another'",
        "DELETE FROM review_version",
        INSERTED.format("number + 5, 'x', 1", "hash"),  # leaves a gap
        INSERTED.format("number + 1, 'x', 1", "previous"),  # continues another row
        INSERTED.format("number + 1, 'x', 7", "hash"),  # leaves a gap in its subject
    ],
)
def test_the_database_refuses_to_change_the_trail(statement, either) -> None:
    """Rows of the trail and versions are only ever added, and only where they continue what is there."""
    either.append([an_append("rule:topic/a", 0), an_append("rule:topic/a", 1)])
    either.keep([an_item("rule:topic/a", {"a": 1})], NOW)
    before = list(either.events()), either.versions("rule:topic/a")
    with pytest.raises(DatabaseError, match=r"only ever added|does not continue"), either._changing.begin() as writing:
        writing.execute(text(statement))
    assert (list(either.events()), either.versions("rule:topic/a")) == before


@pytest.mark.parametrize("table", ["review_event", "review_version"])
def test_a_row_cannot_be_replaced_or_the_table_emptied(table, store, on_postgres) -> None:
    """The ways past a trigger that looks at UPDATE and DELETE only."""
    store.append([an_append("rule:topic/a", 0)])
    store.keep([an_item("rule:topic/a", {"a": 1})], NOW)
    with pytest.raises(DatabaseError, match=r"not continue|not a new"), store._changing.begin() as writing:
        writing.execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))  # noqa: S608
    other = open_review(on_postgres)
    with pytest.raises(DatabaseError, match="only ever added"), other._changing.begin() as writing:
        writing.execute(text(f"TRUNCATE {table}"))
    other.close()


def test_a_draft_that_could_not_be_proved_is_refused(either) -> None:
    """Another kind of time, and a detail without canonical JSON, are the caller's faults; nothing is written."""
    wrong = [
        {"at": "2026-03-01"},
        {"at": "2026-03-01T12:00:00Z"},
        {"at": "2026-03-01T12:00:00.5+00:00"},
        {"at": "2026-03-01T12:00:00+05:30"},
        {"at": ""},
        {"detail": {"a": 2**53}},
        {"detail": {"a": float("nan")}},
        {"detail": {"a": "\ud800"}},
    ]
    for given in wrong:
        with pytest.raises(ValueError, match=r"."):
            either.append([Append(a_draft(**given), 0)])
    with pytest.raises(ValueError, match="not an ISO time"):
        either.keep([an_item("rule:topic/a", {})], "yesterday")
    with pytest.raises(ValueError, match="not that of the body"):
        either.keep([replace(an_item("rule:topic/a", {}), fingerprint="f" * 64)], NOW)
    assert list(either.events()) == []


def test_a_text_that_was_changed_is_said(either) -> None:
    """The trail keeps its hash: no other words are shown for it."""
    note = hash_of_text("the words of a member")
    either.append([an_append("rule:topic/a", 0, text="the words of a member")])
    for harm in (b"other words", b"\xff\xfe", b""):
        with either._changing.begin() as writing:
            writing.execute(text("UPDATE review_text SET text = :harm"), {"harm": harm})
        with pytest.raises(LibraryUnusable, match="was changed") as said:
            either.text(note)
        assert "words" not in str(said.value)
        assert either.unsound() == f"the text {note[:12]}"
    either.forget(note)
    assert either.unsound() == ""


def test_a_version_that_was_changed_is_said(store) -> None:
    """What a signature was given for is shown as it was, or not at all."""
    store.keep([an_item("rule:topic/a", {"text": "as signed"}), an_item("rule:topic/b", {"text": "another"})], NOW)
    assert store.unsound() == ""
    with store._changing.begin() as writing:
        writing.execute(text("DROP TRIGGER review_version_no_update"))
    other = zlib.compress(b'{"text":"not as signed"}')
    for harm in (other, b"", b"rubbish", None, "text"):
        with store._changing.begin() as writing:
            writing.execute(
                text("UPDATE review_version SET body = coalesce(:harm, zeroblob(9)) WHERE number = 1"), {"harm": harm}
            )
        with pytest.raises(LibraryUnusable, match=r"a version of rule:topic/a is damaged"):
            store.versions("rule:topic/a")
        assert store.unsound().startswith("version ")
        assert store.unsound().endswith(" of rule:topic/a")
        assert store.versions("rule:topic/b")[0].body == {"text": "another"}


def test_deleted_words_are_in_no_file(store, settings) -> None:
    """Deleting overwrites the row and empties the log of changes."""
    words = "marker of a member's words " * 500
    store.append([an_append("rule:topic/a", 0, text=words)])
    assert b"marker of a" in _bytes(settings)
    assert store.forget(hash_of_text(words))
    assert b"marker of a" not in _bytes(settings)
    assert prove(store.events()).whole


def test_no_words_are_in_an_error(store) -> None:
    """Parameters stay out of what a log would print."""
    with store._changing.begin() as connection:
        connection.execute(text("ALTER TABLE review_text RENAME TO elsewhere"))
    with pytest.raises(LibraryUnusable) as said:
        store.append([an_append("rule:topic/a", 0, text="marker of a member's words")])
    chain, error = "", said.value
    while error is not None:
        chain, error = f"{chain} {error!s} {error!r}", error.__context__
    assert "no such table" in chain
    assert "marker" not in chain
    assert list(store.events()) == []


def test_it_stands_beside_the_threads(settings, on_postgres) -> None:
    """In the same file, or database: neither knows of the other, whoever comes first."""
    for place in (settings, on_postgres):
        for order in ((open_review, open_threads), (open_threads, open_review)):
            opened = {make: make(place) for make in order}
            made = opened[open_threads].create(NOW, END, a_turn())
            opened[open_review].append([an_append(f"rule:topic/{made.token}", 0)])
            assert opened[open_threads].read(made.token, NOW) == made
            assert prove(opened[open_review].events()).whole
            for each in opened.values():
                each.close()
    assert [file.name for file in settings.home.iterdir() if file.suffix == ".db"] == [FILE]
    assert stat.S_IMODE((settings.home / FILE).stat().st_mode) == 0o600


def test_the_tables_are_what_the_migrations_make(either) -> None:
    """The schema in code and the migrations speak of the same tables, and no other table is made."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with either._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSIONS})
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, metadata) == []


def test_several_open_an_empty_database_at_once(settings, on_postgres) -> None:
    """Whoever comes first makes the tables; the others find them."""
    for place in (settings, on_postgres):
        errors: list[Exception] = []

        def begin(number: int, place=place, errors=errors) -> None:
            try:
                opened = open_review(place)
                opened.append([an_append(f"rule:topic/{number}", 0)])
                opened.close()
            except Exception as error:  # noqa: BLE001  handed over to the test
                errors.append(error)

        starters = [threading.Thread(target=begin, args=(number,)) for number in range(6)]
        for starter in starters:
            starter.start()
        for starter in starters:
            starter.join(60)
        assert errors == []
        opened = open_review(place)
        assert prove(opened.events()).rows == 6
        opened.close()


def test_a_lock_that_lasts_is_said_and_one_that_ends_is_waited_for(store, settings, monkeypatch) -> None:
    """Another program that holds the database is waited for, up to a bound; readers never wait."""
    monkeypatch.setattr(transacting, "PATIENCE", 0.0)
    engine = create_engine(f"sqlite:///{settings.home / FILE}")
    event.listen(store._engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=50"))
    with engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(LibraryUnusable, match="locked") as said:
            store.append([an_append("rule:topic/a", 0)])
        assert "Another program" in said.value.remedy
        assert store.head()[0] == 0
        monkeypatch.setattr(transacting, "PATIENCE", 30.0)
        threading.Timer(0.5, other.rollback).start()
        assert store.append([an_append("rule:topic/a", 0)])
        time.sleep(0.1)
    engine.dispose()


def test_a_reader_holds_nobody_up(either) -> None:
    """Between two chunks no transaction is open: no connection is out while the caller works."""
    either.append([an_append(f"rule:topic/{number}", 0) for number in range(1_500)])
    stream = either.events()
    next(stream)
    assert either._engine.pool.checkedout() == 0
    assert len(list(stream)) == 1_499


def test_a_server_that_does_not_wait_for_its_disk_is_made_to(on_postgres) -> None:
    """A commit of the trail is on the disk before it is reported, whatever the database was set to."""
    opened = open_review(on_postgres)
    with opened._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = connection.execute(text("SELECT current_database()")).scalar()
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'"))
    opened.close()
    opened = open_review(on_postgres)
    with opened._changing.begin() as writing:
        assert writing.execute(text("SHOW synchronous_commit")).scalar() == "off"
        assert writing.execute(text("SHOW transaction_isolation")).scalar() == "read committed"
        opened._take_turns(writing)
        assert writing.execute(text("SHOW synchronous_commit")).scalar() == "on"
    CHECKS["one_of_many_wins"](lambda: opened)
    opened.close()


def test_settings_that_name_no_database_of_ours_are_refused(settings) -> None:
    """With the name of the setting, and what to write."""
    with pytest.raises(SettingsError, match="reviews are not kept in 'mysql'"):
        open_review(replace(settings, database="mysql://here/db"))


def _bytes(settings: Settings) -> bytes:
    """Everything in the files of the database."""
    return b"".join(path.read_bytes() for path in sorted(Path(settings.home).iterdir()))
