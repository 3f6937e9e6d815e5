"""Lapse: whether an approval still rests on what was signed, and if not, why.

Exactly those lapse that rest on a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bedside.review.item import Item, Snapshot
from bedside.review.standing import Standing
from bedside.review.state import State


class Why(StrEnum):
    """What became of the thing that a signature rests on."""

    WORDING = "wording"  # the item itself was changed
    CHANGED = "changed"  # a statement, rule, parameter, measure or definition beneath it was
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    CONCERN = "concern"
    DUE = "due-for-review"
    EDITED = "edited"  # the record of a source
    GONE = "gone"
    ADDED = "added"  # it rests on something now that it did not rest on before
    EXPIRED = "expired"
    NEEDS = "needs"  # something it needs is approved no more
    FEW = "too-few-signatures"  # the board asks for more now than when it was approved


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an approval does not hold: what happened to which ref; ``via`` are the refs between the item and it. ``of``
    is the key of the source that supersedes, the day on which it expired or was due, or how many must sign."""

    why: Why
    ref: str
    via: tuple[str, ...] = ()
    of: str = ""

    def to_json(self) -> dict[str, str]:
        """Plain JSON, for the event's ``detail``."""
        return {"why": self.why.value, "ref": self.ref, "via": " ".join(self.via), "of": self.of}

    @classmethod
    def from_json(cls, data: Mapping[str, str]) -> Reason:
        """The reason of its JSON."""
        return cls(Why(data["why"]), data["ref"], tuple(data["via"].split()), data["of"])


@dataclass(frozen=True, slots=True)
class Lapse:
    """An approval, or a first signature, that no longer holds, and why."""

    item: str
    reasons: tuple[Reason, ...]


def lapses(
    standings: Mapping[str, Standing], snapshot: Snapshot, today: str, asked: Callable[[Item], int] = lambda _item: 1
) -> tuple[Lapse, ...]:
    """Every approval and first signature that does not hold on *today* (ISO date) over this content, sorted by item.
    *asked* says how many must sign an item."""
    found: dict[str, tuple[Reason, ...]] = {}
    signed = {item: standing for item, standing in standings.items() if standing.signatures}
    for item in sorted(signed):
        if own := (*_own(signed[item], snapshot, today), *_few(signed[item], snapshot, asked)):
            found[item] = own
    approved = {item for item, standing in signed.items() if standing.state is State.APPROVED and item not in found}
    while more := _without_needs(signed, found, approved, snapshot):
        found.update(more)
        approved -= more.keys()
    return tuple(Lapse(item, found[item]) for item in sorted(found))


def holds(standing: Standing, snapshot: Snapshot, today: str) -> bool:
    """Whether an approval rests on exactly what is there today; of what it needs, see :func:`stands`."""
    return standing.state is State.APPROVED and bool(standing.signatures) and not _own(standing, snapshot, today)


def stands(item: str, standings: Mapping[str, Standing], snapshot: Snapshot, today: str) -> bool:
    """Whether the approval of an item holds, and that of everything it needs, whether or not a lapse is written yet."""
    needed = (item, *(snapshot.items[item].needs if item in snapshot.items else ()))
    return all(each in standings and holds(standings[each], snapshot, today) for each in needed)


def _without_needs(
    signed: Mapping[str, Standing], found: Mapping[str, object], approved: set[str], snapshot: Snapshot
) -> dict[str, tuple[Reason, ...]]:
    """Those that need something which is not approved (any more)."""
    more = {}
    for item in sorted(signed.keys() - found.keys()):
        missing = [need for need in snapshot.items[item].needs if need not in approved]
        if missing:
            more[item] = tuple(Reason(Why.NEEDS, need) for need in missing)
    return more


def _own(standing: Standing, snapshot: Snapshot, today: str) -> tuple[Reason, ...]:
    """What happened to the item itself and to what is beneath it."""
    item = snapshot.items.get(standing.item)
    if item is None:
        return (Reason(Why.GONE, standing.item),)
    reasons = []
    if standing.expires < today:
        reasons.append(Reason(Why.EXPIRED, standing.item, of=standing.expires))
    if any(signature.fingerprint != item.fingerprint for signature in standing.signatures):
        reasons.append(Reason(Why.WORDING, standing.item))
    now = snapshot.beneath(standing.item)
    reasons += _due(standing, snapshot, today)
    for signature in standing.signatures:
        for ref in sorted(signature.rests.keys() | now.keys()):
            if signature.rests.get(ref) != now.get(ref):
                reasons.append(_of_ground(standing.item, ref, signature.rests, snapshot))
    return tuple(dict.fromkeys(reasons))


def _few(standing: Standing, snapshot: Snapshot, asked: Callable[[Item], int]) -> Iterator[Reason]:
    """That an approval has fewer signatures than the board asks for: "Approved" says that its rules are kept."""
    item = snapshot.items.get(standing.item)
    if item is not None and standing.state is State.APPROVED and len(standing.signatures) < asked(item):
        yield Reason(Why.FEW, standing.item, of=str(asked(item)))


def _due(standing: Standing, snapshot: Snapshot, today: str) -> Iterator[Reason]:
    """What has passed its review date since it was signed. Who signed it late knew, and signed all the same."""
    signed = min(signature.signed_at for signature in standing.signatures)[:10]
    bodies = [(standing.item, snapshot.items[standing.item].body)]
    bodies += [(ref, snapshot.grounds[ref].body) for ref in snapshot.beneath(standing.item)]
    for ref, body in bodies:
        due = str(body.get("next_check") or "")
        if due and signed <= due < today:
            yield Reason(Why.DUE, ref, () if ref == standing.item else snapshot.way(standing.item, ref), due)


def _of_ground(item: str, ref: str, rested: Mapping[str, str], snapshot: Snapshot) -> Reason:
    ground = snapshot.grounds.get(ref)
    if ground is None or ref not in snapshot.beneath(item):
        return Reason(Why.GONE, ref)
    via = snapshot.way(item, ref)
    if ref not in rested:
        return Reason(Why.ADDED, ref, via)
    if not ref.startswith("source:"):
        return Reason(Why.CHANGED, ref, via)
    status = str(ground.body.get("status", "current"))
    why = Why(status) if status in set(Why) else Why.EDITED
    return Reason(why, ref, via, str(ground.body.get("superseded_by", "")) if why is Why.SUPERSEDED else "")
