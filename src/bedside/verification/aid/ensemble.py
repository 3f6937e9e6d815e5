"""Networks and trees that answer one yes-or-no question together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Self

from bedside.verification.aid.network import Network, logistic
from bedside.verification.aid.trees import Trees

_EDGE = 1e-12


@dataclass(frozen=True, slots=True)
class Ensemble:
    """The mean of the networks and the trees weigh the same; ``slope`` and ``offset`` calibrate what comes out."""

    networks: tuple[Network, ...]
    trees: Trees
    slope: float
    offset: float

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From its JSON object: ``networks``, ``trees``, ``slope``, ``offset``."""
        networks = tuple(map(Network.of, row["networks"]))
        return cls(networks, Trees.of(row["trees"]), float(row["slope"]), float(row["offset"]))

    def probability(self, inputs: Sequence[float]) -> float:
        """The calibrated probability of a yes."""
        by_networks = sum(each.probability(inputs) for each in self.networks) / len(self.networks)
        return self.calibrated((by_networks + self.trees.probability(inputs)) / 2)

    def calibrated(self, mean: float) -> float:
        """The probability for what networks and trees say on the whole."""
        held = min(1 - _EDGE, max(_EDGE, mean))
        return logistic(self.slope * log(held / (1 - held)) + self.offset)
