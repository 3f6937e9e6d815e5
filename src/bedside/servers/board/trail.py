"""The audit trail: its rows, its head to be anchored outside, the whole of it as JSON lines, and its proof."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from bedside.board import Board
from bedside.errors import LibraryUnusable
from bedside.review.chain import Proof
from bedside.review.event import Event
from bedside.review.member import Member
from bedside.servers.board.address import ref_href
from bedside.servers.board.drawing import HOME, Refusal, Signed, board_of, page
from bedside.servers.numbers import whole

router = APIRouter(include_in_schema=False)

PAGE = 50
"""Rows on one page."""
_TRAIL = "/board/trail"
_ANCHOR = re.compile(r"([1-9]\d{0,11}):([0-9a-f]{12,64})", re.ASCII)
_DIGITS = 12
_WRONG = Refusal(
    "This is no head of a trail", "A head is a number, a colon, and a hash of 12 to 64 digits.", "Nothing was proved."
)


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One row; ``href`` leads to what it is about, "" where that has no page here."""

    number: int
    at: str
    actor: str
    role: str
    action: str
    subject: str
    href: str
    state: str
    hash: str


@router.get("/trail")
def trail(request: Request, who: Signed) -> Response:
    """The rows, newest first; ``before`` in the address is the row that the page ends before."""
    return _page(request, who)


@router.get("/trail/verify")
def verify(request: Request, who: Signed) -> Response:
    """Prove the trail; ``anchor`` in the address is a head that was written down before."""
    written = request.query_params.get("anchor", "").strip()
    found = _ANCHOR.fullmatch(written)
    if written and found is None:
        return _page(request, who, refused=_WRONG, status=422)
    board = board_of(request)
    proof = board.prove()
    if not proof.whole:  # what this program has read before is trusted no more, either
        board.distrust(proof.broken)
    elif found is not None:
        proof = board.prove((int(found[1]), found[2]))
    return _page(request, who, proof, anchor=written)


@router.get("/trail/export")
def export(request: Request, who: Signed) -> Response:  # noqa: ARG001  only members take it away
    """The whole trail, one row a line; the hash of each can be recomputed from it."""
    lines = _lines(board_of(request).store.events())
    headers = {"Content-Disposition": 'attachment; filename="bedside-trail.jsonl"'}
    return StreamingResponse(lines, media_type="application/jsonl; charset=utf-8", headers=headers)


def _lines(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        yield json.dumps(asdict(event), ensure_ascii=False, sort_keys=True) + "\n"


def _page(
    request: Request,
    who: Member,
    proof: Proof | None = None,
    *,
    anchor: str = "",
    refused: Refusal | None = None,
    status: int = 200,
) -> Response:
    board = board_of(request)
    board.refresh()
    head = _head(board)
    end = min(_before(request), head[0] + 1)
    first = max(0, end - 1 - PAGE)
    rows = tuple(_row(event) for event in reversed(tuple(islice(board.store.trail(first), end - 1 - first))))
    newest = end > head[0]
    return page(
        request,
        "trail.html",
        "Audit trail",
        who,
        status=status,
        crumbs=(HOME,),
        refused=refused,
        head=head,
        rows=rows,
        proof=proof,
        anchor=anchor,
        newer="" if newest else _href(min(end + PAGE, head[0] + 1), head[0]),
        older=_href(first + 1, head[0]) if first else "",
    )


def _head(board: Board) -> tuple[int, str, str]:
    """Number, hash and time of the last row; of one that cannot be read the number only."""
    try:
        return board.store.head()
    except LibraryUnusable:
        return max((event.number for event in board.store.trail()), default=0), "", ""


def _href(before: int, last: int) -> str:
    return _TRAIL if before > last else f"{_TRAIL}?before={before}"


def _before(request: Request) -> int:
    """The row that the page ends before; far beyond the last where the address names none."""
    place = whole(request.query_params.get("before", ""), _DIGITS)
    return place if place > 1 else 10**_DIGITS


def _row(event: Event) -> TrailRow:
    moved = event.after if event.before == event.after else " to ".join(filter(None, (event.before, event.after)))
    href = ref_href(event.subject)
    return TrailRow(
        event.number, event.at, event.actor, event.role, event.action, event.subject, href, moved, event.hash
    )
