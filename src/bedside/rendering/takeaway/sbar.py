"""The note for a colleague: situation, background, assessment, recommendation. Made of the answer's own sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bedside.answer import Answer
from bedside.article.article import Role, SectionKey, Sentence
from bedside.rendering.takeaway.cited import CitedLine, Group, Heading, Paper, SourceLine
from bedside.review.status import AnswerStatus

_ASSUMED, _BAND = "frame/assumed-", "frame/fact-band"
_ADVICE = (
    SectionKey.DO_NOW,
    SectionKey.TESTS,
    SectionKey.TREATMENT,
    SectionKey.CAUSES,
    SectionKey.FOLLOW_UP,
    SectionKey.SPECIAL,
)


@dataclass(frozen=True, slots=True)
class Note:
    """The note. Situation: ``questions``, ``red_flags``. Background: ``background``, ``assumed``. Assessment:
    ``assessment``, ``bands`` (where each measure falls), ``holds``, ``open_questions``. Recommendation: ``advice`` that
    holds, and ``branches`` that hold only in a case still open. ``reviewed``: all of it is approved."""

    title: str
    questions: tuple[str, ...]
    red_flags: tuple[Group, ...]
    background: tuple[CitedLine, ...]
    assumed: tuple[CitedLine, ...]
    assessment: tuple[Group, ...]
    bands: tuple[str, ...]
    holds: tuple[Group, ...]
    open_questions: tuple[CitedLine, ...]
    advice: tuple[Heading, ...]
    branches: tuple[Heading, ...]
    sources: tuple[SourceLine, ...]
    closing: tuple[str, ...]
    standing: str
    reviewed: bool = False


def note(answer: Answer, review: AnswerStatus | None = None) -> Note:
    """The note of an answer, in the wording of its reader; for a clinician, ask for a clinical one."""
    paper = Paper(answer, review)
    about = [each for each in paper.sentences(SectionKey.FACTS) if each.role is not Role.CLAIM]
    red_flags = paper.groups(SectionKey.RED_FLAGS)
    assessment = (*paper.groups(SectionKey.LEAD), *paper.groups(SectionKey.WHY))
    holds = paper.groups(SectionKey.HOLDS)
    advice, branches = _advice(paper, branches=False), _advice(paper, branches=True)
    return Note(
        title=paper.title,
        questions=answer.question.asked or (answer.question.text,),
        red_flags=red_flags,
        background=tuple(paper.line(each) for each in about if not each.id.startswith((_ASSUMED, _BAND))),
        assumed=tuple(paper.line(each) for each in about if each.id.startswith(_ASSUMED)),
        assessment=assessment,
        bands=tuple(_bands(about, paper)),
        holds=holds,
        open_questions=tuple(paper.line(each) for each in paper.sentences(SectionKey.UNKNOWN)),
        advice=advice,
        branches=branches,
        sources=paper.sources(),
        closing=paper.closing,
        standing=f"Release {answer.release}, as of {answer.as_of}, content {answer.fingerprints.content[:12]}",
        reviewed=review is not None and review.approved,
    )


def _bands(about: Sequence[Sentence], paper: Paper) -> Iterator[str]:
    """Each measure with where it falls: the sentence of its value and the one of its band, together."""
    for before, band in pairwise(about):
        if band.id.startswith(_BAND):
            yield f"{paper.line(before).text} {paper.line(band).text}"


def _advice(paper: Paper, *, branches: bool) -> tuple[Heading, ...]:
    found = []
    for heading in paper.headings(_ADVICE):
        groups = paper.groups(SectionKey(heading.key), branches=branches)
        if groups:
            found.append(Heading(heading.key, heading.heading, groups))
    return tuple(found)
