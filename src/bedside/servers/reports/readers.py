"""The pages of those who report: the form beside an answer, the form for anything else, and the private outcome page.

No account and no script is needed. Not one word of a reader goes into an address, a log or the audit trail.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bedside.errors import InputRefused
from bedside.rendering.markdown import render as as_markdown
from bedside.rendering.view import view
from bedside.review.report import ReportKind, ReportState
from bedside.review.report_words import LONGEST_PLACE, LONGEST_WORDS, Filed, ReportStore, salted
from bedside.review.status import shown_items
from bedside.servers.answers import Asked
from bedside.servers.csrf import checked_form, text_of
from bedside.servers.pages.thread import asked_as, opened
from bedside.servers.problem import Problem, Refused
from bedside.servers.reports import keeping
from bedside.servers.reports.form import KINDS, Typed, form_view, parts_of
from bedside.servers.reports.naming import item_named, links_of
from bedside.servers.templating import drawn

router = APIRouter(include_in_schema=False)

Form = Annotated[FormData, Depends(checked_form)]

_PRIVATE = {"X-Robots-Tag": "noindex, nofollow"}
_LONGEST_LINK = 64


@router.get("/report")
def form(request: Request) -> Response:
    """The form for somebody without a thread; ``about`` in the address names an item, and nothing else is taken from
    it."""
    board, _ = parts_of(request)
    about = item_named(request.query_params.get("about", ""), board.snapshot)
    return _form(request, Typed(about=about))


@router.post("/report")
def send(request: Request, form: Form) -> Response:
    """A report about an item, a page, or nothing in particular."""
    board, store = parts_of(request)
    about = text_of(form, "about").strip()
    typed = Typed(text_of(form, "kind"), _words(form), about)
    try:
        kind = _checked(typed)
    except InputRefused as error:
        return _form(request, Typed(typed.kind, typed.words, typed.about, error=str(error)), 422)
    item = item_named(about, board.snapshot)
    words = salted(typed.words, "" if item else about)
    return _sent(keeping.receive(board, store, kind, (item,) if item else (), "", words))


@router.post("/t/{link}/report")
def send_from_thread(request: Request, link: str, form: Form) -> Response:
    """A report about the answer of a thread, as it was read."""
    board, store = parts_of(request)
    thread = opened(request, link)
    typed = Typed(text_of(form, "kind"), _words(form), copied=text_of(form, "copy") == "yes")
    try:
        kind = _checked(typed)
    except InputRefused as error:
        again = Typed(typed.kind, typed.words, copied=typed.copied, error=str(error))
        return drawn(request, "reports/answer.html", status=422, link=link, form=form_view(request, again, form))
    asked = asked_as(thread, text_of(form, "number"), text_of(form, "for"), text_of(form, "region"))
    answer = request.app.state.answers.answer(asked)
    words = salted(typed.words)
    if typed.copied:
        words = salted(typed.words, question=_told(asked), answer=as_markdown(view(answer, full=True)))
    return _sent(keeping.receive(board, store, kind, shown_items(answer), answer.fingerprints.content, words))


@router.get("/report/{token}")
def outcome(request: Request, token: str) -> Response:
    """Where the report stands, and what the board says to its reader."""
    board, store = parts_of(request)
    filed = _filed(store, token)
    report = keeping.one(board, filed)
    shown = drawn(
        request,
        "reports/outcome.html",
        token=token,
        report=report,
        label=KINDS[filed.kind],
        route=_route(report.kind),
        words=store.words(filed.id),
        items=links_of(report.items, board.snapshot),
        outcome=board.store.text(report.outcome) if report.outcome else "",
        withdrawn=report.state is ReportState.WITHDRAWN,
    )
    shown.headers.update(_PRIVATE)
    return shown


@router.post("/report/{token}/withdraw")
def withdraw(request: Request, token: str, form: Form) -> Response:  # noqa: ARG001  the form must be ours
    """Take the report back: its words are deleted for good."""
    board, store = parts_of(request)
    keeping.withdraw(board, store, _filed(store, token))
    return RedirectResponse(f"/report/{token}", status_code=303, headers=_PRIVATE)


def _form(request: Request, typed: Typed, status: int = 200) -> Response:
    return drawn(request, "reports/form.html", status=status, form=form_view(request, typed))


def _checked(typed: Typed) -> ReportKind:
    """The kind that was chosen. Raises InputRefused for none, and for what is too long."""
    if typed.kind not in set(ReportKind):
        raise InputRefused("Nothing was chosen.", "Say which of the three it is.")
    if len(typed.words) > LONGEST_WORDS:
        raise InputRefused(f"A report has at most {LONGEST_WORDS:,} characters.", "Shorten it.")
    if len(typed.about) > LONGEST_PLACE:
        raise InputRefused(f"The place has at most {LONGEST_PLACE} characters.", "Name one page or statement.")
    return ReportKind(typed.kind)


def _words(form: FormData) -> str:
    return text_of(form, "words").replace("\r\n", "\n").strip()


def _told(asked: Asked) -> str:
    """What was asked, turn by turn, with what was set by hand."""
    turns = ((told.text, *(f"{edit.name} = {edit.value}" for edit in told.edits)) for told in asked.told)
    return "\n\n".join("\n".join(filter(None, turn)) for turn in turns)


def _sent(token: str) -> Response:
    return RedirectResponse(f"/report/{token}", status_code=303, headers=_PRIVATE)


def _filed(store: ReportStore, token: str) -> Filed:
    found = store.find(token) if len(token) <= _LONGEST_LINK else None
    if found is None:
        raise Refused(Problem.NOT_FOUND)
    return found


def _route(kind: ReportKind) -> tuple[str, ...]:
    """The states a report of that kind goes through."""
    harm = (ReportState.RECEIVED, ReportState.TRIAGED, ReportState.INVESTIGATED, ReportState.CLOSED)
    others = (ReportState.RECEIVED, ReportState.LOOKED_AT, ReportState.ANSWERED)
    return tuple(state.value for state in (harm if kind is ReportKind.HARM else others))
