"""BM25F: one frequency a term, summed over the fields with their weights (Robertson and Zaragoza, 2009)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bedside.evidence.candidate import FIELDS
from bedside.evidence.ranking_reading import Reading
from bedside.evidence.ranking_weights import Weights

Pair = tuple[str, str]
"""Two terms that are neighbours in the question."""

_FAMILY = 0.7
"""The part of a term, from its beginning, that words of its family have in common with it."""
_FAMILY_FROM = 5
_FAMILY_BEGINNING = 4


@dataclass(frozen=True, slots=True)
class Found:
    """What of a question a candidate holds: weighted frequencies, above 0. ``pairs`` stand together."""

    terms: Mapping[str, float]
    pairs: Mapping[Pair, float]


class Finder:
    """Finds the terms of one question in candidates.

    Made once a question: it keeps how terms and pairs are looked for in a line, and what an occurrence counts in a
    field of each length that came up.
    """

    __slots__ = ("_families", "_heading", "_mesh", "_pairs", "_terms", "_text", "_title", "_untitled")

    def __init__(
        self, terms: Sequence[str], pairs: Sequence[Pair], lengths: Mapping[str, float], weights: Weights
    ) -> None:
        """*lengths* are the mean lengths in words of the fields."""
        self._terms = [(term, f" {term} ") for term in terms]
        self._families = [(term, beginning) for term in terms if (beginning := family_of(term))]
        self._pairs = [(pair, f" {pair[0]}  {pair[1]} ") for pair in pairs]
        self._untitled = 1.0 + weights.untitled
        shares = (_Shares(weights.field[name], weights.b[name], lengths.get(name, 0.0)) for name in FIELDS)
        self._title, self._heading, self._text, self._mesh = shares

    def found_in(self, reading: Reading) -> Found:
        """What of the question is in a candidate."""
        title, text = reading.title.line, reading.text.line
        short = self._short(reading)
        anywhere_short = "".join(line for line, _ in short)
        in_text = self._in_text(reading)
        terms: dict[str, float] = {}
        for term, spelled in self._terms:
            frequency = in_text * text.count(spelled)
            if spelled in anywhere_short:
                for line, share in short:
                    frequency += share * line.count(spelled)
            if frequency:
                terms[term] = frequency
        in_title = self._title[reading.title.length] if title else 0.0
        pairs = {
            pair: frequency
            for pair, spelled in self._pairs
            if pair[0] in terms
            and pair[1] in terms
            and (frequency := in_title * title.count(spelled) + in_text * text.count(spelled))
        }
        return Found(terms, pairs)

    def families_in(self, reading: Reading, found: Found) -> dict[str, float]:
        """For terms that a candidate does not hold: how often words that begin like them are in its title and text."""
        in_text, text, title = self._in_text(reading), reading.text.line, reading.title.line
        in_title = self._title[reading.title.length] if title else 0.0
        return {
            term: frequency
            for term, beginning in self._families
            if term not in found.terms
            and (frequency := in_title * title.count(beginning) + in_text * text.count(beginning))
        }

    def _in_text(self, reading: Reading) -> float:
        """What an occurrence in the text counts."""
        return (1.0 if reading.title.line else self._untitled) * self._text[reading.text.length]

    def _short(self, reading: Reading) -> list[tuple[str, float]]:
        """The fields that are a few words, where there are any, with what an occurrence counts."""
        fields = ((reading.title, self._title), (reading.heading, self._heading), (reading.mesh, self._mesh))
        return [(field.line, shares[field.length]) for field, shares in fields if field.line]


def family_of(term: str) -> str:
    """How words of the family of a term begin in a line, " inhib" for "inhibit"; "" for a name that has none."""
    if len(term) < _FAMILY_FROM or not term.isalpha():
        return ""
    return " " + term[: max(_FAMILY_BEGINNING, round(_FAMILY * len(term)))]


class _Shares(dict[int, float]):
    """The length of a field in words -> what one occurrence in it counts."""

    __slots__ = ("_b", "_mean", "_weight")

    def __init__(self, weight: float, b: float, mean: float) -> None:
        self._weight, self._b, self._mean = weight, b, mean

    def __missing__(self, length: int) -> float:
        relative = length / self._mean if self._mean > 0 else 1.0
        share = self[length] = self._weight / (1 - self._b + self._b * relative)
        return share
