"""Sentences of an answer on paper: in the reader's wording, with marks, grouped by country, and their sources numbered
as they are used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bedside.answer import Answer
from bedside.article.article import SectionKey, Sentence
from bedside.rendering.citations import reference_line
from bedside.rendering.view import Block, Line, SectionView, view
from bedside.review.status import AnswerStatus


@dataclass(frozen=True, slots=True)
class CitedLine:
    """One sentence, its marks ("if this applies"), and the numbers of its sources on this paper."""

    text: str
    mark: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of one country (``label``), or shared by all ("")."""

    label: str
    lines: tuple[CitedLine, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section with its groups. Two countries never stand in one group."""

    key: str
    heading: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source under its number."""

    number: int
    text: str


class Paper:
    """What one paper takes from an answer: the sentences its reader sees unfolded, so that no caution is left behind;
    the sources get their numbers as they are used."""

    def __init__(self, answer: Answer, review: AnswerStatus | None = None) -> None:
        self._answer = answer
        self._numbers: dict[str, int] = {}
        self._places: dict[str, dict[str, None]] = {}
        seen = view(answer, review=review)
        self.title = seen.title
        self.closing = seen.closing
        self._sections = {section.key: section for section in seen.sections}

    def headings(self, keys: Iterable[SectionKey]) -> tuple[Heading, ...]:
        """The sections of those keys that have sentences."""
        return tuple(self._heading(self._sections[key]) for key in keys if key in self._sections)

    def groups(self, key: SectionKey, *, branches: bool | None = None) -> tuple[Group, ...]:
        """The groups of one section; with ``branches`` only sentences that hold in a case still open, or only those
        that hold anyway."""
        section = self._sections.get(key)
        return () if section is None else self._groups(section.blocks, branches)

    def sentences(self, key: SectionKey) -> tuple[Sentence, ...]:
        """The sentences of one section, in the order in which they are read."""
        section = self._sections.get(key)
        return tuple(line.sentence for block in section.blocks for line in block.lines) if section else ()

    def line(self, sentence: Sentence) -> CitedLine:
        """One sentence by itself."""
        return CitedLine(sentence.text_for(self._answer.question.reader), "", self._cite(sentence))

    def sources(self) -> tuple[SourceLine, ...]:
        """Every source that was used so far, with the places in it."""
        return tuple(
            SourceLine(number, reference_line(self._answer.sources[key], tuple(self._places[key])))
            for key, number in self._numbers.items()
        )

    def _heading(self, section: SectionView) -> Heading:
        return Heading(section.key.value, section.heading, self._groups(section.blocks, None))

    def _groups(self, blocks: tuple[Block, ...], branches: bool | None) -> tuple[Group, ...]:
        found = []
        for block in blocks:
            kept = [line for line in block.lines if branches is None or line.sentence.branch is branches]
            if kept:
                found.append(Group(block.label, tuple(self._line(line) for line in kept)))
        return tuple(found)

    def _line(self, line: Line) -> CitedLine:
        mark = line.mark.removeprefix("(").removesuffix(")")
        return CitedLine(line.text, mark, self._cite(line.sentence))

    def _cite(self, sentence: Sentence) -> tuple[int, ...]:
        for citation in sentence.citations:
            self._numbers.setdefault(citation.source, len(self._numbers) + 1)
            places = self._places.setdefault(citation.source, {})
            if citation.locator:
                places.setdefault(citation.locator)
        return tuple(dict.fromkeys(self._numbers[citation.source] for citation in sentence.citations))
