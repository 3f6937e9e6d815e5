"""How the board's pages are drawn, and who may see them: every member who is signed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from bedside.board import Board
from bedside.board_wordings import keep_up
from bedside.errors import BedsideError, ClockSetBack, LibraryUnusable, ReviewMoved
from bedside.review.member import Member
from bedside.review.state import Role
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
        roles=sorted(who.roles),
        nav=tuple(_nav(request.url.path, who)),
        crumbs=crumbs,
        here=here,
        refused=refused,
        broken=board_of(request).broken,
        **values,
    )


def _nav(path: str, who: Member) -> Iterator[tuple[str, str, str]]:
    """The board's own navigation: address, name, and "page" or "true" for where the reader is."""
    entries = [("/board", "Home"), ("/board/queue", "Queue"), ("/board/sources", "Sources"), ("/board/trail", "Trail")]
    if who.roles & {Role.REVIEWER, Role.EDITOR}:
        entries.append(("/board/reports", "Reports"))
    if Role.ADMINISTRATOR in who.roles:
        entries.append(("/board/members", "Members"))
    entries.append(("/board/profile", "Your profile"))
    for href, name in entries:
        within = href != "/board" and path.startswith(f"{href}/")
        yield href, name, "page" if path == href else "true" if within else ""
