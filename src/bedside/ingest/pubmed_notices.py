"""The notices of a PubMed record: retractions, concerns, errata, updates and comments, from CommentsCorrectionsList."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bedside.evidence.notice import Direction, Notice, NoticeKind
from bedside.ingest.pubmed_text import flat

ORIGIN = "PubMed record"

_CITED = "Cites"  # MEDLINE files up to 2018 list references here; they change nothing about the document
_KINDS = {
    "RetractionIn": (NoticeKind.RETRACTION, Direction.IN, ""),
    "RetractionOf": (NoticeKind.RETRACTION, Direction.OF, ""),
    "PartialRetractionIn": (NoticeKind.RETRACTION, Direction.IN, "partial retraction"),
    "PartialRetractionOf": (NoticeKind.RETRACTION, Direction.OF, "partial retraction"),
    # The first version was retracted. The second one is no notice of retraction: it is the version that stands.
    "RetractedandRepublishedIn": (NoticeKind.RETRACTION, Direction.IN, "retracted and republished"),
    "RetractedandRepublishedFrom": (NoticeKind.REPUBLICATION, Direction.OF, "retracted and republished"),
    "CorrectedandRepublishedIn": (NoticeKind.REPUBLICATION, Direction.IN, "corrected and republished"),
    "CorrectedandRepublishedFrom": (NoticeKind.REPUBLICATION, Direction.OF, "corrected and republished"),
    "RepublishedIn": (NoticeKind.REPUBLICATION, Direction.IN, ""),
    "RepublishedFrom": (NoticeKind.REPUBLICATION, Direction.OF, ""),
    "ExpressionOfConcernIn": (NoticeKind.CONCERN, Direction.IN, ""),
    "ExpressionOfConcernFor": (NoticeKind.CONCERN, Direction.OF, ""),
    "ErratumIn": (NoticeKind.ERRATUM, Direction.IN, ""),
    "ErratumFor": (NoticeKind.ERRATUM, Direction.OF, ""),
    "UpdateIn": (NoticeKind.UPDATE, Direction.IN, ""),
    "UpdateOf": (NoticeKind.UPDATE, Direction.OF, ""),
    "CommentIn": (NoticeKind.COMMENT, Direction.IN, ""),
    "CommentOn": (NoticeKind.COMMENT, Direction.OF, ""),
}


def read_notices(elements: etree._Element) -> Iterator[Notice]:
    """Every notice of a CommentsCorrectionsList. A RefType bedside does not know is OTHER, and its name the note."""
    for element in elements.iterchildren("CommentsCorrections"):
        written = element.get("RefType", "").strip()
        if written == _CITED:
            continue
        direction = Direction.IN if written.endswith("In") else Direction.OF
        kind, direction, note = _KINDS.get(written, (NoticeKind.OTHER, direction, written))
        said = {child.tag: flat(child) for child in element}
        note = "; ".join(part for part in (note, said.get("Note", "")) if part)
        yield Notice(kind, direction, said.get("PMID", ""), "", said.get("RefSource", ""), ORIGIN, "", note)
