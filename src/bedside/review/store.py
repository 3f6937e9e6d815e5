"""The port of what the board keeps: the audit trail, the texts beside it, every version of the content, and counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bedside.review.event import Draft, Event
from bedside.review.item import Ground, Item


@dataclass(frozen=True, slots=True)
class Append:
    """An event to be added: *revision* is that of its subject which the writer has seen; *text* is kept under its
    hash (``draft.note``), "" for none."""

    draft: Draft
    revision: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an item or ground that was seen: ``ref`` is the item's id or the ground's ref, ``body`` plain
    JSON."""

    ref: str
    fingerprint: str
    title: str
    body: Mapping[str, Any]
    seen_at: str


class ReviewStore(Protocol):
    """What was returned from is on the disk. Nothing that was appended is ever changed or removed."""

    def append(self, additions: Sequence[Append]) -> tuple[Event, ...]:
        """Add events in one transaction, all or none. Raises ReviewMoved when a subject has another revision than the
        writer saw, ClockSetBack when one is dated more than two minutes before the last row (less: it gets that row's
        time)."""
        ...

    def events(self, after: int = 0, *, subject: str = "", limit: int = 0) -> Iterator[Event]:
        """The rows of the trail after row *after*, oldest first; of one subject only; at most *limit* (0: all)."""
        ...

    def trail(self, after: int = 0) -> Iterator[Event]:
        """The rows after row *after*, to be proved: in the place of one that cannot be read stands an event without a
        hash."""
        ...

    def head(self) -> tuple[int, str, str]:
        """Number, hash and time of the last row; (0, GENESIS, "") for none."""
        ...

    def text(self, note: str) -> str | None:
        """The text kept under a hash; None when there is none (any more)."""
        ...

    def forget(self, note: str) -> bool:
        """Delete a text for good; the trail stays whole. Whether there was one."""
        ...

    def keep(self, things: Iterable[Item | Ground], now: str) -> int:
        """Keep versions that are not kept yet; gives how many. A version is never removed."""
        ...

    def versions(self, ref: str) -> tuple[Version, ...]:
        """Every version of an item or ground, oldest first."""
        ...

    def version(self, ref: str, fingerprint: str) -> Version | None:
        """One version, or None."""
        ...

    def unsound(self) -> str:
        """What is kept beside the trail and is not what was kept: the first version, else the first text; "" for
        nothing."""
        ...

    def read(self, counts: Mapping[str, int], day: str) -> None:
        """Add to how often items were shown on a day (ISO date): item id -> how often."""
        ...

    def readings(self, since: str) -> Mapping[str, int]:
        """How often items were shown from a day on."""
        ...

    def ready(self) -> None:
        """Return where the trail can be read now. Raises LibraryUnusable otherwise."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
