"""The ``ReviewStore`` port in memory: for tests, and as the model that the database is held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Lock

from bedside.errors import ReviewMoved
from bedside.review.event import GENESIS, Event, chained, hash_of_text
from bedside.review.item import Ground, Item
from bedside.review.placing import placed
from bedside.review.store import Append, Version


class ReviewMemory:
    """Everything in lists and dictionaries."""

    def __init__(self) -> None:
        self._rows: list[Event] = []
        self._texts: dict[str, str] = {}
        self._versions: dict[tuple[str, str], Version] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._lock = Lock()

    def append(self, additions: Sequence[Append]) -> tuple[Event, ...]:
        """Add events, all or none."""
        with self._lock:
            rows = list(self._rows)
            revisions = Counter(event.subject for event in rows)
            for addition in additions:
                draft = addition.draft
                if revisions[draft.subject] != addition.revision:
                    raise ReviewMoved(draft.subject)
                revisions[draft.subject] += 1
                last = rows[-1] if rows else None
                dated = replace(draft, at=placed(draft.at, last.at if last else ""))
                previous = last.hash if last else GENESIS
                rows.append(chained(dated, len(rows) + 1, revisions[draft.subject], previous))
            made = tuple(rows[len(self._rows) :])
            self._texts |= {hash_of_text(each.text): each.text for each in additions if each.text}
            self._rows = rows
        return made

    def events(self, after: int = 0, *, subject: str = "", limit: int = 0) -> Iterator[Event]:
        """The rows after row *after*."""
        chosen = [event for event in self._rows[after:] if subject in ("", event.subject)]
        return iter(chosen[:limit] if limit else chosen)

    def trail(self, after: int = 0) -> Iterator[Event]:
        """The same, to be proved."""
        return self.events(after)

    def head(self) -> tuple[int, str, str]:
        """Number, hash and time of the last row."""
        last = self._rows[-1] if self._rows else None
        return (last.number, last.hash, last.at) if last else (0, GENESIS, "")

    def text(self, note: str) -> str | None:
        """The text kept under a hash."""
        return self._texts.get(note)

    def forget(self, note: str) -> bool:
        """Delete a text for good."""
        return self._texts.pop(note, None) is not None

    def keep(self, things: Iterable[Item | Ground], now: str) -> int:
        """Keep versions that are not kept yet."""
        before = len(self._versions)
        for thing in things:
            ref = thing.id if isinstance(thing, Item) else thing.ref
            version = Version(ref, thing.fingerprint, thing.title, thing.body, now)
            self._versions.setdefault((ref, thing.fingerprint), version)
        return len(self._versions) - before

    def versions(self, ref: str) -> tuple[Version, ...]:
        """Every version of an item or ground."""
        return tuple(version for (name, _), version in self._versions.items() if name == ref)

    def version(self, ref: str, fingerprint: str) -> Version | None:
        """One version, or None."""
        return self._versions.get((ref, fingerprint))

    def unsound(self) -> str:
        """Memory keeps what it was given."""
        return ""

    def read(self, counts: Mapping[str, int], day: str) -> None:
        """Add to how often items were shown."""
        with self._lock:
            self._counts.setdefault(day, Counter()).update(counts)

    def readings(self, since: str) -> Mapping[str, int]:
        """How often items were shown from a day on."""
        whole: Counter[str] = Counter()
        for day, counts in self._counts.items():
            if day >= since:
                whole.update(counts)
        return dict(whole)

    def ready(self) -> None:
        """Memory is always there."""

    def close(self) -> None:
        """Nothing to let go of."""
