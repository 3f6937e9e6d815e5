"""From sentences to claims that can be checked, each with its place in the document.

A claim stands by itself: an item of a list carries the line that introduces it, a half of a sentence the subject it
shares. Citation marks are read off and kept as numbers, never as figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bedside.text.sentences import sentences
from bedside.text.span import Span
from bedside.verification.citation_marks import CitationMark, citation_marks, without_marks
from bedside.verification.document import Block, BlockKind, Document, document_of
from bedside.verification.grammar import halves, has_verb, is_advice, is_order
from bedside.verification.page_furniture import is_furniture, opens_furniture
from bedside.verification.reference_list import ReferenceList, reference_list

_WHY = re.compile(r"why\s+(?=\S)", re.IGNORECASE)
_ASKS = re.compile(r"(?:how|what|when|where|which|who|whom|whose)\b", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:is|are|was|were|can|cannot|may|might|must|should|does|do not|does not|has|have|never|will|you need)\b",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"[,;]?\s+(?:or|and)$", re.IGNORECASE)  # at the end of an item, before the next
_BEFORE_STOP = re.compile(r" (?=[.,;:!?](?: |$))")  # where a citation mark stood
_LEAST_WORDS = 3
_LEAST_HEADING = 4
_SPARE = 20  # numbers that may be cited beyond the length of the list before they are taken for figures
_MEASURED = re.compile(r"\d\s?(?:%|\u00b5|\u03bc|[a-zA-Z]{1,12}\b)|[<>\u2264\u2265=]\s?\d")


class ClaimKind(StrEnum):
    """What a piece of a document is."""

    CLAIM = "claim"
    ADVICE = "advice"
    FRAME = "frame"
    QUESTION = "question"
    HEADING = "heading"
    REFERENCE = "reference"


CHECKED = frozenset({ClaimKind.CLAIM, ClaimKind.ADVICE})
"""The kinds that are held against sources."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One piece of a document. ``text`` stands by itself and has no citation marks; ``span`` is its place in the
    document, ``citations`` the numbers it cites, ``heading`` the one it stands under, ``lead`` the line that introduces
    it (already part of ``text`` where the piece alone says nothing)."""

    id: str
    kind: ClaimKind
    text: str
    span: Span
    citations: tuple[int, ...] = ()
    heading: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class _Lead:
    """The line that introduces a list: its words, what it cites, and whether it is about the page."""

    text: str = ""
    citations: tuple[int, ...] = ()
    kind: ClaimKind = ClaimKind.CLAIM


def claims(source: str | Document) -> tuple[Claim, ...]:
    """Every piece of a text or document in order: claims, and what is none, with its kind."""
    document = document_of(source) if isinstance(source, str) else source
    listed = reference_list(document)
    marks = marks_of(document, listed)
    found = list(_Reading(document, without_marks(document.text, marks), marks, listed).pieces())
    introducing = {claim.lead for claim in found if claim.lead and claim.text.startswith(claim.lead)}
    return tuple(
        replace(claim, id=f"c{number}", kind=_kind_of_lead(claim, introducing)) for number, claim in enumerate(found, 1)
    )


def _kind_of_lead(claim: Claim, introducing: set[str]) -> ClaimKind:
    """A line that only introduces its items says nothing without them, and is said with each of them."""
    only_leads = claim.text in introducing and not any(map(str.isdigit, claim.text))
    return ClaimKind.FRAME if only_leads and claim.kind in CHECKED else claim.kind


def marks_of(document: Document, listed: ReferenceList) -> tuple[CitationMark, ...]:
    """The citation marks of a document outside its reference list."""
    start, end = _list_span(document, listed)
    most = len(listed.references) + _SPARE if listed.references else 99
    marks = citation_marks(document.text, most)
    return tuple(mark for mark in marks if not start <= mark.span.start < end)


def _list_span(document: Document, listed: ReferenceList) -> tuple[int, int]:
    if listed.last <= listed.first:
        return 0, 0
    blocks = document.blocks
    return blocks[listed.first].span.start, blocks[listed.last - 1].span.end


@dataclass(slots=True)
class _Reading:
    """A document while its pieces are read: its text with the citation marks taken out."""

    document: Document
    text: str
    marks: tuple[CitationMark, ...]
    listed: ReferenceList
    heading: str = ""
    furniture: bool = False
    lead: _Lead = _Lead()

    def pieces(self) -> Iterator[Claim]:
        for place, block in enumerate(self.document.blocks):
            if self.listed.references and self.listed.first <= place < self.listed.last:
                if place == self.listed.first:
                    yield self._piece(ClaimKind.HEADING, block.span)
                    yield from (self._piece(ClaimKind.REFERENCE, each.span) for each in self.listed.references)
                continue
            match block.kind:
                case BlockKind.HEADING:
                    yield self._heading(block)
                case BlockKind.ROW:
                    yield from self._row(block)
                case BlockKind.ITEM:
                    yield from self._block(block, self.lead)
                case BlockKind.PARAGRAPH:
                    self.lead = _Lead()
                    yield from self._block(block, self.lead)

    def _heading(self, block: Block) -> Claim:
        words = self._words(block.span)
        self.heading, self.lead = words, _Lead()
        self.furniture = opens_furniture(words)
        if self.furniture or is_furniture(words):
            return self._piece(ClaimKind.FRAME, block.span)
        if words.endswith("?"):
            return self._piece(ClaimKind.QUESTION, block.span)
        said = _WHY.sub("", words, count=1) if _WHY.match(words) else words
        claims_something = _SAYS.search(said) and len(said.split()) >= _LEAST_HEADING and not _ASKS.match(said)
        kind = ClaimKind.CLAIM if claims_something and not is_order(said) else ClaimKind.HEADING
        return replace(self._piece(kind, block.span), text=said)

    def _row(self, block: Block) -> Iterator[Claim]:
        """A row says what it says with all its cells: one claim, unless it has neither figure nor verb."""
        words = " ".join(self._words(block.span).replace("|", "; ").split()).strip("; ")
        said = any(map(str.isdigit, words)) or has_verb(words)
        kind = ClaimKind.FRAME if self.furniture or not said else self._kind(words)
        yield replace(self._piece(kind, block.span, self._cited(block.span, block.span.end)), text=words)

    def _block(self, block: Block, lead: _Lead) -> Iterator[Claim]:
        spans = [
            Span(block.span.start + span.start, block.span.start + span.end)
            for span in sentences(block.span.of(self.text))
        ]
        for at, span in enumerate(spans):
            end = spans[at + 1].start if at + 1 < len(spans) else block.span.end + 1
            cited = self._cited(span, end)
            words = self._words(span)
            if at == len(spans) - 1 and words.endswith(":"):
                self.lead = _Lead(words, cited, self._kind(words))
            yield from self._sentence(span, cited, words, lead if at == 0 else _Lead())

    def _sentence(self, span: Span, cited: tuple[int, ...], words: str, lead: _Lead) -> Iterator[Claim]:
        kind = self._kind(words)
        if lead.text and lead.kind is not ClaimKind.FRAME and kind is not ClaimKind.QUESTION:
            cited = cited or lead.citations
            if kind is ClaimKind.FRAME and not self.furniture and not is_furniture(words):
                kind = lead.kind
            if not is_order(words) and not (has_verb(words) and len(words.split()) > _LEAST_WORDS + 1):
                whole = f"{lead.text} {_ALTERNATIVE.sub('', words)}"
                yield replace(self._piece(kind, span, cited), text=whole, lead=lead.text)
                return
        parts = halves(span.of(self.text)) if kind in CHECKED else ()
        if len(parts) < 2:  # noqa: PLR2004  (one part is the whole)
            yield replace(self._piece(kind, span, cited), text=words, lead=lead.text)
            return
        starts = [*(span.start + part.start for part in parts[1:]), span.start]
        for part, following in zip(parts, starts, strict=True):
            place = Span(span.start + part.start, span.start + part.end)
            text = part.subject + self._words(place)
            own = self._cited(place, following)
            half = self._kind(text)
            half = kind if half is ClaimKind.FRAME else half
            yield replace(self._piece(half, place, own or cited), text=text[:1].upper() + text[1:], lead=lead.text)

    def _kind(self, words: str) -> ClaimKind:
        """What a sentence is, by its own words and by where it stands."""
        if self.furniture or is_furniture(words) or not any(map(str.isalpha, words)):
            return ClaimKind.FRAME
        if words.rstrip("\"'\u201d )").endswith("?"):
            return ClaimKind.QUESTION
        if is_advice(words):
            return ClaimKind.ADVICE
        if has_verb(words) or _MEASURED.search(words):
            return ClaimKind.CLAIM
        return ClaimKind.CLAIM if len(words.split()) > _LEAST_WORDS and words.endswith(".") else ClaimKind.FRAME

    def _piece(self, kind: ClaimKind, span: Span, cited: tuple[int, ...] = ()) -> Claim:
        return Claim("", kind, self._words(span), span, cited, self.heading)

    def _words(self, span: Span) -> str:
        return _BEFORE_STOP.sub("", " ".join(span.of(self.text).split()))

    def _cited(self, span: Span, end: int) -> tuple[int, ...]:
        """The numbers cited from the start of a sentence up to *end*, where the next begins, each once."""
        numbers = (number for mark in self.marks if span.start <= mark.span.start < end for number in mark.numbers)
        return tuple(dict.fromkeys(numbers))
