"""What the pages say of reviews: from the board of this application and from nothing else.

Where there is no board, or it cannot be read now, nothing is approved: a page of an answer never fails because of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from fastapi import Request

from bedside.answer import Answer
from bedside.board import Board
from bedside.errors import BedsideError
from bedside.rendering.headings import REVIEW_STATUS
from bedside.rendering.public.review_view import ReviewView, review_view
from bedside.review.item import Snapshot
from bedside.review.mark import Mark, marked
from bedside.review.standing import Standing
from bedside.review.state import State
from bedside.review.status import AnswerStatus, Status, answer_status, status_of

Key = tuple[int, str, str]


class Reviewed:
    """How everything stands after one row of the trail, on one day. May be used from several threads."""

    def __init__(
        self, key: Key, release: str, standings: Mapping[str, Standing], snapshot: Snapshot, marks: Mapping[str, Mark]
    ) -> None:
        self.key = key
        self.release = release
        self.marks = marks
        self.snapshot = snapshot
        self._standings = standings
        self._found: dict[str, Status] = {}

    def of(self, item: str) -> Status:
        """How one item stands."""
        found = self._found.get(item)
        if found is None:
            found = self._found[item] = status_of(item, self._standings, self.snapshot, self.key[2])
        return found

    def answer(self, answer: Answer) -> AnswerStatus:
        """How an answer stands. One of another content than the board's has nothing approved in it."""
        if answer.release != self.release:
            return answer_status(answer, lambda item: Status(item, item))
        return answer_status(answer, self.of)

    @cached_property
    def items(self) -> tuple[Status, ...]:
        """Everything that can be reviewed, by id."""
        return tuple(self.of(item) for item in sorted(self.snapshot.items))

    @cached_property
    def counts(self) -> dict[State, int]:
        """How many items stand in each state."""
        found = Counter(each.state for each in self.items)
        return {state: found[state] for state in State}

    @cached_property
    def any_approved(self) -> bool:
        """Whether an approval of anything holds today. The foot of every page asks: it looks no further than to one."""
        return any(self.of(item).approved for item, each in self._standings.items() if each.state is State.APPROVED)


_ASKED = "bedside.reviewed"


def board_of(request: Request) -> Board | None:
    """The board of this application, or None where it has none."""
    return getattr(request.app.state, "board", None)


def reviewed(request: Request) -> Reviewed | None:
    """How everything stands now, worked out once for a request. None where there is no board, its trail cannot be read
    or is broken, or it has another content than this server."""
    if _ASKED not in request.scope:
        request.scope[_ASKED] = _reviewed(request)
    found: Reviewed | None = request.scope[_ASKED]
    return found


def _reviewed(request: Request) -> Reviewed | None:
    state, board = request.app.state, board_of(request)
    if board is None or board.desk.content.fingerprint != state.desk.content.fingerprint:
        return None
    kept: Reviewed | None = getattr(state, "reviewed", None)
    try:
        board.refresh()
        if board.broken:
            return None
        key = board.key  # before the standings: what comes between is read again the next time
        if kept is None or kept.key != key:
            release = board.desk.library.release
            kept = state.reviewed = Reviewed(key, release, board.standings(), board.snapshot, board.marks)
    except BedsideError:
        return None
    return kept


def answer_review(request: Request, answer: Answer) -> AnswerStatus | None:
    """How an answer stands now; None where there is no board."""
    found = reviewed(request)
    return None if found is None else found.answer(answer)


def as_marked(request: Request, answer: Answer) -> Answer:
    """The same answer, with what the board says of its sources on them: for what people read. What programs check
    (fingerprints, JSON, bundle) is of what was computed, and is not made from this one."""
    found = reviewed(request)
    return answer if found is None or not found.marks else replace(answer, sources=marked(answer.sources, found.marks))


def footer_line(request: Request) -> str:
    """What the foot of every page says of reviews."""
    found = reviewed(request)
    return "Reviewed in part" if found is not None and found.any_approved else REVIEW_STATUS


def review_of(request: Request, item: str) -> ReviewView:
    """How one item stands now, as a page shows it."""
    found = reviewed(request)
    return review_view(None if found is None else found.of(item))
