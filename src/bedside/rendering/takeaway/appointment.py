"""The appointment sheet: what to tell, what to ask, what to bring. Made of the answer's own sentences."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.answer import Answer
from bedside.article.article import Role, SectionKey, Sentence
from bedside.rendering.takeaway.cited import CitedLine, Group, Heading, Paper, SourceLine
from bedside.review.status import AnswerStatus

_ASKED_ABOUT = (SectionKey.TESTS, SectionKey.TREATMENT, SectionKey.CAUSES, SectionKey.FOLLOW_UP, SectionKey.SPECIAL)
_RESULT, _ASSUMED = "frame/fact-lab", "frame/assumed-"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet. ``tell`` are the facts as understood, each with its value and, where it was said, its date;
    ``assumed`` what was taken for granted; ``find_out`` the questions whose answers would change the advice;
    ``ask`` the advice to talk through; ``bring`` the results to have at hand."""

    title: str
    questions: tuple[str, ...]
    red_flags: tuple[Group, ...]
    lead: tuple[Group, ...]
    do_now: tuple[Group, ...]
    tell: tuple[CitedLine, ...]
    assumed: tuple[CitedLine, ...]
    find_out: tuple[CitedLine, ...]
    ask: tuple[Heading, ...]
    bring: tuple[CitedLine, ...]
    sources: tuple[SourceLine, ...]
    closing: tuple[str, ...]


def sheet(answer: Answer, review: AnswerStatus | None = None) -> Sheet:
    """The sheet of an answer, in the wording of its reader; for a patient, ask for a plain one."""
    paper = Paper(answer, review)
    about = [each for each in paper.sentences(SectionKey.FACTS) if each.role is not Role.CLAIM]
    told = [each for each in about if not each.id.startswith(_ASSUMED)]
    red_flags, lead = paper.groups(SectionKey.RED_FLAGS), paper.groups(SectionKey.LEAD)
    do_now, ask = paper.groups(SectionKey.DO_NOW), paper.headings(_ASKED_ABOUT)
    return Sheet(
        title=paper.title,
        questions=answer.question.asked or (answer.question.text,),
        red_flags=red_flags,
        lead=lead,
        do_now=do_now,
        tell=tuple(_dated(paper.line(each), each, answer) for each in told),
        assumed=tuple(paper.line(each) for each in about if each.id.startswith(_ASSUMED)),
        find_out=tuple(paper.line(each) for each in paper.sentences(SectionKey.UNKNOWN)),
        ask=ask,
        bring=tuple(paper.line(each) for each in told if each.id.startswith(_RESULT)),
        sources=paper.sources(),
        closing=paper.closing,
    )


def _dated(line: CitedLine, sentence: Sentence, answer: Answer) -> CitedLine:
    """The line with the date of the result it tells, where one was said."""
    concepts = {birth.origin.removeprefix("fact ") for birth in sentence.births if birth.origin.startswith("fact ")}
    printed = {birth.printed for birth in sentence.births}
    dates = [
        fact.observed_on
        for fact in answer.facts.items
        if fact.concept in concepts and fact.observed_on and fact.quantity and str(fact.quantity.value) in printed
    ]
    said = ", ".join(dict.fromkeys(dates))
    return CitedLine(line.text, said[:1].upper() + said[1:], line.numbers)
