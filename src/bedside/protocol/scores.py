"""Scores worked out: which items count, which are not known, and between which sums the score therefore lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedside.protocol.condition import All, Any, AtLeast, Condition, Has, Known, Not
from bedside.protocol.strength import Jurisdiction
from bedside.protocol.truth import Truth, all_of, any_of, at_least

if TYPE_CHECKING:
    from bedside.protocol.protocol import Score, ScoreItem
    from bedside.protocol.situation import Situation


@dataclass(frozen=True, slots=True)
class Scored:
    """One score on one patient: the items that count, those nobody knows of, and the lowest and highest sum."""

    score: Score
    counted: tuple[ScoreItem, ...]
    unknown: tuple[ScoreItem, ...]

    @property
    def low(self) -> int:
        """The points that are sure."""
        return sum(item.points for item in self.counted)

    @property
    def high(self) -> int:
        """The points there would be if everything unknown counted."""
        return self.low + sum(item.points for item in self.unknown)


def scored(situation: Situation) -> tuple[Scored, ...]:
    """Every score of the protocol of which at least one item is decided, and that nobody stated."""
    found = []
    for score in situation.protocol.scores:
        if score.stated and situation.known(score.stated):
            continue
        truths = [(item, holds(item.when, situation)) for item in score.items]
        if any(truth is not Truth.UNKNOWN for _, truth in truths):
            counted = tuple(item for item, truth in truths if truth is Truth.TRUE)
            unknown = tuple(item for item, truth in truths if truth is Truth.UNKNOWN)
            found.append(Scored(score, counted, unknown))
    return tuple(found)


def holds(condition: Condition, situation: Situation) -> Truth:
    """The value of a condition on a situation, definitions followed; no country's limits."""
    definitions = situation.protocol.definitions
    match condition:
        case All(parts):
            return all_of([holds(part, situation) for part in parts])
        case Any(parts):
            return any_of([holds(part, situation) for part in parts])
        case AtLeast(count, parts):
            return at_least(count, [holds(part, situation) for part in parts])
        case Not(part):
            return ~holds(part, situation)
        case Has(name, "") if name in definitions:
            return holds(definitions[name], situation)
        case Known(name) if name in definitions:
            return Truth.of(holds(definitions[name], situation) is not Truth.UNKNOWN)
        case leaf:
            return situation.leaf(leaf, Jurisdiction.INT)
