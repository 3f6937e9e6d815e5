"""BM25F: one saturated frequency a term, summed over the fields with their weights (Robertson and Zaragoza, 2009)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bedside.evidence.candidate import Statistics
from bedside.evidence.query import SearchQuery
from bedside.evidence.ranking_reading import Field, Reading
from bedside.evidence.ranking_weights import Weights


@dataclass(frozen=True, slots=True)
class Worth:
    """What each term asked for, and each pair of neighbours in the question, is worth when fully present."""

    terms: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    rarity: float
    """The sum of the weights times the plain rarities of the terms: the measure for what is added from feedback."""


def pairs_of(query: SearchQuery) -> frozenset[tuple[str, str]]:
    """The neighbours in the question, its words that only ask left out."""
    return frozenset(pair for pair in zip(query.words, query.words[1:], strict=False) if pair[0] != pair[1])


def worth_of(
    query: SearchQuery, readings: Sequence[Reading], statistics: Statistics, weights: Weights, *, inside: bool
) -> Worth:
    """The worth of the query's terms in this library. ``inside`` says that all candidates are of one source."""
    worth, rarity = {}, 0.0
    for term, weight in query.terms:
        anywhere = statistics.frequencies.get(term, 0)
        plain = idf(max(statistics.size, len(readings)), max(anywhere, 1))
        rarity += weight * plain
        if inside:
            here = sum(1 for reading in readings if reading.text.count(term) or reading.heading.count(term))
            plain = plain ** (1 - weights.local) * idf(len(readings), here) ** weights.local
        worth[term] = weight * plain**weights.idf_power
    both = {
        pair: (worth[pair[0]] + worth[pair[1]]) / 2 for pair in sorted(pairs_of(query)) if worth.keys() >= set(pair)
    }
    return Worth(worth, both, rarity)


def idf(size: int, holding: int) -> float:
    """The rarity of a term that *holding* of *size* passages hold; never negative."""
    return math.log(1 + (size - min(holding, size) + 0.5) / (holding + 0.5))


def points(
    reading: Reading, worth: Worth, lengths: Mapping[str, float], weights: Weights
) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """What each term, and each pair of neighbours, adds to the score of a candidate; only those that are there."""
    weight = 1.0 if reading.title.length else 1.0 + weights.untitled
    in_text = weight * _share(reading.text, "text", lengths, weights)
    short = [(field.counts, _share(field, name, lengths, weights)) for name, field in _short(reading) if field.length]
    line = reading.text.line
    for_terms: dict[str, float] = {}
    for term, full in worth.terms.items():
        frequency = in_text * line.count(f" {term} ")
        for counts, share in short:
            if term in counts:
                frequency += share * counts[term]
        if frequency:
            for_terms[term] = full * frequency / (weights.k1 + frequency)
    whole = [(reading.title, _share(reading.title, "title", lengths, weights)), (reading.text, in_text)]
    for_pairs: dict[tuple[str, str], float] = {}
    for pair, full in worth.pairs.items():
        if pair[0] in for_terms and pair[1] in for_terms:
            frequency = sum(share * field.count_pair(*pair) for field, share in whole)
            if frequency:
                for_pairs[pair] = weights.phrase * full * frequency / (weights.phrase_k + frequency)
    return for_terms, for_pairs


def _short(reading: Reading) -> tuple[tuple[str, Field], ...]:
    """The fields that are a few words, and the same in many candidates: they are counted once."""
    return ("title", reading.title), ("heading", reading.heading), ("mesh", reading.mesh)


def _share(field: Field, name: str, lengths: Mapping[str, float], weights: Weights) -> float:
    """What one occurrence in a field of this length counts."""
    mean = lengths.get(name, 0.0)
    relative = field.length / mean if mean > 0 else 1.0
    return weights.field[name] / (1 - weights.b[name] + weights.b[name] * relative)
