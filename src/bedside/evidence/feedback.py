"""Feedback from the first places: terms that the best candidates share and the others lack speak for a candidate.

The idea of relevance models (Lavrenko and Croft, 2001), kept to the candidates of one query: rarity is counted among
them, so nothing has to be known of the library.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
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

    def marks(self, pupil: Heard) -> dict[str, float]:
        """What each learnt term adds to a candidate; their sum is below 1."""
        norm, frequencies = self.norm(pupil), pupil.frequencies
        found: dict[str, float] = {}
        for term, part in self.parts.items():
            if frequency := frequencies.get(term):
                found[term] = part * frequency / (norm + frequency)
        return found

    def norm(self, pupil: Heard) -> float:
        """What the length of a candidate takes from its frequencies."""
        return 1 - _B + _B * pupil.length / self.mean_length


@dataclass(frozen=True, slots=True)
class Heard:
    """A candidate as feedback hears it: its terms over all fields, each field with its weight."""

    frequencies: Mapping[str, float]
    length: float


def heard_as(reading: Reading, weights: Weights) -> Heard:
    """The frequencies of a candidate, and their sum, with the weights of its fields."""
    weight = weights.field["text"]
    frequencies = {term: weight * count for term, count in reading.text.counts.items()}
    for name, field in (("title", reading.title), ("mesh", reading.mesh)):
        weight = weights.field[name]
        for term, count in field.counts.items():
            frequencies[term] = frequencies.get(term, 0.0) + weight * count
    return Heard(frequencies, sum(frequencies.values()))


def learn(best: Sequence[float], heard: Sequence[Heard], weights: Weights) -> Lesson:
    """The lesson of the first candidates, with the scores *best* in falling order, among all that are *heard*."""
    mean = sum(pupil.length for pupil in heard) / len(heard)
    empty = Lesson({}, weights, mean or 1.0)
    teachers = heard[: len(best)]
    trust = [math.exp((score - best[0]) / weights.doubt) for score in best]
    whole = sum(trust)
    shared = Counter(term for pupil in teachers for term in pupil.frequencies)
    holding = Counter(term for pupil in heard for term in pupil.frequencies)
    taught: dict[str, float] = {}
    for share, teacher in zip(trust, teachers, strict=True):
        norm = empty.norm(teacher)
        for term, frequency in teacher.frequencies.items():
            if shared[term] >= _SHARED_BY:
                taught[term] = taught.get(term, 0.0) + share / whole * frequency / (norm + frequency)
    rarities = {term: idf(len(heard), holding[term]) for term in taught}
    strongest = sorted(taught, key=lambda term: (-taught[term] * rarities[term], term))[: weights.lessons]
    # A term counts by how strongly it was taught and once more by its rarity, as a term of the question does.
    strengths = {term: taught[term] * rarities[term] ** 2 for term in strongest}
    total = sum(strengths.values()) or 1.0
    return Lesson({term: strength / total for term, strength in strengths.items()}, weights, empty.mean_length)
