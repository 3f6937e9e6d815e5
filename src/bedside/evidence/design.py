"""The study design: what kind of work a document reports, in the words a clinician would use."""

from __future__ import annotations

from enum import StrEnum

from bedside.evidence.source import SourceKind


class Design(StrEnum):
    """How the findings of a document came about. The values are shown to readers."""

    GUIDELINE = "guideline"
    GUIDELINE_SUMMARY = "summary of a guideline"
    SYSTEMATIC_REVIEW = "systematic review"
    RANDOMISED = "randomised controlled trial"
    NON_RANDOMISED = "non-randomised trial"
    TRIAL = "clinical trial, randomisation not stated"
    COHORT = "cohort study"
    CASE_CONTROL = "case-control study"
    CROSS_SECTIONAL = "cross-sectional study"
    OBSERVATIONAL = "observational study"
    CASE_REPORT = "case report or series"
    SCOPING_REVIEW = "scoping review"
    REVIEW = "narrative review"
    CONSENSUS = "consensus"
    LETTER = "editorial, letter or comment"
    CONFERENCE_ABSTRACT = "conference abstract"
    LABORATORY = "animal or laboratory study"
    PROTOCOL = "study protocol"
    RETRACTION_NOTICE = "retraction notice"
    CONCERN_NOTICE = "expression of concern"
    ERRATUM = "erratum"
    UNKNOWN = "unknown"

    @property
    def kind(self) -> SourceKind:
        """The coarser word that filters and the hierarchy use; REFERENCE where the document proves nothing."""
        return _KINDS.get(self, SourceKind.REFERENCE)

    @property
    def is_about_another(self) -> bool:
        """Whether the document only says something about another one, whatever it looks like itself."""
        return self in _ABOUT_ANOTHER

    @property
    def has_no_findings(self) -> bool:
        """Whether the document reports no findings in people, so that nothing may make more of it."""
        return self in _NO_FINDINGS


_KINDS = {
    Design.GUIDELINE: SourceKind.GUIDELINE,
    Design.GUIDELINE_SUMMARY: SourceKind.SUMMARY,
    Design.SYSTEMATIC_REVIEW: SourceKind.SYSTEMATIC_REVIEW,
    Design.RANDOMISED: SourceKind.TRIAL,
    Design.NON_RANDOMISED: SourceKind.TRIAL,
    Design.TRIAL: SourceKind.TRIAL,
    Design.COHORT: SourceKind.COHORT,
    Design.CASE_CONTROL: SourceKind.COHORT,
    Design.CROSS_SECTIONAL: SourceKind.COHORT,
    Design.OBSERVATIONAL: SourceKind.COHORT,
    Design.CASE_REPORT: SourceKind.CASE_REPORT,
    Design.SCOPING_REVIEW: SourceKind.REVIEW,
    Design.REVIEW: SourceKind.REVIEW,
    Design.CONSENSUS: SourceKind.CONSENSUS,
}
_ABOUT_ANOTHER = frozenset({Design.RETRACTION_NOTICE, Design.CONCERN_NOTICE, Design.ERRATUM})
_NO_FINDINGS = _ABOUT_ANOTHER | {Design.LETTER, Design.PROTOCOL, Design.LABORATORY}
