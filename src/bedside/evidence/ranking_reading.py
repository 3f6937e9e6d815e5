"""A candidate as the second stage reads it: the terms of each field, their counts, and how long the field is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bedside.evidence.analysis import token_terms
from bedside.evidence.candidate import Candidate

_KEPT = 4096
"""Texts whose reading is kept: some forty megabytes. Questions of one visit find much the same passages."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its terms in order, how often each stands in it, and its length in words."""

    terms: Sequence[str]
    counts: Mapping[str, int]
    length: int

    def count_pair(self, first: str, second: str) -> int:
        """How often *second* follows *first* with nothing or only function words between."""
        if first not in self.counts or second not in self.counts:
            return 0
        found, place, last = 0, -1, len(self.terms) - 1
        for _ in range(self.counts[first]):
            place = self.terms.index(first, place + 1)
            found += place < last and self.terms[place + 1] == second
        return found


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate and its four fields."""

    candidate: Candidate
    title: Field
    heading: Field
    text: Field
    mesh: Field


def read(candidate: Candidate) -> Reading:
    """*candidate* with its fields read."""
    mesh = ", ".join(candidate.mesh)
    return Reading(candidate, *map(read_field, (candidate.title, candidate.heading, candidate.text, mesh)))


@lru_cache(maxsize=_KEPT)
def read_field(text: str) -> Field:
    """*text* read. The same text is read once while it is remembered."""
    found = list(filter(None, token_terms(text)))
    counts = Counter(found)
    # A compound has several terms in one token, with spaces between.
    if any(" " in token for token in counts):
        found = [term for token in found for term in token.split(" ")]
        counts = Counter(found)
    return Field(found, dict(counts), text.count(" ") + 1 if text else 0)
