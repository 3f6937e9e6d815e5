"""Counting what is read: counts of items a day, and nothing else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bedside.clock import now
from bedside.errors import LibraryUnusable
from bedside.servers.readings import Readings
from bedside.stores.review_memory import ReviewMemory
from tests.servers.reports.house import house

ITEMS = ("statement:t/a", "rule:t/r", "pattern:t/p")
DAY = "2026-11-23"


class Broken(ReviewMemory):
    """A store that cannot be written now."""

    def read(self, counts, day):  # noqa: ARG002  the port's
        """Not now."""
        raise LibraryUnusable("No disk.", "Wait.")


def test_patterns_and_statements_are_counted_by_day():
    """Rules are not; a count is written once."""
    readings, store = Readings(), ReviewMemory()
    for day in (DAY, DAY, "2026-11-24"):
        readings.count(ITEMS, day)
    assert readings.flush(store) == 4
    assert readings.flush(store) == 0
    assert store.readings(DAY) == {"statement:t/a": 3, "pattern:t/p": 3}
    assert store.readings("2026-11-24") == {"statement:t/a": 1, "pattern:t/p": 1}


def test_what_cannot_be_written_is_kept():
    """For the next time."""
    readings, store = Readings(), ReviewMemory()
    readings.count(ITEMS, DAY)
    assert readings.flush(Broken()) == 0
    readings.count(ITEMS, DAY)
    readings.flush(store)
    assert store.readings(DAY)["statement:t/a"] == 2


def test_none_is_lost_or_counted_twice_by_many_at_once():
    """Counting and writing beside each other."""
    readings, store = Readings(10), ReviewMemory()

    def one(_):
        if readings.count(ITEMS, DAY):
            readings.flush(store)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(800)))
    readings.flush(store)
    assert store.readings(DAY) == {"statement:t/a": 800, "pattern:t/p": 800}


def test_pages_are_counted_and_written_after_some():
    """Threads, statements and patterns as they are opened; not a form that is shown again, and not a search."""
    home = house()
    home.app.state.readings = Readings(3)
    where = home.asked()
    home.get(where)
    home.get("/statements/vitamin-b12/b12-indeterminate")
    home.post(f"{where}/follow-up", question="", number="1")
    assert home.board.store.readings("2000-01-01") == {}
    home.get("/patterns/vitamin-b12/indeterminate-on-oral")
    found = home.board.store.readings(now()[:10])
    assert found["statement:vitamin-b12/b12-indeterminate"] == 2
    assert found["pattern:vitamin-b12/indeterminate-on-oral"] == 2
    assert not any(item.startswith("rule:") for item in found)
