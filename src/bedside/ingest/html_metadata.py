"""What an HTML page says of itself: title, issuer, authors, date, identifiers, licence, language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedside.ingest.jats_notices import plain_doi
from bedside.ingest.licences import licence_of
from bedside.ingest.paragraphs import tidy

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DATE = re.compile(r"([12]\d{3})(?:[-/](0?[1-9]|1[0-2])(?:[-/](0?[1-9]|[12]\d|3[01]))?)?(?!\d)")
_TITLES = ("citation_title", "dc.title", "dcterms.title")
_ISSUERS = (
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "citation_technical_report_institution",
    "og:site_name",
)
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "article:published_time",
)
_LANGUAGES = ("citation_language", "dc.language", "dcterms.language", "og:locale")
_DOIS = ("citation_doi", "dc.identifier", "dcterms.identifier", "prism.doi")
_RIGHTS = ("dc.rights", "dcterms.rights", "dcterms.license", "dc.rights.license", "copyright")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page says; "" where it says nothing. ``licence`` is a short name of the licences."""

    title: str = ""
    issuer: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    published_on: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    language: str = ""
    licence: str = ""
    keywords: tuple[str, ...] = ()


def read_metadata(tree: LexborHTMLParser) -> PageMetadata:
    """The metadata of a page, from its meta elements first, then from what a reader sees."""
    given = _given(tree)
    pmid = _first(given, ("citation_pmid",))
    return PageMetadata(
        title=_title(tree, given),
        issuer=_first(given, _ISSUERS),
        authors=tuple(_author(name) for name in next((given[name] for name in _AUTHORS if name in given), [])),
        journal=_first(given, ("citation_journal_title",)),
        published_on=next(filter(None, map(iso_date, _all(given, _DATES))), ""),
        doi=next(filter(None, map(plain_doi, _all(given, _DOIS))), ""),
        pmid=pmid if pmid.isdecimal() else "",
        url=_url(tree, given),
        language=_attribute(tree.css_first("html"), "lang") or _first(given, _LANGUAGES),
        licence=_licence(tree, given),
        keywords=tuple(dict.fromkeys(_all(given, ("citation_keywords", "dc.subject")))),
    )


def iso_date(written: str) -> str:
    """The first ISO date in *written* ("2021/3/9", "2021-03-09T10:00Z"), as exact as it is given, or ""."""
    if not (found := _DATE.search(written)):
        return ""
    return "-".join(part.zfill(2) for part in found.groups() if part)


def _given(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """The contents of meta elements by name, in small letters."""
    found: dict[str, list[str]] = {}
    for node in tree.css("meta"):
        name = _attribute(node, "name") or _attribute(node, "property")
        if name and (content := tidy(_attribute(node, "content"))):
            found.setdefault(name.lower(), []).append(content)
    return found


def _all(given: dict[str, list[str]], names: Iterable[str]) -> list[str]:
    return [content for name in names for content in given.get(name, [])]


def _first(given: dict[str, list[str]], names: Iterable[str]) -> str:
    return next(iter(_all(given, names)), "")


def _attribute(node: LexborNode | None, name: str) -> str:
    return ((node.attributes.get(name) or "") if node is not None else "").strip()


def _title(tree: LexborHTMLParser, given: dict[str, list[str]]) -> str:
    """The title given for citing, else the first main heading, else the title of the window."""
    if title := _first(given, _TITLES):
        return title
    for selector in ("main h1", "article h1", "h1"):
        node = tree.css_first(selector)
        if node is not None and (title := tidy(node.text(separator=" "))):
            return title
    node = tree.css_first("head title")
    return _first(given, ("og:title",)) or (tidy(node.text()) if node is not None else "")


def _author(written: str) -> str:
    """Each as "Family AB" where the page writes "Family, Anna B."."""
    family, comma, given = written.partition(",")
    initials = "".join(part[0] for part in re.findall(r"[^\W\d_]+", given))
    return f"{family.strip()} {initials}".strip() if comma else written


def _url(tree: LexborHTMLParser, given: dict[str, list[str]]) -> str:
    canonical = _attribute(tree.css_first("link[rel=canonical]"), "href")
    return next((url for url in (canonical, _first(given, ("og:url",))) if url.startswith(("https://", "http://"))), "")


def _licence(tree: LexborHTMLParser, given: dict[str, list[str]]) -> str:
    """Of its rights, its links marked as the licence, and what its footer says; the strictest holds."""
    links = [_attribute(node, "href") for node in tree.css("[rel~=license]")]
    footers = [tidy(node.text(separator=" ")) for node in tree.css("footer, [role=contentinfo]")]
    return licence_of(" ".join([*_all(given, _RIGHTS), *footers]), links).name
