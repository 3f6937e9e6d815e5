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
_TITLES_KEPT = 16384
"""Titles and section headings whose reading is kept: some 10 MB at most."""
_HEADINGS_KEPT = 32768
"""Subject headings whose reading is kept: about as many as the vocabulary has."""


class Field:
    """One field: its terms in order as :func:`spaced` writes them, and its length in words.

    A few terms are counted in that line as it is; ``counts`` takes it apart, once, for those who ask for many.
    """

    __slots__ = ("_counts", "length", "line")

    def __init__(self, line: str, length: int) -> None:
        self.line = line
        self.length = length
        self._counts: Counter[str] | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each term stands in the field."""
        if self._counts is None:
            self._counts = Counter(self.line.split())
        return self._counts

    @property
    def size(self) -> int:
        """The number of terms, repeats counted."""
        return self.line.count("  ") + 1 if self.line else 0

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
    title, heading = _read_title(candidate.title), _read_title(candidate.heading)
    return Reading(candidate, title, heading, text, _headings(candidate.mesh))


@lru_cache(maxsize=_KEPT)
def read_field(text: str) -> Field:
    """*text* read. The same text is read once while it is remembered."""
    return Field(spaced(text), _words(text))


@lru_cache(maxsize=_TITLES_KEPT)
def _read_title(text: str) -> Field:
    return Field(spaced(text), _words(text))


@lru_cache(maxsize=_KEPT)
def _headings(names: tuple[str, ...]) -> Field:
    """Subject headings as one field. They are few and come again and again, so each is read for itself."""
    each = [_heading(name) for name in names]
    return Field("".join(line for line, _ in each), sum(words for _, words in each))


@lru_cache(maxsize=_HEADINGS_KEPT)
def _heading(name: str) -> tuple[str, int]:
    return spaced(name), _words(name)


def _words(text: str) -> int:
    return text.count(" ") + 1 if text else 0
