"""What is asked for: the terms of a question, how much each weighs, and how much of that a text holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from bedside.evidence.analysis import terms
from bedside.evidence.candidate import Statistics
from bedside.evidence.query import OtherName, SearchQuery

RELATIONS = frozenset(
    terms(
        "increase decrease reduce reduction improve improvement lower raise change effect effective efficacy "
        "effectiveness benefit difference prevent prevention risk compare comparison versus significant patient people "
        "adult treatment therapy treat group trial study outcome result evidence work safe safety good better worse "
        "cause associate association"
    )
)
"""What says which way, or how it was studied, and not what was done or measured. An answer says it in other words."""
_OF_RELATIONS = 0.4
"""What such a term weighs, as a part of what its rarity gives it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The distinct content terms of a question with their shares of its weight, which sum to 1.

    A term weighs by its rarity in the library; one that the library never uses weighs most. What only relates the
    others ("prevent") weighs less. Other names stand for the terms they are names of.
    """

    shares: Mapping[str, float]
    names: tuple[OtherName, ...] = ()

    def held_by(self, found: frozenset[str]) -> dict[str, float]:
        """The terms of the question that a text with the terms *found* holds, with the share each earns.

        A term said by another name earns as much of its share as that name means the same.
        """
        held = {term: share for term, share in self.shares.items() if term in found}
        for name in self.names:
            if found.issuperset(name.terms):
                for term in name.words:
                    if term in self.shares:
                        held[term] = max(held.get(term, 0.0), self.shares[term] * name.weight)
        return held


def asked_for(query: SearchQuery, statistics: Statistics) -> Asked:
    """The weights of a question's terms, from the frequencies of the whole library. Figures of a case are none."""
    words = [term for term in query.words if not _is_number(term)] or query.words
    weights = {
        term: rarity(statistics.frequencies.get(term, 0), statistics.size) * (_OF_RELATIONS if term in RELATIONS else 1)
        for term in words
    }
    total = sum(weights.values())
    return Asked({term: weight / total for term, weight in weights.items()} if total else {}, query.other_names)


def _is_number(term: str) -> bool:
    return term.replace(".", "").isdecimal()


def rarity(frequency: int, size: int) -> float:
    """How much a term tells that *frequency* of *size* units hold: always above 0, more the rarer it is."""
    return log(1 + (max(size, frequency) - frequency + 0.5) / (frequency + 0.5))


def terms_wanted(query: SearchQuery) -> tuple[str, ...]:
    """Every term whose frequency a search needs, each once."""
    return tuple(dict.fromkeys((*(term for term, _ in query.terms), *query.words, *_named(query.other_names))))


def _named(names: Iterable[OtherName]) -> Iterable[str]:
    return (term for name in names for term in name.terms)
