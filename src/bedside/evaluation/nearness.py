"""Which passages speak of the same things as a sentence, and how much of a sentence a passage covers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

_WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}|\d+(?:\.\d+)?")
_STEM = 6  # letters; enough to tell words apart, short enough to join their forms
_RARE = 40  # passages; a word in more of them says little about the topic
_EMPTY = frozenset(
    """
    the and was were with for that this from than are had has have been not but which who our their its they
    there these those study studies patients results result significant significantly compared between group
    groups both after during all may can more less also other when while into such over under one two three
    showed found using used most among
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


def content_words(text: str) -> frozenset[str]:
    """The stems of the words of *text* that carry its content, and its figures."""
    return frozenset(word.lower()[:_STEM] for word in _WORD.findall(text) if word.lower() not in _EMPTY)


def coverage(sentence: str, passage: str) -> float:
    """The share of the content words of *sentence* that *passage* holds, from 0 to 1."""
    words = content_words(sentence)
    return len(words & content_words(passage)) / len(words) if words else 0.0


@dataclass(frozen=True, slots=True)
class Shelf:
    """Passages by place, with an index of their rare words."""

    passages: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    places: Mapping[tuple[str, str], tuple[str, ...]] = field(repr=False)
    order: tuple[str, ...] = field(repr=False)

    @classmethod
    def of(cls, passages: Mapping[str, str]) -> Shelf:
        """Index *passages*."""
        words = {place: content_words(text) for place, text in passages.items()}
        kinds = Counter(map(_kind, passages))
        places: dict[tuple[str, str], list[str]] = {}
        for place, held in words.items():
            for word in sorted(held):
                places.setdefault((_kind(place), word), []).append(place)
        kept = {
            (kind, word): tuple(where)
            for (kind, word), where in places.items()
            if 1 < len(where) <= max(_RARE, min(_RARE * 3, kinds[kind] // 3))
        }
        return cls(passages, words, kept, tuple(passages))

    def near(self, place: str, sentence: str, most: float) -> str | None:
        """The place of the same kind whose passage shares most rare words with *sentence* and covers *most* or less."""
        wanted, kind = content_words(sentence), _kind(place)
        shared = Counter(
            other for word in sorted(wanted) for other in self.places.get((kind, word), ()) if other != place
        )
        for other, _ in sorted(shared.most_common(30), key=lambda item: (-item[1], item[0])):
            if self._share(wanted, other) <= most:
                return other
        return None

    def far(self, place: str, sentence: str, random: Random, most: float = 0.2) -> str | None:
        """A place of chance whose passage covers at most *most* of *sentence*; its own kind of source comes first."""
        wanted = content_words(sentence)
        kind = _kind(place)
        tries = [self.order[random.randrange(len(self.order))] for _ in range(60)]
        for other in sorted(tries, key=lambda each: not each.startswith(kind)):
            if other != place and self._share(wanted, other) <= most:
                return other
        return None

    def _share(self, wanted: frozenset[str], place: str) -> float:
        return len(wanted & self.words[place]) / max(1, len(wanted))


def _kind(place: str) -> str:
    return place.partition(":")[0]


def shelf_of(pairs: Iterable[tuple[str, str]]) -> Shelf:
    """The shelf of (place, passage) pairs; the same place twice is one."""
    return Shelf.of(dict(pairs))
