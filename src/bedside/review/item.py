"""The item: one piece of content that people review, with its fingerprint and everything an approval of it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bedside.answer import fingerprint


class ItemKind(StrEnum):
    """What can be reviewed."""

    STATEMENT = "statement"
    RULE = "rule"
    PATTERN = "pattern"


class Trait(StrEnum):
    """What makes an item a risk. The queue orders by these and says them as its reasons."""

    EMERGENCY = "emergency"  # a red flag, or a statement one shows
    CAUTION = "caution"  # guards other advice, a "do not", an abstention
    DOSE = "dose"
    FAILED_CHECK = "failed-check"  # the machine's check does not let it stand
    UNCONFIRMED = "unconfirmed"
    SECONDHAND = "secondhand"
    MEMORY = "memory"  # a source whose record nobody has seen
    UNFIT_SOURCE = "unfit-source"  # superseded, retracted, doubted
    OVERDUE = "overdue"  # past its review date


@dataclass(frozen=True, slots=True)
class Ground:
    """Something an approval rests on: a source, a parameter, a measure, a definition, a statement, a rule.

    ``ref`` is ``source:KEY``, ``parameter:TOPIC/NAME``, ``measure:TOPIC/NAME``, ``definition:TOPIC/NAME``,
    ``statement:ID``, ``rule:TOPIC/ID``, ``scope:TOPIC``, ``ask:TOPIC/ID``, ``before:TOPIC/ID``. ``fingerprint`` is the
    SHA-256 of its canonical JSON, *without* what it rests on in turn. ``rests_on`` are the refs directly beneath it.
    """

    ref: str
    title: str
    fingerprint: str
    body: Mapping[str, Any] = field(hash=False)
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One reviewable piece of content, in one exact state.

    ``id`` is ``statement:TOPIC/NAME``, ``rule:TOPIC/ID`` or ``pattern:TOPIC/ID``. ``body`` is what people sign, as
    plain JSON without floats; ``fingerprint`` the SHA-256 of its canonical form (RFC 8785). ``rests_on`` are refs of
    grounds directly beneath it; ``needs`` the items that must be approved before it can be. ``where`` is the
    content's file and line.
    """

    id: str
    kind: ItemKind
    topic: str
    title: str
    fingerprint: str
    body: Mapping[str, Any] = field(hash=False)
    rests_on: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    traits: tuple[Trait, ...] = ()
    where: str = ""

    @property
    def dose(self) -> bool:
        """Whether it states a dose, or shows a statement that does."""
        return Trait.DOSE in self.traits


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything reviewable at one moment: items by id, and the grounds beneath them by ref.

    ``key`` names the state: equal keys, equal snapshots. An item that others rest on is a ground, too.
    """

    key: str
    items: Mapping[str, Item]
    grounds: Mapping[str, Ground]
    _beneath: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def beneath(self, item_id: str) -> Mapping[str, str]:
        """Everything an approval of the item rests on, however deep: ref -> fingerprint, sorted by ref."""
        if item_id not in self._beneath:
            found = sorted(self._walk(self.items[item_id].rests_on))
            self._beneath[item_id] = {ref: self.grounds[ref].fingerprint for ref in found}
        return self._beneath[item_id]

    def seal(self, item_id: str) -> str:
        """The SHA-256 of the item and everything beneath it: what a reviewer has seen, and signs."""
        return fingerprint([self.items[item_id].fingerprint, self.beneath(item_id)])

    def due(self, item_id: str, today: str) -> str:
        """The next day, from *today* on, on which the item or something beneath it is due for a check; "" for none."""
        bodies = [self.items[item_id].body, *(self.grounds[ref].body for ref in self.beneath(item_id))]
        return min((day for body in bodies if (day := str(body.get("next_check") or "")) > today), default="")

    def way(self, item_id: str, ref: str) -> tuple[str, ...]:
        """The refs from the item down to a ground it rests on, both left out; the shortest way, () for none between."""
        before: dict[str, str] = dict.fromkeys(self.items[item_id].rests_on, "")
        queue = list(before)
        for each in queue:
            if each == ref:
                break
            for below in self.grounds[each].rests_on if each in self.grounds else ():
                if below not in before:
                    before[below] = each
                    queue.append(below)
        steps: list[str] = []
        at = before.get(ref, "")
        while at:
            steps.append(at)
            at = before[at]
        return tuple(reversed(steps))

    def _walk(self, refs: tuple[str, ...]) -> Iterator[str]:
        seen: set[str] = set()
        stack = list(refs)
        while stack:
            ref = stack.pop()
            if ref in seen or ref not in self.grounds:
                continue
            seen.add(ref)
            yield ref
            stack.extend(self.grounds[ref].rests_on)
