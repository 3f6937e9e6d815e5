"""Patterns: the book that finds many patterns in a text in one pass, and the hits it gives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bedside.question.grammar import SHORT_GAP, Element, Grammar, Phrase
from bedside.question.spelling import Spelling
from bedside.question.words import Break, Word


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that was found: its label, and the first and last word (both included)."""

    label: str
    first: int
    last: int


class PatternBook:
    """Many patterns under labels. ``find`` takes time proportional to the text, whatever the number of patterns."""

    def __init__(
        self,
        patterns: Mapping[str, Iterable[str]],
        groups: Mapping[str, Iterable[str]] | None = None,
        real_words: Iterable[str] = (),
    ) -> None:
        """Index patterns by what their first word may be. Raises LibraryUnusable for one that cannot be read.

        ``real_words`` are never taken for a misspelt word of a pattern.
        """
        self._by_word: dict[str, list[Phrase]] = {}
        self._by_start: dict[str, list[Phrase]] = {}
        self._by_number: list[Phrase] = []
        known: set[str] = set()
        grammar = Grammar(groups or {})
        for label, texts in patterns.items():
            for text in texts:
                for phrase in grammar.phrases(label, text):
                    self._file(phrase)
                    known.update(*(element.exact for element in phrase.elements))
        self._start_lengths = sorted({len(start) for start in self._by_start})
        self._spelling = Spelling(known, real_words)

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

    def _file(self, phrase: Phrase) -> None:
        """Index a phrase by what its first word may be."""
        head = phrase.elements[0]
        for word in head.exact:
            self._by_word.setdefault(word, []).append(phrase)
        for start in head.starts:
            self._by_start.setdefault(start, []).append(phrase)
        if head.low is not None:
            self._by_number.append(phrase)


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
