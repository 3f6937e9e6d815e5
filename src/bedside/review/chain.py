"""The chain: whether the audit trail is whole, row by row from the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from bedside.review.event import GENESIS, Event, hash_of_row
from bedside.review.store import ReviewStore


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of proving the trail: how many rows hold, the hash of the last of them, and the first broken link.
    ``beside`` is the first version or text kept beside it that is not what was kept."""

    rows: int
    head: str
    broken: str = ""
    beside: str = ""

    @property
    def whole(self) -> bool:
        """Whether no link is broken."""
        return not self.broken


def prove(events: Iterable[Event], anchor: tuple[int, str] | None = None) -> Proof:
    """Follow the trail from its first row. *anchor* is the number and hash of a row as somebody wrote it down outside:
    whoever rewrote the whole trail could not have known of it."""
    head, rows, at = GENESIS, 0, ""
    revisions: dict[str, int] = {}
    for event in events:
        expected = revisions.get(event.subject, 0) + 1
        if reason := broken_link(event, rows + 1, expected, head, at):
            return Proof(rows, head, f"row {rows + 1}: {reason}")
        if anchor is not None and anchor[0] == event.number and not event.hash.startswith(anchor[1]):
            return Proof(rows, head, f"row {event.number}: is not the row that was anchored")
        rows, head, at = event.number, event.hash, event.at
        revisions[event.subject] = event.revision
    if anchor is not None and anchor[0] > rows:
        return Proof(rows, head, f"row {anchor[0]}: was anchored, and the trail ends at row {rows}")
    return Proof(rows, head)


def proof_of(store: ReviewStore, anchor: tuple[int, str] | None = None) -> Proof:
    """Follow the whole trail that a store keeps, and look at everything that is kept beside it. Nothing is written."""
    return replace(prove(store.trail(), anchor), beside=store.unsound())


def broken_link(event: Event, number: int, revision: int, previous: str, at: str) -> str:
    """What is wrong with a row that should be row *number*, the *revision* th of its subject, after a row with the hash
    *previous* and the time *at*; "" for nothing."""
    if event.number != number:
        return f"is missing (the next one is row {event.number})"
    if not event.hash:
        return "cannot be read"
    if event.previous != previous:
        return "does not continue the row before it"
    if event.hash != hash_of_row(asdict(event)):
        return "does not have the hash of its own content"
    if event.revision != revision:
        return f"is revision {event.revision} of {event.subject}, not {revision}"
    if event.at < at:
        return f"is dated {event.at}, before the row before it"
    return ""
