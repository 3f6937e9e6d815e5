"""The review of an item, and the board, as public pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bedside.rendering.reviewed import item_line, signature_line
from bedside.review.member import Member
from bedside.review.state import State
from bedside.review.status import Status

KINDS = ("pattern", "rule", "statement")
"""The kinds of items, in the order in which pages list them."""


@dataclass(frozen=True, slots=True)
class SignedLine:
    """A signature in words, and the interests that were declared with it."""

    who: str
    interests: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """How one item stands: the state, the words beside it, since when (ISO date), who signed, why it lapsed."""

    state: str
    line: str
    since: str
    signed: tuple[SignedLine, ...]
    reasons: tuple[str, ...]


def review_view(status: Status | None) -> ReviewView:
    """The review of an item; None where there is no board."""
    if status is None:
        return ReviewView(State.NOT_SUBMITTED.value, item_line(None), "", (), ())
    signed = tuple(SignedLine(signature_line(each), each.interests) for each in status.signatures)
    return ReviewView(status.state.value, item_line(status), status.since[:10], signed, status.reasons)


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state, how many items of each kind stand in it (in the order of KINDS), and how many in all."""

    state: str
    counts: tuple[int, ...]
    whole: int


@dataclass(frozen=True, slots=True)
class ApprovedLine:
    """One approval that holds: the item's title, where it is shown ("" for nowhere), when it was signed, until when."""

    title: str
    kind: str
    href: str
    signed_on: str
    until: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member who agreed to be shown, with everything that they approved and that holds today."""

    handle: str
    name: str
    credentials: str
    registration: str
    interests: str
    declared_on: str
    roles: tuple[str, ...]
    active: bool
    approved: tuple[ApprovedLine, ...]


def state_rows(items: Iterable[Status]) -> tuple[StateRow, ...]:
    """How many items stand where."""
    every = list(items)
    rows = []
    for state in State:
        there = [each for each in every if each.state is state]
        counts = tuple(sum(each.item.startswith(f"{kind}:") for each in there) for kind in KINDS)
        rows.append(StateRow(state.value, counts, len(there)))
    return tuple(rows)


def member_views(members: Mapping[str, Member], items: Iterable[Status]) -> tuple[MemberView, ...]:
    """Everybody who agreed to be shown and is a member now, or has signed something that holds; by name."""
    signed: dict[str, list[ApprovedLine]] = {}
    for status in items:
        for signature in status.signatures:
            if not signature.board:
                line = ApprovedLine(
                    title=status.title,
                    kind=status.item.partition(":")[0],
                    href=href(status.item),
                    signed_on=signature.signed_at[:10],
                    until=signature.expires,
                )
                signed.setdefault(signature.handle, []).append(line)
    shown = [each for each in members.values() if each.public and (each.active or each.handle in signed)]
    return tuple(
        _member(each, tuple(signed.get(each.handle, ()))) for each in sorted(shown, key=lambda m: (m.name, m.handle))
    )


def href(item: str) -> str:
    """Where an item is shown to readers, "" for a rule: its table is named by the protocol."""
    kind, _, name = item.partition(":")
    return {"statement": f"/statements/{name}", "pattern": f"/patterns/{name}"}.get(kind, "")


def _member(member: Member, approved: tuple[ApprovedLine, ...]) -> MemberView:
    return MemberView(
        handle=member.handle,
        name=member.name,
        credentials=member.credentials,
        registration=member.registration,
        interests=member.interests,
        declared_on=member.declared_on,
        roles=tuple(sorted(role.value for role in member.roles)),
        active=member.active,
        approved=approved,
    )
