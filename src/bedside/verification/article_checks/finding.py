"""What a check of an article against itself found, and the article as the checks see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bedside.facts.vocabulary import Vocabulary
from bedside.text.span import Span
from bedside.verification.citation_marks import CitationMark, without_marks
from bedside.verification.claims import CHECKED, Claim, claims, marks_of
from bedside.verification.document import Document
from bedside.verification.reference_list import ReferenceList, reference_list


class FindingKind(StrEnum):
    """What a finding is about."""

    CITATION_NUMBERS = "citation-numbers"
    CONVERSION = "conversion"
    TREATMENT_BEFORE_TEST = "treatment-before-test"
    CONTRADICTION = "contradiction"
    DOSE = "dose"
    RANGE = "range"
    SCHEDULE = "schedule"
    REVIEW = "review"
    OWN_SUMMARY = "own-summary"
    REFERENCE_RECORD = "reference-record"
    TARGET_IS_CUT_OFF = "target-is-cut-off"
    SINGLE_VALUE = "single-value"


class Weight(StrEnum):
    """How much a finding matters: a fault is wrong, a note is worth a look, correct was recomputed and holds."""

    FAULT = "fault"
    NOTE = "note"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class ArticleFinding:
    """One finding: a plain sentence, and the places in the document that it is about."""

    kind: FindingKind
    weight: Weight
    message: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A document taken apart: its claims, its references, its citation marks, and its text with the marks taken out."""

    document: Document
    claims: tuple[Claim, ...]
    listed: ReferenceList
    marks: tuple[CitationMark, ...]
    text: str
    vocabulary: Vocabulary

    @classmethod
    def of(cls, document: Document, vocabulary: Vocabulary) -> ReadArticle:
        """Take a document apart."""
        listed = reference_list(document)
        marks = marks_of(document, listed)
        return cls(document, claims(document), listed, marks, without_marks(document.text, marks), vocabulary)

    def said(self) -> Iterator[Claim]:
        """The claims and the advice, in order."""
        return (claim for claim in self.claims if claim.kind in CHECKED)

    def words(self, span: Span) -> str:
        """The words at a place, on one line, without citation marks."""
        return " ".join(span.of(self.text).split())


def quoted(text: str, most: int = 90) -> str:
    """A text in quotation marks, cut at a word where it is long."""
    if len(text) <= most:
        return f'"{text}"'
    return f'"{text[:most].rsplit(" ", 1)[0].rstrip(",;:")} ..."'
