"""Scores: points for what holds, with the range that is left where an item is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedside.protocol.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedside.protocol.outcome import Outcome
    from bedside.protocol.protocol import Score, ScoreItem
    from bedside.protocol.valuation import Valuation


@dataclass(frozen=True, slots=True)
class Scored:
    """One score of one patient: the items that count, those that are not known, and the points that are certain."""

    score: Score
    counted: tuple[ScoreItem, ...]
    unknown: tuple[ScoreItem, ...]

    @property
    def low(self) -> int:
        """The points of the items that hold."""
        return sum(item.points for item in self.counted)

    @property
    def high(self) -> int:
        """The points if every unknown item held too."""
        return self.low + sum(item.points for item in self.unknown)

    @property
    def most(self) -> int:
        """The most the score can give."""
        return sum(item.points for item in self.score.items)


def worked_scores(outcomes: Iterable[Outcome], valuation: Valuation) -> tuple[Scored, ...]:
    """The scores of the rules that fire; an item that is unknown is never counted as absent."""
    firing = {outcome.rule.id for outcome in outcomes if outcome.fires}
    circuit = valuation.circuit
    found = []
    for score in valuation.situation.protocol.scores:
        if score.rule not in firing:
            continue
        truths = [valuation.truth(node) for node in circuit.scores[score.id]]
        pairs = tuple(zip(score.items, truths, strict=True))
        counted = tuple(item for item, truth in pairs if truth is Truth.TRUE)
        found.append(Scored(score, counted, tuple(item for item, truth in pairs if truth is Truth.UNKNOWN)))
    return tuple(found)
