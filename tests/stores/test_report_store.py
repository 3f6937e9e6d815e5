"""Reports in every store: the same promises, in SQLite, in PostgreSQL, and in memory."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, inspect, text

from bedside.errors import LibraryUnusable
from bedside.review.report import ReportKind
from bedside.review.report_words import Filed, Words, salted
from bedside.stores.report_memory import ReportsInMemory
from bedside.stores.report_schema import HEAD, VERSIONS, metadata
from bedside.stores.report_store import open_reports
from bedside.stores.thread_conformance import STRANGE
from bedside.stores.transacting import FILE

MARK = "Zarquonberry"


@pytest.fixture
def on_postgres(new_database, settings):
    """Settings that name a new database of the test server."""
    return replace(settings, database=new_database())


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request, settings):
    if request.param == "memory":
        opened = ReportsInMemory()
    else:
        chosen = settings if request.param == "sqlite" else request.getfixturevalue("on_postgres")
        opened = open_reports(chosen)
    yield opened
    opened.close()


def filed(name="a", **more):
    given = {
        "kind": ReportKind.HARM,
        "items": ("pattern:t/p", "statement:t/a"),
        "fingerprint": "f" * 64,
        "received": "2026-11-23T09:00:00+00:00",
        "seal": "s" * 64,
    }
    return Filed(name, **{**given, **more})


def test_what_was_filed_comes_back(store):
    """Whatever characters it has, under its link and in the list."""
    store.ready()
    for number, strange in enumerate(STRANGE):
        one, words = filed(str(number)), salted(strange, strange[:50], strange, strange)
        token = store.file(one, words)
        assert store.find(token) == one
        assert store.words(one.id) == words
    assert [each.id for each in store.filed()] == sorted(str(number) for number in range(len(STRANGE)))
    assert store.worded() == {str(number) for number in range(len(STRANGE))}


def test_words_are_forgotten_and_the_link_stays(store):
    """Then the link goes, too."""
    token, other = store.file(filed("a"), salted(MARK)), store.file(filed("b"), salted("other"))
    assert store.forget("a")
    assert not store.forget("a")
    assert store.words("a") is None
    assert store.find(token) == filed("a")
    assert store.worded() == {"b"}
    assert store.remove("a")
    assert not store.remove("a")
    assert store.find(token) is None
    assert store.find(other) == filed("b")
    assert store.words("b").text == "other"


def test_the_oldest_stands_first(store):
    """By the time at which it was received."""
    for name, at in (("z", "2026-01-01"), ("a", "2026-03-01"), ("m", "2026-02-01")):
        store.file(filed(name, received=f"{at}T00:00:00+00:00"), Words())
    assert [each.id for each in store.filed()] == ["z", "m", "a"]


def test_a_link_that_is_none_finds_nothing(store):
    """Nor does the hash that is kept of one."""
    store.file(filed(), Words())
    for token in ("", "x", "a" * 1000, "\ud800", "'; DROP TABLE report; --"):
        assert store.find(token) is None


def test_the_same_words_have_another_seal():
    """And the seal is of everything: words, place, copies and salt."""
    one, two = salted(MARK), salted(MARK)
    assert one.seal != two.seal
    assert one.seal == replace(one).seal
    for name in ("text", "place", "question", "answer", "salt"):
        assert replace(one, **{name: "other"}).seal != one.seal


def test_deleted_words_are_gone_from_the_files(settings):
    """Words and token: not in the database, not in the file that changes are first written to."""
    opened = open_reports(settings)
    token = opened.file(filed(), salted(MARK, question=MARK))
    files = [path for path in settings.home.rglob(f"{FILE}*") if path.is_file()]
    assert any(MARK.encode() in path.read_bytes() for path in files)
    opened.forget("a")
    files = [path for path in settings.home.rglob(f"{FILE}*") if path.is_file()]
    assert not any(MARK.encode() in path.read_bytes() for path in files)
    assert not any(token.encode() in path.read_bytes() for path in files)
    opened.close()


def test_opened_again_it_is_all_there(settings):
    """What was returned from is on the disk; two may have it open."""
    first, second = open_reports(settings), open_reports(settings)
    token = first.file(filed(), salted(MARK))
    assert second.find(token) == filed()
    first.close()
    second.close()
    third = open_reports(settings)
    assert third.words("a").text == MARK
    third.close()


def test_the_migration_makes_what_the_schema_says(settings):
    """Tables, columns, and the version; a newer one is refused."""
    open_reports(settings).close()
    engine = create_engine(f"sqlite:///{settings.home / FILE}")
    found = inspect(engine)
    for table in metadata.sorted_tables:
        assert [column["name"] for column in found.get_columns(table.name)] == [column.name for column in table.columns]
    with engine.begin() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar() == HEAD  # noqa: S608
        connection.execute(text(f"UPDATE {VERSIONS} SET version_num = '9999'"))  # noqa: S608
    engine.dispose()
    with pytest.raises(LibraryUnusable, match="newer"):
        open_reports(settings)
