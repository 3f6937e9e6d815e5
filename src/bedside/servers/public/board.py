"""The board as everybody may see it: what stands where, its members, what each approved, the head of the trail."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from bedside.errors import BedsideError
from bedside.rendering.public.review_view import KINDS, MemberView, member_views, state_rows
from bedside.servers.public.drawing import nothing_here, page
from bedside.servers.reviewed import board_of, reviewed

router = APIRouter(include_in_schema=False)

LISTED = 50
"""Approvals of one member on one page."""
_HERE = ("About", "/about")
_TITLE = "The board"
_HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@router.get("/about/board")
def board(request: Request) -> Response:
    """The board, or in plain words that there is none."""
    found, its = reviewed(request), board_of(request)
    members: tuple[MemberView, ...] = ()
    unnamed = 0
    head = (0, "", "")
    if found is not None and its is not None:
        try:
            known = its.accounts.members()
            members, head = member_views(known, found.items), its.store.head()
            unnamed = sum(each.active and not each.public for each in known.values())
        except BedsideError:
            found = None
    return page(
        request,
        "board.html",
        _TITLE,
        (_HERE,),
        name=request.app.state.settings.board,
        rows=state_rows(found.items) if found else (),
        kinds=KINDS,
        members=members,
        unnamed=unnamed,
        head=head if head[0] else None,
        signed=found is not None and found.any_approved,
    )


@router.get("/about/board/{handle}")
def member(request: Request, handle: str) -> Response:
    """One member, and everything that they approved and that holds, page by page."""
    found, its = reviewed(request), board_of(request)
    number = request.query_params.get("page", "1")
    if found is None or its is None or not _HANDLE.fullmatch(handle) or not re.fullmatch(r"[1-9]\d{0,3}", number):
        raise nothing_here()
    shown = next((each for each in member_views(its.accounts.members(), found.items) if each.handle == handle), None)
    first = (int(number) - 1) * LISTED
    if shown is None or (first and first >= len(shown.approved)):
        raise nothing_here()
    return page(
        request,
        "board_member.html",
        shown.name or shown.handle,
        (_HERE, (_TITLE, "/about/board")),
        member=shown,
        listed=shown.approved[first : first + LISTED],
        number=int(number),
        pages=max(1, -(-len(shown.approved) // LISTED)),
    )
