"""Proposed wordings at the board: held against the checks, proposed, adopted as content, and taken back.

The audit trail is the truth, and ``wordings.json`` follows from it: an adoption is first a row of the trail and then
a line of the file. Who is killed in between leaves a row without its line, which :func:`settle` writes when the board
is opened next, or when anybody adopts another wording.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from bedside.errors import InputRefused, ReviewRefused
from bedside.ingest.wording import wording_findings
from bedside.ingest.wordings import AdoptedWording, base_of, change, raw_statement, read_wordings
from bedside.review.adoption import TAKE_BACK, WORDING
from bedside.review.event import Draft, Event, hash_of_text
from bedside.review.glosses import glosses_of
from bedside.review.proposal import Objection, Proposal, Wording, objections
from bedside.review.state import Action, Role
from bedside.review.workflow import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bedside.desk import Desk
    from bedside.evidence.statement import Statement
    from bedside.review.member import Member
    from bedside.review.standing import Standing
    from bedside.review.store import ReviewStore


class Board(Protocol):
    """What is asked of the board here; :class:`bedside.board.Board` is one."""

    desk: Desk
    store: ReviewStore
    clock: Callable[[], str]

    def standing(self, item: str) -> Standing:
        """Where an item stands."""
        ...

    def act(self, who: Member, command: Command) -> Event:
        """Do what a member wants."""
        ...

    def revision(self, subject: str) -> int:
        """How many events a subject has."""
        ...

    def adoptions(self) -> Mapping[str, Event]:
        """The newest row about the wording of each statement that one was ever adopted for."""
        ...

    def write(self, draft: Draft, revision: int, text: str = "") -> Event:
        """Add an event of another kind."""
        ...

    def refresh(self) -> None:
        """Bring the trail up to the content."""
        ...


_STATEMENT = "statement:"


def objections_to(board: Board, item: str, wording: Wording) -> tuple[Objection, ...]:
    """Everything that speaks against a wording for an item; empty when it may be proposed. It is held against the
    present wording, against the one that ships, and against the loaded text of the sources it cites.

    Raises ReviewRefused for what is no statement.
    """
    statement, desk = _statement(board, item), board.desk
    shipped = _raw(board, item).get("shipped")
    earlier = (Wording(shipped["clinical"], shipped["plain"]),) if shipped else ()
    cited = dict.fromkeys(citation.source for citation in statement.citations)
    return objections(
        statement,
        wording,
        desk.checks,
        [passage for key in cited for passage in desk.originals(key)],
        earlier=earlier,
        glosses=glosses_of(desk.shipped.statements(), desk.content.glossary()),
        house=lambda each: [finding.text for finding in wording_findings(each, desk.checks.units.tokens)],
    )


def propose(board: Board, who: Member, item: str, revision: int, wording: Wording, why: str) -> Event:
    """Propose a wording. Raises ReviewRefused when anything speaks against it, and what ``Board.act`` raises."""
    _clear(item, objections_to(board, item, wording))
    if not why.strip():
        raise ReviewRefused(f"A wording for {item} needs a reason.", "Say why in a sentence.")
    text = Proposal(wording, why.strip(), base_of(_raw(board, item))).to_text()
    return board.act(who, Command(Action.PROPOSE, item, revision, note=text))


def proposal(board: Board, item: str, number: int) -> Proposal:
    """The proposal that row *number* of the trail made for an item. Raises ReviewRefused when there is none, or its
    text was deleted or is none."""
    made = next((each for each in board.standing(item).proposals if each.number == number), None)
    text = board.store.text(made.note) if made is not None else None
    if text is None:
        raise ReviewRefused(f"{item} has no proposal {number} that can be read.", "See its history.")
    try:
        return Proposal.from_text(text)
    except InputRefused as error:
        raise ReviewRefused(f"{item}, proposal {number}: {error.what}", error.remedy) from None


def adopt(board: Board, who: Member, item: str, proposal_number: int, revision: int | None = None) -> Event:
    """Make a proposed wording content. *revision* is the one the member saw, None for the present one.

    The row is written first, then the file; then the desk is opened anew, so that what was signed lapses and the
    proposer is known as the author of the new wording. The proposal is checked once more: whoever wrote its row.
    Raises ReviewRefused, and what ``Board.act`` and :func:`settle` raise.
    """
    if Role.EDITOR not in who.roles:
        raise ReviewRefused(f"{who.handle} may not adopt a wording: that takes the role editor.", "Ask an editor.")
    offered = proposal(board, item, proposal_number)
    if offered.base != base_of(_raw(board, item)):
        raise ReviewRefused(f"{item} has changed since that was proposed.", "Propose it again.")
    _clear(item, objections_to(board, item, offered.wording))
    seen_by = board.standing(item).revision if revision is None else revision
    event = board.act(who, Command(Action.ADOPT, item, seen_by, proposal=proposal_number))
    settle(board)
    return event


def withdraw(board: Board, who: Member, item: str, note: str) -> Event:
    """Take an adopted wording back: the statement says what it ships with again. Raises ReviewRefused, ReviewMoved and
    ClockSetBack."""
    if Role.EDITOR not in who.roles or not who.active:
        raise ReviewRefused(f"{who.handle} may not take a wording back: that takes the role editor.", "Ask an editor.")
    statement = item.removeprefix(_STATEMENT)
    adopted = _adoptions(board).get(statement)
    if adopted is None:
        raise ReviewRefused(f"{item} has no adopted wording.", "There is nothing to take back.")
    if not note.strip():
        raise ReviewRefused(f"Taking back the wording of {item} needs a reason.", "Say why in a sentence.")
    draft = Draft(
        at=board.clock(),
        actor=who.handle,
        role=Role.EDITOR.value,
        action=TAKE_BACK,
        subject=f"{WORDING}{statement}",
        detail={"proposal": adopted.proposal},
        note=hash_of_text(note),
    )
    event = board.write(draft, board.revision(draft.subject), note)
    settle(board)
    return event


def settle(board: Board) -> tuple[str, ...]:
    """Bring the file to what the trail says was adopted, and the desk and the standings to the file. Gives the
    statements whose line was written or removed. Lines that the trail knows nothing of are left: see
    :func:`unfounded`.

    Raises ContentError when the file cannot be used or written, LibraryBusy when another program keeps it busy.
    """
    home = board.desk.settings.home
    changed: list[str] = []

    def follow(before: tuple[AdoptedWording, ...]) -> tuple[AdoptedWording, ...]:
        there = {each.statement: each for each in before}
        told = _adoptions(board)
        wanted = {name: each for name, each in there.items() if name not in told}
        wanted |= {name: each for name, each in told.items() if each is not None}
        changed.extend(name for name in sorted({*there, *wanted}) if there.get(name) != wanted.get(name))
        return tuple(wanted.values())

    if _adoptions(board):
        change(home, follow)
    keep_up(board)
    return tuple(changed)


def keep_up(board: Board) -> bool:
    """Open the desk anew when the adopted wordings have changed since, whoever changed them; whether they had. Cheap:
    one look at a file."""
    before = board.desk
    board.refresh()
    return board.desk is not before


def unfounded(board: Board) -> tuple[str, ...]:
    """The statements whose wording in the file is not one that the trail says was adopted."""
    told = _adoptions(board)
    return tuple(each.statement for each in read_wordings(board.desk.settings.home) if told.get(each.statement) != each)


def _adoptions(board: Board) -> dict[str, AdoptedWording | None]:
    """What the trail says of each statement that a wording was ever adopted for: the wording, or None where it was
    taken back. One whose text was deleted is left out: then the file is what there is."""
    found: dict[str, AdoptedWording | None] = {}
    for statement, event in board.adoptions().items():
        made = None if event.action == TAKE_BACK else _adopted(board, statement, event)
        if made is not None or event.action == TAKE_BACK:
            found[statement] = made
    return found


def _adopted(board: Board, statement: str, event: Event) -> AdoptedWording | None:
    """The wording of a row that adopted one; None where its text was deleted."""
    number = int(event.detail["proposal"])
    row = next(board.store.events(number - 1, limit=1), None)
    text = board.store.text(row.note) if row is not None else None
    if row is None or text is None:
        return None
    try:
        offered = Proposal.from_text(text)
    except InputRefused:
        return None
    return AdoptedWording(
        statement=statement,
        base=offered.base,
        clinical=offered.wording.clinical,
        plain=offered.wording.plain,
        adopted_on=event.at[:10],
        by=str(event.detail["author"]),
        proposal=number,
    )


def _clear(item: str, found: tuple[Objection, ...]) -> None:
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise ReviewRefused(f"That wording of {item} does not hold: {found[0].line}{more}", "Change it.")


def _statement(board: Board, item: str) -> Statement:
    name = item.removeprefix(_STATEMENT)
    found = board.desk.shipped.statement(name) if item.startswith(_STATEMENT) else None
    if found is None:
        raise ReviewRefused(f"{item} is no statement of the content.", "Only a statement has wordings to propose.")
    return found


def _raw(board: Board, item: str) -> dict[str, Any]:
    _statement(board, item)
    return dict(raw_statement(board.desk.content, item.removeprefix(_STATEMENT)) or {})
