"""Patterns: the book that finds many patterns in a text in one pass, and the hits it gives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from bedside.question.grammar import SHORT_GAP, Element, Grammar, Phrase
from bedside.question.spelling import Spelling
from bedside.question.words import Break, Word
from bedside.text.lazy import LazyMapping


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that was found: its label, and the first and last word (both included)."""

    label: str
    first: int
    last: int


def indexed(
    patterns: Mapping[str, Iterable[str]],
    groups: Mapping[str, Iterable[str]] | None = None,
    real_words: Iterable[str] = (),
) -> dict[str, Any]:
    """Patterns under labels as plain JSON to be opened by :class:`PatternBook`: lines of label and pattern, and by what
    its first word may be the numbers of the lines. Made when content is compiled. Raises LibraryUnusable for one that
    cannot be read.

    ``real_words`` are never taken for a misspelt word of a pattern.
    """
    by_word: dict[str, dict[int, None]] = {}
    by_start: dict[str, dict[int, None]] = {}
    by_number: dict[int, None] = {}
    known: set[str] = set()
    named = {name: list(members) for name, members in (groups or {}).items()}
    grammar = Grammar(named)
    pairs = [(label, text) for label, texts in patterns.items() for text in texts]
    for line, (label, text) in enumerate(pairs):
        for phrase in grammar.phrases(label, text):
            head = phrase.elements[0]
            for word in head.exact:
                by_word.setdefault(word, {})[line] = None
            for start in head.starts:
                by_start.setdefault(start, {})[line] = None
            if head.low is not None:
                by_number[line] = None
            known.update(*(element.exact for element in phrase.elements))
    return {
        "lines": "\n".join(f"{label}\t{' '.join(text.split())}" for label, text in pairs),
        "by_word": {word: " ".join(map(str, lines)) for word, lines in by_word.items()},
        "by_start": {start: " ".join(map(str, lines)) for start, lines in by_start.items()},
        "by_number": " ".join(map(str, by_number)),
        "groups": named,
        "known": " ".join(sorted(known)),
        "real_words": sorted(real_words),
    }


class PatternBook:
    """Many patterns under labels. ``find`` takes time proportional to the text, whatever the number of patterns.

    A pattern is read when a text first holds a word that it may begin with.
    """

    def __init__(self, index: Mapping[str, Any]) -> None:
        """Open what :func:`indexed` made."""
        self._grammar = Grammar(index["groups"])
        self._lines = index["lines"].split("\n")
        self._by_word = LazyMapping(index["by_word"], self._read)
        self._by_start = LazyMapping(index["by_start"], self._read)
        self._numbered: str = index["by_number"]
        self._start_lengths = sorted({len(start) for start in self._by_start})
        self._spelling = Spelling(index["known"].split(), index["real_words"])

    @classmethod
    def of(
        cls,
        patterns: Mapping[str, Iterable[str]],
        groups: Mapping[str, Iterable[str]] | None = None,
        real_words: Iterable[str] = (),
    ) -> Self:
        """The book of patterns that were not indexed before; takes and raises what :func:`indexed` does."""
        return cls(indexed(patterns, groups, real_words))

    def find(self, cut: tuple[Word, ...]) -> tuple[Hit, ...]:
        """Every pattern in the words, in the order of the text, the longest first where several begin together."""
        meant = {form: self._spelling.meant(form) for form in {word.form for word in cut}}
        forms = [meant[word.form] for word in cut]
        hits: set[Hit] = set()
        for first, form in enumerate(forms):
            for phrase in self._beginning(form):
                last = _match(phrase.elements, 1, first, forms, cut)
                if last is not None:
                    hits.add(Hit(phrase.label, first, last))
        return tuple(sorted(hits, key=lambda hit: (hit.first, -hit.last, hit.label)))

    def _beginning(self, form: str) -> Iterable[Phrase]:
        yield from self._by_word.get(form, ())
        for length in self._start_lengths:
            yield from self._by_start.get(form[:length], ()) if len(form) >= length else ()
        if form[0].isdigit():
            yield from (phrase for phrase in self._by_number if phrase.elements[0].takes(form))

    @cached_property
    def _by_number(self) -> tuple[Phrase, ...]:
        return tuple(phrase for phrase in self._phrases(self._numbered) if phrase.elements[0].low is not None)

    def _read(self, beginning: str, numbers: str) -> tuple[Phrase, ...]:
        """Those phrases of the patterns on some lines that begin with a word, or with words that begin so."""
        found = self._phrases(numbers)
        return tuple(p for p in found if beginning in p.elements[0].exact or beginning in p.elements[0].starts)

    def _phrases(self, numbers: str) -> Iterator[Phrase]:
        for number in numbers.split():
            label, _, text = self._lines[int(number)].partition("\t")
            yield from self._grammar.phrases(label, text)


def _match(elements: tuple[Element, ...], index: int, last: int, forms: list[str], cut: tuple[Word, ...]) -> int | None:
    """The last word of the phrase whose elements before *index* end at word *last*, or None. Gaps are kept short."""
    if index == len(elements):
        return last
    element = elements[index]
    if element.ending:
        ends = range(last, min(last + 1 + element.gap, len(cut)))
        return next((at for at in ends if at + 1 == len(cut) or cut[at + 1].before > Break.NONE), None)
    for place in range(last + 1, min(last + 2 + element.gap, len(forms))):
        parted = cut[place].before
        if parted is Break.SENTENCE or (parted is Break.COMMA and 0 < element.gap <= SHORT_GAP):
            return None
        if element.takes(forms[place]):
            end = _match(elements, index + 1, place, forms, cut)
            if end is not None:
                return end
    return None


def near(hits: Sequence[Hit], first: int, last: int) -> Iterator[Hit]:
    """Of hits ordered by their first word, those that begin between the words *first* and *last*."""
    for index in range(bisect_left(hits, first, key=lambda hit: hit.first), len(hits)):
        if hits[index].first > last:
            return
        yield hits[index]


def overlap(left: Hit, right: Hit) -> bool:
    """Whether the two share a word."""
    return left.first <= right.last and right.first <= left.last


def by_label(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Hits in the order given, under their labels."""
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.label, []).append(hit)
    return grouped
