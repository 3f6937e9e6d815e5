"""The queue's page: filters in the address, words of a search only in a form."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from bedside.rendering.board.words import KINDS
from bedside.review.member import Member
from bedside.review.queue import WAITS
from bedside.review.state import State
from bedside.servers.board.drawing import HOME, Form, Signed, board_of, page
from bedside.servers.board.queue_view import Filters, queue_view
from bedside.servers.board.standing_view import shown_standings
from bedside.servers.csrf import text_of

router = APIRouter(include_in_schema=False)

LONGEST = 200
"""Characters of a search that are read."""
_FILTERS = ("state", "kind", "topic", "dose", "mine", "page")
_STATES = (*WAITS, *(state for state in State if state not in WAITS))


@router.get("/queue")
def queue(request: Request, who: Signed) -> Response:
    """What waits, the greatest risk first."""
    return _queue(request, who, request.url.query)


@router.post("/queue")
def search(request: Request, who: Signed, form: Form) -> Response:
    """The same for words in titles. They are read and forgotten: no word that is typed stands in an address."""
    query = urlencode({name: text_of(form, name) for name in _FILTERS})
    return _queue(request, who, query, text_of(form, "words")[:LONGEST])


def _queue(request: Request, who: Member, query: str, words: str = "") -> Response:
    board = board_of(request)
    entries = board.queue()
    view = queue_view(
        entries, shown_standings(board), board.snapshot, Filters.read(query), who.handle, board.policy, words
    )
    states = [state.value for state in _STATES]
    return page(request, "queue.html", "Queue", who, crumbs=(HOME,), view=view, kinds=KINDS, states=states)
