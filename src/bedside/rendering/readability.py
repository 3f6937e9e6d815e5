"""How hard a text is to read: Flesch-Kincaid grade and mean sentence length.

Formula: J. P. Kincaid and others, Derivation of new readability formulas for Navy enlisted personnel, 1975:
0.39 x words / sentences + 11.8 x syllables / words - 15.59. Exact fractions, so that every machine says the same.
Syllables are counted by a rule (groups of vowels, a silent e at the end), which is a little off for medical words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_VOWELS = re.compile(r"[aeiouyáéíóúäöü]+")
_SILENT_END = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^td])ed$")
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts of one text, and two measures rounded to one decimal (0 for an empty text)."""

    sentences: int
    words: int
    syllables: int
    grade: Decimal
    mean_sentence_length: Decimal


def readability(text: str) -> Readability:
    """Measure *text*; a list item or a line counts as a sentence. Numbers count as words of one syllable."""
    sentences = [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return Readability(0, 0, 0, Decimal(0), Decimal(0))
    total = sum(map(syllables, words))
    length = Fraction(len(words), len(sentences))
    grade = Fraction(39, 100) * length + Fraction(118, 10) * Fraction(total, len(words)) - Fraction(1559, 100)
    return Readability(len(sentences), len(words), total, _rounded(grade), _rounded(length))


def syllables(word: str) -> int:
    """Syllables of one word by the rule above; at least 1."""
    plain = _SILENT_END.sub("", word.lower())
    return max(1, len(_VOWELS.findall(plain)))


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_TENTH, rounding=ROUND_HALF_EVEN)
