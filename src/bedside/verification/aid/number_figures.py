"""Figures of the numbers and names of a claim: whether they are in its evidence, and whether other ones are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bedside.text.numbers import Sign
from bedside.verification.aid.alignment import Alignment
from bedside.verification.aid.trial_sides import holds

Figure = tuple[str, float]
_NEAREST = 2  # sentences whose numbers are held against those of the claim
_MOST = 5
_NO_NUMBERS = -1.0
_SAME = 1e-9


def number_figures(laid: Alignment) -> Iterator[Figure]:
    """Numbers found, replaced by another of their kind, and bounds that hold or not; names missing."""
    asked, best = laid.claim.numbers, laid.best.numbers
    everywhere = {each.value for sentence in laid.sentences for each in sentence.numbers}
    here = {each.value for each in best}
    yield "numbers of claim", float(min(_MOST, len(asked)))
    yield "numbers of best", float(min(_MOST, len(best)))
    yield "numbers found", _part([each.value in everywhere for each in asked])
    yield "numbers found in best", _part([each.value in here for each in asked])
    yield "numbers in digits", float(sum(each.digits for each in asked))
    yield "numbers in percent", float(sum(each.percent for each in asked))
    near = list(chain.from_iterable(laid.sentences[at].numbers for at in laid.order[:_NEAREST]))
    replaced = held = broken = 0
    for each in asked:
        values = [other.value for other in near if other.percent == each.percent]
        replaced += bool(values) and each.value not in values
        if each.sign != "=":
            held += any(_holds(each.sign, each.value, value) for value in values)
            broken += any(not _holds(each.sign, each.value, value) for value in values)
    yield "numbers replaced", float(replaced)
    yield "bounds held", float(held)
    yield "bounds broken", float(broken)
    yield "bounds", float(sum(each.sign != "=" for each in asked))
    yield from _names(laid)


def _part(found: list[bool]) -> float:
    return sum(found) / len(found) if found else _NO_NUMBERS


def _holds(sign: Sign, bound: float, value: float) -> bool:
    return abs(value - bound) < _SAME if sign == "=" else holds(sign, bound, value, near=0)


def _names(laid: Alignment) -> Iterator[Figure]:
    names = laid.claim.names
    folded = " ".join(each.folded for each in laid.sentences)
    yield "names", float(len(names))
    yield "names missing", float(sum(name not in folded for name in names))
    yield "names missing in best", float(sum(name not in laid.best.folded for name in names))
