"""A reading: one text taken apart once, for every stage that reads facts from it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace

from bedside.facts.changes import told_apart
from bedside.facts.context import ContextReading, Status
from bedside.facts.fact import Comparator, Fact, Kind, Origin, Quantity
from bedside.facts.mentions import Mention, mentions
from bedside.facts.vocabulary import Vocabulary
from bedside.text.folding import fold
from bedside.text.layout import laid_out
from bedside.text.matching import Figure, figures
from bedside.text.phrases import Found, PhraseIndex
from bedside.text.sentences import sentences
from bedside.text.span import Span
from bedside.text.words import Word, word_range


@dataclass(frozen=True, slots=True)
class Reading:
    """The text with its words, sentences, figures, mentions and context.

    ``used`` holds where a figure starts that has found its fact: an age is not a dose. The stages fill it in order.
    """

    text: str
    folded: str
    words: tuple[Word, ...]
    starts: list[int]
    sentences: tuple[Span, ...]
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    context: ContextReading
    vocabulary: Vocabulary
    turn: int
    used: set[int] = field(default_factory=set)

    def sentence(self, position: int) -> Span:
        """The sentence that holds *position*."""
        index = bisect_right(self.sentences, position, key=lambda span: span.start) - 1
        return self.sentences[max(index, 0)] if self.sentences else Span(0, len(self.text))

    def place(self, position: int) -> int:
        """The index of the word at or after *position*."""
        return bisect_left(self.starts, position)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that stand wholly between two positions."""
        return self.words[self.place(start) : self.place(end)] if start < end else ()

    def inside(self, span: Span) -> range:
        """The indices of the words of *span*."""
        return word_range(self.words, span, self.starts)

    def status(self, span: Span) -> Status:
        """What the context says of *span*."""
        return self.context.status(span)

    def figures_in(self, span: Span) -> tuple[Figure, ...]:
        """The figures that begin inside *span* and have not found their fact yet."""
        first = bisect_left(self.figures, span.start, key=lambda figure: figure.span.start)
        last = bisect_left(self.figures, span.end, key=lambda figure: figure.span.start)
        return tuple(figure for figure in self.figures[first:last] if figure.digits.start not in self.used)

    def mentions_in(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that begin inside *span*."""
        first = bisect_left(self.mentions, span.start, key=lambda mention: mention.span.start)
        last = bisect_left(self.mentions, span.end, key=lambda mention: mention.span.start)
        return self.mentions[first:last]

    def phrases(self, table: str, span: Span) -> list[Found[str]]:
        """The phrases of one word list of the vocabulary inside *span*, with word indices into the whole text."""
        index: PhraseIndex[str] = self.vocabulary.tables[table]
        places = self.inside(span)
        found = []
        place = places.start
        while place < places.stop:
            hits = [hit for hit in index.at(self.words, place) if hit.last <= places.stop]
            if hits:
                found.append(hits[0])
            place = hits[0].last if hits else place + 1
        return found

    def fact(self, concept: str, kind: Kind, span: Span, status: Status | None = None) -> Fact:
        """A fact read at *span*, with the status of its context (or *status*)."""
        known = self.status(span) if status is None else status
        return Fact(
            concept=concept,
            kind=kind,
            presence=known.presence,
            subject=known.subject,
            when=known.when,
            origin=Origin(turn=self.turn),
            span=span,
            text=span.of(self.text),
        )


def take_apart(text: str, vocabulary: Vocabulary, turn: int) -> Reading:
    """Split, tokenise and look up *text* once. Tables are read as laid out; every offset is one into *text*."""
    laid = laid_out(text)
    context = vocabulary.context.read(laid)
    folded = fold(laid)
    return Reading(
        text=text,
        folded=folded,
        words=context.sequence,
        starts=context.starts,
        sentences=sentences(laid),
        figures=told_apart(_without_years(figures(laid, vocabulary.units.tokens), folded), laid),
        mentions=mentions(laid, context.sequence, vocabulary.lexicon),
        context=context,
        vocabulary=vocabulary,
        turn=turn,
    )


_YEAR = re.compile(r"\((?:19|20)\d\d\)|(?<![\d.,/-])(?:19|20)\d\d(?=[ ]?(?:[-\u2013] |: ?)[<>]?\d)")


def _without_years(found: tuple[Figure, ...], folded: str) -> tuple[Figure, ...]:
    """Without the years that date a value: "132 (2021)", "2021 - 402 ng/L". They measure nothing."""
    years = {match.start() + match.group().startswith("(") for match in _YEAR.finditer(folded)}
    return tuple(each for each in found if each.digits.start not in years) if years else found


def quantity(figure: Figure, text: str, unit: str | None = None) -> Quantity:
    """The quantity of a figure as written; *unit* replaces the one that was read."""
    return Quantity(
        value=figure.value,
        unit=figure.unit if unit is None else unit,
        comparator=Comparator(figure.sign),
        upper=figure.upper,
        written=figure.digits.of(text),
    )


def spanning(fact: Fact, span: Span, text: str) -> Fact:
    """*fact* with its span widened to take in *span*."""
    wide = Span(min(fact.span.start, span.start), max(fact.span.end, span.end))
    return replace(fact, span=wide, text=wide.of(text))
