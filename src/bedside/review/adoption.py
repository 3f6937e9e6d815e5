"""Adoptions: the rows of the trail that put a wording of a statement in force, or take it back."""

from __future__ import annotations

from bedside.review.event import Event
from bedside.review.state import Action

TAKE_BACK = "withdraw-wording"
"""The action of a row that takes an adopted wording back; its subject is ``wording:STATEMENT``."""
WORDING = "wording:"
_STATEMENT = "statement:"


def worded(event: Event) -> str:
    """The id of the statement whose wording a row adopts or takes back, "" for any other row."""
    if event.action == Action.ADOPT and event.subject.startswith(_STATEMENT):
        return event.subject.removeprefix(_STATEMENT)
    if event.action == TAKE_BACK and event.subject.startswith(WORDING):
        return event.subject.removeprefix(WORDING)
    return ""
