"""The leaflet: the answer on paper, in large print, red flags first."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.answer import Answer
from bedside.article.article import SectionKey
from bedside.rendering.takeaway.cited import Heading, Paper, SourceLine
from bedside.review.status import AnswerStatus

_ORDER = (
    SectionKey.RED_FLAGS,
    SectionKey.LEAD,
    SectionKey.WHY,
    SectionKey.DO_NOW,
    *(
        key
        for key in SectionKey
        if key not in (SectionKey.RED_FLAGS, SectionKey.LEAD, SectionKey.WHY, SectionKey.DO_NOW)
    ),
)


@dataclass(frozen=True, slots=True)
class Leaflet:
    """Title, what was asked turn by turn, sections in reading order, sources, and the closing lines."""

    title: str
    questions: tuple[str, ...]
    sections: tuple[Heading, ...]
    sources: tuple[SourceLine, ...]
    closing: tuple[str, ...]


def leaflet(answer: Answer, review: AnswerStatus | None = None) -> Leaflet:
    """Everything the reader of this answer sees unfolded. For a leaflet in plain words, ask for a plain reader."""
    paper = Paper(answer, review)
    sections = paper.headings(_ORDER)
    questions = answer.question.asked or (answer.question.text,)
    return Leaflet(paper.title, questions, sections, paper.sources(), paper.closing)
