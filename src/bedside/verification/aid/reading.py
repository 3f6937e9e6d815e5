"""A sentence or line as the aid reads it: once, then compared with many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bedside.evidence.analysis import terms
from bedside.text.folding import fold
from bedside.text.numbers import Sign, numbers
from bedside.verification.aid.word_classes import BAD, DOWN, GOOD, NEGATING, UP

_PERCENT = re.compile(r"\s*(?:%|per ?cent\b)")
_NONE_OF = re.compile(r"\b0/\d+|\b0 \(0|\b0(?:\.0+)?%")
_NAME = re.compile(r"\b(?=\w*[A-Z0-9])(?:[A-Z][\w-]*[A-Z0-9][\w-]*|[a-z]+\d[\w-]*)\b")
_NOT = re.compile(r"n['\u2019]t\b|(?<=\bcan)not\b")
_REACH = 4  # terms before a word in which a negation turns it


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a sentence; ``percent`` says whether a percent sign follows, ``digits`` that it is not a word."""

    value: float
    sign: Sign
    percent: bool
    digits: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A word of direction at the term ``place``: ``sign`` is +1 up and -1 down, turned round where it is negated."""

    place: int
    sign: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence: its folded text, terms in order, numbers, names (acronyms and the like), negations and turns.

    ``direction`` and ``worth`` are the sums of its words up and down, good and bad, each turned round where negated.
    """

    folded: str
    terms: tuple[str, ...]
    present: frozenset[str]
    neighbours: frozenset[tuple[str, str]]
    numbers: tuple[Stated, ...]
    names: frozenset[str]
    negations: int
    turns: tuple[Turn, ...]
    direction: int
    worth: int

    def count(self, words: frozenset[str]) -> int:
        """How many of its terms are in *words*."""
        return sum(term in words for term in self.terms)

    def around(self, place: int, reach: int) -> frozenset[str]:
        """The terms at most *reach* before and after the one at *place*."""
        return frozenset((*self.terms[max(0, place - reach) : place], *self.terms[place + 1 : place + 1 + reach]))


@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """Read a sentence. Any text will do."""
    folded = fold(text)
    found = tuple(terms(_NOT.sub(" not", text)))
    return Reading(
        folded,
        found,
        frozenset(found),
        frozenset(pairwise(found)),
        tuple(_stated(text, folded)),
        frozenset(name.lower() for name in _NAME.findall(text)),
        sum(term in NEGATING for term in found) + len(_NONE_OF.findall(folded)),
        tuple(Turn(place, sign) for place, sign in _signed(found, UP, DOWN, _REACH, ahead=2) if sign),
        sum(sign for _, sign in _signed(found, UP, DOWN, _REACH)),
        sum(sign for _, sign in _signed(found, GOOD, BAD, _REACH)),
    )


def _stated(text: str, folded: str) -> list[Stated]:
    return [
        Stated(float(each.value), each.sign, bool(_PERCENT.match(folded, each.whole.end)), not each.spelt)
        for each in numbers(text)
    ]


def _signed(
    found: tuple[str, ...], plus: frozenset[str], minus: frozenset[str], reach: int, ahead: int = 0
) -> list[tuple[int, int]]:
    """The places of words in *plus* and *minus* with their sign, turned round by an odd number of negations."""
    signed = []
    for place, term in enumerate(found):
        sign = (term in plus) - (term in minus)
        if sign:
            near = found[max(0, place - reach) : place + ahead]
            odd = sum(each in NEGATING for each in near) % 2
            signed.append((place, -sign if odd else sign))
    return signed
