"""Feedback from the first places: terms that the best candidates share and the others lack speak for a candidate.

The idea of relevance models (Lavrenko and Croft, 2001), kept to the candidates of one query: rarity is counted among
them, so nothing has to be known of the library.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bedside.evidence.ranking_fields import idf
from bedside.evidence.ranking_reading import Reading
from bedside.evidence.ranking_weights import Weights

_B = 0.4
_SHARED_BY = 2
"""Teachers that must hold a term before it is believed."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the first places taught: for each term its part of the whole, the strongest first. The parts sum to 1."""

    parts: Mapping[str, float]
    weights: Weights
    mean_length: float

    def marks(self, reading: Reading) -> dict[str, float]:
        """What each learnt term adds to a candidate; their sum is below 1."""
        norm = self.norm(reading)
        found: dict[str, float] = {}
        for term, part in self.parts.items():
            if frequency := _frequency(reading, term, self.weights):
                found[term] = part * frequency / (norm + frequency)
        return found

    def norm(self, reading: Reading) -> float:
        """What the length of a candidate takes from its frequencies."""
        return 1 - _B + _B * _length(reading, self.weights) / self.mean_length


def learn(best: Sequence[tuple[float, Reading]], heard: Sequence[Reading], weights: Weights) -> Lesson:
    """The lesson of the *best* candidates (score, reading; best first) among all that are *heard*."""
    mean = sum(_length(reading, weights) for reading in heard) / len(heard)
    empty = Lesson({}, weights, mean or 1.0)
    trust = [math.exp((score - best[0][0]) / weights.doubt) for score, _ in best]
    whole = sum(trust)
    shared = Counter(term for _, reading in best for term in _terms(reading))
    holding = Counter(term for reading in heard for term in _terms(reading))
    taught: dict[str, float] = {}
    for share, (_, reading) in zip(trust, best, strict=True):
        norm = empty.norm(reading)
        for term in _terms(reading):
            if shared[term] >= _SHARED_BY:
                frequency = _frequency(reading, term, weights)
                taught[term] = taught.get(term, 0.0) + share / whole * frequency / (norm + frequency)
    rarities = {term: idf(len(heard), holding[term]) for term in taught}
    strongest = sorted(taught, key=lambda term: (-taught[term] * rarities[term], term))[: weights.lessons]
    # A term counts by how strongly it was taught and once more by its rarity, as a term of the question does.
    strengths = {term: taught[term] * rarities[term] ** 2 for term in strongest}
    total = sum(strengths.values()) or 1.0
    return Lesson({term: strength / total for term, strength in strengths.items()}, weights, empty.mean_length)


def _terms(reading: Reading) -> Iterable[str]:
    return dict.fromkeys((*reading.title.counts, *reading.text.counts, *reading.mesh.counts))


def _frequency(reading: Reading, term: str, weights: Weights) -> float:
    return (
        weights.field["title"] * reading.title.counts.get(term, 0)
        + weights.field["text"] * reading.text.counts.get(term, 0)
        + weights.field["mesh"] * reading.mesh.counts.get(term, 0)
    )


def _length(reading: Reading, weights: Weights) -> float:
    return (
        weights.field["title"] * len(reading.title.terms)
        + weights.field["text"] * len(reading.text.terms)
        + weights.field["mesh"] * len(reading.mesh.terms)
    )
