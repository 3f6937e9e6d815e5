"""Language: whether a text is a question in English at all.

Short word lists decide, so that a text in another language is answered with an honest decline instead of a guess.
A tie, and anything short and unclear, counts as English.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bedside.question.words import Word

_SHORT = 6
"""Words of a text in which one telling word of another language is enough."""
_COMMON_APART = 5
"""In a language's own text at least one word in so many is among its most common ones."""
_SCRIPT_SHARE = 3
"""A text of which one letter in three is no Latin letter is not English."""
_ROW_RUN = 4
"""Letters in a row along the keyboard that no word has ("asdf")."""
_FEW = 3
_MARKS_APART = 20
"""Program text has a bracket, an equals sign or the like in every so many characters."""
_MARKUP = frozenset("{}<>=$\\")


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """Common words of English and others, words of code, and keyboard rows."""

    english: frozenset[str]
    common: Mapping[str, frozenset[str]]
    telling: frozenset[str]
    code: frozenset[str]
    runs: frozenset[str]

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> LanguageRules:
        """Read ``languages``, ``code`` and ``keyboard`` of ``scope.yaml``."""
        others = data["languages"]["others"]
        english = frozenset(data["languages"]["english"])
        every = {name: frozenset(entry["common"]) | frozenset(entry["telling"]) for name, entry in others.items()}
        common = {name: found - english for name, found in every.items()}
        telling = frozenset(word for entry in others.values() for word in entry["telling"]) - english
        runs = {row[i : i + _ROW_RUN] for row in data["keyboard"] for i in range(len(row) - _ROW_RUN + 1)}
        return cls(english, common, telling, frozenset(data["code"]["words"]), frozenset(runs))


def foreign_words(text: str, cut: tuple[Word, ...], rules: LanguageRules) -> str:
    """The first words that are of another language or script, or ``""`` when the text may be English."""
    script = _other_script(text)
    if script:
        return script
    forms = [word.form for word in cut]
    english = sum(form in rules.english for form in forms)
    # The telling and common words of the one language that has most of them in this text.
    best = max(rules.common.values(), key=lambda known: sum(form in known for form in forms), default=frozenset())
    hits = [place for place, form in enumerate(forms) if form in best]
    told = any(form in rules.telling for form in forms)
    clear = len(hits) > 1 and len(hits) > english and len(hits) * _COMMON_APART >= len(forms)
    short = len(forms) <= _SHORT and told and english == 0
    return _words_from(text, cut, hits[0]) if hits and (clear or short) else ""


def senseless(text: str, cut: tuple[Word, ...], rules: LanguageRules) -> bool:
    """Whether a text is no question whatever its subject: no words, an address, program text, or keys hit at random."""
    forms = [word.form for word in cut if word.form.isalpha()]
    if not cut or _only_addresses(text):
        return True
    marks = sum(character in _MARKUP for character in text)
    coded = sum(form in rules.code for form in forms)
    if (coded >= _FEW and coded * 4 >= len(forms)) or (marks > _FEW and marks * _MARKS_APART >= len(text)):
        return True
    return bool(forms) and sum(_random(form, rules) for form in forms) * 2 > len(forms)


def _other_script(text: str) -> str:
    """The first word in another script, when such letters make up a good part of the text."""
    letters = [character for character in text if character.isalpha()]
    other = [character for character in letters if character > "\u024f" and not _latin(character)]
    if not other or len(other) * _SCRIPT_SHARE < len(letters):
        return ""
    start = text.index(other[0])
    return text[start : start + 40].split(maxsplit=1)[0]


def _latin(character: str) -> bool:
    """Whether a letter is Latin, or a Greek letter that stands in units and names (µ, α, β, γ)."""
    return character in "μαβγδ" or unicodedata.name(character, "").startswith(("LATIN", "FULLWIDTH LATIN"))


def _words_from(text: str, cut: tuple[Word, ...], first: int) -> str:
    last = min(first + 3, len(cut) - 1)
    return text[cut[first].start : cut[last].end]


def _only_addresses(text: str) -> bool:
    pieces = text.split()
    return bool(pieces) and all("://" in piece or piece.startswith("www.") for piece in pieces)


def _random(form: str, rules: LanguageRules) -> bool:
    """Whether a word looks like keys hit at random: a run along the keyboard, no vowel, or one letter repeated."""
    if len(form) < _ROW_RUN:
        return False
    run = any(form[i : i + _ROW_RUN] in rules.runs for i in range(len(form) - _ROW_RUN + 1))
    consonants = not any(letter in "aeiouy" for letter in form) and form.isascii()
    return run or (consonants and len(form) > _ROW_RUN) or len(set(form)) == 1
