"""The audit trail: its rows, its head to be anchored outside, the whole of it as JSON lines, and its proof."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from bedside.review.chain import Proof
from bedside.review.event import Event
from bedside.review.member import Member
from bedside.servers.board.address import ref_href
from bedside.servers.board.drawing import HOME, Refusal, Signed, board_of, page

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
    if not written:
        return _page(request, who, board_of(request).prove())
    found = _ANCHOR.fullmatch(written)
    if found is None:
        return _page(request, who, refused=_WRONG, status=422)
    return _page(request, who, board_of(request).prove((int(found[1]), found[2])), anchor=written)


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
    head = board.store.head()
    end = min(_before(request), head[0] + 1)
    first = max(0, end - 1 - PAGE)
    rows = tuple(_row(event) for event in reversed(tuple(board.store.events(first, limit=end - 1 - first))))
    if end - 1 - first == 0:
        rows = ()  # a limit of 0 would give all
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


def _href(before: int, last: int) -> str:
    return _TRAIL if before > last else f"{_TRAIL}?before={before}"


def _before(request: Request) -> int:
    """The row that the page ends before; far beyond the last where the address names none."""
    written = request.query_params.get("before", "")
    good = written.isascii() and written.isdecimal() and 0 < len(written) <= _DIGITS and int(written) > 1
    return int(written) if good else 10**_DIGITS


def _row(event: Event) -> TrailRow:
    moved = event.after if event.before == event.after else " to ".join(filter(None, (event.before, event.after)))
    href = ref_href(event.subject)
    return TrailRow(
        event.number, event.at, event.actor, event.role, event.action, event.subject, href, moved, event.hash
    )
