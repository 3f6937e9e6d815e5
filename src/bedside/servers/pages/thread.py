"""A thread in the browser: its last answer, facts to correct, the follow-up box, the proof, and the way out.

Its address holds a token that nobody can guess, and nothing of what was asked.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bedside.answer import Answer
from bedside.clock import now
from bedside.errors import InputRefused, ThreadMoved, ThreadNotFound, UsageError
from bedside.facts.case import Told
from bedside.rendering.html.fields import edits_of
from bedside.rendering.html.form_target import FormTarget
from bedside.rendering.html.page import PageView, page
from bedside.review.status import shown_items
from bedside.servers.answers import Asked
from bedside.servers.api.models import LONGEST_VALUE
from bedside.servers.csrf import FIELD, checked_form, text_of, token
from bedside.servers.keeping import added, deleted, told_in
from bedside.servers.numbers import whole
from bedside.servers.problem import Problem, Refused
from bedside.servers.readings import counted
from bedside.servers.reports.form import form_view
from bedside.servers.reviewed import answer_review, as_marked
from bedside.servers.templating import drawn
from bedside.settings import READERS, REGIONS
from bedside.thread import Thread

router = APIRouter(include_in_schema=False, prefix="/t/{link}")

Form = Annotated[FormData, Depends(checked_form)]

TAKE_AWAY = (
    ("leaflet", "Leaflet to print"),
    ("appointment", "Sheet for an appointment"),
    ("sbar", "SBAR note for a clinician"),
    ("follow-up.ics", "Follow-up dates for a calendar"),
    ("answer.html", "This answer as one file"),
    ("answer.md", "Markdown"),
    ("answer.json", "JSON"),
    ("bundle.json", "Bundle that another machine can verify"),
)
"""The last part of an address -> what it gives."""


@router.get("")
def read(request: Request, link: str) -> Response:
    """The answer to the last turn, in the wording of the reader who asks for it (``?for=``)."""
    thread = opened(request, link)
    _, answer = answered(request, thread)
    return counted(request, shown(request, thread), shown_items(answer))


@router.post("/follow-up")
def follow_up(request: Request, link: str, form: Form) -> Response:
    """One more turn in words."""
    return _told(request, link, Told(text_of(form, "question")), form)


@router.post("/facts")
def facts(request: Request, link: str, form: Form) -> Response:
    """One more turn by hand: facts corrected or told in their fields. The answer is worked out again."""
    written = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return _told(request, link, Told("", edits_of(written)), form)


@router.post("/delete")
def delete(request: Request, link: str, form: Form) -> Response:  # noqa: ARG001  the form must be ours
    """Delete the thread for good."""
    deleted(link, request.app.state.answers, request.app.state.threads)
    return drawn(request, "deleted.html")


@router.get("/proof/{number}")
def proof(request: Request, link: str, number: int) -> Response:
    """What one sentence of the answer rests on, on a page of its own."""
    thread = opened(request, link)
    seen = _page(request, thread, *answered(request, thread))
    found = seen.proof(number)
    if found is None:
        raise Refused(Problem.NOT_FOUND)
    return drawn(request, "proof-page.html", proof=found, page=seen)


def opened(request: Request, link: str) -> Thread:
    """The thread of a link. Raises ThreadNotFound."""
    thread: Thread = request.app.state.threads.read(link, now())
    return thread


def asked_in(request: Request, thread: Thread) -> Asked:
    """What is asked last, for the reader and region that the address names, else for those who asked."""
    last = thread.turns[-1]
    return Asked(
        told_in(thread),
        _among(request.query_params.get("for", ""), READERS, last.reader),
        _among(request.query_params.get("region", ""), REGIONS, last.region),
    )


def answered(request: Request, thread: Thread) -> tuple[Asked, Answer]:
    """The same with its answer."""
    asked = asked_in(request, thread)
    return asked, request.app.state.answers.answer(asked)


def asked_as(thread: Thread, number: str, reader: str, region: str) -> Asked:
    """What a page of the thread was made of: its first *number* turns (all, where it names none that there is), for
    that reader and region, else for those who asked."""
    turns = whole(number)
    told = told_in(thread)
    told = told[:turns] if 0 < turns <= len(told) else told
    last = thread.turns[len(told) - 1]
    return Asked(told, _among(reader, READERS, last.reader), _among(region, REGIONS, last.region))


def shown(request: Request, thread: Thread, *, text: str = "", error: str = "", status: int = 200) -> Response:
    """The page of a thread; *text* and *error* are of a turn that was refused."""
    asked, answer = answered(request, thread)
    last = thread.turns[-1]
    as_asked = (asked.reader, asked.region) == (last.reader, last.region)
    return drawn(
        request,
        "thread.html",
        status=status,
        thread=thread,
        page=_page(request, thread, asked, answer),
        moved=as_asked and answer.fingerprints.run != last.run,
        text=text,
        error=error,
        reporting=form_view(request),
    )


def _page(request: Request, thread: Thread, asked: Asked, answer: Answer) -> PageView:
    state = request.app.state
    changes = state.answers.changes(asked) if len(thread.turns) > 1 else None
    form = _target(request, thread, asked)
    review = answer_review(request, answer)
    seen = as_marked(request, answer)
    return page(seen, aids=state.desk.aids, changes=changes, glossary=state.desk.words(), form=form, review=review)


def _target(request: Request, thread: Thread, asked: Asked) -> FormTarget:
    base = f"/t/{thread.token}"
    seen_as = f"?for={asked.reader}&region={asked.region}"
    return FormTarget(
        article=base,
        facts=f"{base}/facts",
        follow_up=f"{base}/follow-up",
        delete=f"{base}/delete",
        proof=f"{base}/proof/",
        take_away=tuple((f"{base}/{name}{seen_as}", label) for name, label in TAKE_AWAY),
        hidden=(
            (FIELD, token(request)),
            ("number", str(len(thread.turns))),
            ("for", asked.reader),
            ("region", asked.region),
        ),
    )


def _told(request: Request, link: str, told: Told, form: FormData) -> Response:
    """Add a turn and show its answer; where it cannot be added, the page as it is, with the reason and the words."""
    state = request.app.state
    thread = opened(request, link)
    last = thread.turns[-1]
    reader = _among(text_of(form, "for"), READERS, last.reader)
    region = _among(text_of(form, "region"), REGIONS, last.region)
    try:
        _check(told, text_of(form, "number"), thread)
        added(thread, told, reader, region, state.answers, state.threads)
    except ThreadNotFound:
        raise
    except (InputRefused, UsageError) as error:
        return shown(request, thread, text=told.text, error=str(error), status=422)
    except ThreadMoved as error:
        return shown(request, opened(request, link), text=told.text, error=str(error), status=409)
    return RedirectResponse(f"/t/{link}", status_code=303)


def _check(told: Told, number: str, thread: Thread) -> None:
    """Raise where nothing was said, a value is no value, or it was said to an answer that is not the last one any
    more."""
    if any(len(edit.value) > LONGEST_VALUE for edit in told.edits):
        raise InputRefused(f"A value has at most {LONGEST_VALUE} characters.", "Write all else into the question.")
    if not told.text.strip() and not told.edits:
        raise InputRefused("Nothing was said.", "Write what you want to add or ask, or choose a value.")
    if number not in ("", str(len(thread.turns))):
        raise ThreadMoved


def _among(written: str, choices: tuple[str, ...], otherwise: str) -> str:
    return written if written in choices else otherwise
