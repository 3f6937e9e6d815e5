"""Audit an article from anywhere. It is the one heavy request: one at a time, and not in a queue."""

from __future__ import annotations

from threading import Lock

from fastapi import APIRouter, Request
from starlette.responses import Response

from bedside.desk import Desk
from bedside.errors import ExtraMissing, InputRefused
from bedside.ingest.article_file import article_of
from bedside.rendering.audit_json import render
from bedside.servers.api.described import AuditDocument, problems
from bedside.servers.api.models import AuditIn
from bedside.servers.api.replies import private
from bedside.servers.problem import SOON, Problem, Refused

router = APIRouter(prefix="/api/v1")

NAME = "article"
_PDF = "%PDF-"
_ONE_AT_A_TIME = Lock()


@router.post(
    "/audit",
    tags=["audit"],
    response_model=AuditDocument,
    response_description="The audit, as `bedside audit --format json` writes it.",
    responses=problems(Problem.REFUSED, body=True),
)
def audit(request: Request, article: AuditIn) -> Response:
    """Hold each claim of an article against the library, and the article against itself. Nothing of it is kept."""
    desk: Desk = request.app.state.desk
    if article.text.lstrip().startswith(_PDF):
        raise Refused(Problem.REFUSED, "A PDF is no text: send the text that it shows.")
    try:
        document = article_of(article.text.encode("utf-8", "replace"), NAME)
    except InputRefused as error:
        raise Refused(Problem.REFUSED, error.what) from None
    except ExtraMissing:
        raise Refused(Problem.REFUSED, "HTML is not read here: send the text that the page shows.") from None
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        raise Refused(Problem.BUSY, retry_after=SOON)
    try:
        return private(render(desk.audit(document)).encode())
    finally:
        _ONE_AT_A_TIME.release()
