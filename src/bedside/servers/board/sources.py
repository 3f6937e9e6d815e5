"""Sources: how each stands, what rests on it, what would lapse, and the mark that lapses it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from bedside.errors import BedsideError, ClockSetBack, ReviewMoved, ReviewRefused
from bedside.evidence.source import SourceStatus
from bedside.rendering.public.source_page import STATUSES, record_lines
from bedside.review.mark import UNMARK
from bedside.review.member import Member
from bedside.review.state import Role
from bedside.servers.board.address import source_href
from bedside.servers.board.drawing import HOME, Form, Refusal, Signed, board_of, page, refusal, status_of
from bedside.servers.board.source_view import (
    Chosen,
    history,
    lapsed,
    lapsed_by,
    source_rows,
    source_view,
)
from bedside.servers.csrf import text_of
from bedside.servers.numbers import whole
from bedside.servers.problem import Problem, Refused

router = APIRouter(include_in_schema=False)

_SOURCES = ("Sources", "/board/sources")
_CHOICES = (
    *((status.value, STATUSES[status].lower()) for status in SourceStatus),
    (UNMARK, "no mark: as the content has it"),
)


@router.get("/sources")
def sources(request: Request, who: Signed) -> Response:
    """Every source."""
    return page(request, "sources.html", "Sources", who, rows=source_rows(board_of(request)))


@router.get("/sources/{key}")
def source(request: Request, key: str, who: Signed) -> Response:
    """One source. ``status`` and ``superseded_by`` in the address ask what would lapse if it stood so; ``marked`` names
    the row that has just marked it."""
    return _shown(request, key, who)


@router.post("/sources/{key}")
def mark(request: Request, key: str, who: Signed, form: Form) -> Response:
    """Mark it: every approval that rests on it lapses."""
    board = board_of(request)
    chosen = Chosen(text_of(form, "status"), text_of(form, "superseded_by"), text_of(form, "note").strip())
    try:
        revision = whole(text_of(form, "revision"))
        event, _ = board.mark(who, key, chosen.status, chosen.superseded_by, chosen.note, revision)
    except (ReviewRefused, ReviewMoved, ClockSetBack) as error:
        return _again(request, key, who, chosen, error)
    return RedirectResponse(f"{source_href(key)}?marked={event.number}", status_code=303)


def _again(request: Request, key: str, who: Member, chosen: Chosen, error: BedsideError) -> Response:
    status = status_of(error) if Role.EDITOR in who.roles else 403
    return _shown(request, key, who, status=status, refused=refusal(error), typed=chosen)


def _shown(
    request: Request,
    key: str,
    who: Member,
    *,
    status: int = 200,
    refused: Refusal | None = None,
    typed: Chosen | None = None,
) -> Response:
    board = board_of(request)
    found = board.sources().get(key)
    if found is None:
        raise Refused(Problem.NOT_FOUND)
    asked = _asked(request)
    what = board.what_if(key, asked.status, asked.superseded_by).lapses if asked else None
    others = ((other.key, f"{other.title} ({other.key})") for other in board.sources().values() if other.key != key)
    return page(
        request,
        "source.html",
        found.title,
        who,
        status=status,
        crumbs=(HOME, _SOURCES),
        here=key,
        refused=refused,
        view=source_view(found, tuple(record_lines(found)), board),
        statuses=_CHOICES,
        others=sorted(others, key=lambda pair: pair[1].casefold()),
        chosen=asked or Chosen(SourceStatus.SUPERSEDED.value),
        what=None if what is None else lapsed(what, board),
        just=lapsed_by(request.query_params.get("marked", ""), key, board),
        may_mark=Role.EDITOR in who.roles,
        typed=typed or Chosen(SourceStatus.SUPERSEDED.value),
        history=history(key, board),
    )


def _asked(request: Request) -> Chosen | None:
    """What the address supposes, None where it supposes nothing that can be."""
    status = request.query_params.get("status")
    if status is None or status not in (*SourceStatus, UNMARK):
        return None
    by = request.query_params.get("superseded_by", "")
    return Chosen(status, by if status == SourceStatus.SUPERSEDED and by in board_of(request).sources() else "")
