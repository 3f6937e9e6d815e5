"""A source as the board sees it: its marks, the approvals that rest on it, and what lapses with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bedside.board import Board
from bedside.evidence.source import Source
from bedside.rendering.board.words import reason_text
from bedside.rendering.public.source_page import source_entry
from bedside.review.event import Event
from bedside.review.lapse import Lapse, Reason
from bedside.review.mark import MARK
from bedside.review.state import SYSTEM, Action
from bedside.servers.board.address import item_href, source_href
from bedside.servers.board.drawing import note_text, rows_about
from bedside.servers.board.standing_view import named
from bedside.servers.numbers import whole


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen, or typed, in the form of a mark."""

    status: str
    superseded_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in the list. ``items`` and ``approvals`` count what rests on it, however deep."""

    key: str
    href: str
    title: str
    kind: str
    year: str
    status: str
    stands: bool
    mark: str
    items: int
    approvals: int


@dataclass(frozen=True, slots=True)
class Marked:
    """The mark that stands: by whom (a name), when, and why ("" where the text was deleted)."""

    status: str
    superseded_by: str
    at: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source. ``revision`` is how often it was marked; ``approvals`` are pairs of address and title."""

    key: str
    href: str
    title: str
    lines: tuple[tuple[str, str], ...]
    marked: Marked | None
    revision: int
    items: int
    approvals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lapsed:
    """An approval that lapsed, or would, and why."""

    title: str
    href: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """One row of a source's history."""

    number: int
    at: str
    who: str
    after: str
    comment: str


def source_rows(board: Board) -> tuple[SourceRow, ...]:
    """Every source by title, with how much rests on it."""
    marks, snapshot = board.marks, board.snapshot
    items: Counter[str] = Counter()
    approvals: Counter[str] = Counter()
    for item in snapshot.items:
        refs = [ref for ref in snapshot.beneath(item) if ref.startswith("source:")]
        items.update(refs)
        if board.approved(item):
            approvals.update(refs)
    rows = []
    for source in board.sources().values():
        entry, ref = source_entry(source), f"source:{source.key}"
        mark = marks[source.key].status if source.key in marks else ""
        rows.append(
            SourceRow(
                source.key,
                source_href(source.key),
                source.title,
                entry.kind,
                entry.year,
                entry.status,
                entry.stands,
                mark,
                items[ref],
                approvals[ref],
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.approvals, row.title.casefold(), row.key)))


def source_view(source: Source, lines: tuple[tuple[str, str], ...], board: Board) -> SourceView:
    """One source with what rests on it."""
    snapshot, ref = board.snapshot, f"source:{source.key}"
    resting = [item for item in sorted(snapshot.items) if ref in snapshot.beneath(item)]
    approved = [item for item in resting if board.approved(item)]
    mark = board.marks.get(source.key)
    marked = None
    if mark is not None:
        by = named(mark.by, board.accounts.members())
        marked = Marked(mark.status, mark.superseded_by, mark.at, by, note_text(board, mark.note) or "")
    return SourceView(
        key=source.key,
        href=source_href(source.key),
        title=source.title,
        lines=lines,
        marked=marked,
        revision=board.revision(ref),
        items=len(resting),
        approvals=tuple((item_href(item), snapshot.items[item].title) for item in approved),
    )


def lapsed(found: Iterable[Lapse], board: Board) -> tuple[Lapsed, ...]:
    """Lapses with titles and reasons in words."""
    snapshot = board.snapshot
    return tuple(
        Lapsed(
            snapshot.items[each.item].title if each.item in snapshot.items else each.item,
            item_href(each.item),
            tuple(reason_text(reason, snapshot) for reason in each.reasons),
        )
        for each in found
    )


def lapsed_by(number: str, key: str, board: Board) -> tuple[Lapsed, ...] | None:
    """What lapsed by the row *number* that marked the source; None where it is no such row."""
    place = whole(number)
    row = next(board.store.events(place - 1, limit=1), None) if place > 0 else None
    if row is None or row.action != MARK or row.subject != f"source:{key}":
        return None
    return lapsed(map(_lapse, _following(row, board)), board)


def _following(row: Event, board: Board) -> Iterable[Event]:
    """The rows of the system that follow a mark at once, as far as they are lapses."""
    for event in board.store.events(row.number):
        if event.actor != SYSTEM:
            return
        if event.action == Action.LAPSE:
            yield event


def _lapse(event: Event) -> Lapse:
    return Lapse(event.subject, tuple(Reason.from_json(each) for each in event.detail["reasons"]))


def history(key: str, board: Board) -> tuple[MarkedEvent, ...]:
    """Every mark of a source, newest first."""
    members = board.accounts.members()
    return tuple(
        MarkedEvent(e.number, e.at, named(e.actor, members), e.after, note_text(board, e.note) or "")
        for e in reversed(rows_about(board, f"source:{key}"))
        if e.action == MARK
    )
