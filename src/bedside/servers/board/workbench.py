"""The workbench: one item with everything a reviewer needs to decide, and the forms for what they may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from bedside.board import Board
from bedside.rendering.board.words import done
from bedside.review.event import Event
from bedside.review.item import Item
from bedside.review.member import Member
from bedside.review.standing import Standing
from bedside.review.state import Action, Role
from bedside.servers.board.address import item_href
from bedside.servers.board.change_view import ChangesView, changes_view
from bedside.servers.board.content_view import content_view
from bedside.servers.board.drawing import HOME, QUEUE, Refusal, Signed, board_of, page, rows_about, shelf_at
from bedside.servers.board.evidence_view import SentenceView
from bedside.servers.board.history_view import history_view
from bedside.servers.board.proposing import ProposalForm
from bedside.servers.board.standing_view import StandingView, standing_view, state_text

router = APIRouter(include_in_schema=False)

_PARTS = (
    ("readers", "As readers see it"),
    ("rests", "What it rests on"),
    ("changes", "What changed"),
    ("decide", "Decide"),
    ("signed", "Signatures"),
    ("history", "History"),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a form that was refused, so that it stands there again."""

    action: str = ""
    note: str = ""
    to: str = ""
    expires: str = ""
    read: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """The addresses of the items before and after in the queue, "" for none."""

    before: str
    after: str


@router.get("/items/{head}/{name}")
def item(request: Request, head: str, name: str, who: Signed) -> Response:
    """One item. Its id is ``head/name``."""
    return bench(request, f"{head}/{name}", who)


def bench(
    request: Request,
    item: str,
    who: Member,
    *,
    status: int = 200,
    refused: Refusal | None = None,
    typed: Typed | None = None,
    proposal: ProposalForm | None = None,
) -> Response:
    """The page of an item; with what was refused, and what was typed, where something was. Raises ReviewRefused for an
    item that nobody ever saw."""
    board, shelf = board_of(request), shelf_at(request)
    view = standing_view(item, board, who)
    found = board.snapshot.items.get(item)
    events = rows_about(board, item)
    content = content_view(found, shelf, board.marks) if found else None
    return page(
        request,
        "item.html",
        view.title,
        who,
        status=status,
        crumbs=(HOME, QUEUE),
        here=view.kind,
        refused=refused,
        view=view,
        content=content,
        changes=changes_view(found, events, board, shelf) if found else ChangesView("", (), (), "It is gone."),
        history=history_view(events, found, board),
        around=_around(item, board),
        done=_done(request, events, who),
        typed=typed or Typed(),
        homeless=tuple(_homeless(view, typed, proposal)),
        proposal=proposal or _as_is(found),
        taken=_may_take_back(item, who, board),
        states=_states(content.sentences if content else (), board),
        parts_of=[part for part in _PARTS if _there(part[0], view, content=content is not None)],
    )


def _homeless(view: StandingView, typed: Typed | None, proposal: ProposalForm | None) -> Iterator[tuple[str, str]]:
    """What was typed into a form that is not on the page any more, because somebody else has acted: each with its
    name."""
    if typed and typed.note and not _has_form(view, typed.action):
        yield "Your text", typed.note
    if proposal and not _has_form(view, Action.PROPOSE):
        fields = (("Clinical wording", proposal.clinical), ("Plain wording", proposal.plain), ("Why", proposal.why))
        yield from (field for field in fields if field[1])


def _has_form(view: StandingView, action: str) -> bool:
    """Whether the page has a field for the text of the action."""
    signing = view.signing
    if action == Action.APPROVE and (signing is None or signing.blocked or view.missing):
        return False
    return action in view.can and action != Action.ADOPT  # the way back from an adopted wording comes under its name


def _there(part: str, view: StandingView, *, content: bool) -> bool:
    if part in ("readers", "rests"):
        return content
    return part != "decide" or view.decides


def _may_take_back(item: str, who: Member, board: Board) -> bool:
    """Whether the member may take an adopted wording of the item back."""
    adopted = {f"statement:{each['statement']}" for each in board.desk.content.wordings}
    return Role.EDITOR in who.roles and item in adopted


def _states(sentences: tuple[SentenceView, ...], board: Board) -> dict[str, str]:
    """The state of every statement that is shown, in words."""
    standings = board.standings()
    items = [each.item for each in sentences]
    return {each: state_text(standings.get(each, Standing(each)), board) for each in items}


def _as_is(item: Item | None) -> ProposalForm:
    """The form of a proposal before anybody typed: the wording as it is."""
    body = item.body if item else {}
    return ProposalForm(str(body.get("clinical", "")), str(body.get("plain", "")))


def _around(item: str, board: Board) -> Around:
    """The neighbours in the queue; the first that waits for an item that does not."""
    ids = [entry.item.id for entry in board.queue()]
    if item not in ids:
        return Around("", item_href(ids[0]) if ids else "")
    place = ids.index(item)
    before = item_href(ids[place - 1]) if place else ""
    return Around(before, item_href(ids[place + 1]) if place + 1 < len(ids) else "")


def _done(request: Request, events: tuple[Event, ...], who: Member) -> str:
    """What the member has just done: the row that the address names, where it is theirs and of this item."""
    number = request.query_params.get("done", "")
    event = next((each for each in events if str(each.number) == number and each.actor == who.handle), None)
    if event is None:
        return ""
    later = "" if event is events[-1] else " It has moved on since."
    return f"You {done(event.action)}: row {event.number} of the trail.{later}"
