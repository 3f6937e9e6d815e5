"""Disagreement: quotes of sources that stand, on the same thing asked, whose findings point different ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from bedside.evidence.asked import RELATIONS, Asked
from bedside.evidence.direction import Direction, direction_of
from bedside.evidence.quote import Quote

_SAME_THING = 0.6
"""The share of the question that two quotes must have in common to be about the same thing."""
_COMMON = 2
"""The terms that two quotes must have in common: what was done, and what came of it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Quotes that do not all point the same way, in the order given, each with the direction it was read to have."""

    quotes: tuple[Quote, ...]
    directions: tuple[Direction, ...]


def disagreement_in(quotes: Iterable[Quote], asked: Asked) -> Disagreement | None:
    """The quotes that disagree with another one, or None. Give only those whose source stands."""
    read = [(quote, direction) for quote in quotes if (direction := direction_of(quote.text)) is not Direction.UNCLEAR]
    apart = [
        pair
        for pair in combinations(range(len(read)), 2)
        if read[pair[0]][1] is not read[pair[1]][1] and _same_thing([read[place][0] for place in pair], asked)
    ]
    places = sorted({place for pair in apart for place in pair})
    if not places:
        return None
    return Disagreement(tuple(read[place][0] for place in places), tuple(read[place][1] for place in places))


def _same_thing(pair: Sequence[Quote], asked: Asked) -> bool:
    """Whether two quotes speak of the same things of the question."""
    common = set(pair[0].matched) & set(pair[1].matched) - RELATIONS
    things = {term: share for term, share in asked.shares.items() if term not in RELATIONS}
    return len(common) >= _COMMON and sum(things[term] for term in common) >= _SAME_THING * sum(things.values())
