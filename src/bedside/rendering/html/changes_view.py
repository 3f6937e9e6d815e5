"""What changed since the turn before, and which fact changed it."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.comparison import Changes
from bedside.facts.fact import Fact
from bedside.question.question import Reader
from bedside.rendering.html.aids import Aids
from bedside.rendering.html.chips import step_line

SHOWN_FIRST = 4
"""How many lines stand unfolded: warnings and values come first."""


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One thing that changed, and the facts that changed it, in words; none where no fact did."""

    what: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedGroup:
    """Everything that the same facts changed, in order."""

    because: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What the last turn told, what changed with it, most important first, and the rest folded away."""

    told: tuple[str, ...]
    lines: tuple[ChangedLine, ...]
    more: tuple[ChangedLine, ...]

    @property
    def groups(self) -> tuple[ChangedGroup, ...]:
        """The lines by what brought them about."""
        return _grouped(self.lines)

    @property
    def more_groups(self) -> tuple[ChangedGroup, ...]:
        """The folded lines by what brought them about."""
        return _grouped(self.more)


def changes_view(changes: Changes | None, aids: Aids, reader: Reader) -> ChangesView | None:
    """A comparison in words, None where there is nothing to compare with (the first turn, another person)."""
    if changes is None:
        return None
    lines = tuple(
        ChangedLine(line.what, tuple(step_line(step, aids, reader) for step in line.because)) for line in changes.lines
    )
    told = tuple(dict.fromkeys(step_line(step, aids, reader) for step in changes.told if not _serves_rules(step.after)))
    return ChangesView(told, lines[:SHOWN_FIRST], lines[SHOWN_FIRST:])


def _grouped(lines: tuple[ChangedLine, ...]) -> tuple[ChangedGroup, ...]:
    found: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        found.setdefault(line.because, []).append(line.what)
    return tuple(ChangedGroup(because, tuple(what)) for because, what in found.items())


def _serves_rules(fact: Fact | None) -> bool:
    return fact is not None and fact.internal
