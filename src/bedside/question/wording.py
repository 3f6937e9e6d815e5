"""Wording: a question's text with every phrase of the scope rules that was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bedside.question.grammar import LONGEST
from bedside.question.patterns import Hit, PatternBook, by_label, near, overlap
from bedside.question.words import Word, carried, span_of, words
from bedside.text.span import Span


@dataclass(frozen=True, slots=True)
class Wording:
    """A text, its words, and the hits by label, each in the order of the text."""

    text: str
    cut: tuple[Word, ...]
    hits: Mapping[str, list[Hit]]

    @classmethod
    def of(cls, text: str, book: PatternBook) -> Wording:
        """Read *text* once with every pattern of *book*."""
        cut = words(text)
        return cls(text, cut, by_label(book.find(carried(cut))))

    def found(self, label: str, unless: str = "") -> Iterator[Hit]:
        """The hits of a label that share no word with a hit of the label *unless*."""
        barring = self.hits.get(unless, [])
        for hit in self.hits.get(label, ()):
            if not any(overlap(hit, other) for other in near(barring, hit.first - LONGEST, hit.last)):
                yield hit

    def first(self, label: str, unless: str = "") -> str:
        """The words of the first such hit, or ``""``."""
        hit = next(self.found(label, unless), None)
        return "" if hit is None else self.span(hit).of(self.text)

    def span(self, hit: Hit) -> Span:
        """Where the hit stands in the text."""
        return span_of(self.cut, hit.first, hit.last)

    def without(self, spans: Iterable[Span]) -> Wording:
        """The wording less the hits that share a character with one of *spans*."""
        told = tuple(spans)
        if not told:
            return self
        hits = {
            label: [hit for hit in found if not any(span.overlaps(self.span(hit)) for span in told)]
            for label, found in self.hits.items()
        }
        return Wording(self.text, self.cut, hits)
