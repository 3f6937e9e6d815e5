"""Which answer pattern a patient's facts choose."""

from __future__ import annotations

from bedside.protocol.protocol import Pattern, Protocol
from bedside.protocol.truth import Truth
from bedside.protocol.valuation import Lanes


def chosen_pattern(protocol: Protocol, lanes: Lanes, lane: int = 0) -> Pattern | None:
    """The first answer pattern whose condition is true in a lane."""
    patterns = zip(protocol.patterns, lanes.circuit.patterns, strict=True)
    return next((pattern for pattern, node in patterns if lanes.truth(node, lane) is Truth.TRUE), None)
