"""Abbreviations that a text defines, as in "proton pump inhibitor (PPI)"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from bedside.text.words import Word
from bedside.verification.terms import stem

_SHORT = re.compile(r"\(([A-Z][A-Za-z]{1,7})\)")
_FILLERS = 3  # little words inside a long form
_LITTLE = frozenset(("of", "the", "and", "for", "in", "to", "with", "a"))

Short = tuple[str, frozenset[str]]
"""The stem of an abbreviation and the keys of the words it stands for."""


def defined(text: str, every: Sequence[Word], keys: Callable[[Sequence[Word]], frozenset[str]]) -> tuple[Short, ...]:
    """The abbreviations a text defines; ``keys`` says what some of its words *every* mean."""
    found = []
    for match in _SHORT.finditer(text):
        letters = match[1].lower()
        before = _before(every, match.start(), len(letters) + _FILLERS)
        first = next((n for n, word in enumerate(before) if _spells(letters, before[n:])), None)
        if first is not None:
            found.append((stem(letters), keys(before[first:])))
    return tuple(found)


def with_shorts(keys: frozenset[str], shorts: Iterable[Short]) -> frozenset[str]:
    """The keys of a sentence with the long form of each abbreviation in it, and the other way round."""
    more = set(keys)
    for short, words_of_it in shorts:
        if short in keys:
            more |= words_of_it
        elif words_of_it and words_of_it <= keys:
            more.add(short)
    return frozenset(more)


def _before(every: Sequence[Word], position: int, most: int) -> list[Word]:
    """The last words that end before a position, marks left out."""
    place = bisect_right(every, position, key=lambda word: word.end)
    return list(islice((word for word in reversed(every[:place]) if not word.is_mark), most))[::-1]


def _spells(letters: str, written: Sequence[Word]) -> bool:
    """Whether the first letters of some words, little words aside, spell an abbreviation."""
    starts = [word.norm[0] for word in written if word.norm not in _LITTLE]
    return "".join(starts) == letters.removesuffix("s") or "".join(starts) == letters
