"""Replacing one word of a sentence by another, so that exactly one thing about the sentence changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

_YOU = re.compile(r"uni|use|euro|one\b|ubi", re.IGNORECASE)
_SENTENCE_START = 3  # characters within which a capital is the sentence's and not the word's


@dataclass(frozen=True, slots=True)
class Swap:
    """A possible replacement: the half-open offsets ``start`` to ``end`` of a sentence and what goes there."""

    start: int
    end: int
    new: str

    def of(self, sentence: str) -> str:
        """The sentence with the replacement made; an opening capital and the article before it are kept right."""
        old, new = sentence[self.start : self.end], self.new
        if self.start < _SENTENCE_START and old[:1].isupper():
            new = new[:1].upper() + new[1:]
        return f"{_with_article(sentence[: self.start], new)}{new}{sentence[self.end :]}"


@dataclass(frozen=True, slots=True)
class SwapTable:
    """Words and what each may be replaced by, found whole and in any case."""

    pattern: re.Pattern[str]
    news: Mapping[str, tuple[str, ...]]

    def swaps(self, sentence: str) -> tuple[Swap, ...]:
        """Every replacement the table allows in *sentence*, from left to right."""
        return tuple(
            Swap(match.start(), match.end(), new)
            for match in self.pattern.finditer(sentence)
            for new in self.news[match.group().lower()]
        )


def table(news: Mapping[str, Iterable[str] | str], after: str = "", before: tuple[str, ...] = ()) -> SwapTable:
    """A table of whole words. The pattern *after* must not follow, and none of the texts *before* stand in front."""
    words = "|".join(re.escape(word) for word in sorted(news, key=len, reverse=True))
    front = rf"(?<![\w-]){''.join(f'(?<!{re.escape(each)})' for each in before)}"
    back = rf"(?![\w-]){f'(?!{after})' if after else ''}"
    each = {word.lower(): (new,) if isinstance(new, str) else tuple(new) for word, new in news.items()}
    return SwapTable(re.compile(f"{front}(?:{words}){back}", re.IGNORECASE), each)


def both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Each word of a pair to the other; a word in several pairs keeps all its partners."""
    news: dict[str, tuple[str, ...]] = {}
    for one, two in pairs:
        news[one] = (*news.get(one, ()), two)
        news[two] = (*news.get(two, ()), one)
    return news


def mentions(text: str, phrase: str) -> bool:
    """Whether *phrase* stands in *text* as whole words, in any case."""
    text, phrase = text.lower(), phrase.lower()
    start = text.find(phrase) if phrase else -1
    while start >= 0:
        end = start + len(phrase)
        if not text[max(0, start - 1) : start].isalnum() and not text[end : end + 1].isalnum():
            return True
        start = text.find(phrase, start + 1)
    return False


def unheard(swaps: Iterable[Swap], passage: str) -> list[Swap]:
    """The replacements whose new words the passage does not hold, so that they cannot be true of it by chance."""
    return [swap for swap in swaps if not mentions(passage, swap.new)]


def one_of(swaps: list[Swap], sentence: str, random: Random) -> str | None:
    """The sentence with one of the replacements, drawn at random; None when there is none."""
    return random.choice(swaps).of(sentence) if swaps else None


def everywhere(swap: Swap, sentence: str) -> str:
    """The sentence with the replaced word replaced wherever it stands."""
    old = re.compile(rf"(?<![\w-]){re.escape(sentence[swap.start : swap.end])}(?![\w-])", re.IGNORECASE)
    for match in reversed(list(old.finditer(sentence))):
        sentence = Swap(match.start(), match.end(), swap.new).of(sentence)
    return sentence


def lower_first(sentence: str) -> str:
    """The sentence as it reads behind another: its first letter small unless the word is a name or abbreviation."""
    first = sentence.split(" ", 1)[0]
    plain = first.isalpha() and first[1:].islower() and first.lower() in _OPENERS
    return sentence[0].lower() + sentence[1:] if plain or first in {"A", "An"} else sentence


def opens_plainly(sentence: str) -> bool:
    """Whether the first word is a common one, which may lose its capital without doubt."""
    return sentence.split(" ", 1)[0].lower() in _OPENERS


def _with_article(before: str, new: str) -> str:
    match = re.search(r"\b([Aa])(n?) $", before)
    if match is None:
        return before
    spelt = re.match(r"[A-Z]{2}", new) is not None
    vowel = new[:1] in set("AEFHILMNORSX") if spelt else new[:1].lower() in set("aeiou") and not _YOU.match(new)
    right = "n" if vowel else ""
    return f"{before[: match.start()]}{match[1]}{right} "


_OPENERS = frozenset(
    """
    a after all although among an any ask at avoid because both by check children compare consider continue do
    draw during each eight eighteen eleven every few five folate for four from get give growth if in infants
    intravenous it levels long longer low lower many mean measure median men more most neither nine no none
    nor nurses offer older on one only oral our over overall patients people physicians plasma refer review
    risk serum seven seventeen several sixteen six some subjects such symptoms take ten test testing that the
    their there therefore these they this those thirteen thirty three though total treat treatment twelve
    twenty two under unless until use using we when where whereas whether while with within without women no-
    one high higher significant greater increased reduced improved decreased
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
