"""The references: for each source what it is, whose, of when, where in it, its address, how it stands, and on what
our wording rests."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from bedside.evidence.source import Source, SourceKind, SourceStatus
from bedside.rendering.basis import OWN_RULE, SHORT_ISSUERS
from bedside.rendering.citations import CHECK_LABELS, MANY_AUTHORS, Reference, status_label, what_it_is


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """One numbered reference. ``links`` are addresses on the web with their labels, only of http or https.
    ``standing`` is "current" or why it should not be relied on; ``sound`` tells the two apart."""

    number: int
    key: str
    kind: str
    issuer: str
    title: str
    container: str
    year: str
    version: str
    studied: str
    places: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    standing: str
    sound: bool
    basis: str
    record: str
    licence: str
    used_in: tuple[int, ...]
    folded: bool


def reference_view(reference: Reference, used_in: tuple[int, ...], in_sight: AbstractSet[int]) -> ReferenceView:
    """A reference as a page shows it; ``used_in`` are the numbers of the claims that cite it, ``in_sight`` of those
    that are read without unfolding anything: a sound source of folded claims only is folded, too."""
    source = reference.source
    own = source.kind is SourceKind.SAFETY_RULE
    sound = source.status in (SourceStatus.CURRENT, SourceStatus.DUE)
    return ReferenceView(
        number=reference.number,
        key=source.key,
        kind=what_it_is(source),
        issuer="" if own else _issuer(source),
        title="" if own else source.title,
        container=_container(source),
        year="" if own else source.year,
        version=source.version if source.version not in source.title else "",
        studied=source.population,
        places=() if own else reference.locators,
        links=links(source),
        standing=status_label(source) or "current",
        sound=sound,
        basis="" if own else _plain_basis(reference.basis),
        record="" if own else CHECK_LABELS[source.check].removeprefix("record: "),
        licence=reference.licence,
        used_in=used_in,
        folded=sound and bool(used_in) and in_sight.isdisjoint(used_in),
    )


def links(source: Source) -> tuple[tuple[str, str], ...]:
    """Label and address of every place where the document can be opened; none is made up, none is anything but the
    web."""
    found: dict[str, str] = {}
    if source.doi:
        found[f"https://doi.org/{quote(source.doi, safe='/')}"] = f"doi:{source.doi}"
    if source.pmid.isdigit():
        found[f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"] = f"PMID {source.pmid}"
    if source.url and on_the_web(source.url):
        found.setdefault(source.url, host(source.url))
    return tuple((label, address) for address, label in found.items())


def on_the_web(address: str) -> bool:
    """Whether an address may stand in a link: http or https with a host, and nothing hidden in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and address.isprintable() and " " not in address


def host(address: str) -> str:
    """The name of the host of an address, as a label for its link."""
    return urlsplit(address).netloc.removeprefix("www.")


def _issuer(source: Source) -> str:
    if not source.authors:
        short = SHORT_ISSUERS.get(source.issuer)
        return f"{source.issuer} ({short})" if short else source.issuer
    if len(source.authors) > MANY_AUTHORS:
        return f"{source.authors[0]} and others"
    return "; ".join(source.authors)


def _container(source: Source) -> str:
    """Journal, volume, issue and pages; the year stands by itself."""
    if not source.container:
        return ""
    volume = source.volume + (f"({source.issue})" if source.issue else "")
    place = ":".join(part for part in (volume, source.pages) if part)
    return f"{source.container} {place}".strip()


def _plain_basis(basis: str) -> str:
    """The basis without the name of the source it stands beside."""
    if basis.startswith("checked against"):
        return "checked against the source text"
    if basis.startswith("our wording"):
        seen = ", seen through summaries" if "seen through summaries" in basis else ""
        return f"our wording{seen}: open the original"
    return "" if basis == OWN_RULE else basis
