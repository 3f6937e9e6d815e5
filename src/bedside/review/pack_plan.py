"""What loading a pack would do here, item by item: nothing is written before all of it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bedside.errors import ReviewMoved, ReviewRefused
from bedside.review.item import Snapshot
from bedside.review.member import Member
from bedside.review.pack import ORDER, Pack, Packed, same_signatures
from bedside.review.standing import Standing
from bedside.review.state import Action, State
from bedside.review.workflow import Command, Policy, decide

_NAMED = 3


class Fate(StrEnum):
    """What becomes of one item of a pack."""

    ACCEPTED = "accepted"
    THERE = "already there"  # approved here by these very signatures
    OWN = "approved here already"  # by others
    REFUSED = "not accepted"


@dataclass(frozen=True, slots=True)
class Planned:
    """One item and its fate; ``reason`` says why it is not accepted, "" otherwise."""

    item: Packed
    fate: Fate
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Here:
    """The board that loads: what stands here, who acts, by which rules, and when (ISO time, UTC). ``approved`` says
    whether an approval holds."""

    snapshot: Snapshot
    standings: Mapping[str, Standing]
    approved: Callable[[str], bool]
    who: Member
    policy: Policy
    members: Mapping[str, Member]
    now: str


def plan(pack: Pack, here: Here) -> tuple[Planned, ...]:
    """What becomes of every item, statements and rules before patterns."""
    return tuple(_planned(pack, here))


def command(planned: Planned, standing: Standing) -> Command:
    """The command that accepts an item."""
    return Command(Action.ACCEPT, planned.item.id, standing.revision, signatures=planned.item.signatures)


def _planned(pack: Pack, here: Here) -> Iterator[Planned]:
    accepted: set[str] = set()
    for item in sorted(pack.items, key=lambda each: (ORDER.index(each.kind), each.id)):
        made = _fate(item, here, accepted)
        if made.fate is Fate.ACCEPTED:
            accepted.add(item.id)
        yield made


def _fate(item: Packed, here: Here, accepted: set[str]) -> Planned:
    if reason := _elsewhere(item, here):
        return Planned(item, Fate.REFUSED, reason)
    standing = here.standings.get(item.id, Standing(item.id))
    if standing.state is State.APPROVED:
        return Planned(item, Fate.THERE if same_signatures(standing.signatures, item.signatures) else Fate.OWN)
    made = Planned(item, Fate.ACCEPTED)
    try:
        decide(
            command(made, standing),
            standing,
            here.who,
            snapshot=here.snapshot,
            approved=lambda need: need in accepted or here.approved(need),
            policy=here.policy,
            now=here.now,
            members=here.members,
        )
    except (ReviewRefused, ReviewMoved) as refused:
        return Planned(item, Fate.REFUSED, refused.what)
    return made


def _elsewhere(item: Packed, here: Here) -> str:
    """In what the content here is not what was signed there, in words; "" where it is the same."""
    mine = here.snapshot.items.get(item.id)
    if mine is None:
        return "the content here has no such item"
    if mine.fingerprint != item.fingerprint:
        return "its own wording or rule is another one here"
    beneath = here.snapshot.beneath(item.id)
    other = [ref for ref in sorted(item.grounds.keys() | beneath.keys()) if item.grounds.get(ref) != beneath.get(ref)]
    if other:
        some = ", ".join(other[:_NAMED]) + (f" and {len(other) - _NAMED} more" if len(other) > _NAMED else "")
        return f"it rests on what is otherwise here: {some}"
    if any(signature.signed_at > here.now for signature in item.signatures):
        return "it was signed at a time that has not come here"
    return ""
