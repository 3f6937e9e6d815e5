"""Purge deletes what is old and nothing else, and says how much it was."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from bedside.cli.main import main
from bedside.cli.purge import before_of
from bedside.errors import ThreadNotFound, UsageError
from bedside.settings import Settings
from bedside.stores.thread_conformance import a_turn
from bedside.stores.thread_store import FILE, open_threads


def at(days: float) -> str:
    """The time so many days from now."""
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")


@pytest.fixture
def store():
    """The threads of this test's home."""
    opened = open_threads(Settings.load(os.environ))
    yield opened
    opened.close()


@pytest.fixture
def threads(store):
    """One that has expired, one that is old, one that is old and was taken up, and a young one."""

    def begun(days, end):
        return store.create(at(days), at(end), a_turn(asked_at=at(days)))

    made = {"expired": begun(-2, -1), "old": begun(-50, 50), "taken up": begun(-50, 50), "young": begun(-1, 50)}
    store.add(made["taken up"].token, a_turn(1, asked_at=at(-3)), at(0))
    return made


def left(store, threads):
    """The names of those that are still there."""

    def there(thread):
        try:
            return store.read(thread.token, at(-2.5))
        except ThreadNotFound:
            return None

    return {name for name, thread in threads.items() if there(thread)}


def test_what_has_expired_is_deleted(store, threads, capsys):
    """Without more, only that."""
    assert main(["purge"]) == 0
    assert capsys.readouterr().out == "1 thread deleted.\n"
    assert left(store, threads) == {"old", "taken up", "young"}


def test_what_is_older_is_deleted(store, threads, capsys):
    """In days or by a date; what was taken up since stays."""
    assert main(["purge", "--older-than", "30d"]) == 0
    assert capsys.readouterr().out == "2 threads deleted.\n"
    assert left(store, threads) == {"taken up", "young"}
    assert main(["purge", "--older-than", at(0)[:10]]) == 0
    assert "2 threads deleted" in capsys.readouterr().out
    assert left(store, threads) == set()


def test_a_dry_run_deletes_nothing(store, threads, capsys):
    """It says what would be."""
    assert main(["purge", "--older-than", "30d", "--dry-run"]) == 0
    assert capsys.readouterr().out == "2 threads would be deleted.\n"
    assert main(["purge", "--older-than", "30d", "--dry-run", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["found"], said["deleted"], said["dry_run"]) == (2, 0, True)
    assert left(store, threads) == set(threads)
    assert main(["purge", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["found"], said["deleted"], said["before"]) == (1, 1, None)


def test_where_nothing_was_kept_nothing_is_made(capsys):
    """No file appears."""
    assert main(["purge", "--older-than", "1d"]) == 0
    assert capsys.readouterr().out == "0 threads deleted.\n"
    assert not (Settings.load(os.environ).home / FILE).exists()


@pytest.mark.parametrize("age", ["30", "d", "-3d", "30 weeks", "2026-13-01", "soon", "99999d", "2026-01-01T00:00"])
def test_what_is_no_age_is_refused(age, capsys):
    """Exit status 2, and how to write one."""
    assert main(["purge", "--older-than", age]) == 2 or age == "99999d"
    assert "30d" in capsys.readouterr().err or age == "99999d"


def test_ages_are_times_in_utc():
    """Days count from now to the second."""
    now = datetime(2026, 3, 31, 12, tzinfo=UTC)
    assert before_of("30d", now) == "2026-03-01T12:00:00+00:00"
    assert before_of("1 day", now) == "2026-03-30T12:00:00+00:00"
    assert before_of("2026-01-01", now) == "2026-01-01"
    with pytest.raises(UsageError):
        before_of("99999999d", now)
