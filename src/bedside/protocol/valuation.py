"""The valuation: the value of every node of a circuit, on one patient's facts and on many assumed ones at once.

Each set of facts is one *lane*: bit *n* of a node's two numbers says whether the node is true, and whether it is
false, on the facts of lane *n*; where neither bit is set it is unknown. One pass over the circuit so values every
lane together, a way known from the simulation of logic circuits (parallel fault simulation: S. Seshu, *On an improved
diagnosis program*, IEEE Trans. Electronic Computers EC-14, 1965). Only what differs from the facts one starts from is
valued again, and only as far up as something moves: that is what makes trying every missing fact affordable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from bedside.protocol.circuit import Circuit, Gate, Node
from bedside.protocol.condition import Known
from bedside.protocol.truth import Truth

if TYPE_CHECKING:
    from bedside.protocol.situation import Situation

Masks = tuple[int, int]
"""The lanes in which a node is true, and those in which it is false."""
EVERYWHERE = -1
"""The set of all nodes, as bits."""


class Lanes:
    """The values of a circuit on several sets of facts.

    ``every`` has the bit of each lane set. ``moved`` are the nodes that differ, in some lane, from the facts started
    from.
    """

    def __init__(self, circuit: Circuit, true: list[int], false: list[int], every: int) -> None:
        self.circuit = circuit
        self.every = every
        self.true = true
        self.false = false
        self.moved: set[int] = set()

    def truth(self, node: int, lane: int = 0) -> Truth:
        """The value of a node in a lane."""
        return _truth(self.true[node] >> lane & 1, self.false[node] >> lane & 1)

    def rule(self, rule_id: str, lane: int = 0) -> Truth:
        """The value of a rule in a lane: its ``given`` and its ``when`` together."""
        true, false = self.masks(rule_id)
        return _truth(true >> lane & 1, false >> lane & 1)

    def masks(self, rule_id: str) -> Masks:
        """The lanes in which a rule is true, and those in which it is false."""
        given, when = self.circuit.given[rule_id], self.circuit.when[rule_id]
        return self.true[given] & self.true[when], self.false[given] | self.false[when]

    def against(self, before: Lanes, nodes: Iterable[int], lane: int) -> tuple[tuple[int, Truth], ...]:
        """The nodes, of those given, that differ in a lane from the first lane of *before*, with their values."""
        true, false, bit = self.true, self.false, 1 << lane
        return tuple(
            (node, self.truth(node, lane))
            for node in nodes
            if bool(true[node] & bit) != before.true[node] or bool(false[node] & bit) != before.false[node]
        )

    def settle(self, leaves: Iterable[int], within: int) -> None:
        """Value again what stands above leaves that were changed, as far up as something moves."""
        nodes, parents, true, false = self.circuit.nodes, self.circuit.parents, self.true, self.false
        seen = {parent for leaf in leaves for parent in parents[leaf] if within >> parent & 1}
        self.moved.update(leaves)
        waiting = sorted(seen)
        while waiting:
            number = heappop(waiting)
            masks = _valued(nodes[number], true, false, self.every)
            if masks == (true[number], false[number]):
                continue
            true[number], false[number] = masks
            self.moved.add(number)
            for parent in parents[number]:
                if parent not in seen and within >> parent & 1:
                    seen.add(parent)
                    heappush(waiting, parent)


class Valuation(Lanes):
    """The values on one patient's facts: a single lane, from which others are supposed."""

    def __init__(self, circuit: Circuit, situation: Situation) -> None:
        true, false = _blank(circuit)
        super().__init__(circuit, true.copy(), false.copy(), 1)
        self.situation = situation
        concepts = dict.fromkeys(fact.concept for fact in situation.facts.items)
        leaves = dict.fromkeys(leaf for concept in concepts for leaf in circuit.leaves.get(concept, ()))
        self.settle(list(_ask(self, (*circuit.asked, *leaves), situation, 0)), EVERYWHERE)

    def supposing(self, trials: Sequence[tuple[Situation, frozenset[str]]], within: int = EVERYWHERE) -> Lanes:
        """One lane for each trial: other facts, and the concepts in which they differ from these.

        ``within`` looks only at some nodes, given as a set of bits; it must hold all nodes below those of interest.
        """
        every = (1 << len(trials)) - 1
        lanes = Lanes(self.circuit, [every * bit for bit in self.true], [every * bit for bit in self.false], every)
        leaves = self.circuit.leaves
        changed: dict[int, None] = {}
        for lane, (situation, concepts) in enumerate(trials):
            asked = dict.fromkeys(leaf for concept in concepts for leaf in leaves.get(concept, ()))
            inside = [leaf for leaf in asked if within >> leaf & 1]
            changed.update(dict.fromkeys(_ask(lanes, inside, situation, lane)))
        lanes.settle(changed, within)
        return lanes


def _ask(lanes: Lanes, leaves: Iterable[int], situation: Situation, lane: int) -> Iterable[int]:
    """Ask a situation for the values of some leaves in one lane; gives those that changed."""
    nodes, true, false, bit = lanes.circuit.nodes, lanes.true, lanes.false, 1 << lane
    for number in leaves:
        node = nodes[number]
        if node.leaf is None:
            continue
        value = situation.leaf(node.leaf, node.jurisdiction)
        now_true = true[number] | bit if value is Truth.TRUE else true[number] & ~bit
        now_false = false[number] | bit if value is Truth.FALSE else false[number] & ~bit
        if now_true != true[number] or now_false != false[number]:
            true[number], false[number] = now_true, now_false
            yield number


@lru_cache(maxsize=256)
def _blank(circuit: Circuit) -> tuple[list[int], list[int]]:
    """Every node on the facts of somebody of whom nothing is known, who asked for nothing: one lane."""
    true: list[int] = []
    false: list[int] = []
    for node in circuit.nodes:
        masks = (0, int(isinstance(node.leaf, Known))) if node.leaf else _valued(node, true, false, 1)
        true.append(masks[0])
        false.append(masks[1])
    return true, false


def _truth(true: int, false: int) -> Truth:
    if true:
        return Truth.TRUE
    return Truth.FALSE if false else Truth.UNKNOWN


def _valued(node: Node, true: list[int], false: list[int], every: int) -> Masks:
    """The value of a gate from those of its children, in all lanes."""
    gate, children = node.gate, node.children
    if gate is Gate.ALL:
        return _together(children, true, false, every)
    if gate is Gate.ANY:
        none, some = _together(children, false, true, every)
        return some, none
    first = children[0]
    if gate is Gate.NOT:
        return false[first], true[first]
    if gate is Gate.DEFINED:
        open_ = every & ~(true[first] | false[first])
        return true[first] | (open_ & true[children[1]]), false[first] | (open_ & false[children[1]])
    if gate is Gate.SETTLED:
        known = true[first] | false[first]
        return known, every & ~known
    can_fail = len(children) - node.count + 1
    return (
        _counted(node.count, [true[child] for child in children], every),
        _counted(can_fail, [false[child] for child in children], every),
    )


def _together(children: tuple[int, ...], holds: list[int], fails: list[int], every: int) -> Masks:
    """The lanes in which all children hold, and those in which any fails."""
    failing = 0
    for child in children:
        every &= holds[child]
        failing |= fails[child]
    return every, failing


def _counted(count: int, masks: list[int], every: int) -> int:
    """The lanes that are set in at least *count* of the masks."""
    reached = [every] + [0] * max(count, 0)
    for mask in masks:
        for place in range(count, 0, -1):
            reached[place] |= reached[place - 1] & mask
    return reached[-1]
