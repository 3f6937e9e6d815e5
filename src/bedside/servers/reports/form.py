"""The form of a report: what can be said, what was typed, and whether anybody is there to read it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData

from bedside.board import Board
from bedside.errors import BedsideError
from bedside.review.report import ReportKind
from bedside.review.report_words import LONGEST_PLACE, LONGEST_WORDS, ReportStore
from bedside.review.state import Role
from bedside.servers.csrf import text_of
from bedside.servers.problem import Problem, Refused

KINDS = {
    ReportKind.WRONG: "This is wrong",
    ReportKind.HARM: "This harmed somebody, or nearly did",
    ReportKind.UNCLEAR: "I do not understand this",
}
"""What a reader can say, in their words."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a form that is shown again, and why it was not taken."""

    kind: str = ""
    words: str = ""
    about: str = ""
    copied: bool = False
    error: str = ""


def parts_of(request: Request) -> tuple[Board, ReportStore]:
    """The board and the reports of this application. Raises Refused where it has none."""
    state = request.app.state
    board: Board | None = getattr(state, "board", None)
    store: ReportStore | None = getattr(state, "reports", None)
    if board is None or store is None:
        raise Refused(Problem.NOT_FOUND)
    return board, store


@dataclass(frozen=True, slots=True)
class FormView:
    """The form: what can be said, what was typed, how long it may be, and whether anybody is there to read it."""

    kinds: tuple[tuple[str, str], ...]
    typed: Typed
    longest: int
    longest_place: int
    nobody: bool
    hidden: tuple[tuple[str, str], ...] = ()


def form_view(request: Request, typed: Typed | None = None, sent: FormData | None = None) -> FormView | None:
    """The form of a report; None where reports are not taken. *sent* is one that is shown again."""
    try:
        board, _ = parts_of(request)
        members = board.accounts.members().values()
    except (Refused, BedsideError):
        return None
    names = ("number", "for", "region") if sent is not None else ()
    return FormView(
        kinds=tuple((kind.value, label) for kind, label in KINDS.items()),
        typed=typed or Typed(),
        longest=LONGEST_WORDS,
        longest_place=LONGEST_PLACE,
        nobody=not any(each.active and Role.EDITOR in each.roles for each in members),
        hidden=tuple((name, text_of(sent, name)) for name in names) if sent is not None else (),
    )
