"""Ask, and go on asking: one question, or the turns of a thread."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from bedside.answer import Answer
from bedside.clock import now
from bedside.comparison import ChangeLine, Changes
from bedside.desk import Desk, checked_day
from bedside.errors import InputRefused, ThreadMoved, ThreadNotFound, UsageError
from bedside.facts.case import Edit, Step
from bedside.facts.edits import UNKNOWN, fact_of
from bedside.question.refuse import readable
from bedside.rendering.json import document
from bedside.rendering.json import render as as_json
from bedside.servers.answers import Asked
from bedside.servers.api.described import AnswerDocument, ThreadDocument, TurnDocument, problems
from bedside.servers.api.models import AskIn, EditIn, QuestionIn, TurnIn
from bedside.servers.api.replies import private
from bedside.servers.keeping import added, begun, deleted, told_in
from bedside.servers.problem import Problem, Refused
from bedside.thread import Thread, Turn

router = APIRouter(prefix="/api/v1")

LONGEST_TOKEN = 200
_ENDLESS = re.compile(r"\d{20}")
_KEPT: dict[int | str, dict[str, Any]] = {
    201: {"model": TurnDocument, "description": "The question was kept: a thread begins."}
}

Token = Annotated[str, Path(description="The key of the thread, as it was given when it began.")]


@router.post(
    "/ask",
    tags=["ask"],
    response_model=AnswerDocument,
    response_description="The answer, byte for byte as `bedside ask --format json` writes it.",
    responses={**_KEPT, **problems(Problem.REFUSED, body=True)},
)
def ask(request: Request, asked: AskIn) -> Response:
    """Answer one question. Nothing is kept unless `keep` is true; then the reply is that of `POST /threads`."""
    if asked.keep:
        if asked.as_of is not None:
            raise Refused(Problem.UNFIT, errors=[{"field": "as_of", "problem": "is not given with keep"}])
        return begin(request, asked)
    desk: Desk = request.app.state.desk
    text = _readable(asked.question, desk)
    _check_edits(asked.edits, desk)
    answer = desk.ask(
        text,
        reader=asked.reader.value,
        region=asked.region.value,
        as_of=_day(asked.as_of),
        edits=asked.told(text).edits,
    )
    return private(as_json(answer).encode())


@router.post(
    "/threads",
    tags=["threads"],
    status_code=201,
    response_model=TurnDocument,
    response_description="The first turn with its answer, and the key of the thread.",
    responses=problems(Problem.REFUSED, body=True),
)
def begin(request: Request, asked: QuestionIn) -> Response:
    """Ask a first question and keep it, under a key that nobody can guess."""
    state = request.app.state
    told = asked.told(_readable(asked.question, state.desk))
    _check_edits(asked.edits, state.desk)
    thread, answer = begun(told, asked.reader.value, asked.region.value, state.answers, state.threads)
    return private(_turn_document(thread, answer, None, begins=True), 201)


@router.get(
    "/threads/{token}",
    tags=["threads"],
    response_model=ThreadDocument,
    response_description="Every turn as it was asked and answered.",
    responses=problems(Problem.NO_THREAD),
)
def read(request: Request, token: Token) -> Response:
    """Read a thread. A key that was never given and one whose thread is gone are the same."""
    return private(_thread_document(_opened(request, token)))


@router.delete(
    "/threads/{token}",
    tags=["threads"],
    status_code=204,
    response_description="The thread is gone for good.",
    responses=problems(Problem.NO_THREAD),
)
def delete(request: Request, token: Token) -> Response:
    """Delete a thread for good."""
    if not deleted(token[:LONGEST_TOKEN], request.app.state.answers, request.app.state.threads):
        raise ThreadNotFound
    return Response(status_code=204)


@router.post(
    "/threads/{token}/turns",
    tags=["threads"],
    status_code=201,
    response_model=TurnDocument,
    response_description="The turn with its answer, and what it changed.",
    responses=problems(Problem.REFUSED, Problem.NO_THREAD, Problem.THREAD_MOVED, body=True),
)
def follow_up(request: Request, token: Token, asked: TurnIn) -> Response:
    """Add a turn: what is new, in words, by hand, or both. `number` says which turn it is to be: where another client
    was faster the thread has moved, and nothing is added."""
    state = request.app.state
    if not asked.text.strip() and not asked.edits:
        raise Refused(Problem.UNFIT, errors=[{"field": "text", "problem": "is missing, and there are no edits"}])
    told = asked.told(_readable(asked.text, state.desk) if asked.text.strip() else "")
    _check_edits(asked.edits, state.desk)
    thread = _opened(request, token)
    if asked.number != len(thread.turns):
        raise ThreadMoved
    reader, region = asked.reader.value, asked.region.value
    try:
        grown, answer = added(thread, told, reader, region, state.answers, state.threads)
    except InputRefused as error:  # together with the turns before it
        raise Refused(Problem.REFUSED, f"{error.what} {error.remedy}") from None
    changes = state.answers.changes(Asked((*told_in(thread), told), reader, region))
    return private(_turn_document(grown, answer, changes, begins=False), 201)


def _opened(request: Request, token: str) -> Thread:
    """The thread; raises ThreadNotFound. What cannot be a key is looked up all the same, unless it is endless."""
    thread: Thread = request.app.state.threads.read(token[:LONGEST_TOKEN], now())
    return thread


def _readable(text: str, desk: Desk) -> str:
    """The text fit to be read. Its refusal says what is wrong and where, and quotes no word."""
    try:
        return readable(text, desk.settings.input_limit)
    except InputRefused as error:
        raise Refused(Problem.REFUSED, error.what) from None


def _check_edits(edits: list[EditIn], desk: Desk) -> None:
    """Raise Refused with the place of every edit that names no fact, or whose value cannot be read."""
    unfit = []
    for place, edit in enumerate(edits):
        if not _stated(edit.name, UNKNOWN, desk):
            unfit.append({"field": f"edits.{place}.name", "problem": "is the name of no fact"})
        elif not _stated(edit.name, edit.value, desk):
            unfit.append({"field": f"edits.{place}.value", "problem": "cannot be read as a value of this fact"})
    if unfit:
        raise Refused(Problem.UNFIT, errors=unfit)


def _stated(name: str, value: str, desk: Desk) -> bool:
    """Whether the edit states a fact. No measurement has twenty digits on end, and arithmetic has its limits."""
    if _ENDLESS.search(value):
        return False
    try:
        fact_of(Edit(name, value), 0, desk.vocabulary)
    except UsageError:
        return False
    return True


def _day(written: str | None) -> str:
    try:
        return checked_day(written) if written else ""
    except UsageError:
        raise Refused(Problem.UNFIT, errors=[{"field": "as_of", "problem": "is not a date"}]) from None


def _turn_document(thread: Thread, answer: Answer, changes: Changes | None, *, begins: bool) -> dict[str, Any]:
    key = {"created": thread.created, "expires": thread.expires, "turns": len(thread.turns)}
    return {
        "schema": "bedside.turn/1",
        "thread": {"token": thread.token, **key} if begins else key,
        "number": len(thread.turns) - 1,
        "answer": document(answer),
        "changes": None if changes is None else [_line(line) for line in changes.lines],
    }


def _line(line: ChangeLine) -> dict[str, Any]:
    return {"what": line.what, "because": [_step(step) for step in line.because]}


def _step(step: Step) -> dict[str, Any]:
    texts = {"before": step.before.text if step.before else None, "after": step.after.text if step.after else None}
    return {"turn": step.turn, "kind": step.kind.value, "concept": step.concept, **texts}


def _thread_document(thread: Thread) -> dict[str, Any]:
    return {
        "schema": "bedside.thread/1",
        "created": thread.created,
        "expires": thread.expires,
        "turns": [_kept(turn) for turn in thread.turns],
    }


def _kept(turn: Turn) -> dict[str, Any]:
    return {
        "number": turn.number,
        "text": turn.text,
        "edits": [{"name": edit.name, "value": edit.value} for edit in turn.edits],
        "reader": turn.reader,
        "region": turn.region,
        "as_of": turn.as_of,
        "asked_at": turn.asked_at,
        "fingerprints": {"content": turn.content, "run": turn.run},
        "answer": json.loads(turn.answer),
    }
