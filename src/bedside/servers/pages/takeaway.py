"""What a reader takes away from a thread: leaflet, appointment sheet, note, dates, and the answer as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from bedside.answer import Answer
from bedside.rendering.bundle import bundle
from bedside.rendering.html.standalone import render as as_html
from bedside.rendering.json import render as as_json
from bedside.rendering.markdown import render as as_markdown
from bedside.rendering.takeaway.appointment import sheet
from bedside.rendering.takeaway.calendar import follow_up_dates
from bedside.rendering.takeaway.leaflet import leaflet
from bedside.rendering.takeaway.sbar import note
from bedside.rendering.view import view
from bedside.review.status import AnswerStatus
from bedside.servers.pages.thread import answered, asked_in, opened
from bedside.servers.reviewed import answer_review, as_marked
from bedside.servers.templating import drawn

router = APIRouter(include_in_schema=False, prefix="/t/{link}")

_PLAIN = ("patient", "carer")
_CLINICAL = ("clinician", "nurse")


@router.get("/leaflet")
def print_leaflet(request: Request, link: str) -> Response:
    """The answer in plain words, to print."""
    return drawn(request, "leaflet.html", leaflet=leaflet(*_worded(request, link, _PLAIN)))


@router.get("/appointment")
def print_appointment(request: Request, link: str) -> Response:
    """What to ask, to tell and to bring, to print."""
    return drawn(request, "appointment.html", sheet=sheet(*_worded(request, link, _PLAIN)))


@router.get("/sbar")
def print_sbar(request: Request, link: str) -> Response:
    """A note for a clinician, to print."""
    return drawn(request, "sbar.html", note=note(*_worded(request, link, _CLINICAL)))


@router.get("/follow-up.ics")
def dates(request: Request, link: str) -> Response:
    """The follow-up dates that the answer names, counted from today."""
    _, answer = answered(request, opened(request, link))
    return _file(
        follow_up_dates(as_marked(request, answer), datetime.now(UTC).date()), "text/calendar", "follow-up.ics"
    )


@router.get("/answer.html")
def html(request: Request, link: str) -> Response:
    """The answer as one HTML file that needs nothing else."""
    _, answer = answered(request, opened(request, link))
    desk = request.app.state.desk
    review = answer_review(request, answer)
    return _file(
        as_html(as_marked(request, answer), desk.words(), aids=desk.aids, review=review), "text/html", "answer.html"
    )


@router.get("/answer.md")
def markdown(request: Request, link: str) -> Response:
    """The answer as Markdown, whole."""
    _, answer = answered(request, opened(request, link))
    review, words = answer_review(request, answer), request.app.state.desk.words()
    seen = view(as_marked(request, answer), full=True, glossary=words, review=review)
    return _file(as_markdown(seen), "text/markdown", "answer.md")


@router.get("/answer.json")
def answer_json(request: Request, link: str) -> Response:
    """The answer as JSON, schema bedside.answer/1."""
    _, answer = answered(request, opened(request, link))
    return _file(as_json(answer, answer_review(request, answer)), "application/json", "answer.json")


@router.get("/bundle.json")
def bundle_json(request: Request, link: str) -> Response:
    """Everything that ``bedside verify`` checks on another machine."""
    _, answer = answered(request, opened(request, link))
    return _file(bundle(answer), "application/json", "bundle.json")


def _worded(request: Request, link: str, readers: tuple[str, ...]) -> tuple[Answer, AnswerStatus | None]:
    """The answer in a wording that a paper is made for, of the reader it is read as, else of the first of *readers*,
    and what the board says of it."""
    asked = asked_in(request, opened(request, link))
    reader = asked.reader if asked.reader in readers else readers[0]
    found: Answer = request.app.state.answers.answer(replace(asked, reader=reader))
    return as_marked(request, found), answer_review(request, found)


def _file(content: str | bytes, kind: str, name: str) -> Response:
    """A file to keep."""
    disposition = f'attachment; filename="bedside-{name}"'
    return Response(content, media_type=kind, headers={"Content-Disposition": disposition})
