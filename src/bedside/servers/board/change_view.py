"""What changed since an item was last approved, or since the version before: in it, beneath it, and in its cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bedside.board import Board
from bedside.facts.read import read_facts
from bedside.rendering.board.words import titled
from bedside.rendering.html.status import day
from bedside.review.affected import affected
from bedside.review.difference import Difference, differences
from bedside.review.event import Event
from bedside.review.item import Item, ItemKind, Snapshot
from bedside.review.state import Action
from bedside.review.store import Version
from bedside.servers.board.address import ref_href
from bedside.servers.public.shelf import Shelf

_APPROVALS = (Action.APPROVE, Action.ACCEPT)
_NEVER = "The board has seen this content in no other state."
_SAME = "Nothing."
_NO_CASE = "No worked case comes out otherwise."


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one thing; ``href`` is "" where it has no page."""

    title: str
    href: str
    what: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class MovedCase:
    """A worked case that would come out otherwise, and how, in words."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class ChangesView:
    """``against`` says what the content is held against, ``nothing`` what to say where nothing changed, ``no_cases``
    where no case comes out otherwise, "" where none was tried: a wording changes no case."""

    against: str
    changes: tuple[Change, ...]
    cases: tuple[MovedCase, ...]
    nothing: str
    no_cases: str = ""


def changes_view(item: Item, events: Sequence[Event], board: Board, shelf: Shelf) -> ChangesView:
    """What changed in an item, and beneath it, since its last approval; since the version before where there is none.
    *events* are its own, oldest first."""
    approval = next((event for event in reversed(events) if event.action in _APPROVALS), None)
    version, against = _earlier(item, approval, board)
    if version is None:
        return ChangesView(against, (), (), _NEVER)
    own = differences(version.body, item.body)
    found = [Change("Its own content", "", "changed", own)] if own else []
    if approval is not None:
        found += _beneath(item.id, _rests(approval), board)
    if not own or item.kind is ItemKind.STATEMENT:
        return ChangesView(against, tuple(found), (), _SAME)
    return ChangesView(against, tuple(found), _cases(version.body, item, shelf), _SAME, _NO_CASE)


def _earlier(item: Item, approval: Event | None, board: Board) -> tuple[Version | None, str]:
    """What the content is held against, and what that is called."""
    if approval is not None:
        version = board.store.version(item.id, approval.fingerprint)
        return version, f"what was approved on {day(approval.at[:10])}"
    others = [each for each in board.store.versions(item.id) if each.fingerprint != item.fingerprint]
    return (others[-1], f"the version seen on {day(others[-1].seen_at[:10])}") if others else (None, "")


def _rests(approval: Event) -> Mapping[str, str]:
    """What the signatures of an approval rested on: ref -> fingerprint."""
    return {ref: print_ for each in approval.detail["signatures"] for ref, print_ in each["rests"].items()}


def _beneath(item: str, rested: Mapping[str, str], board: Board) -> Iterator[Change]:
    snapshot = board.snapshot
    now = snapshot.beneath(item)
    for ref in sorted(rested.keys() | now.keys()):
        if rested.get(ref) != now.get(ref):
            yield _change(ref, rested.get(ref), snapshot, board, there=ref in now)


def _change(ref: str, was: str | None, snapshot: Snapshot, board: Board, *, there: bool) -> Change:
    title, href = titled(ref, snapshot), ref_href(ref)
    if not there:
        return Change(title, href, "it rests on this no more", ())
    if was is None:
        return Change(title, href, "it rests on this now", ())
    version = board.store.version(ref, was)
    found = differences(version.body, snapshot.grounds[ref].body) if version else ()
    return Change(title, href, "changed", found)


def _cases(before: Mapping[str, Any], item: Item, shelf: Shelf) -> tuple[MovedCase, ...]:
    """The worked cases that the change of a rule or pattern would turn."""
    protocol = shelf.protocol(item.topic)
    if protocol is None:
        return ()
    cases = shelf.desk.content.cases(protocol.id)
    found = affected(before, item.body, protocol, cases, shelf.desk.vocabulary, read_facts)
    return tuple(
        MovedCase(
            each.case.name,
            "; ".join(f"{move.what}: {move.before} before, {move.after} now" for move in each.moved)
            + (" (as the case demands)" if each.expected else " (NOT as the case demands)"),
        )
        for each in found
    )
