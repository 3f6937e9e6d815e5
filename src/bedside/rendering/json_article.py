"""The article, its references and what was withheld, as plain JSON values."""

from __future__ import annotations

from typing import Any

from bedside.answer import Answer
from bedside.article.article import Section, Sentence
from bedside.question.question import Reader
from bedside.rendering.basis import basis_lines
from bedside.rendering.headings import choose, heading
from bedside.rendering.view import closing_line, view
from bedside.review.status import AnswerStatus
from bedside.verification.verdict import SHOWN, SentenceVerdict, Verdict


def article(answer: Answer, review: AnswerStatus | None = None) -> dict[str, Any]:
    """Title and sections with every sentence, folded ones too; closing lines at the end, with what a board says."""
    reader = answer.question.reader
    return {
        "title": choose(answer.article.title, reader),
        "sections": [_section(answer, section) for section in answer.article.sections],
        "closing": [closing_line(sentence, reader, review) for sentence in answer.article.closing],
    }


def references(answer: Answer) -> list[dict[str, Any]]:
    """The sources the article cites, numbered in order of first use in the whole article."""
    return [
        {
            "number": reference.number,
            "source": reference.source.key,
            "kind": reference.source.kind.value,
            "status": reference.source.status.value,
            "design": reference.source.design or None,
            "year": reference.source.year or None,
            "population": reference.source.population or None,
            "superseded_by": reference.source.superseded_by or None,
            "licence": reference.licence or reference.source.licence or None,
            "locators": list(reference.locators),
            "line": reference.line,
            "basis": reference.basis,
            "doi": reference.source.doi or None,
            "pmid": reference.source.pmid or None,
            "url": reference.source.url or None,
        }
        for reference in view(answer, full=True).references
    ]


def withheld(answer: Answer) -> list[dict[str, Any]]:
    """The sentences that are not shown, by name, with the reason."""
    return [
        {"sentence": item.sentence, "reason": item.reason, "caution": item.caution or None}
        for item in answer.report.withheld
    ]


def verdict_of(answer: Answer, sentence_id: str) -> SentenceVerdict | None:
    """The verdict on a sentence in the wording this reader gets, or None when it was not checked."""
    wording = wording_of(answer.question.reader)
    return next(
        (v for v in answer.report.verdicts if v.sentence == sentence_id and v.wording == wording),
        None,
    )


def verified(answer: Answer, sentence_id: str) -> bool:
    """Whether the sentence is a claim that passed its check in this reader's wording."""
    found = verdict_of(answer, sentence_id)
    return found is not None and found.verdict in SHOWN and found.verdict is not Verdict.NOT_A_CLAIM


def wording_of(reader: Reader) -> str:
    """The name of the wording a reader gets: ``clinical``, ``plain`` or ``carer``."""
    if reader is Reader.CARER:
        return "carer"
    return "plain" if reader.plain else "clinical"


def _section(answer: Answer, section: Section) -> dict[str, Any]:
    return {
        "key": section.key.value,
        "heading": heading(section.key, answer.question.reader),
        "sentences": [_sentence(answer, sentence) for sentence in section.sentences],
    }


def _sentence(answer: Answer, sentence: Sentence) -> dict[str, Any]:
    found = verdict_of(answer, sentence.id)
    return {
        "id": sentence.id,
        "text": sentence.text_for(answer.question.reader),
        "clinical": sentence.clinical,
        "plain": sentence.plain,
        "carer": sentence.carer,
        "role": sentence.role.value,
        "citations": [{"source": c.source, "locator": c.locator} for c in sentence.citations],
        "statement": sentence.statement or None,
        "rules": list(sentence.rules),
        "jurisdiction": sentence.jurisdiction.value,
        "strength": sentence.strength.value,
        "level": sentence.level.value if sentence.level else None,
        "branch": sentence.branch,
        "folded": sentence.folded,
        "unconfirmed": sentence.unconfirmed,
        "dose": sentence.dose,
        "group": sentence.group or None,
        "basis": _basis(answer, sentence),
        "passage": _passage(answer, sentence),
        "numbers": [{"printed": birth.printed, "origin": birth.origin} for birth in sentence.births],
        "verdict": found.verdict.value if found else None,
    }


def _basis(answer: Answer, sentence: Sentence) -> dict[str, Any] | None:
    if sentence.basis is None:
        return None
    return {"kind": sentence.basis.value, "lines": list(basis_lines(sentence, answer.sources))}


def _passage(answer: Answer, sentence: Sentence) -> dict[str, Any] | None:
    """Which characters of which passage a quotation is, and the hash of that passage."""
    if not sentence.passage:
        return None
    place, passage = sentence.quoted, answer.passages[sentence.passage]
    return {"id": passage.id, "start": place.start, "end": place.end, "sha256": passage.sha256}
