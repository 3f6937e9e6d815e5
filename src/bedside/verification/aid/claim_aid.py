"""The aid itself: what it was trained to say of a claim and its evidence, opened from its weights."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import mul
from typing import Any, Literal, Self

from bedside.evidence.semantic import Embedder
from bedside.verification.aid.ensemble import Ensemble
from bedside.verification.aid.features import features
from bedside.verification.aid.meaning import Meaning, meaning
from bedside.verification.aid.trial_stance import trial_support

Configuration = Literal["base", "semantic"]
Stance = Literal["support", "refute", "neutral"]

_UNDECIDED = 0.5
GRAIN = 2.0**-12
_BOUND = 2.0
"""Inputs are held within this of their mean, in the unit that training gave them: no figure decides alone."""


@dataclass(frozen=True, slots=True)
class Probabilities:
    """How likely the evidence supports, refutes or leaves open the claim; the three sum to 1.

    Calibrated for sets where each stance is as common as the others of its question, see the data card.
    """

    support: float
    refute: float
    neutral: float

    @property
    def likeliest(self) -> Stance:
        """Whether the evidence speaks to the claim at all, and if so, which way."""
        if self.neutral > _UNDECIDED:
            return "neutral"
        return "support" if self.support >= self.refute else "refute"


@dataclass(frozen=True, slots=True)
class ClaimAid:
    """The trained aid: how its inputs are made, and what answers its two questions.

    ``left_open`` asks whether the evidence leaves the claim open, ``against`` whether, if it does not, it refutes it.
    ``axes`` are the respects of meaning the vectors are reduced to; there are none in the base configuration.
    """

    names: tuple[str, ...]
    centres: tuple[float, ...]
    scales: tuple[float, ...]
    axes: tuple[tuple[float, ...], ...]
    axis_centres: tuple[float, ...]
    left_open: Ensemble
    against: Ensemble

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """From the JSON object of a weights file."""
        return cls(
            tuple(row["figures"]),
            tuple(map(float, row["centres"])),
            tuple(map(float, row["scales"])),
            tuple(tuple(map(float, axis)) for axis in row["axes"]),
            tuple(map(float, row["axis_centres"])),
            Ensemble.of(row["left_open"]),
            Ensemble.of(row["against"]),
        )

    def judge(self, claim: str, evidence: str, embedder: Embedder | None = None) -> Probabilities:
        """What the aid makes of *evidence* for *claim*; the semantic configuration needs an *embedder*.

        A trial record is judged by rules on its counts and criteria: nothing was learnt from any.

        Raises ValueError when it is not given one, or one whose vectors have another length than those it learnt from.
        """
        recorded = trial_support(claim, evidence)
        if recorded is not None:
            return Probabilities(recorded, 1 - recorded, 0.0)
        if not self.axes:
            return self.judged(features(claim, evidence))
        if embedder is None:
            raise ValueError("this configuration of the aid judges by meaning and needs an embedding model")
        return self.judged(features(claim, evidence), meaning(claim, evidence, embedder))

    def judged(self, figures: Mapping[str, float], meant: Meaning | None = None) -> Probabilities:
        """The same from figures, and where it judges by meaning from vectors, that are known."""
        inputs = tuple(self.inputs(figures, meant))
        neutral, against = self.left_open.probability(inputs), self.against.probability(inputs)
        return Probabilities((1 - neutral) * (1 - against), (1 - neutral) * against, neutral)

    def inputs(self, figures: Mapping[str, float], meant: Meaning | None = None) -> Iterator[float]:
        """What is judged: the figures about their means, then the axes of both sides and how they compare.

        Each is rounded to a multiple of ``GRAIN``, which every float type holds exactly.
        """
        known = {**figures, **(meant.figures if meant else {})}
        for name, centre, scale in zip(self.names, self.centres, self.scales, strict=True):
            yield _grained(max(-_BOUND, min(_BOUND, (known[name] - centre) * scale)))
        if self.axes and meant is not None:
            yield from map(_grained, self._compared(self._reduced(meant.claim), self._reduced(meant.evidence)))

    def _compared(self, claim: Sequence[float], evidence: Sequence[float]) -> Iterator[float]:
        yield from claim
        yield from evidence
        yield from (2 * mine * theirs for mine, theirs in zip(claim, evidence, strict=True))
        yield from (abs(mine - theirs) for mine, theirs in zip(claim, evidence, strict=True))

    def _reduced(self, vector: Sequence[float]) -> list[float]:
        if len(vector) != len(self.axes[0]):
            raise ValueError(f"vectors of {len(self.axes[0])} numbers were learnt from, not of {len(vector)}")
        return [sum(map(mul, axis, vector)) - centre for axis, centre in zip(self.axes, self.axis_centres, strict=True)]


def _grained(value: float) -> float:
    return round(value / GRAIN) * GRAIN


@lru_cache(maxsize=2)
def claim_aid(configuration: Configuration = "base") -> ClaimAid:
    """The aid as it is shipped. "semantic" was trained on the vectors of all-MiniLM-L6-v2 and reads no others."""
    path = files("bedside.verification.aid").joinpath(f"weights_{configuration}.json")
    return ClaimAid.of(json.loads(path.read_text(encoding="utf-8")))
