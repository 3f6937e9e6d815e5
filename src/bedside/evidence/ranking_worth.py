"""What the terms of a question are worth, and what a candidate earns for those it holds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bedside.evidence.candidate import Statistics
from bedside.evidence.query import SearchQuery
from bedside.evidence.ranking_fields import Found, Pair
from bedside.evidence.ranking_reading import Reading
from bedside.evidence.ranking_weights import Weights

_FEW = 4
"""Candidates of one source from which on its own rarities are believed."""
_DRAWN = 3
"""Candidates that the frequency usual among the terms stands for."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What each term asked for, and each pair of neighbours in the question, is worth when fully present."""

    terms: Mapping[str, float]
    pairs: Mapping[Pair, float]
    rarity: float
    """The sum of the weights times the plain rarities of the terms: the measure for what is added from feedback."""


def pairs_of(query: SearchQuery) -> tuple[Pair, ...]:
    """The neighbours in the question, its words that only ask left out, each pair once and in a fixed order."""
    return tuple(sorted({pair for pair in zip(query.words, query.words[1:], strict=False) if pair[0] != pair[1]}))


def worth_of(
    query: SearchQuery, readings: Sequence[Reading], found: Sequence[Found], statistics: Statistics, weights: Weights
) -> Worth:
    """The worth of the query's terms in this library, among these candidates and what was *found* in each."""
    worth, rarity = {}, 0.0
    inside = inside_one(readings)
    dwelling = _dwelling(query, found)
    for term, weight in query.terms:
        anywhere = statistics.frequencies.get(term, 0)
        plain = idf(max(statistics.size, len(readings)), max(anywhere, 1))
        rarity += weight * plain
        if inside:
            here = sum(1 for reading in readings if reading.text.count(term) or reading.heading.count(term))
            plain = plain ** (1 - weights.local) * idf(len(readings), here) ** weights.local
        worth[term] = weight * plain**weights.idf_power * dwelling[term] ** weights.dwelling
    pairs = {pair: (worth[pair[0]] + worth[pair[1]]) / 2 for pair in pairs_of(query) if worth.keys() >= set(pair)}
    return Worth(worth, pairs, rarity)


def inside_one(readings: Sequence[Reading]) -> bool:
    """Whether all candidates are of one source, and so many that its own rarities are believed."""
    return len(readings) >= _FEW and len({reading.candidate.source for reading in readings}) == 1


def _dwelling(query: SearchQuery, found: Sequence[Found]) -> dict[str, float]:
    """For each term the mean frequency in the candidates that hold it, drawn to that of all terms where few do.

    A text dwells on what it is about, and says "increase" once: the average term frequency of Kwok (1996).
    """
    held = {term: [one.terms[term] for one in found if term in one.terms] for term, _ in query.terms}
    means = [sum(each) / len(each) for each in held.values() if each]
    usual = sum(means) / len(means) if means else 1.0
    return {term: (sum(each) + _DRAWN * usual) / (len(each) + _DRAWN) for term, each in held.items()}


def for_terms(often: Mapping[str, float], worth: Worth, weights: Weights) -> dict[str, float]:
    """What each term adds to the score, by its frequency."""
    k1, full = weights.k1, worth.terms
    return {term: full[term] * frequency / (k1 + frequency) for term, frequency in often.items()}


def for_families(often: Mapping[str, float], worth: Worth, weights: Weights) -> dict[str, float]:
    """What words of the family of each term add to the score, by their frequency."""
    return for_terms({term: weights.family * frequency for term, frequency in often.items()}, worth, weights)


def for_pairs(often: Mapping[Pair, float], worth: Worth, weights: Weights) -> dict[str, float]:
    """What each pair of neighbours adds to the score, by its frequency."""
    k, most, full = weights.phrase_k, weights.phrase, worth.pairs
    return {" ".join(pair): most * full[pair] * frequency / (k + frequency) for pair, frequency in often.items()}


def idf(size: int, holding: int) -> float:
    """The rarity of a term that *holding* of *size* passages hold; never negative."""
    return math.log(1 + (size - min(holding, size) + 0.5) / (holding + 0.5))
