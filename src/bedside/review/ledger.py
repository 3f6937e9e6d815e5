"""The ledger: what the trail comes to, row by row, as far as it was read and as far as it can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bedside.errors import LibraryUnusable
from bedside.review.adoption import worded
from bedside.review.chain import broken_link
from bedside.review.event import GENESIS, Event
from bedside.review.mark import MARK, Mark, marks
from bedside.review.standing import Standing, after, is_item
from bedside.review.store import ReviewStore


class Ledger:
    """Where everything stands after the rows that were read.

    ``standings`` are by item, ``marks`` by key of the source, ``reports`` and ``adoptions`` the newest row of each
    report and about the wording of each statement. ``revisions`` counts the rows of each subject; ``last`` is number,
    hash and time of the last one. ``broken`` is the first broken link, "" while the trail is whole: what stands after
    it was never taken in.
    """

    def __init__(self) -> None:
        self.standings: dict[str, Standing] = {}
        self.marks: dict[str, Mark] = {}
        self.reports: dict[str, Event] = {}
        self.adoptions: dict[str, Event] = {}
        self.revisions: Counter[str] = Counter()
        self.last = (0, GENESIS, "")
        self.broken = ""

    def read(self, store: ReviewStore) -> Iterator[Event]:
        """Take in what was written since, link by link, and give each row once it is taken in. A row that does not
        continue the trail ends all trust in it."""
        if self.broken:
            return
        number, found = self._head(store)
        if number < self.last[0]:
            self.broken = f"row {self.last[0]}: is missing"
        elif number == self.last[0] and found != self.last[1]:
            self.broken = f"row {number}: is not the row that was there before"
        if self.broken or number == self.last[0]:
            return
        for event in store.trail(self.last[0]):
            self.broken = self._taken(event)
            if self.broken:
                return
            yield event

    def _head(self, store: ReviewStore) -> tuple[int, str]:
        try:
            return store.head()[:2]
        except (
            LibraryUnusable
        ):  # its last row cannot be read: the trail names it; or nothing can, and then that says so
            return self.last[0] + 1, ""

    def _taken(self, event: Event) -> str:
        """Take in one row; what is wrong with it, "" for nothing."""
        number, previous, at = self.last
        revision = self.revisions[event.subject] + 1
        reason = broken_link(event, number + 1, revision, previous, at)
        if not reason:
            try:
                self._fold(event)
            except (KeyError, TypeError, ValueError):
                reason = "cannot be read"
        if reason:
            return f"row {number + 1}: {reason}"
        self.last = (event.number, event.hash, event.at)
        self.revisions[event.subject] = revision
        return ""

    def _fold(self, event: Event) -> None:
        if is_item(event.subject):
            self.standings[event.subject] = after(self.standings.get(event.subject, Standing(event.subject)), event)
        elif event.action == MARK:
            self.marks = marks([event], self.marks)
        elif event.subject.startswith("report:"):
            self.reports[event.subject] = event
        if statement := worded(event):
            self.adoptions[statement] = event
