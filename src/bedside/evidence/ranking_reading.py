"""A candidate as the second stage reads it: the terms of each field, their counts, and how long the field is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bedside.evidence.analysis import spaced
from bedside.evidence.candidate import Candidate

_KEPT = 4096
"""Texts whose reading is kept. Questions of one visit find much the same passages."""


class Field:
    """One field: its terms in order as :func:`spaced` writes them, and its length in words.

    A few terms are counted in that line as it is; ``counts`` takes it apart, once, for those who ask for many.
    """

    __slots__ = ("_counts", "length", "line")

    def __init__(self, line: str, length: int) -> None:
        self.line = line
        self.length = length
        self._counts: dict[str, int] | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each term stands in the field."""
        if self._counts is None:
            self._counts = dict(Counter(self.line.split()))
        return self._counts

    @property
    def size(self) -> int:
        """The number of terms."""
        return sum(self.counts.values())

    def count(self, term: str) -> int:
        """How often a term stands in the field."""
        return self.line.count(f" {term} ")

    def count_pair(self, first: str, second: str) -> int:
        """How often *second* follows *first* with nothing or only function words between."""
        return self.line.count(f" {first}  {second} ")


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate and its four fields."""

    candidate: Candidate
    title: Field
    heading: Field
    text: Field
    mesh: Field


def read(candidate: Candidate) -> Reading:
    """*candidate* with its fields read; the terms of its text are taken from the library where that keeps them."""
    text = Field(candidate.terms, _words(candidate.text)) if candidate.terms else read_field(candidate.text)
    mesh = read_field(", ".join(candidate.mesh))
    return Reading(candidate, read_field(candidate.title), read_field(candidate.heading), text, mesh)


@lru_cache(maxsize=_KEPT)
def read_field(text: str) -> Field:
    """*text* read. The same text is read once while it is remembered."""
    return Field(spaced(text), _words(text))


def _words(text: str) -> int:
    return text.count(" ") + 1 if text else 0
