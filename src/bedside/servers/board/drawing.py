"""How the board's pages are drawn, and who may see them: every member who is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from bedside.board import Board
from bedside.board_wordings import keep_up
from bedside.errors import BedsideError, ClockSetBack, LibraryUnusable, ReviewMoved
from bedside.review.event import Event, hash_of_row
from bedside.review.member import Member
from bedside.servers.board.navigation import nav
from bedside.servers.csrf import checked_form
from bedside.servers.identity import member
from bedside.servers.public.shelf import Shelf, shelf_of
from bedside.servers.templating import drawn

Signed = Annotated[Member, Depends(member)]
Form = Annotated[FormData, Depends(checked_form)]
Crumbs = Sequence[tuple[str, str]]

HOME = ("Board", "/board")
QUEUE = ("Queue", "/board/queue")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done, and what to do first."""

    heading: str
    what: str
    remedy: str


def refusal(error: BedsideError) -> Refusal:
    """The refusal of an error."""
    heading = "Somebody was faster" if isinstance(error, ReviewMoved) else "This was not done"
    return Refusal(heading, error.what, error.remedy)


def status_of(error: BedsideError) -> int:
    """The HTTP status of what was refused."""
    if isinstance(error, ReviewMoved):
        return 409
    return 503 if isinstance(error, ClockSetBack | LibraryUnusable) else 422


def board_of(request: Request) -> Board:
    """The board of this application, over the wordings that are adopted now."""
    board: Board = request.app.state.board
    keep_up(board)
    return board


def rows_about(board: Board, subject: str) -> tuple[Event, ...]:
    """The rows about something, oldest first, up to the first that was changed or cannot be read: the proof names
    it."""
    found: list[Event] = []
    with suppress(LibraryUnusable):
        for event in board.store.events(subject=subject):
            if event.hash != hash_of_row(asdict(event)):
                break
            found.append(event)
    return tuple(found)


def note_text(board: Board, note: str) -> str | None:
    """What a member wrote with a row; None where it was deleted, or is not what was kept."""
    try:
        return board.store.text(note) if note else None
    except LibraryUnusable:
        return None


def shelf_at(request: Request) -> Shelf:
    """The views of the content that the board reviews: those of the public pages while both have the same."""
    state, board = request.app.state, board_of(request)
    if state.desk is board.desk:
        return shelf_of(request)
    shelf: Shelf | None = getattr(state, "board_shelf", None)
    if shelf is None or shelf.desk is not board.desk:
        shelf = state.board_shelf = Shelf(board.desk)
    return shelf


def page(
    request: Request,
    template: str,
    title: str,
    who: Member,
    *,
    status: int = 200,
    crumbs: Crumbs = (HOME,),
    here: str = "",
    refused: Refusal | None = None,
    **values: object,
) -> Response:
    """A page of the board. *here* is what the page is called in the way to it; the title where it is not given."""
    return drawn(
        request,
        f"board/{template}",
        status=status,
        title=title,
        who=who,
        nav=nav(request.url.path, who),
        crumbs=crumbs,
        here=here,
        refused=refused,
        broken=board_of(request).broken,
        **values,
    )
