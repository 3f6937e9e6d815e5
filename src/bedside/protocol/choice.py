"""Which answer pattern a patient's facts choose."""

from __future__ import annotations

from collections.abc import Mapping

from bedside.protocol.circuit import Valuation
from bedside.protocol.protocol import Pattern
from bedside.protocol.truth import Truth


def chosen_pattern(valuation: Valuation, moved: Mapping[int, int] | None = None) -> Pattern | None:
    """The first answer pattern whose condition is true, after the changes in *moved*."""
    patterns = zip(valuation.situation.protocol.patterns, valuation.circuit.patterns, strict=True)
    return next((pattern for pattern, node in patterns if valuation.truth(node, moved) is Truth.TRUE), None)
