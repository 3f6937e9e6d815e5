"""One reference line: whose document it is, where in it, and how its record was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus
from bedside.evidence.statement import Basis
from bedside.rendering.basis import OWN_RULE, SHORT_ISSUERS, basis_line, weakest

KIND_LABELS: Mapping[SourceKind, str] = {
    SourceKind.GUIDELINE: "Guideline",
    SourceKind.FORMULARY: "Formulary",
    SourceKind.LABEL: "Product label",
    SourceKind.SYSTEMATIC_REVIEW: "Systematic review",
    SourceKind.TRIAL: "Trial",
    SourceKind.COHORT: "Cohort study",
    SourceKind.CASE_REPORT: "Case report",
    SourceKind.REVIEW: "Review article",
    SourceKind.CONSENSUS: "Consensus statement",
    SourceKind.REGULATOR_NOTICE: "Regulator's notice",
    SourceKind.LOCAL_GUIDANCE: "Local advice",
    SourceKind.LABORATORY_NOTICE: "Laboratory notice",
    SourceKind.REFERENCE: "Reference work",
    SourceKind.SUMMARY: "Summary",
    SourceKind.SAFETY_RULE: OWN_RULE,
}
"""What a document is called. Only an issuer that makes guidelines earns the word Guideline."""

CHECK_LABELS: Mapping[RecordCheck, str] = {
    RecordCheck.LOADED: "record: as the file it was loaded from gives it",
    RecordCheck.READ: "record: the document was read",
    RecordCheck.SECONDHAND: "record: seen through other documents, not opened itself",
    RecordCheck.MEMORY: "record: from memory, not checked",
}

STATUS_LABELS: Mapping[SourceStatus, str] = {
    SourceStatus.CURRENT: "",
    SourceStatus.SUPERSEDED: "SUPERSEDED",
    SourceStatus.RETRACTED: "RETRACTED",
    SourceStatus.CONCERN: "EXPRESSION OF CONCERN",
    SourceStatus.DUE: "due for review",
}

MANY_AUTHORS = 3

_NOT_READ = "unknown"  # the design of a document that does not say


@dataclass(frozen=True, slots=True)
class Reference:
    """A source under the number it has in this text, with every place in it that the text cites.

    ``basis`` says what the wording of the sentences that cite it rests on, ``licence`` under what its words are quoted.
    """

    number: int
    source: Source
    locators: tuple[str, ...]
    basis: str
    licence: str = ""

    @property
    def line(self) -> str:
        """The reference as one line, without its number."""
        return reference_line(self.source, self.locators, self.licence)


def make_reference(
    number: int, source: Source, locators: tuple[str, ...], bases: tuple[Basis, ...], licence: str = ""
) -> Reference:
    """A reference with the weakest basis of the sentences that use it."""
    basis = basis_line(weakest(bases), source, locators) if bases else ""
    return Reference(number, source, locators, "" if basis == OWN_RULE else basis, licence)  # the line says it already


def reference_line(source: Source, locators: tuple[str, ...], licence: str = "") -> str:
    """Kind or design, status, issuer or authors, title, container, year, version, who was studied, places cited, the
    licence of what is quoted, address, how the record was checked."""
    if source.kind is SourceKind.SAFETY_RULE:
        return f"{OWN_RULE}. {source.version}".rstrip(". ") + "."
    parts = (
        what_it_is(source),
        status_label(source),
        _who(source),
        source.title,
        _container(source),
        source.version if source.version not in source.title else "",
        f"Studied: {source.population}" if source.population else "",
        _capital("; ".join(locators)),
        f"Licence of the words quoted: {licence}" if licence else "",
    )
    named = ". ".join(part.rstrip(".") for part in parts if part) + "."
    return " ".join(part for part in (named, _address(source), f"({CHECK_LABELS[source.check]})") if part)


def what_it_is(source: Source) -> str:
    """The study design where it was read from the document, else the kind of document."""
    if source.design == _NOT_READ and source.kind is SourceKind.REFERENCE:
        return "Published article, design not stated"
    return _capital(source.design) if source.design not in ("", _NOT_READ) else KIND_LABELS[source.kind]


def status_label(source: Source) -> str:
    """How a source stands, in capitals where it should not be relied on; "" while it is current."""
    label = STATUS_LABELS[source.status]
    return f"{label} by {source.superseded_by}" if label and source.superseded_by else label


def _who(source: Source) -> str:
    if not source.authors:
        short = SHORT_ISSUERS.get(source.issuer)
        return f"{source.issuer} ({short})" if short else source.issuer
    if len(source.authors) > MANY_AUTHORS:
        return f"{source.authors[0]} and others"
    return "; ".join(source.authors)


def _container(source: Source) -> str:
    """Journal year;volume(issue):pages, or the year alone."""
    year = source.year
    if not source.container:
        return year
    volume = source.volume + (f"({source.issue})" if source.issue else "")
    place = ":".join(part for part in (volume, source.pages) if part)
    return f"{source.container} {year}" + (f";{place}" if place else "")


def _address(source: Source) -> str:
    """Every address that is known; none is ever made up."""
    known = []
    if source.doi:
        known.append(f"https://doi.org/{source.doi}")
    if source.pmid:
        known.append(f"PMID {source.pmid}")
    if source.url and not source.doi:
        known.append(source.url)
    return " ".join(known)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
