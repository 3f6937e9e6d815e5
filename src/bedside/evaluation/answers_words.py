"""Whether an answer says something: the words of a demand looked for in its lines.

An alternative is words joined by " + ", each of which must stand in one line of the answer (a statement is one line; it
has two sentences at most). Case does not matter, nor do hyphens, accents, the spelling of Greek-rooted words
("haemoglobin", "hemoglobin"), commas of thousands, or how micrograms are written. A word may go on ("transfus" finds
"transfusion"); a number may not (12 is not in 120, nor 5 in 2.5), and a word of three letters or fewer only by an "s",
so that "no" is not found in "normal".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from bedside.evaluation.answers_questions import Demand

_SHORT = 3
_MICROGRAM = re.compile(r"\b(?:mcg|ug|microg|micrograms?)\b")
_THOUSANDS = re.compile(r"(?<=\d)[,   ](?=\d{3}\b)")
_DASHES = re.compile(r"[-‐-―−/]")
_SPACES = re.compile(r"\s+")
_GREEK = str.maketrans({"’": "'", "‘": "'", "µ": "u", "μ": "u", "×": "x"})


def met(demand: Demand, lines: Iterable[str]) -> bool:
    """Whether one alternative of *demand* is met by one of the *lines*, which :func:`folded` was made of."""
    texts = tuple(lines)
    return any(_found(alternative, text) for alternative in demand.alternatives for text in texts)


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """*text* in the form in which words are looked for."""
    plain = unicodedata.normalize("NFKD", text.translate(_GREEK)).lower()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.replace("≥", ">=").replace("≤", "<=")
    plain = _THOUSANDS.sub("", plain)
    plain = _MICROGRAM.sub("ug", _DASHES.sub(" ", plain))
    plain = plain.replace("ae", "e").replace("oe", "e").replace("sulph", "sulf").replace(" %", "%")
    return _SPACES.sub(" ", plain).strip()


def _found(alternative: str, text: str) -> bool:
    return all(pattern.search(text) for pattern in _patterns(alternative))


@lru_cache(maxsize=65536)
def _patterns(alternative: str) -> tuple[re.Pattern[str], ...]:
    parts = [part for part in re.split(r"\s\+\s", alternative) if part.strip()]
    if not parts:
        raise ValueError(f"an alternative without words: {alternative!r}")
    return tuple(re.compile(r"\s".join(map(_word, folded(part).split()))) for part in parts)


def _word(word: str) -> str:
    before = r"(?<![\w])(?<!\d[.,])" if word[:1].isalnum() else ""
    if word[-1:].isdigit():
        return f"{before}{re.escape(word)}(?!\\d|[.,]\\d)"
    if word.isalpha() and len(word) <= _SHORT:
        return f"{before}{word}(?:'?s)?(?!\\w)"
    return f"{before}{re.escape(word)}" + (r"\w*" if word[-1:].isalnum() else "")
