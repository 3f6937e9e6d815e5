"""The notice: a published note that changes how a document stands (retraction, concern, erratum, update)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice does. The values are bedside's; PubMed's RefType and the lists of retractions map onto them."""

    RETRACTION = "retraction"
    CONCERN = "concern"
    ERRATUM = "erratum"
    UPDATE = "update"
    REPUBLICATION = "republication"
    REINSTATEMENT = "reinstatement"
    COMMENT = "comment"
    OTHER = "other"


class Direction(StrEnum):
    """Which of two documents the notice is in."""

    IN = "in"  # this document is the subject; the notice is in the other one (RetractionIn)
    OF = "of"  # this document is the notice; the other one is its subject (RetractionOf)


@dataclass(frozen=True, slots=True)
class Notice:
    """A tie between two documents. Of the other one, what the record gives: PMID, DOI, or only words of reference.

    ``origin`` names the list or record the notice was read from; ``on`` is an ISO date or "".
    """

    kind: NoticeKind
    direction: Direction
    pmid: str = ""
    doi: str = ""
    reference: str = ""
    origin: str = ""
    on: str = ""
    note: str = ""
