"""The pages of the board: the list of reports, one report with its steps, and the export."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bedside.errors import BedsideError, ClockSetBack, ReviewMoved, ReviewRefused
from bedside.review.member import Member
from bedside.review.report import (
    LONGEST_OUTCOME,
    REPORT_STEPS,
    Report,
    ReportAction,
    ReportKind,
    Severity,
    steps_open_to,
)
from bedside.review.state import Role
from bedside.servers.board.drawing import HOME, page, refusal, status_of
from bedside.servers.csrf import checked_form, text_of
from bedside.servers.identity import having
from bedside.servers.numbers import whole
from bedside.servers.problem import Problem, Refused
from bedside.servers.reports import exporting, keeping
from bedside.servers.reports.form import KINDS, parts_of
from bedside.servers.reports.naming import links_of

router = APIRouter(include_in_schema=False, prefix="/board/reports")

Looker = Annotated[Member, Depends(having(Role.REVIEWER, Role.EDITOR))]
Editor = Annotated[Member, Depends(having(Role.EDITOR))]
Form = Annotated[FormData, Depends(checked_form)]

LISTED = 50
REPORTS = ("Reports", "/board/reports")

_TOLD = "What the reader is told. Do not repeat what they wrote about anybody."
LABELS = {
    ReportAction.LOOK: ("Look at it", ""),
    ReportAction.ANSWER: ("Answer the reader", _TOLD),
    ReportAction.ESCALATE: ("It tells of harm", "Why it goes the way of an incident, whatever the reader chose."),
    ReportAction.TRIAGE: ("Triage", "A remark for the board, if there is one."),
    ReportAction.INVESTIGATE: ("Begin the investigation", ""),
    ReportAction.CLOSE: (
        "Close with an outcome",
        _TOLD,
    ),
    ReportAction.REOPEN: ("Open it again", "Why."),
}
"""What a step is called, and what is asked with it."""


@dataclass(frozen=True, slots=True)
class StepForm:
    """One step that the member may take now."""

    action: str
    label: str
    hint: str
    words: bool
    needed: bool
    severity: bool


@router.get("")
def listed(request: Request, who: Looker) -> Response:
    """Every report, harm first; ``state=open`` leaves out what is done."""
    board, store = parts_of(request)
    only_open = request.query_params.get("state", "") == "open"
    number = request.query_params.get("page", "1")
    if not re.fullmatch(r"[1-9]\d{0,4}", number, re.ASCII):
        raise Refused(Problem.NOT_FOUND)
    every = keeping.every(board, store)
    found = [report for report in every if report.open or not only_open]
    first = (int(number) - 1) * LISTED
    return page(
        request,
        "reports.html",
        "Reports",
        who,
        reports=found[first : first + LISTED],
        labels=KINDS,
        whole=len(found),
        open_count=sum(report.open for report in every),
        harm_open=sum(report.open and report.kind is ReportKind.HARM for report in every),
        only_open=only_open,
        number=int(number),
        pages=max(1, -(-len(found) // LISTED)),
        may_export=Role.EDITOR in who.roles,
    )


@router.get("/export.jsonl")
def export(request: Request, who: Editor) -> Response:  # noqa: ARG001  an editor only
    """Every report of harm as JSON lines, without a word of a reader."""
    board, store = parts_of(request)
    return _file("".join(exporting.lines(board, keeping.every(board, store), None)))


@router.post("/export.jsonl")
def export_with_words(request: Request, who: Editor, form: Form) -> Response:
    """The same with the readers' words, where the form says that this is meant; the trail keeps that it was done."""
    board, store = parts_of(request)
    if text_of(form, "confirm") != "yes":
        raise Refused(Problem.UNFIT, "Tick the box that says that you may take the readers' words out.")
    found = list(exporting.lines(board, keeping.every(board, store), store))
    exporting.exported_words(board, who, len(found))
    return _file("".join(found))


@router.get("/{report_id}")
def one(request: Request, report_id: str, who: Looker) -> Response:
    """One report: what the reader wrote, what it names, its steps so far, and the next ones."""
    return _page(request, _report(request, report_id), who)


@router.post("/{report_id}")
def act(request: Request, report_id: str, who: Looker, form: Form) -> Response:
    """One step; where it is refused, the page again with the reason."""
    board, store = parts_of(request)
    report = _report(request, report_id)
    action = text_of(form, "action")
    if action not in set(LABELS):
        raise Refused(Problem.UNFIT)
    note = text_of(form, "note").replace("\r\n", "\n").strip()
    try:
        keeping.act(
            board,
            store,
            who,
            ReportAction(action),
            report,
            revision=whole(text_of(form, "revision")),
            note=note,
            severity=text_of(form, "severity"),
        )
    except (ReviewRefused, ReviewMoved, ClockSetBack) as error:
        fits = set(REPORT_STEPS[ReportAction(action)].roles) & who.roles
        status = status_of(error) if fits else 403
        return _page(request, _report(request, report_id), who, status=status, error=error, typed=(action, note))
    return RedirectResponse(f"/board/reports/{report_id}", status_code=303)


def _page(
    request: Request,
    report: Report,
    who: Member,
    *,
    status: int = 200,
    error: BedsideError | None = None,
    typed: tuple[str, str] = ("", ""),
) -> Response:
    board, store = parts_of(request)
    events = keeping.history(board, report)
    return page(
        request,
        "report.html",
        f"Report {report.id}",
        who,
        status=status,
        crumbs=(HOME, REPORTS),
        refused=refusal(error) if error else None,
        report=report,
        label=KINDS[report.kind],
        words=store.words(report.id),
        items=links_of(report.items, board.snapshot),
        events=[(event, board.store.text(event.note) if event.note else "") for event in events],
        steps=[_step(action) for action in steps_open_to(report, who)],
        severities=tuple(Severity),
        longest=LONGEST_OUTCOME,
        typed=typed,
    )


def _report(request: Request, report_id: str) -> Report:
    """The report of an id. Raises Refused."""
    board, store = parts_of(request)
    found = next((each for each in keeping.every(board, store) if each.id == report_id), None)
    if found is None:
        raise Refused(Problem.NOT_FOUND)
    return found


def _step(action: ReportAction) -> StepForm:
    label, hint = LABELS[action]
    step = REPORT_STEPS[action]
    return StepForm(action.value, label, hint, bool(hint), step.words, step.severity)


def _file(lines: str) -> Response:
    name = 'attachment; filename="bedside-incidents.jsonl"'
    return Response(lines, media_type="application/jsonl", headers={"Content-Disposition": name})
