"""How many facts, at least, must become known before a condition can be decided one way."""

from __future__ import annotations

from bedside.protocol.circuit import FALSE, TRUE, UNKNOWN, Gate, Valuation

NEVER = 1_000


class Effort:
    """The least number of answers that could make a node true or false, on one valuation.

    A fact that stands in several places is counted in each, so the number is an estimate from above for conditions
    that repeat a fact; it prunes a search and decides nothing.
    """

    def __init__(self, valuation: Valuation) -> None:
        self._valuation = valuation
        self._known: dict[tuple[int, int], int] = {}

    def of(self, node: int, target: int) -> int:
        """The answers needed to bring a node to *target* (TRUE or FALSE); NEVER when it is decided the other way."""
        value = self._valuation.values[node]
        if value != UNKNOWN:
            return 0 if value == target else NEVER
        key = (node, target)
        if key not in self._known:
            self._known[key] = self._work(node, target)
        return self._known[key]

    def _work(self, number: int, target: int) -> int:
        node = self._valuation.circuit.nodes[number]
        match node.gate:
            case Gate.LEAF:
                return 1
            case Gate.NOT:
                return self.of(node.children[0], TRUE - target)
            case Gate.SETTLED:
                return min(self.of(node.children[0], TRUE), self.of(node.children[0], FALSE))
            case Gate.DEFINED:
                return self.of(node.children[0], target)  # nobody is asked for a definition by its name
        each = sorted(self.of(child, target) for child in node.children)
        if node.gate is Gate.AT_LEAST:
            wanted = node.count if target == TRUE else len(each) - node.count + 1
            return sum(each[:wanted])
        together = (node.gate is Gate.ALL) == (target == TRUE)
        return sum(each) if together else each[0]
