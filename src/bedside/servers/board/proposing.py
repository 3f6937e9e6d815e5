"""The form that proposes a wording: what was typed, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.board import Board
from bedside.board_wordings import objections_to
from bedside.review.proposal import worded


@dataclass(frozen=True, slots=True)
class ProposalForm:
    """The form as it is shown: both wordings and the reason as typed; once ``checked``, what speaks against them."""

    clinical: str
    plain: str
    why: str = ""
    checked: bool = False
    objections: tuple[str, ...] = ()


def checked(board: Board, item: str, typed: ProposalForm) -> ProposalForm:
    """The form with what speaks against its wording. Raises ReviewRefused for what is no statement."""
    found = objections_to(board, item, worded(typed.clinical, typed.plain))
    lines = tuple(each.line for each in found)
    return ProposalForm(typed.clinical, typed.plain, typed.why, checked=True, objections=lines)
