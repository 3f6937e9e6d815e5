"""What members do with an item: one form each. What is refused comes back on the same page with what was typed."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bedside.board import Board
from bedside.board_wordings import adopt, propose, withdraw
from bedside.errors import BedsideError, ClockSetBack, InputRefused, LibraryUnusable, ReviewMoved, ReviewRefused
from bedside.review.event import LONGEST_NOTE, Event
from bedside.review.member import Member
from bedside.review.proposal import worded
from bedside.review.state import Action
from bedside.review.workflow import Command
from bedside.servers.board.address import item_href
from bedside.servers.board.allowed import OFFERED, has_role
from bedside.servers.board.drawing import Form, Signed, board_of, refusal, status_of
from bedside.servers.board.proposing import ProposalForm, checked
from bedside.servers.board.standing_view import known_standing
from bedside.servers.board.workbench import Typed, bench
from bedside.servers.csrf import text_of
from bedside.servers.numbers import whole
from bedside.servers.problem import Problem, Refused

router = APIRouter(include_in_schema=False)

_NOT_DONE = (ReviewRefused, ReviewMoved, ClockSetBack, InputRefused, LibraryUnusable)


@router.post("/items/{head}/{name}/take-back")
def take_back(request: Request, head: str, name: str, who: Signed, form: Form) -> Response:
    """Take an adopted wording back: the statement says what it ships with again."""
    item, board = f"{head}/{name}", board_of(request)
    known_standing(item, board)
    try:
        if _number(form, "revision") != board.standing(item).revision:
            raise ReviewMoved(item)
        withdraw(board, who, item, _note(form))
    except _NOT_DONE as error:
        return _again(request, item, who, Action.ADOPT, form, error)
    return RedirectResponse(item_href(item), status_code=303)


@router.post("/items/{head}/{name}/{action}")
def act(request: Request, head: str, name: str, action: str, who: Signed, form: Form) -> Response:
    """Do what a form asks for, or show the item again with the reason why not."""
    if action not in OFFERED:
        raise Refused(Problem.NOT_FOUND)
    item, wanted = f"{head}/{name}", Action(action)
    board = board_of(request)
    known_standing(item, board)  # an item that nobody ever saw has no page to come back to
    if wanted is Action.PROPOSE:
        return _propose(request, item, who, form)
    try:
        _check(wanted, form)
        event = _done(board, who, _command(wanted, item, form))
    except _NOT_DONE as error:
        return _again(request, item, who, wanted, form, error)
    return RedirectResponse(f"{item_href(item)}?done={event.number}", status_code=303)


def _done(board: Board, who: Member, command: Command) -> Event:
    if command.action is Action.ADOPT:
        return adopt(board, who, command.item, command.proposal, command.revision)
    return board.act(who, command)


def _command(action: Action, item: str, form: FormData) -> Command:
    return Command(
        action=action,
        item=item,
        revision=_number(form, "revision"),
        seal=text_of(form, "seal"),
        note=_note(form),
        to=text_of(form, "to"),
        expires=text_of(form, "expires"),
        proposal=_number(form, "proposal"),
    )


def _check(action: Action, form: FormData) -> None:
    """Raise where a signature was sent without the tick that says what was read."""
    if action is Action.APPROVE and text_of(form, "read") != "yes":
        raise ReviewRefused(
            "A signature says that you have read what you sign.",
            "Read the wording, its source and its conditions, and tick the box that says so.",
        )


def _propose(request: Request, item: str, who: Member, form: FormData) -> Response:
    """Hold a wording against the checks; keep it when nothing speaks against it and it was not sent for checking
    only."""
    board = board_of(request)
    clinical, plain, why = (text_of(form, name).replace("\r\n", "\n") for name in ("clinical", "plain", "why"))
    typed = ProposalForm(clinical, plain, why)
    try:
        typed = checked(board, item, typed)
        if text_of(form, "check"):
            return bench(request, item, who, proposal=typed)
        if typed.objections:
            raise ReviewRefused("The checks object to this wording.", "What they say stands beside the form.")
        event = propose(board, who, item, _number(form, "revision"), worded(clinical, plain), why)
    except _NOT_DONE as error:
        return _again(request, item, who, Action.PROPOSE, form, error, typed)
    return RedirectResponse(f"{item_href(item)}?done={event.number}", status_code=303)


def _again(
    request: Request,
    item: str,
    who: Member,
    action: Action,
    form: FormData,
    error: BedsideError,
    proposal: ProposalForm | None = None,
) -> Response:
    """The page of the item with the reason at its top and what was typed in its place."""
    typed = Typed(
        action=action.value,
        note=_note(form),
        to=text_of(form, "to"),
        expires=text_of(form, "expires"),
        read=text_of(form, "read") == "yes",
    )
    status = status_of(error) if has_role(action, who) else 403
    return bench(request, item, who, status=status, refused=refusal(error), typed=typed, proposal=proposal)


def _note(form: FormData) -> str:
    """What was typed as a comment; one character more than is taken, so that a longer one is refused and not cut."""
    return text_of(form, "note").replace("\r\n", "\n").strip()[: LONGEST_NOTE + 1]


def _number(form: FormData, name: str) -> int:
    return whole(text_of(form, name))
