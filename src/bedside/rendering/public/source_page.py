"""A source as its page shows it: the record line by line, and where the document itself can be opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from bedside.evidence.source import Source, SourceKind, SourceStatus
from bedside.rendering.basis import OWN_RULE
from bedside.rendering.citations import CHECK_LABELS, KIND_LABELS, STATUS_LABELS, what_it_is

STATUSES = {status: label or "current" for status, label in STATUS_LABELS.items()}
"""What a status is called in a list."""

ORIGINAL_NOT_OURS = "no document: bedside's own rule"


@dataclass(frozen=True, slots=True)
class Link:
    """An address outside, and what it is called."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source as lists show it."""

    key: str
    title: str
    kind: str
    issuer: str
    year: str
    country: str
    status: str
    stands: bool


def source_entry(source: Source) -> SourceEntry:
    """A source in one row."""
    return SourceEntry(
        key=source.key,
        title=source.title,
        kind=KIND_LABELS[source.kind] if source.kind is not SourceKind.SAFETY_RULE else OWN_RULE,
        issuer=source.issuer or (source.authors[0] if source.authors else ""),
        year=source.year,
        country=source.jurisdiction,
        status=STATUSES[source.status],
        stands=source.status is SourceStatus.CURRENT,
    )


def record_lines(source: Source) -> Iterator[tuple[str, str]]:
    """The record as pairs of what and its value; what is not known is left out."""
    journal = " ".join(filter(None, (source.container, source.volume, f"({source.issue})" if source.issue else "")))
    lines = (
        ("What it is", what_it_is(source)),
        ("Issued by", source.issuer),
        ("Authors", "; ".join(source.authors)),
        ("Published in", ", ".join(filter(None, (journal, source.pages)))),
        ("Year", source.year),
        ("Version or number", source.version),
        ("Country", source.jurisdiction),
        ("Status", STATUSES[source.status]),
        ("Superseded by", source.superseded_by),
        ("Why that design", source.design_reason),
        ("Who was studied", source.population),
        ("Licence", source.licence),
        ("How the record was checked", CHECK_LABELS[source.check].removeprefix("record: ")),
        ("Record checked on", source.checked_on),
        ("Note", source.note),
    )
    return ((name, value) for name, value in lines if value)


def links(source: Source) -> tuple[Link, ...]:
    """Where the document can be opened; only addresses the record names, and only of the web."""
    found = []
    if source.doi:
        found.append(Link(f"doi:{source.doi}", f"https://doi.org/{quote(source.doi, safe='/()')}"))
    if source.pmid.isdigit():
        found.append(Link(f"PubMed {source.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"))
    if source.pmcid:
        found.append(Link(source.pmcid, f"https://pmc.ncbi.nlm.nih.gov/articles/{quote(source.pmcid, safe='')}/"))
    if _of_the_web(source.url):
        found.append(Link(source.url, source.url))
    return tuple(found)


def _of_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
