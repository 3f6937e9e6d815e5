"""What two texts share, so that it can be marked in both: words by their meaning as the checks read it, figures by
their amount."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bedside.text.span import Span
from bedside.verification.checks.numbers import same_figure
from bedside.verification.pair import best_window
from bedside.verification.reading import Reading, Said, read
from bedside.verification.terms import Terms


class Shared(StrEnum):
    """What a piece of text shares with the other side: nothing, a word, or a figure."""

    NOTHING = ""
    WORD = "word"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what of it the other side has, too. The pieces of a text, joined, are the text."""

    text: str
    shared: Shared = Shared.NOTHING


@dataclass(frozen=True, slots=True)
class Sides:
    """Two texts in pieces: the one held against the other, and the other."""

    here: tuple[Piece, ...]
    there: tuple[Piece, ...]


def marked(here: str, there: str, terms: Terms) -> Sides:
    """Both texts with what they share marked. Each sentence of the first is held against the sentence of the second
    that says most of it, as the checks do; a figure also against the whole of it."""
    mine, theirs = read(here, terms), read(there, terms)
    if not mine.sentences or not theirs.sentences:
        return Sides((Piece(here),), (Piece(there),))
    left: list[tuple[Span, Shared]] = []
    right: list[tuple[Span, Shared]] = []
    for said in mine.sentences:
        window = best_window(said, theirs)
        _words(said, window, left, right)
        _figures(said, theirs, terms, left, right)
    return Sides(pieces(here, left), pieces(there, right))


def pieces(text: str, spans: list[tuple[Span, Shared]]) -> tuple[Piece, ...]:
    """The text cut where a marked span begins or ends; of two that overlap the earlier and longer one stays."""
    found: list[Piece] = []
    place = 0
    for span, shared in sorted(
        set(spans), key=lambda each: (each[0].start, -each[0].end, each[1] is not Shared.FIGURE)
    ):
        if span.start < place or span.end <= span.start:
            continue
        if span.start > place:
            found.append(Piece(text[place : span.start]))
        found.append(Piece(span.of(text), shared))
        place = span.end
    if place < len(text):
        found.append(Piece(text[place:]))
    return tuple(found)


def _words(said: Said, window: Said, left: list[tuple[Span, Shared]], right: list[tuple[Span, Shared]]) -> None:
    common = {mark.key for mark in said.content} & {mark.key for mark in window.content}
    left += [(mark.span, Shared.WORD) for mark in said.content if mark.key in common]
    right += [(mark.span, Shared.WORD) for mark in window.content if mark.key in common]


def _figures(
    said: Said, theirs: Reading, terms: Terms, left: list[tuple[Span, Shared]], right: list[tuple[Span, Shared]]
) -> None:
    for figure in said.figures:
        same = [other for other in theirs.figures if same_figure(figure, other, terms.units)]
        if same:
            left.append((figure.span, Shared.FIGURE))
            right += [(other.span, Shared.FIGURE) for other in same]
