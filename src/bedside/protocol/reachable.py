"""Whether a condition can be true at all: a search for one assignment of its leaves that does not contradict itself.

The search knows that a value lies in one band only, that a number cannot be both below and above a limit, that what
is unknown can be neither true nor false, and what definitions stand for. It does not know medicine: two findings that
never occur together are still possible here. Finding nothing is therefore proof that a rule is dead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from bedside.facts.fact import Comparator
from bedside.protocol.condition import All, Any, Asked, AtLeast, Compare, Condition, Has, Is, Known, Not
from bedside.protocol.protocol import Protocol

Leaf = Has | Is | Compare | Known | Asked
Goal = tuple[Condition, bool]
"""A condition and the value it is wanted to have."""

_STEPS = 20_000
"""After so many steps the search gives up and calls the condition possible: it may only ever refuse what it proved."""

_SIDES = {
    Comparator.BELOW: frozenset("<"),
    Comparator.AT_MOST: frozenset("<="),
    Comparator.EQUAL: frozenset("="),
    Comparator.AT_LEAST: frozenset("=>"),
    Comparator.ABOVE: frozenset(">"),
}


def can_be_true(condition: Condition, protocol: Protocol) -> bool:
    """Say whether some assignment of facts makes the condition true; False is a proof."""
    return _Search(protocol.definitions, _band_names(protocol)).solve(((condition, True),), {})


def _band_names(protocol: Protocol) -> dict[str, frozenset[str]]:
    """Measure -> the names of its bands, through measures that take the first known of several."""
    own = {
        name: frozenset(band.name for bands in measure.bands.values() for band in bands)
        for name, measure in protocol.measures.items()
    }
    for name, measure in protocol.measures.items():
        own[name] = own[name].union(*(own.get(part, frozenset()) for part in measure.first_known))
    return own


@dataclass(slots=True)
class _Search:
    """One search; ``steps`` counts the work done."""

    definitions: Mapping[str, Condition]
    bands: Mapping[str, frozenset[str]]
    steps: int = 0

    def solve(self, goals: tuple[Goal, ...], decided: dict[Leaf, bool]) -> bool:
        """Say whether every goal can be met together with what is decided."""
        decided, choices = dict(decided), list[Iterator[tuple[Goal, ...]]]()
        waiting = list(goals)
        while waiting:
            self.steps += 1
            condition, wanted = waiting.pop()
            opened = self._open(condition, wanted)
            if opened is None:
                if decided.setdefault(condition, wanted) is not wanted:  # type: ignore[arg-type]
                    return False
            elif isinstance(opened, tuple):
                waiting.extend(opened)
            else:
                choices.append(opened)
        if not self._consistent(decided):
            return False
        if not choices or self.steps > _STEPS:
            return True
        later = tuple(choices[1:])
        rest = [list(choice) for choice in later]
        return any(self._with(goals, rest, decided) for goals in choices[0])

    def _with(self, goals: tuple[Goal, ...], rest: list[list[tuple[Goal, ...]]], decided: dict[Leaf, bool]) -> bool:
        """Meet one choice and then one of each of the rest."""
        remaining = tuple((_either(options), True) for options in rest)
        return self.solve((*goals, *remaining), decided)

    def _open(self, condition: Condition, wanted: bool) -> tuple[Goal, ...] | Iterator[tuple[Goal, ...]] | None:
        """Goals that must all be met, an iterator of choices of which one must, or None for a leaf."""
        match condition:
            case Not(part):
                return ((part, not wanted),)
            case All(parts):
                return _some(len(parts) if wanted else 1, parts, wanted)
            case Any(parts):
                return _some(1 if wanted else len(parts), parts, wanted)
            case AtLeast(count, parts):
                return _some(count if wanted else len(parts) - count + 1, parts, wanted)
            case Has(name, "") if name in self.definitions:
                return ((self.definitions[name], wanted),)
        return None

    def _consistent(self, decided: Mapping[Leaf, bool]) -> bool:
        """Say whether leaves with these values can stand together."""
        by_name: dict[str, list[tuple[Leaf, bool]]] = {}
        for leaf, value in decided.items():
            if not isinstance(leaf, Asked):
                by_name.setdefault(leaf.name, []).append((leaf, value))
        return all(self._possible(name, leaves) for name, leaves in by_name.items())

    def _possible(self, name: str, leaves: list[tuple[Leaf, bool]]) -> bool:
        """Say whether the leaves about one name can stand together."""
        current = [leaf for leaf, _ in leaves if not (isinstance(leaf, Has) and leaf.qualifier)]
        unknown = any(isinstance(leaf, Known) and not value for leaf, value in leaves)
        if unknown and any(not isinstance(leaf, Known) for leaf in current):
            return False
        bands = self.bands.get(name, frozenset())
        inside = {leaf.word for leaf, value in leaves if isinstance(leaf, Is) and value and leaf.word in bands}
        compared = [(leaf, value) for leaf, value in leaves if isinstance(leaf, Compare)]
        return len(inside) <= 1 and _limits_meet(compared)


def _either(options: list[tuple[Goal, ...]]) -> Condition:
    """Choices as a condition again, so that they can wait as one goal."""
    return Any(tuple(All(tuple(part if wanted else Not(part) for part, wanted in goals)) for goals in options))


def _some(count: int, parts: tuple[Condition, ...], wanted: bool) -> tuple[Goal, ...] | Iterator[tuple[Goal, ...]]:
    """Goals for "at least *count* of the parts have the wanted value"."""
    if count <= 0:
        return ()
    if count == len(parts):
        return tuple((part, wanted) for part in parts)
    return (tuple((part, wanted) for part in chosen) for chosen in combinations(parts, count))


def _limits_meet(compared: Iterable[tuple[Compare, bool]]) -> bool:
    """Say whether one number can stand in all these relations to its limits."""
    symbolic: dict[str, frozenset[str]] = {}
    numeric: dict[str, list[tuple[Decimal, frozenset[str]]]] = {}
    for leaf, value in compared:
        sides = _SIDES[leaf.comparator] if value else frozenset("<=>") - _SIDES[leaf.comparator]
        if leaf.number is None:
            symbolic[leaf.parameter] = symbolic.get(leaf.parameter, frozenset("<=>")) & sides
        else:
            numeric.setdefault(leaf.unit, []).append((leaf.number, sides))
    return all(symbolic.values()) and all(_meet(limits) for limits in numeric.values())


def _meet(limits: list[tuple[Decimal, frozenset[str]]]) -> bool:
    """Try the limits themselves, the middles between them, and a number beyond each end."""
    edges = sorted({limit for limit, _ in limits})
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    tried = [edges[0] - 1, *edges, *middles, edges[-1] + 1]
    return any(all(_side(number, limit) in sides for limit, sides in limits) for number in tried)


def _side(number: Decimal, limit: Decimal) -> str:
    """On which side of the limit the number lies."""
    if number == limit:
        return "="
    return "<" if number < limit else ">"
