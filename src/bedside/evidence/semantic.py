"""Re-ranking by meaning: the best hits of the search once more, with points for how near each is to the question.

It is optional. The model is a port; the words of the question still decide which hits there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import hypot
from operator import mul
from typing import Protocol

from bedside.evidence.candidate import Candidate
from bedside.evidence.hit import Hit, Reason
from bedside.evidence.ranking_priors import standing

MOST = 50
"""Hits that are read by the model."""
WEIGHT = 2.0
"""Points for a similarity of 1, as a part of the best score by words. See ``docs/semantic.md`` for its choice."""

_DIGITS = 4
"""Digits of a similarity that count: those after them may differ from one processor to another."""
_SCORE_DIGITS = 9


class Embedder(Protocol):
    """A model that puts texts in a space where what means the same is near."""

    @property
    def name(self) -> str:
        """Model and version: the same name always gives the same vectors, but for the last digits."""
        ...

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector for each text, in their order, all of one length; what other texts there are makes no difference."""
        ...


def reranked(
    question: str, hits: Sequence[Hit], embedder: Embedder, *, most: int = MOST, weight: float = WEIGHT
) -> tuple[Hit, ...]:
    """All *hits* in their new order, in whatever order they were given.

    The first *most* get *weight* times the best score among them times their similarity to *question*, as a reason
    "meaning"; less where their source was retracted, superseded or is in doubt, by the factor that their words lose.
    The others follow as they were. Equal scores stay in the order of the ranks, then the ids.
    """
    ordered = sorted(hits, key=lambda hit: (hit.rank, hit.candidate.id))
    read, rest = ordered[:most], ordered[most:]
    if not read or not weight:
        return _ranked(ordered)
    near = similarities(question, [hit.candidate for hit in read], embedder)
    most_points = weight * max(hit.score for hit in read)
    scored = [_with_meaning(hit, one, most_points, embedder) for hit, one in zip(read, near, strict=True)]
    scored.sort(key=lambda hit: -round(hit.score, _SCORE_DIGITS))  # stable: the order by words stays for equal ones
    return _ranked([*scored, *rest])


def similarities(question: str, candidates: Sequence[Candidate], embedder: Embedder) -> tuple[float, ...]:
    """How near each candidate is to *question*: the cosine from 0 to 1, 0 also where it is negative."""
    asked, *read = embedder.embed([question, *map(embedded_text, candidates)])
    return tuple(max(0.0, round(_cosine(asked, one), _DIGITS)) for one in read)


def embedded_text(candidate: Candidate) -> str:
    """What the model reads of a candidate: title, heading and text, a line each."""
    return "\n".join(part for part in (candidate.title, candidate.heading, candidate.text) if part)


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    lengths = hypot(*one) * hypot(*other)
    return sum(map(mul, one, other)) / lengths if lengths else 0.0


def _with_meaning(hit: Hit, similarity: float, most_points: float, embedder: Embedder) -> Hit:
    points = most_points * similarity * standing(hit.candidate)
    if not points:
        return hit
    reason = Reason("meaning", f"similarity {similarity:.4f} by {embedder.name}", points)
    return replace(hit, score=hit.score + points, reasons=(*hit.reasons, reason))


def _ranked(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    return tuple(replace(hit, rank=at) for at, hit in enumerate(hits, 1))
