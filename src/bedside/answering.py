"""The data's way: from a question to a checked, cited answer. Read this first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bedside.answer import Answer, AnswerKind, sealed
from bedside.article.article import Role, SectionKey
from bedside.article.compose import Material, answers_from_sources, compose, declines
from bedside.article.frame import Frames
from bedside.evidence.gather import gather
from bedside.evidence.library import Library, SearchableLibrary
from bedside.facts.case import Case, Told
from bedside.facts.case_of import case_of
from bedside.facts.fact import Facts
from bedside.facts.read import read_facts
from bedside.facts.vocabulary import Vocabulary
from bedside.protocol.outcome import Run
from bedside.protocol.protocol import Effect, Protocol
from bedside.protocol.run import fitting, run
from bedside.question.over_turns import understand_turns
from bedside.question.question import Question, Reader, Region
from bedside.question.terms import QuestionTerms
from bedside.question.understand import understand
from bedside.verification.terms import Terms
from bedside.verification.verdict import Report
from bedside.verification.verify import Checked, verify

if TYPE_CHECKING:
    from bedside.evidence.lookup import Found
    from bedside.evidence.query import Synonyms
    from bedside.evidence.quote import MayQuote
    from bedside.evidence.source import SourceKind


@dataclass(frozen=True, slots=True)
class Parts:
    """What an answer is made from, besides the question: content, library, and what is printed of their state.

    ``checks`` are the words the gate compares by. ``protocols`` is keyed by topic id and may load lazily.
    ``settings`` are those that could change an answer.
    ``as_of`` is an ISO date: the parameters in force on that day are used. A library that can be searched is searched
    for literature: with the other names of ``names_in``, and quoted as far as ``may_quote`` lets a licence be, the
    kinds of source in the order ``weighs`` gives.
    """

    vocabulary: Vocabulary
    terms: QuestionTerms
    checks: Terms
    protocols: Mapping[str, Protocol]
    library: Library
    frames: Frames
    content_date: str
    as_of: str
    code_version: str
    settings: Mapping[str, str]
    names_in: Callable[[str], Synonyms | None] | None = None
    may_quote: MayQuote | None = None
    weighs: Callable[[SourceKind], int] | None = None


def answer(told: str | Sequence[Told], *, reader: Reader, region: Region, parts: Parts) -> Answer:
    """Answer one question, or the last turn of several. Pure: the same turns, reader, region and parts always give the
    same answer. Raises UnreadableFact for an edited fact whose name or value is not known."""
    turns = (Told(told),) if isinstance(told, str) else tuple(told)
    if len(turns) == 1 and not turns[0].edits:
        facts = read_facts(turns[0].text, parts.vocabulary)
        return _answered(understand(turns[0].text, facts, parts.terms, reader, region), facts, parts)
    case = case_of(turns, parts.vocabulary)
    question = understand_turns(turns, case, parts.terms, reader, region)
    return _answered(question, case.facts, parts, turns, case)


def _answered(
    question: Question, facts: Facts, parts: Parts, told: tuple[Told, ...] = (), case: Case | None = None
) -> Answer:
    protocols = fitting(_topical(question.topics, parts.protocols), question)
    runs = tuple(run(protocol, facts, question, parts.vocabulary, parts.as_of) for protocol in protocols)
    runs += tuple(_flagging(facts, question, parts))
    evidence = gather(question, runs, parts.library)
    found = _literature(question, runs, parts)
    if found is not None:
        evidence = evidence.beside(found.statements, found.sources, found.passages, found.set_aside)
    material = Material(evidence, parts.frames, parts.vocabulary, parts.content_date, found)
    checked = _checked(question, facts, runs, material, parts.checks)
    return sealed(
        Answer(
            kind=_kind(question, runs, checked),
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
            passages=evidence.passages,
            found=found,
            told=told,
            case=case,
        )
    )


def _flagging(facts: Facts, question: Question, parts: Parts) -> Iterator[Run]:
    """The runs of topics that the question speaks of in passing only, where a red flag of theirs fires: the reader may
    ask about a vitamin and tell of vomiting with diabetes."""
    for protocol in _topical(question.beside, parts.protocols):
        found = run(protocol, facts, question, parts.vocabulary, parts.as_of, explore=False)
        flags = tuple(outcome for outcome in found.firing() if outcome.rule.effect is Effect.RED_FLAG)
        if flags:
            yield replace(found, outcomes=flags, bands=(), classes=(), pattern=None, sums=(), beside=True)


def _literature(question: Question, runs: tuple[Run, ...], parts: Parts) -> Found | None:
    """What published sources say, where it may be shown: outside every protocol or, for professionals, beside one."""
    beside = bool(runs) and not question.reader.plain and not declines(question, runs)
    if not question.open_to_sources or (runs and not beside) or not isinstance(parts.library, SearchableLibrary):
        return None
    # Loaded here: without a library to search it would cost a tenth of a cold start for nothing.
    from bedside.evidence.hierarchy import rank_of
    from bedside.evidence.lookup import look_up
    from bedside.evidence.quote import any_licence

    asked = " ".join(question.asked) or question.text
    names = parts.names_in(asked) if parts.names_in else None
    may_quote, weighs = parts.may_quote or any_licence, parts.weighs or rank_of
    return look_up(asked, parts.library, names, may_quote=may_quote, weighs=weighs)


def _checked(question: Question, facts: Facts, runs: tuple[Run, ...], material: Material, checks: Terms) -> Checked:
    """The article after the gate. Where no word of the sources passed, the question is declined instead."""
    checked = verify(compose(question, facts, runs, material), material.evidence, checks)
    if not answers_from_sources(question, runs, material.literature) or _quotes_something(checked):
        return checked
    declined = verify(compose(question, facts, runs, replace(material, literature=None)), material.evidence, checks)
    withheld = dict.fromkeys((*checked.report.withheld, *declined.report.withheld))
    return Checked(declined.article, Report(declined.report.verdicts, tuple(withheld)))


def _kind(question: Question, runs: tuple[Run, ...], checked: Checked) -> AnswerKind:
    if question.emergencies:
        return AnswerKind.EMERGENCY
    answered = not declines(question, runs) or _quotes_something(checked)
    return AnswerKind.ANSWERED if answered else AnswerKind.DECLINED


def _quotes_something(checked: Checked) -> bool:
    """Whether the article has a claim of a published source."""
    section = checked.article.section(SectionKey.LITERATURE)
    return section is not None and any(sentence.role is Role.CLAIM for sentence in section.sentences)


def _topical(topics: tuple[str, ...], protocols: Mapping[str, Protocol]) -> Iterator[Protocol]:
    return (protocols[topic] for topic in topics if topic in protocols)
