"""The source: the document whose words or recommendations are cited."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """What a document is. Only an issuer that makes guidelines earns GUIDELINE."""

    GUIDELINE = "guideline"
    FORMULARY = "formulary"
    LABEL = "label"
    SYSTEMATIC_REVIEW = "systematic-review"
    TRIAL = "trial"
    COHORT = "cohort"
    CASE_REPORT = "case-report"
    REVIEW = "review"
    CONSENSUS = "consensus"
    REGULATOR_NOTICE = "regulator-notice"
    LOCAL_GUIDANCE = "local-guidance"
    LABORATORY_NOTICE = "laboratory-notice"
    REFERENCE = "reference"
    SUMMARY = "summary"
    SAFETY_RULE = "safety-rule"


class SourceStatus(StrEnum):
    """Whether the document still stands."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    CONCERN = "concern"
    DUE = "due-for-review"


class RecordCheck(StrEnum):
    """How the record of the source was checked: the tags [V], [V2] and [M] of the clinical files, or [L] loaded."""

    LOADED = "L"  # as the file it was loaded from gives it; nobody compared it with the document
    READ = "V"
    SECONDHAND = "V2"
    MEMORY = "M"


@dataclass(frozen=True, slots=True)
class Source:
    """One document. An identifier nobody has seen is left empty, never guessed.

    ``url`` is a landing page; ``superseded_by`` is the key of the source that replaces it; ``note`` says in a few
    words what a reader must know (a trap in the abstract, a page that could not be read). ``design`` is the study
    design with the reason for it in ``design_reason``; ``population`` says in a few words who was studied.
    ``published_on`` is an ISO date, as exact as the record has it ("2021", "2021-03", "2021-03-09").
    """

    key: str
    kind: SourceKind
    title: str
    issuer: str
    check: RecordCheck
    authors: tuple[str, ...] = ()
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: str = ""
    version: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    jurisdiction: str = "INT"
    licence: str = ""
    status: SourceStatus = SourceStatus.CURRENT
    superseded_by: str = ""
    checked_on: str = ""
    note: str = ""
    design: str = ""
    design_reason: str = ""
    population: str = ""
    published_on: str = ""
