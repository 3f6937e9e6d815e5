"""The boosted trees of the aid, read from JSON and run in plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from bedside.verification.aid.network import logistic

Node = float | tuple[int, float, "Node", "Node"]
"""A leaf's value, or: which input, the edge, the node for inputs up to the edge, the node for those above it."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Small trees whose values, each times ``rate``, are added to ``start`` and put through the logistic function."""

    start: float
    rate: float
    roots: tuple[Node, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From its JSON object: ``start``, ``rate``, ``roots``."""
        return cls(float(row["start"]), float(row["rate"]), tuple(map(_node, row["roots"])))

    def probability(self, inputs: Sequence[float]) -> float:
        """The output for *inputs*, at least as many as the trees ask for."""
        return logistic(self.start + self.rate * sum(_value(root, inputs) for root in self.roots))


def _value(node: Node, inputs: Sequence[float]) -> float:
    while isinstance(node, tuple):
        figure, edge, lower, upper = node
        node = lower if inputs[figure] <= edge else upper
    return node


def _node(row: Any) -> Node:
    if isinstance(row, list):
        figure, edge, lower, upper = row
        return int(figure), float(edge), _node(lower), _node(upper)
    return float(row)
