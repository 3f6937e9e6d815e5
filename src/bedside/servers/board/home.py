"""The board's first page: what is mine, what waits, what lapsed lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.responses import Response

from bedside.board import Board
from bedside.review.member import Member
from bedside.review.queue import WAITS, Entry
from bedside.review.state import WAITING, Role, State
from bedside.servers.board.address import queue_href
from bedside.servers.board.drawing import Signed, board_of, page
from bedside.servers.board.queue_view import Row, row
from bedside.servers.board.standing_view import shown_standings

router = APIRouter(include_in_schema=False)

SOME = 5
"""How many items of each list the first page shows."""


@router.get("/board")
def home(request: Request, who: Signed) -> Response:
    """What is mine, what waits, what lapsed lately, how many reports are open."""
    board = board_of(request)
    queue = board.queue()
    counts = Counter(standing.state for standing in shown_standings(board).values())
    return page(
        request,
        "home.html",
        "Board",
        who,
        crumbs=(),
        counts=[(state.value, counts[state]) for state in (*WAITS, State.APPROVED)],
        lists=tuple(_lists(queue, board, who)),
        reports=_open_reports(board) if who.roles & {Role.REVIEWER, Role.EDITOR} else None,
        tells=_tells(who),
    )


def _lists(queue: tuple[Entry, ...], board: Board, who: Member) -> Iterator[tuple[str, str, tuple[Row, ...], str, str]]:
    """Key, heading, rows, the address of all, and what to say where there are none."""
    places = list(enumerate(queue, 1))
    mine = [each for each in places if each[1].standing.holder == who.handle]
    waits = [each for each in places if each[1].standing.state in WAITING and each[1].standing.holder == ""]
    lapsed = [each for each in places if each[1].standing.state is State.LAPSED]
    lapsed.sort(key=lambda each: each[1].standing.since, reverse=True)
    if Role.REVIEWER in who.roles or mine:
        yield _list("mine", "Held by you", mine, queue_href(mine="yes"), "Nothing. Claim something that waits.", board)
    yield _list("waits", "Waiting, the greatest risk first", waits, queue_href(), "Nothing waits.", board)
    lapsed_href = queue_href(state=State.LAPSED.value)
    yield _list("lapsed", "Lapsed lately", lapsed, lapsed_href, "No approval has lapsed and waits.", board)
    if who.roles & {Role.AUTHOR, Role.EDITOR}:
        back = [each for each in places if each[1].standing.state is State.RETURNED]
        href = queue_href(state=State.RETURNED.value)
        yield _list("returned", "Returned to the authors", back, href, "Nothing was returned.", board)


def _list(
    key: str, heading: str, found: list[tuple[int, Entry]], href: str, empty: str, board: Board
) -> tuple[str, str, tuple[Row, ...], str, str]:
    rows = tuple(row(entry, board.policy, rank) for rank, entry in found[:SOME])
    return key, heading, rows, href if len(found) > SOME else "", empty


def _open_reports(board: Board) -> int:
    """How many reader reports wait for the board."""
    return sum(report.open for report in board.reports())


def _tells(who: Member) -> str:
    """What a reviewer has to say of themselves before they can sign."""
    if Role.REVIEWER in who.roles and not who.may_sign:
        return "You cannot sign yet: a signature says your name, registration and declared interests."
    return ""
