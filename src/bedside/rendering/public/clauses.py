"""A condition as a person reads it: a tree of clauses, each leaf in words, with a link to what defines it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bedside.article.naming import Names
from bedside.protocol.condition import All, Any, Asked, AtLeast, Compare, Condition, Has, Is, Known, Leaf, Not
from bedside.protocol.protocol import Protocol
from bedside.rendering.public.words import (
    COMPARED,
    band_named,
    country,
    named,
    number_text,
    parameter_text,
    range_texts,
    spaced,
)


class ClauseKind(StrEnum):
    """How the parts of a clause belong together."""

    LEAF = "leaf"
    ALL = "all"
    ANY = "any"
    NOT = "not"
    SOME = "some"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Clause:
    """One node. ``text`` is set for a leaf; ``defined`` names the definition it refers to, "" for none; ``count`` is
    how many parts must hold (SOME)."""

    kind: ClauseKind
    text: str = ""
    defined: str = ""
    parts: tuple[Clause, ...] = ()
    count: int = 0

    @property
    def simple(self) -> bool:
        """Whether it reads well on one line."""
        if self.kind is ClauseKind.NOT:
            return self.parts[0].kind is ClauseKind.LEAF
        return self.kind in (ClauseKind.LEAF, ClauseKind.ALWAYS)


@dataclass(frozen=True, slots=True)
class RangeOf:
    """The range of one measure that a condition speaks of: the measure's name, its band, the countries ("" for all),
    and the range in words, once for each set of units."""

    measure: str
    band: str
    country: str
    texts: tuple[str, ...]


class Clauses:
    """Reads the conditions of one protocol. ``names`` says what concepts and bands are called."""

    def __init__(self, protocol: Protocol, names: Names) -> None:
        self._protocol = protocol
        self._names = names

    def of(self, condition: Condition) -> Clause:
        """The tree of a condition."""
        match condition:
            case All(()):
                return Clause(ClauseKind.ALWAYS, "always")
            case All((only,)) | Any((only,)):
                return self.of(only)
            case All(parts):
                return Clause(ClauseKind.ALL, parts=tuple(map(self.of, _flat(parts, All))))
            case Any(parts):
                return Clause(ClauseKind.ANY, parts=tuple(map(self.of, _flat(parts, Any))))
            case AtLeast(count, parts):
                return Clause(ClauseKind.SOME, parts=tuple(map(self.of, parts)), count=count)
            case Not(part):
                return Clause(ClauseKind.NOT, parts=(self.of(part),))
            case leaf:
                return self._leaf(leaf)

    def _leaf(self, leaf: Leaf) -> Clause:
        match leaf:
            case Has(name, qualifier):
                defined = name if name in self._protocol.definitions else ""
                text = spaced(name) if defined else named(name, self._names)
                return Clause(ClauseKind.LEAF, f"{_QUALIFIED[qualifier]}{text}", defined)
            case Is(name, word):
                return Clause(ClauseKind.LEAF, f"{self._called(name)} is {band_named(name, word, self._names)}")
            case Compare():
                return Clause(ClauseKind.LEAF, self._compared(leaf))
            case Known(name):
                defined = name if name in self._protocol.definitions else ""
                return Clause(ClauseKind.LEAF, f"{self._called(name)} is known, whatever it is", defined)
            case Asked(word):
                return Clause(ClauseKind.LEAF, f"the question asks about: {spaced(word)}")

    def _called(self, name: str) -> str:
        return spaced(name) if name in self._protocol.definitions else named(name, self._names)

    def _compared(self, leaf: Compare) -> str:
        how = f"{self._called(leaf.name)} {COMPARED[leaf.comparator]}"
        if leaf.number is not None:
            return f"{how} {number_text(leaf.number)} {leaf.unit}".strip()
        written = parameter_text(self._protocol, leaf.parameter)
        return f"{how} {spaced(leaf.parameter)}{f' ({written})' if written else ''}"

    def ranges(self, condition: Condition, before: Sequence[Condition] = ()) -> tuple[RangeOf, ...]:
        """The ranges of measures that must hold for a condition (not those inside a "not" or an "any").

        *before* are conditions that were tried first: a measure with which one of them would hold is left out.
        """
        found: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
        for leaf in self._required(condition, frozenset()):
            for measure in self._banded(leaf.name):
                if any(_caught(condition, each, leaf, measure) for each in before):
                    continue
                for where, bands in self._protocol.measures[measure].bands.items():
                    for band in bands:
                        if band.name == leaf.word:
                            key = (measure, band.name, range_texts(band.low, band.high))
                            found.setdefault(key, []).append(country(where))
        return tuple(
            RangeOf(named(measure, self._names), band_named(measure, band, self._names), _listed(countries), texts)
            for (measure, band, texts), countries in found.items()
        )

    def _banded(self, name: str) -> tuple[str, ...]:
        """The measures with bands behind a name: itself, or those it is the first known of."""
        measure = self._protocol.measures.get(name)
        if measure is None:
            return ()
        return (name,) if measure.bands else tuple(n for part in measure.first_known for n in self._banded(part))

    def _required(self, condition: Condition, seen: frozenset[str]) -> Iterator[Is]:
        match condition:
            case All(parts):
                known = [leaf.name for leaf in parts if isinstance(leaf, Known) and self._banded(leaf.name)]
                for part in parts:
                    for leaf in self._required(part, seen):
                        yield Is(known[0], leaf.word) if known and leaf.name not in known else leaf
            case Is():
                yield condition
            case Has(name, "") if name in self._protocol.definitions and name not in seen:
                yield from self._required(self._protocol.definitions[name], seen | {name})


_QUALIFIED: Mapping[str, str] = {
    "": "",
    "past": "in the past: ",
    "planned": "planned: ",
    "hypothetical": "supposed: ",
    "family": "in the family: ",
    "infant": "in the infant: ",
}


def _flat(parts: tuple[Condition, ...], kind: type[All | Any]) -> Iterator[Condition]:
    """The parts, with those of the same kind opened: "all of (all of a, b), c" is "all of a, b, c"."""
    for part in parts:
        if isinstance(part, kind):
            yield from _flat(part.parts, kind)
        else:
            yield part


def _caught(condition: Condition, earlier: Condition, leaf: Is, measure: str) -> bool:
    """Whether *earlier* holds wherever *condition* does and that measure is known: it names the measure, asks the same
    of it, and nothing that *condition* does not ask."""
    asked = _parts(earlier)
    mine = {Known(measure), leaf}
    return Known(measure) in asked and leaf in asked and asked - mine <= _parts(condition)


def _parts(condition: Condition) -> frozenset[Condition]:
    return frozenset(_flat(condition.parts, All)) if isinstance(condition, All) else frozenset({condition})


def _listed(countries: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, countries)))


def in_short(clause: Clause) -> str:
    """A clause on one line, to be searched."""
    match clause.kind:
        case ClauseKind.LEAF | ClauseKind.ALWAYS:
            return clause.text
        case ClauseKind.NOT:
            inner = in_short(clause.parts[0])
            return f"not {inner if clause.parts[0].kind is ClauseKind.LEAF else f'({inner})'}"
        case ClauseKind.SOME:
            return f"at least {clause.count} of: " + ", ".join(map(in_short, clause.parts))
        case ClauseKind.ANY:
            return " or ".join(_inside(part) for part in clause.parts)
        case ClauseKind.ALL:
            return "; ".join(_inside(part) for part in clause.parts)


def _inside(clause: Clause) -> str:
    return f"({in_short(clause)})" if clause.kind in (ClauseKind.ALL, ClauseKind.ANY) else in_short(clause)
