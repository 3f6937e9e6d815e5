"""The circuit: every condition of a protocol as one graph, equal parts shared, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from bedside.protocol.condition import All, Any, Asked, AtLeast, Compare, Condition, Has, Is, Known, Leaf, Not, as_text
from bedside.protocol.strength import Jurisdiction

if TYPE_CHECKING:
    from bedside.protocol.protocol import Protocol, Rule


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
    are the leaves that compare a value with a limit, with their numbers; ``asked`` the leaves that ask what was asked,
    not what is known. ``needs`` gives for each rule every fact it depends on, ``under`` for each node those below
    it and itself, as a set of bits.
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
    asked: tuple[int, ...]
    needs: Mapping[str, frozenset[str]]
    under: tuple[int, ...]
    _written: dict[str, tuple[tuple[int, Leaf, str], ...]] = field(default_factory=dict)
    _roles: dict[str, Role] = field(default_factory=dict)

    def written(self, rule: Rule) -> tuple[tuple[int, Leaf, str], ...]:
        """The leaves of a rule's condition as they are written, each once: its node, itself, and as text."""
        if rule.id not in self._written:
            pairs = (*self._pairs(self.given[rule.id], rule.given), *self._pairs(self.when[rule.id], rule.when))
            first = {leaf: node for node, leaf in reversed(pairs)}
            self._written[rule.id] = tuple(
                (first[leaf], leaf, as_text(leaf)) for leaf in dict.fromkeys(leaf for _, leaf in pairs)
            )
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
                (_shape(leaf), self.parents[number], self.heads.get(number, ()))
                for number in self.leaves.get(concept, ())
                if (leaf := self.nodes[number].leaf) is not None
            )
        return self._roles[concept]

    def below(self, *roots: int) -> int:
        """The nodes under some nodes, these included: a set with a bit for each node."""
        found = 0
        for node in roots:
            found |= self.under[node]
        return found


@lru_cache(maxsize=256)
def circuit_of(protocol: Protocol) -> Circuit:
    """The circuit of a protocol; kept for the life of the protocol."""
    return _Builder(protocol).built()


Role = frozenset[tuple[object, tuple[int, ...], tuple[str, ...]]]


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
            tuple(number for number, node in enumerate(self.nodes) if isinstance(node.leaf, Asked)),
            {rule_id: self.concepts[node] | self.concepts[when[rule_id]] for rule_id, node in given.items()},
            self._under(),
        )

    def _under(self) -> tuple[int, ...]:
        under: list[int] = []
        for number, node in enumerate(self.nodes):
            bits = 1 << number
            for child in node.children:
                bits |= under[child]
            under.append(bits)
        return tuple(under)

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
