"""The history of an item, newest first: who did what, with their comment, and the wordings that were proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bedside.board import Board
from bedside.board_wordings import objections_to
from bedside.errors import InputRefused
from bedside.rendering.board.words import done, reason_text
from bedside.rendering.html.status import day
from bedside.review.event import Event
from bedside.review.item import Item
from bedside.review.lapse import Reason
from bedside.review.member import Member
from bedside.review.proposal import Proposal
from bedside.review.state import SYSTEM, Action
from bedside.servers.board.drawing import note_text
from bedside.servers.board.standing_view import named

_SIGNED = (Action.SIGN, Action.APPROVE, Action.ACCEPT)


@dataclass(frozen=True, slots=True)
class ProposedView:
    """A proposed wording. ``current`` says that it is of the content as it is now; only then are ``objections`` worked
    out."""

    number: int
    clinical: str
    plain: str
    why: str
    current: bool
    objections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """One event. ``more`` goes on with what was done ("until 3 May 2027"), ``comment`` is the member's text,
    ``forgotten`` that it was deleted, or is not
    what was kept."""

    number: int
    at: str
    who: str
    what: str
    more: str
    before: str
    after: str
    fingerprint: str
    comment: str
    forgotten: bool
    reasons: tuple[str, ...]
    proposal: ProposedView | None


def history_view(events: Sequence[Event], item: Item | None, board: Board) -> tuple[Happened, ...]:
    """The events of an item, newest first; *item* is what the content has of it now."""
    members = board.accounts.members()
    return tuple(_happened(event, item, board, members) for event in reversed(events))


def _happened(event: Event, item: Item | None, board: Board, members: Mapping[str, Member]) -> Happened:
    text = note_text(board, event.note)
    proposal = _proposal(event, text, item, board) if event.action == Action.PROPOSE else None
    return Happened(
        number=event.number,
        at=event.at,
        who="bedside" if event.actor == SYSTEM else named(event.actor, members),
        what=done(event.action),
        more=" ".join(_more(event, members)),
        before=event.before,
        after=event.after,
        fingerprint=event.fingerprint,
        comment="" if proposal else text or "",
        forgotten=bool(event.note) and text is None,
        reasons=tuple(reason_text(Reason.from_json(each), board.snapshot) for each in event.detail.get("reasons", ())),
        proposal=proposal,
    )


def _more(event: Event, members: Mapping[str, Member]) -> Iterator[str]:
    if event.action == Action.ASSIGN:
        yield f"to {named(str(event.detail['holder']), members)}"
    if event.action == Action.ADOPT:
        yield f"of {named(str(event.detail['author']), members)} (row {event.detail['proposal']})"
    if event.action in _SIGNED:
        signatures = event.detail["signatures"]
        yield f"until {day(min(each['expires'] for each in signatures))}"
        if event.action == Action.ACCEPT:
            yield f"of {', '.join(sorted({each['board'] for each in signatures}))}"


def _proposal(event: Event, text: str | None, item: Item | None, board: Board) -> ProposedView | None:
    """The wording that an event proposed; None where its text was deleted or cannot be read."""
    try:
        made = Proposal.from_text(text or "")
    except InputRefused:
        return None
    current = item is not None and event.fingerprint == item.fingerprint
    found = objections_to(board, event.subject, made.wording) if current else ()
    return ProposedView(
        number=event.number,
        clinical=made.wording.clinical,
        plain=made.wording.plain,
        why=made.why,
        current=current,
        objections=tuple(each.line for each in found),
    )
