"""The circuit: every condition of a protocol as one graph, equal parts shared, worked out once.

A run values every node once. To see what one more fact would change, only the nodes above that fact are valued again,
and only as far up as something moves: that is what makes trying every missing fact affordable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from bedside.protocol.condition import All, Any, Asked, AtLeast, Compare, Condition, Has, Is, Known, Leaf, Not
from bedside.protocol.strength import Jurisdiction
from bedside.protocol.truth import Truth

if TYPE_CHECKING:
    from bedside.protocol.protocol import Protocol, Rule
    from bedside.protocol.situation import Situation


FALSE, UNKNOWN, TRUE = 0, 1, 2
"""The values of :class:`Truth` as plain numbers: a run values thousands of nodes."""
_TRUTHS = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)


class Gate(Enum):
    """What a node does with its children."""

    LEAF = auto()  # asks the situation
    ALL = auto()
    ANY = auto()
    NOT = auto()
    AT_LEAST = auto()
    DEFINED = auto()  # a definition; where it is unknown, a fact of the same name speaks
    SETTLED = auto()  # whether the child is known


@dataclass(frozen=True, slots=True)
class Node:
    """One node. ``jurisdiction`` is set only where the value of a leaf depends on it."""

    gate: Gate
    children: tuple[int, ...] = ()
    count: int = 0
    leaf: Leaf | None = None
    jurisdiction: Jurisdiction | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Circuit:
    """The graph of one protocol; a child always has a lower number than its parent.

    ``given`` and ``when`` give the nodes of each rule by id, ``patterns`` those of the answer patterns in order.
    ``concepts`` gives for each node the facts it depends on, ``leaves`` for each fact the leaves that ask for it,
    ``parents`` for each node those above it, ``heads`` the rules it is the ``given`` or ``when`` of. ``comparisons``
    are the leaves that compare a value with a limit, with their numbers. ``needs`` gives for each rule every fact it
    depends on.
    """

    nodes: tuple[Node, ...]
    given: Mapping[str, int]
    when: Mapping[str, int]
    scope: int
    patterns: tuple[int, ...]
    concepts: tuple[frozenset[str], ...]
    leaves: Mapping[str, tuple[int, ...]]
    parents: tuple[tuple[int, ...], ...]
    heads: Mapping[int, tuple[str, ...]]
    comparisons: tuple[tuple[int, Compare], ...]
    needs: Mapping[str, frozenset[str]]
    _written: dict[str, tuple[tuple[int, Leaf], ...]] = field(default_factory=dict)
    _roles: dict[str, Role] = field(default_factory=dict)

    def written(self, rule: Rule) -> tuple[tuple[int, Leaf], ...]:
        """The leaves of a rule's condition as they are written, each once, with their nodes."""
        if rule.id not in self._written:
            pairs = (*self._pairs(self.given[rule.id], rule.given), *self._pairs(self.when[rule.id], rule.when))
            first = {leaf: node for node, leaf in reversed(pairs)}
            self._written[rule.id] = tuple((first[leaf], leaf) for leaf in dict.fromkeys(leaf for _, leaf in pairs))
        return self._written[rule.id]

    def _pairs(self, node: int, condition: Condition) -> Iterator[tuple[int, Leaf]]:
        match condition:
            case All(parts) | Any(parts) | AtLeast(_, parts):
                for child, part in zip(self.nodes[node].children, parts, strict=True):
                    yield from self._pairs(child, part)
            case Not(part):
                yield from self._pairs(self.nodes[node].children[0], part)
            case _:
                yield node, condition

    def role(self, concept: str) -> Role:
        """What a concept does in the circuit; two concepts of one role move the same nodes when they are learnt.

        Tingling and numbness stand in the same lists: what one would change, the other would, too.
        """
        if concept not in self._roles:
            self._roles[concept] = frozenset(
                (_shape(leaf), self.parents[number])
                for number in self.leaves.get(concept, ())
                if (leaf := self.nodes[number].leaf) is not None
            )
        return self._roles[concept]

    def below(self, *roots: int) -> frozenset[int]:
        """The nodes under some nodes, these included."""
        found: set[int] = set()
        waiting = list(roots)
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting.extend(self.nodes[node].children)
        return frozenset(found)


@lru_cache(maxsize=256)
def circuit_of(protocol: Protocol) -> Circuit:
    """The circuit of a protocol; kept for the life of the protocol."""
    return _Builder(protocol).built()


Role = frozenset[tuple[object, tuple[int, ...]]]


def _shape(leaf: Leaf) -> object:
    """A leaf without its name, where only presence is asked for; otherwise the leaf itself."""
    match leaf:
        case Has(_, qualifier):
            return ("has", qualifier)
        case Known():
            return "known"
        case _:
            return leaf


class _Builder:
    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.nodes: list[Node] = []
        self.concepts: list[frozenset[str]] = []
        self.places: dict[Node, int] = {}
        self.defined: dict[tuple[str, Jurisdiction], int] = {}

    def built(self) -> Circuit:
        protocol = self.protocol
        given = {rule.id: self.add(rule.given, rule.jurisdiction) for rule in protocol.rules}
        when = {rule.id: self.add(rule.when, rule.jurisdiction) for rule in protocol.rules}
        scope = self.add(protocol.scope, Jurisdiction.INT)
        patterns = tuple(self.add(pattern.when, Jurisdiction.INT) for pattern in protocol.patterns)
        leaves: dict[str, list[int]] = {}
        parents: list[list[int]] = [[] for _ in self.nodes]
        for number, node in enumerate(self.nodes):
            for concept in self.concepts[number] if node.leaf is not None else ():
                leaves.setdefault(concept, []).append(number)
            for child in dict.fromkeys(node.children):
                parents[child].append(number)
        return Circuit(
            tuple(self.nodes),
            given,
            when,
            scope,
            patterns,
            tuple(self.concepts),
            {concept: tuple(numbers) for concept, numbers in leaves.items()},
            tuple(map(tuple, parents)),
            self._heads(given, when),
            tuple((number, node.leaf) for number, node in enumerate(self.nodes) if isinstance(node.leaf, Compare)),
            {rule_id: self.concepts[node] | self.concepts[when[rule_id]] for rule_id, node in given.items()},
        )

    def _heads(self, given: Mapping[str, int], when: Mapping[str, int]) -> Mapping[int, tuple[str, ...]]:
        heads: dict[int, dict[str, None]] = {}
        for nodes in (given, when):
            for rule_id, node in nodes.items():
                heads.setdefault(node, {})[rule_id] = None
        return {node: tuple(rules) for node, rules in heads.items()}

    def add(self, condition: Condition, jurisdiction: Jurisdiction) -> int:
        """The number of the node for a condition under a jurisdiction."""
        match condition:
            case Has(name, "") if name in self.protocol.definitions:
                return self._definition(name, jurisdiction)
            case Known(name) if name in self.protocol.definitions:
                return self._put(Node(Gate.SETTLED, (self._definition(name, jurisdiction),)))
            case All(parts):
                return self._put(Node(Gate.ALL, self._each(parts, jurisdiction)))
            case Any(parts):
                return self._put(Node(Gate.ANY, self._each(parts, jurisdiction)))
            case AtLeast(count, parts):
                return self._put(Node(Gate.AT_LEAST, self._each(parts, jurisdiction), count))
            case Not(part):
                return self._put(Node(Gate.NOT, (self.add(part, jurisdiction),)))
            case leaf:
                own = jurisdiction if self._is_local(leaf) else None
                return self._put(Node(Gate.LEAF, leaf=leaf, jurisdiction=own))

    def _each(self, parts: Iterable[Condition], jurisdiction: Jurisdiction) -> tuple[int, ...]:
        return tuple(self.add(part, jurisdiction) for part in parts)

    def _definition(self, name: str, jurisdiction: Jurisdiction) -> int:
        key = (name, jurisdiction)
        if key not in self.defined:
            body = self.add(self.protocol.definitions[name], jurisdiction)
            fact = self._put(Node(Gate.LEAF, leaf=Has(name)))
            self.defined[key] = self._put(Node(Gate.DEFINED, (body, fact)))
        return self.defined[key]

    def _put(self, node: Node) -> int:
        if node not in self.places:
            self.places[node] = len(self.nodes)
            self.nodes.append(node)
            below = [self.concepts[child] for child in node.children]
            own = frozenset() if node.leaf is None else self._named(node.leaf)
            self.concepts.append(own.union(*below))
        return self.places[node]

    def _named(self, leaf: Leaf) -> frozenset[str]:
        """The facts a leaf asks for, measures taken apart."""
        if isinstance(leaf, Asked):
            return frozenset()
        measure = self.protocol.measures.get(leaf.name)
        if measure is None:
            return frozenset({leaf.name})
        frequencies = (f"{part}_frequency" for part in measure.per_day)
        return frozenset({leaf.name, *measure.first_known, *measure.per_day, *frequencies})

    def _is_local(self, leaf: Leaf) -> bool:
        """Whether the value of a leaf may differ between jurisdictions."""
        match leaf:
            case Is(name):
                measure = self.protocol.measures.get(name)
                parts = (name, *(measure.first_known if measure else ()))
                return any(
                    len(self.protocol.measures[part].bands) > 1 for part in parts if part in self.protocol.measures
                )
            case Compare(parameter=parameter) if parameter:
                places = {p.jurisdiction for p in self.protocol.parameters if p.name == parameter}
                return len(places) > 1
            case _:
                return False


class Valuation:
    """The value of every node of a circuit on one patient's facts."""

    def __init__(self, circuit: Circuit, situation: Situation) -> None:
        self.circuit = circuit
        self.situation = situation
        self.values: list[int] = []
        for node in circuit.nodes:
            self.values.append(_value(node, self.values, situation))

    def truth(self, node: int, moved: Mapping[int, int] | None = None) -> Truth:
        """The value of a node, after the changes in *moved*."""
        return _TRUTHS[self.values[node] if moved is None else moved.get(node, self.values[node])]

    def rule(self, rule_id: str, moved: Mapping[int, int] | None = None) -> Truth:
        """The value of a rule: its ``given`` and its ``when`` together."""
        given, when = self.circuit.given[rule_id], self.circuit.when[rule_id]
        if moved is None:
            return _TRUTHS[min(self.values[given], self.values[when])]
        return _TRUTHS[min(moved.get(given, self.values[given]), moved.get(when, self.values[when]))]

    def moved(
        self, changed: Situation, concepts: frozenset[str], within: frozenset[int] | None = None
    ) -> dict[int, int]:
        """The nodes whose value differs when the facts of *concepts* are those of *changed*, with the new values.

        ``within`` looks only at some nodes; it must hold all nodes below those of interest.
        """
        circuit, values = self.circuit, self.values
        nodes, parents = circuit.nodes, circuit.parents
        waiting = [leaf for concept in concepts for leaf in circuit.leaves.get(concept, ())]
        if within is not None:
            waiting = [leaf for leaf in waiting if leaf in within]
        waiting.sort()
        seen = set(waiting)
        before: list[tuple[int, int]] = []
        while waiting:
            number = heappop(waiting)
            value = _value(nodes[number], values, changed)
            if value == values[number]:
                continue
            before.append((number, values[number]))
            values[number] = value
            for parent in parents[number]:
                if parent not in seen and (within is None or parent in within):
                    seen.add(parent)
                    heappush(waiting, parent)
        moved = {number: values[number] for number, _ in before}
        for number, value in before:
            values[number] = value
        return moved


def _value(node: Node, values: list[int], situation: Situation) -> int:
    gate, children = node.gate, node.children
    if gate is Gate.ALL:
        return _least(children, values)
    if gate is Gate.ANY:
        return _greatest(children, values)
    if gate is Gate.LEAF:
        return _asked(node, situation)
    if gate is Gate.AT_LEAST:
        return _counted([values[child] for child in children], node.count)
    return _unary(gate, children, values)


def _least(children: tuple[int, ...], values: list[int]) -> int:
    value = TRUE
    for child in children:
        if values[child] < value:
            value = values[child]
            if value == FALSE:
                break
    return value


def _greatest(children: tuple[int, ...], values: list[int]) -> int:
    value = FALSE
    for child in children:
        if values[child] > value:
            value = values[child]
            if value == TRUE:
                break
    return value


def _unary(gate: Gate, children: tuple[int, ...], values: list[int]) -> int:
    value = values[children[0]]
    if gate is Gate.NOT:
        return TRUE - value
    if gate is Gate.DEFINED:
        return values[children[1]] if value == UNKNOWN else value
    return FALSE if value == UNKNOWN else TRUE


def _asked(node: Node, situation: Situation) -> int:
    if node.leaf is None:
        return UNKNOWN
    value = situation.leaf(node.leaf, node.jurisdiction)
    if value is Truth.UNKNOWN:
        return UNKNOWN
    return TRUE if value is Truth.TRUE else FALSE


def _counted(found: list[int], count: int) -> int:
    if found.count(TRUE) >= count:
        return TRUE
    return UNKNOWN if len(found) - found.count(FALSE) >= count else FALSE
