"""The sections of what published sources say: quotations under a label, our statements that a search found, and the
nearest passages where nothing answers. A quotation is never reworded, whoever reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bedside.article.article import Birthplace, Role, SectionKey, Sentence
from bedside.article.claims import SHOWN_IN, claim
from bedside.article.dosage import has_dose
from bedside.article.frame import Frame, Frames
from bedside.evidence.passage import Passage
from bedside.evidence.source import Source, SourceStatus
from bedside.evidence.statement import Basis, Citation, Statement
from bedside.question.question import Question, Reader
from bedside.text.span import Span

if TYPE_CHECKING:
    from bedside.evidence.lookup import Found
    from bedside.evidence.quote import Quote

OPENING, CLOSING = "“", "”"
"""The marks around a quotation. The words between them are the source's own."""

_APART = "quotes that differ"
_LABELS = {SourceStatus.SUPERSEDED: "quote-label-superseded", SourceStatus.CONCERN: "quote-label-concern"}
_UNNAMED = frozenset({"", "unknown"})
_KINDS = {"reference": "published article", "case-report": "case report", "review": "review article"}


def answers(question: Question, found: Found | None) -> bool:
    """Whether what was found answers the question for this reader, so that something may be shown."""
    return found is not None and not found.thin and bool(_statements(question, found) or _shown(question.reader, found))


def literature(question: Question, found: Found, frames: Frames) -> Mapping[SectionKey, list[Sentence]]:
    """The sections of an answer from published sources: what this is, the quotations, and how far to trust them."""
    left_out = len(_shown(question.reader, found)) < len(found.quotes)
    said = [claim(statement) for statement in _statements(question, found)] + _quotations(
        question.reader, found, frames
    )
    if left_out:
        said.append(frames.fill("literature-doses-left-out"))
    certainty = [frames.fill("certainty-literature")]
    if found.set_aside:
        certainty.append(frames.fill("literature-retracted"))
    return {
        SectionKey.LEAD: [frames.fill("lead-literature")],
        SectionKey.LITERATURE: said,
        SectionKey.CERTAINTY: certainty,
    }


def beside_protocols(question: Question, found: Found, frames: Frames) -> list[Sentence]:
    """Quotations under an answer that protocols gave, all folded: they changed nothing in it. Professionals only."""
    if question.reader.plain or found.thin or not found.quotes:
        return []
    said = [frames.fill("literature-beside"), *_quotations(question.reader, found, frames)]
    return [replace(sentence, folded=True) for sentence in said]


def nearest(question: Question, found: Found, frames: Frames) -> list[Sentence]:
    """The nearest passages under a decline: a quotation of each for professionals, titles alone for patients."""
    if question.reader.plain:
        titled = [found.sources[quote.source] for quote in found.quotes]
        said = [_title(source, frames, place) for place, source in enumerate(titled) if not has_dose(source.title)]
    else:
        label = frames["nearest-label"]
        said = [
            quotation(quote, found.passages[quote.passage], found.sources[quote.source], label)
            for quote in found.quotes
        ]
    return [frames.fill("nearest-lead"), *said] if said else []


def quotation(quote: Quote, passage: Passage, source: Source, label: Frame, group: str = "") -> Sentence:
    """A quote as a sentence: in every wording the label of that wording, then the words of the source."""
    words = f"{OPENING}{quote.text}{CLOSING}"
    clinical, plain, carer = (
        " ".join(filter(None, (labelled(template, source, passage), words)))
        for template in (label.clinical, label.plain, label.carer)
    )
    return Sentence(
        id=f"quote/{quote.passage}/{quote.start}",
        role=Role.CLAIM,
        clinical=clinical,
        plain=plain,
        carer=carer,
        citations=(Citation(passage.source, passage.locator),),
        basis=Basis.VERBATIM,
        dose=has_dose(quote.text),
        group=group,
        template=f"{label.clinical}\n{label.plain}\n{label.carer}",
        passage=quote.passage,
        quoted=Span(quote.start, quote.end),
    )


def labelled(template: str, source: Source, passage: Passage) -> str:
    """A label with its slots filled from the source: {work} is what was quoted and its year, {title} the title."""
    return template.replace("{work}", work_of(source, passage)).replace("{title}", source.title.rstrip("."))


def work_of(source: Source, passage: Passage | None = None) -> str:
    """What a source is and its year: "the abstract of a cohort study (2014)", "an observational study (2020)"."""
    name = source.design if source.design not in _UNNAMED else _KINDS.get(source.kind, source.kind.replace("-", " "))
    article = "an" if name[:1] in "aeiou" else "a"
    part = "the abstract of " if passage is not None and passage.locator.lower().startswith("abstract") else ""
    return f"{part}{article} {name}" + (f" ({source.year})" if source.year else "")


def _quotations(reader: Reader, found: Found, frames: Frames) -> list[Sentence]:
    """The quotations in their order. Those that differ stand together at the place of the first, after a line that says
    so; every other one is a group of its own, so that the order is kept."""
    differing = () if found.disagreement is None else found.disagreement.quotes
    shown = _shown(reader, found)
    apart = [quote for quote in shown if quote in differing]
    if len(apart) < 2:  # noqa: PLR2004 - one alone differs from nothing that is shown
        apart = []
    said: list[Sentence] = []
    for quote in shown:
        if quote in apart:
            if quote == apart[0]:
                together = [_quoted(each, found, frames, _APART) for each in apart]
                said += [_they_differ(together, frames), *together]
            continue
        said.append(_quoted(quote, found, frames))
    return said


def _they_differ(together: list[Sentence], frames: Frames) -> Sentence:
    """The line before quotations that point different ways. Its citations are theirs: it only points at them."""
    citations = tuple(citation for sentence in together for citation in sentence.citations)
    return replace(frames.fill("literature-differs"), citations=citations, group=_APART)


def _quoted(quote: Quote, found: Found, frames: Frames, group: str = "") -> Sentence:
    source, passage = found.sources[quote.source], found.passages[quote.passage]
    label = frames[_LABELS.get(source.status, "quote-label")]
    return quotation(quote, passage, source, label, group or f"quote/{quote.passage}")


def _shown(reader: Reader, found: Found) -> tuple[Quote, ...]:
    """The quotes this reader may be shown: patients and carers none that states a dose."""
    return tuple(quote for quote in found.quotes if not (reader.plain and has_dose(quote.text)))


def _statements(question: Question, found: Found) -> list[Statement]:
    """Our statements this reader may be shown: of a topic of the question (elsewhere they are no literature), of the
    region, and for patients and carers none with a dose."""
    return [
        statement
        for statement in found.statements
        if statement.id.partition("/")[0] in question.topics
        and statement.jurisdiction in SHOWN_IN[question.region]
        and not (question.reader.plain and (statement.dose or statement.dose_fact))
    ]


def _title(source: Source, frames: Frames, place: int) -> Sentence:
    """The title of a source, with nothing said of what it found. Its numbers are the source's own."""
    slots = {"title": source.title.rstrip("."), "work": work_of(source)}
    births = (Birthplace(f"{slots['title']} {slots['work']}", f"the title of {source.key}"),)
    filled = frames.fill("nearest-title", slots, births=births, number=place)
    return replace(filled, citations=(Citation(source.key),))
