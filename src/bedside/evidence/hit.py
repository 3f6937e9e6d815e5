"""The hit: a candidate in its place, with the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.evidence.candidate import Candidate


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score: its name, what it was seen in, and what it added (points, negative where it took away)."""

    name: str
    detail: str
    value: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate with its rank from 1. The values of ``reasons`` sum to ``score`` up to rounding."""

    candidate: Candidate
    rank: int
    score: float
    reasons: tuple[Reason, ...]
