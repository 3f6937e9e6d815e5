"""The small networks of the aid, read from JSON and run in plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from operator import mul
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer of rectified units and a logistic output. ``hidden`` holds the weights of each unit."""

    hidden: tuple[tuple[float, ...], ...]
    offsets: tuple[float, ...]
    output: tuple[float, ...]
    offset: float

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From its JSON object: ``hidden``, ``offsets``, ``output``, ``offset``."""
        hidden = tuple(tuple(map(float, unit)) for unit in row["hidden"])
        return cls(hidden, tuple(map(float, row["offsets"])), tuple(map(float, row["output"])), float(row["offset"]))

    def probability(self, inputs: Sequence[float]) -> float:
        """The output for *inputs*, as many as each unit has weights."""
        sums = (sum(map(mul, unit, inputs)) + at for unit, at in zip(self.hidden, self.offsets, strict=True))
        return logistic(self.offset + sum(map(mul, self.output, (max(0.0, each) for each in sums))))


def logistic(value: float) -> float:
    """The logistic function, for any finite *value*."""
    if value >= 0:
        return 1 / (1 + exp(-value))
    grown = exp(value)
    return grown / (1 + grown)
