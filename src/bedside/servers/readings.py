"""Readings: how often each item is shown on a day. Counts only: no thread, no client, no time of day.

They are gathered in memory and written by the hourly sweep, or after some hundred pages, when the page has been sent.
What is not written yet when the program ends is lost; it orders a queue, and is no record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from threading import Lock

from fastapi import Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from bedside.clock import now
from bedside.errors import BedsideError
from bedside.review.store import ReviewStore

PAGES = 500
"""After so many pages the counts are written."""
KINDS = ("pattern:", "statement:")
"""What is counted."""


class Readings:
    """The counts that are not written yet. May be used from several threads."""

    def __init__(self, pages: int = PAGES) -> None:
        self._pages = pages
        self._seen = 0
        self._counts: dict[str, Counter[str]] = {}
        self._lock = Lock()

    def count(self, items: Iterable[str], day: str) -> bool:
        """Count one page with these items on a day (ISO date); whether it is time to write."""
        with self._lock:
            self._counts.setdefault(day, Counter()).update(item for item in items if item.startswith(KINDS))
            self._seen += 1
            return self._seen >= self._pages

    def flush(self, store: ReviewStore) -> int:
        """Write what was counted; gives how many counts. What cannot be written now is kept for the next time."""
        with self._lock:
            taken, self._counts, self._seen = self._counts, {}, 0
        written = 0
        for day, counts in taken.items():
            try:
                if counts:
                    store.read(dict(counts), day)
                written += len(counts)
            except BedsideError:
                with self._lock:
                    self._counts.setdefault(day, Counter()).update(counts)
        return written


def counted(request: Request, response: Response, items: Iterable[str]) -> Response:
    """The response of a page that shows these items, which are counted."""
    state = request.app.state
    readings: Readings | None = getattr(state, "readings", None)
    board = getattr(state, "board", None)
    if readings is not None and board is not None and readings.count(items, now()[:10]):
        response.background = BackgroundTask(readings.flush, board.store)
    return response
