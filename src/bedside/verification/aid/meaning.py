"""What an embedding model adds: how near claim and evidence are in meaning, and in which respects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from operator import mul

from bedside.evidence.semantic import Embedder
from bedside.verification.aid.alignment import sentence_texts

SHARPNESS = 15.0
"""How much more a sentence nearer to the claim counts in the mean of the evidence."""

Vector = Sequence[float]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The unit vectors of a claim and of its evidence (the mean of its sentences, the nearest counting most), and
    figures of how near they are.
    """

    claim: tuple[float, ...]
    evidence: tuple[float, ...]
    figures: dict[str, float]


def meaning(claim: str, evidence: str, embedder: Embedder) -> Meaning:
    """What *embedder* makes of a claim and the sentences of its evidence."""
    first, *others = embedder.embed([claim, *sentence_texts(evidence)])
    return meaning_of(first, others)


def meaning_of(claim: Vector, sentences: Sequence[Vector]) -> Meaning:
    """The same, of vectors that are known: that of the claim and at least one of a sentence, all of one length."""
    asked = _unit(claim)
    units = [_unit(each) for each in sentences]
    near = [_dot(asked, each) for each in units]
    nearest = max(near)
    shares = [exp(SHARPNESS * (each - nearest)) for each in near]
    mean = _mean(units, shares)
    ordered = sorted(near, reverse=True)
    figures = {
        "meaning of best": ordered[0],
        "meaning of second": ordered[1] if len(ordered) > 1 else 0.0,
        "meaning, average": sum(near) / len(near),
        "meaning of mean": _dot(asked, mean),
        "meaning of all": _dot(asked, _mean(units, [1.0] * len(units))),
        "meaning, place": near.index(nearest) / len(near),
    }
    return Meaning(asked, mean, figures)


def _mean(units: Sequence[Vector], shares: Sequence[float]) -> tuple[float, ...]:
    return _unit([_dot(shares, column) for column in zip(*units, strict=True)])


def _dot(one: Vector, other: Vector) -> float:
    return float(sum(map(mul, one, other)))


def _unit(vector: Vector) -> tuple[float, ...]:
    length = sqrt(_dot(vector, vector)) or 1.0
    return tuple(each / length for each in vector)
