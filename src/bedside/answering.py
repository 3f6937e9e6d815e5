"""The data's way: from a question to a checked, cited answer. Read this first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bedside.answer import Answer, AnswerKind, sealed
from bedside.article.compose import Material, compose, declines
from bedside.article.frame import Frames
from bedside.evidence.gather import gather
from bedside.evidence.library import Library
from bedside.facts.read import read_facts
from bedside.facts.vocabulary import Vocabulary
from bedside.protocol.protocol import Protocol
from bedside.protocol.run import fitting, run
from bedside.question.question import Reader, Region
from bedside.question.terms import QuestionTerms
from bedside.question.understand import understand
from bedside.verification.verify import verify


@dataclass(frozen=True, slots=True)
class Parts:
    """What an answer is made from, besides the question: content, library, and what is printed of their state.

    ``protocols`` is keyed by topic id and may load lazily. ``settings`` are those that could change an answer.
    ``as_of`` is an ISO date: the parameters in force on that day are used.
    """

    vocabulary: Vocabulary
    terms: QuestionTerms
    protocols: Mapping[str, Protocol]
    library: Library
    frames: Frames
    content_date: str
    as_of: str
    code_version: str
    settings: Mapping[str, str]


def answer(text: str, *, reader: Reader, region: Region, parts: Parts) -> Answer:
    """Answer one question. Pure: the same text, reader, region and parts always give the same answer."""
    facts = read_facts(text, parts.vocabulary)
    question = understand(text, facts, parts.terms, reader, region)
    protocols = fitting(_topical(question.topics, parts.protocols), question)
    runs = tuple(run(protocol, facts, question, parts.vocabulary, parts.as_of) for protocol in protocols)
    evidence = gather(question, runs, parts.library)
    draft = compose(question, facts, runs, Material(evidence, parts.frames, parts.vocabulary, parts.content_date))
    checked = verify(draft, evidence, parts.vocabulary.units.tokens)
    kind = AnswerKind.EMERGENCY if question.emergencies else AnswerKind.ANSWERED
    if kind is AnswerKind.ANSWERED and declines(question, runs):
        kind = AnswerKind.DECLINED
    return sealed(
        Answer(
            kind=kind,
            question=question,
            facts=facts,
            runs=runs,
            article=checked.article,
            report=checked.report,
            statements=evidence.statements,
            sources=evidence.sources,
            release=parts.library.release,
            as_of=parts.as_of,
            code_version=parts.code_version,
            settings=parts.settings,
        )
    )


def _topical(topics: tuple[str, ...], protocols: Mapping[str, Protocol]) -> Iterator[Protocol]:
    return (protocols[topic] for topic in topics if topic in protocols)
