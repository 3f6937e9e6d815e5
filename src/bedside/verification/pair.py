"""A pair: one sentence of a claim beside the sentence of a passage that says most of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bedside.text.span import Span
from bedside.verification.reading import Reading, Said
from bedside.verification.terms import Terms


@dataclass(frozen=True, eq=False)
class Pair:
    """``claim`` is one sentence of ``said``; ``window`` the sentence of ``passage`` that fits it best."""

    said: Reading
    claim: Said
    passage: Reading
    window: Said
    terms: Terms
    against: str = ""

    def mine(self, span: Span) -> str:
        """What the claim says at a place."""
        return span.of(self.said.text).strip()

    def theirs(self, span: Span) -> str:
        """What the passage says at a place."""
        return span.of(self.passage.text).strip()

    @cached_property
    def coverage(self) -> float:
        """The share of the claim's content that stands in the window, between 0 and 1."""
        return share(self.claim, self.window.keys)

    @cached_property
    def likeness(self) -> float:
        """How like the two sentences are word by word, from 0 to 1: the words of both by the words of either."""
        either = self.claim.stems | self.window.stems
        return len(self.claim.stems & self.window.stems) / len(either) if either else 1.0

    @cached_property
    def clauses(self) -> dict[int, float]:
        """For each clause of the window, the share of its content that the claim repeats."""
        found: dict[int, list[bool]] = {}
        for mark in self.window.marks:
            if not mark.general:
                found.setdefault(mark.clause, []).append(mark.key in self.claim.keys)
        return {clause: sum(hits) / len(hits) for clause, hits in found.items()}


def share(claim: Said, keys: frozenset[str]) -> float:
    """The share of the claim's content words that are among *keys*."""
    counted = claim.counted_keys
    return sum([key in keys for key in counted]) / len(counted) if counted else 1.0


def covered(said: Reading, passage: Reading) -> float:
    """The least share of a sentence of *said* that one place of the passage holds, between 0 and 1."""
    if not passage.sentences:
        return 0.0
    return min((share(each, best_window(each, passage).keys) for each in said.sentences), default=0.0)


def best_window(claim: Said, passage: Reading) -> Said:
    """The sentence of the passage that holds most of the claim, the shortest of equals. Figures count as words do."""
    figures = {figure.value for figure in claim.figures}
    content = frozenset(claim.content_keys)
    again = {key: times - 1 for key, times in claim.content_keys.items() if times > 1}

    def fit(said: Said) -> float:
        numbers = sum(figure.value in figures for figure in said.figures) if figures else 0
        words = len(content & said.keys) + sum([times for key, times in again.items() if key in said.keys])
        return words + 0.5 * numbers + 0.3 * len(claim.stems & said.stems) - 0.01 * len(said.stems)

    return max(passage.sentences, key=fit)
