"""Words: the tokens that lexicon, context rules and question wording are matched on."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from bedside.text.folding import fold
from bedside.text.span import Span

# A hyphen inside a word joins two words of one term ("pins-and-needles", "B-12"): it is left out of the sequence.
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*|[^\w\s]|_")
_I_AM = "i'm"  # must stay apart from "IM" (intramuscular)
_LETTER_NUMBER = re.compile(r"([a-z])(\d+)")


@dataclass(frozen=True, slots=True)
class Word:
    """One token: ``norm`` is its folded form without apostrophes, ``start`` and ``end`` its offsets."""

    norm: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the word stands."""
        return Span(self.start, self.end)

    @property
    def is_mark(self) -> bool:
        """Whether this is punctuation rather than a word or number."""
        return not self.norm[0].isalnum()


def _norm(written: str) -> str:
    return written if written == _I_AM or "'" not in written else written.replace("'", "") or written


def words(text: str) -> tuple[Word, ...]:
    """Return the words and marks of *text*, in order; hyphens between two letters or digits are left out."""
    folded = fold(text)
    size = len(folded)
    found: list[Word] = []
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        written = match.group()
        if written == "-" and start > 0 and end < size and folded[start - 1].isalnum() and folded[end].isalnum():
            continue
        found.append(Word(_norm(written), start, end))
    return tuple(found)


def norms(phrase: str) -> tuple[str, ...]:
    """The sequence of norms a phrase of the content is matched as."""
    # Nearly every phrase is plain: splitting it is ten times as fast, and thousands are indexed at the start.
    if phrase.isascii() and phrase.replace(" ", "").isalnum():
        return tuple(phrase.lower().split())
    return tuple(word.norm for word in words(phrase))


def spellings(phrase: str) -> tuple[tuple[str, ...], ...]:
    """The norms of *phrase*, and for "b12" style words also the split form ("b", "12")."""
    whole = norms(phrase)
    if not any(character.isdigit() for character in phrase):
        return (whole,)
    split: list[str] = []
    for norm in whole:
        match = _LETTER_NUMBER.fullmatch(norm)
        split.extend(match.groups() if match else (norm,))
    return (whole,) if tuple(split) == whole else (whole, tuple(split))


def word_range(sequence: tuple[Word, ...], span: Span, starts: list[int]) -> range:
    """The indices of the words inside *span*; *starts* are the words' starts, in order."""
    first = bisect_left(starts, span.start)
    # A span that begins inside a word still belongs to that word.
    if first and sequence[first - 1].end > span.start:
        first -= 1
    return range(first, max(first, bisect_left(starts, span.end)))
