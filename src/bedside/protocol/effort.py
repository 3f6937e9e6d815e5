"""How many facts, at least, must become known before a condition can be decided one way."""

from __future__ import annotations

from bedside.protocol.circuit import Gate
from bedside.protocol.valuation import Lanes

NEVER = 1_000


class Effort:
    """The least number of answers that could make a node true or false, on one valuation.

    A fact that stands in several places is counted in each, so the number is an estimate from above for conditions
    that repeat a fact; it prunes a search and decides nothing.
    """

    def __init__(self, valuation: Lanes) -> None:
        self._valuation = valuation
        self._known: dict[tuple[int, bool], int] = {}

    def of(self, node: int, *, target: bool) -> int:
        """The answers needed to make a node true, or false, as *target* says; NEVER when it is decided otherwise."""
        if self._valuation.true[node]:
            return 0 if target else NEVER
        if self._valuation.false[node]:
            return NEVER if target else 0
        key = (node, target)
        if key not in self._known:
            self._known[key] = self._work(node, target=target)
        return self._known[key]

    def _work(self, number: int, *, target: bool) -> int:
        node = self._valuation.circuit.nodes[number]
        match node.gate:
            case Gate.LEAF:
                return 1
            case Gate.NOT:
                return self.of(node.children[0], target=not target)
            case Gate.SETTLED:
                return min(self.of(node.children[0], target=True), self.of(node.children[0], target=False))
            case Gate.DEFINED:
                return self.of(node.children[0], target=target)  # nobody is asked for a definition by its name
        each = sorted(self.of(child, target=target) for child in node.children)
        if node.gate is Gate.AT_LEAST:
            wanted = node.count if target else len(each) - node.count + 1
            return sum(each[:wanted])
        together = (node.gate is Gate.ALL) == target
        return sum(each) if together else each[0]
