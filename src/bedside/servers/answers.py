"""Answers given once: the same question, facts and library give the same answer, so it need not be made twice.

They are kept in memory only, the last few hundred, with the words they answer; a reader who opens a thread again,
switches the reader type or prints the leaflet does not wait for what was worked out a moment ago. Those of a thread go
when its reader deletes it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from bedside.answer import Answer
from bedside.comparison import Changes
from bedside.desk import Desk
from bedside.facts.case import Told

KEPT = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything an answer depends on, besides the desk."""

    told: tuple[Told, ...]
    reader: str
    region: str
    as_of: str = ""


class Answers:
    """The answers of one desk. May be used from several threads."""

    def __init__(self, desk: Desk, kept: int = KEPT) -> None:
        self.desk = desk
        self._kept = kept
        self._made: OrderedDict[tuple[str, Asked], Any] = OrderedDict()
        self._lock = Lock()

    def answer(self, asked: Asked) -> Answer:
        """The answer; raises what :meth:`Desk.follow_up` raises."""

        def make() -> Answer:
            return self.desk.follow_up(asked.told, reader=asked.reader, region=asked.region, as_of=asked.as_of)

        found: Answer = self._once("answer", asked, make)
        return found

    def changes(self, asked: Asked) -> Changes | None:
        """What the last turn changed, and which fact changed it; None for a first turn."""

        def kept(told: Sequence[Told]) -> Answer:
            return self.answer(replace(asked, told=tuple(told)))

        def make() -> Changes | None:
            return self.desk.changes(asked.told, reader=asked.reader, region=asked.region, as_of=asked.as_of, kept=kept)

        found: Changes | None = self._once("changes", asked, make)
        return found

    def forget(self, told: Sequence[Told]) -> None:
        """Let go of what was made for a thread: for everything that begins with its first words."""
        first = tuple(told[:1])
        with self._lock:
            for key in [key for key in self._made if key[1].told[:1] == first]:
                del self._made[key]

    def _once(self, what: str, asked: Asked, make: Callable[[], object]) -> Any:
        key = (what, asked)
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()  # two readers may make the same one: it is the same
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._kept:
                self._made.popitem(last=False)
        return made
