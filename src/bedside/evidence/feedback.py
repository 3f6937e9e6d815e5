"""Feedback from the first places: terms that the best candidates share and the others lack speak for a candidate.

The idea of relevance models (Lavrenko and Croft, 2001), kept to the candidates of one query: rarity is counted among
them, so nothing has to be known of the library.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bedside.evidence.ranking_reading import Reading
from bedside.evidence.ranking_weights import Weights
from bedside.evidence.ranking_worth import idf

_B = 0.4
_SHARED_BY = 2
"""Teachers that must hold a term before it is believed."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A candidate as feedback hears it: its terms over title, text and subject headings, each field with its weight."""

    frequencies: Mapping[str, float]
    length: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the first places taught: for each term its part of the whole, the strongest first. The parts sum to 1."""

    parts: Mapping[str, float]
    mean_length: float

    def marks(self, pupil: Heard) -> dict[str, float]:
        """What each learnt term adds to a candidate; their sum is below 1."""
        norm, frequency_of = _norm(pupil, self.mean_length), pupil.frequencies.get
        found: dict[str, float] = {}
        for term, part in self.parts.items():
            frequency = frequency_of(term)
            if frequency:
                found[term] = part * frequency / (norm + frequency)
        return found


def heard_as(reading: Reading, weights: Weights) -> Heard:
    """The frequencies of a candidate, and their sum, with the weights of its fields."""
    weight, counts = weights.field["text"], reading.text.counts
    frequencies = dict[str, float](counts) if weight == 1 else {term: weight * count for term, count in counts.items()}
    length = weight * reading.text.size
    for weight, field in ((weights.field["title"], reading.title), (weights.field["mesh"], reading.mesh)):
        length += weight * field.size
        for term in field.line.split():
            frequencies[term] = frequencies.get(term, 0.0) + weight
    return Heard(frequencies, length)


def learn(best: Sequence[float], heard: Sequence[Heard], weights: Weights) -> Lesson:
    """The lesson of the first candidates, with the scores *best* in falling order, among all that are *heard*."""
    mean = sum(pupil.length for pupil in heard) / len(heard) or 1.0
    teachers = heard[: len(best)]
    trust = [math.exp((score - best[0]) / weights.doubt) for score in best]
    whole = sum(trust)
    holding = _holding(heard)
    shared = {term for term, by in _holding(teachers).items() if by >= _SHARED_BY}
    taught = dict.fromkeys(shared, 0.0)
    for share, teacher in zip(trust, teachers, strict=True):
        norm, frequencies = _norm(teacher, mean), teacher.frequencies
        for term in shared & frequencies.keys():
            frequency = frequencies[term]
            taught[term] += share / whole * frequency / (norm + frequency)
    rarity_of = [idf(len(heard), by) for by in range(len(heard) + 1)]
    rarities = {term: rarity_of[holding[term]] for term in taught}
    strongest = sorted((-strength * rarities[term], term) for term, strength in taught.items())[: weights.lessons]
    # A term counts by how strongly it was taught and once more by its rarity, as a term of the question does.
    strengths = {term: -worth * rarities[term] for worth, term in strongest}
    total = sum(strengths.values()) or 1.0
    return Lesson({term: strength / total for term, strength in strengths.items()}, mean)


def _holding(heard: Sequence[Heard]) -> Counter[str]:
    """For each term how many candidates hold it."""
    return Counter(chain.from_iterable(pupil.frequencies for pupil in heard))


def _norm(pupil: Heard, mean_length: float) -> float:
    """What the length of a candidate takes from its frequencies."""
    return 1 - _B + _B * pupil.length / mean_length
