"""What a JATS article says of itself: identifiers, authors, journal, dates, licence, types and keywords."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from bedside.evidence.record import source_key
from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.ingest.jats_notices import plain_doi
from bedside.ingest.jats_text import Element, letters, text_of
from bedside.ingest.languages import ENGLISH, language_code
from bedside.ingest.licences import Licence, licence_of

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_HREF = "{http://www.w3.org/1999/xlink}href"

_TYPES = {
    "research-article": "Journal Article",
    "brief-report": "Journal Article",
    "rapid-communication": "Journal Article",
    "case-report": "Case Reports",
    "review-article": "Review",
    "systematic-review": "Systematic Review",
    "meta-analysis": "Meta-Analysis",
    "clinical-trial": "Clinical Trial",
    "letter": "Letter",
    "editorial": "Editorial",
    "article-commentary": "Comment",
    "news": "News",
    "correction": "Published Erratum",
    "retraction": "Retraction of Publication",
    "partial-retraction": "Retraction of Publication",
    "expression-of-concern": "Expression of Concern",
    "preprint": "Preprint",
}
"""Values of ``article-type`` by the publication type of PubMed that says the same; any other becomes a keyword."""

_SUBJECTS = {
    "clinical practice guideline": "Practice Guideline",
    "practice guideline": "Practice Guideline",
    "guideline": "Guideline",
    "consensus statement": "Consensus Statement",
    "systematic review": "Systematic Review",
    "systematic review and meta-analysis": "Systematic Review",
    "meta-analysis": "Meta-Analysis",
    "randomized controlled trial": "Randomized Controlled Trial",
    "randomised controlled trial": "Randomized Controlled Trial",
    "clinical trial": "Clinical Trial",
    "study protocol": "Clinical Trial Protocol",
    "protocol": "Clinical Trial Protocol",
    "case report": "Case Reports",
    "case series": "Case Reports",
    "review": "Review",
    "review article": "Review",
    "editorial": "Editorial",
    "letter": "Letter",
    "letter to the editor": "Letter",
    "commentary": "Comment",
    "retraction": "Retraction of Publication",
    "expression of concern": "Expression of Concern",
    "erratum": "Published Erratum",
    "correction": "Published Erratum",
}
"""Headings of a journal's contents page by the publication type of PubMed that says the same."""

_PROTOCOL = "Clinical Trial Protocol"
_ELECTRONIC, _PRINTED = ("epub", "pub"), ("ppub", "collection", "epub-ppub")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_NOT_GIVEN = "99"  # sorts a date without a month after those of its year that have one
_PMC = "https://pmc.ncbi.nlm.nih.gov/articles/"
_MOST_INITIALS = 3  # "JFK" is initials, "JOHN" a name
_GIVEN = re.compile(r"[^\W\d_]+")


def identifiers(article: Element) -> dict[str, str]:
    """PMID, PMCID ("PMC123") and DOI as far as they are given and have the shape of one."""
    found = {"pmid": "", "pmcid": "", "doi": ""}
    for element in article.iterfind("front/article-meta/article-id"):
        written = letters(element)
        number = written.upper().removeprefix("PMC")
        match element.get("pub-id-type"):
            case "pmid" if written.isdecimal() and not found["pmid"]:
                found["pmid"] = written
            case "pmc" | "pmcid" if number.isdecimal() and not found["pmcid"]:
                found["pmcid"] = f"PMC{number}"
            case "doi" if not found["doi"]:
                found["doi"] = plain_doi(written)
    return found


def read_source(article: Element) -> Source | None:
    """The source, or None when there is neither a title nor an identifier to know it by."""
    ids = identifiers(article)
    meta = article.find("front/article-meta")
    title = _title(article)
    if meta is None or not (title and (any(ids.values()) or title.strip(" ."))):
        return None
    journal = _first(article, "front/journal-meta//journal-title") or ""
    published_on, year = _dates(meta)
    return Source(
        key=source_key(**ids, name=title),
        kind=SourceKind.REFERENCE,
        title=title,
        issuer=journal or _first(article, "front/journal-meta/publisher/publisher-name"),
        check=RecordCheck.LOADED,
        authors=tuple(_authors(meta)),
        container=_abbreviated(article) or journal,
        volume=_first(meta, "volume"),
        issue=_first(meta, "issue"),
        pages=_pages(meta),
        year=year,
        url=f"{_PMC}{ids['pmcid']}/" if ids["pmcid"] else "",
        licence=read_licence(article).name,
        published_on=published_on,
        doi=ids["doi"],
        pmid=ids["pmid"],
        pmcid=ids["pmcid"],
    )


def read_licence(article: Element) -> Licence:
    """The licence of an article: of its licence statement, or without one of its copyright line."""
    licences = [
        *article.iterfind("front/article-meta/permissions/license"),
        *article.iterfind("front/article-meta/license"),
    ]
    words = [*map(text_of, licences)]
    urls = [value for licence in licences for element in licence.iter() for value in _links(element)]
    urls += map(letters, article.iterfind("front/article-meta/permissions//license_ref"))
    if not licences and not urls:
        words = [text_of(line) for line in article.iterfind("front/article-meta/permissions/*")]
        words += [text_of(line) for line in article.iterfind("front/article-meta/copyright-statement")]
    return licence_of(" ".join(words), urls)


def _links(element: Element) -> Iterator[str]:
    if target := element.get(_HREF):
        yield target
    if element.tag in ("uri", "ext-link", "license_ref"):
        yield letters(element)


def publication_types(article: Element) -> tuple[str, ...]:
    """PubMed's names for what the article is, by its type and its heading on the contents page."""
    found = [_TYPES.get(article.get("article-type", ""), "")]
    found += [_SUBJECTS.get(subject, "") for subject in _subjects(article)]
    if article.get("article-type") == "protocol":
        found.append(_PROTOCOL)
    if _PROTOCOL in found and re.search(r"\breview|meta-?analys", _title(article), re.IGNORECASE):
        found = [name for name in found if name != _PROTOCOL]  # the plan of a review, not of a trial
    return tuple(dict.fromkeys(filter(None, found)))


def keywords(article: Element) -> tuple[str, ...]:
    """The authors' keywords; an ``article-type`` that PubMed has no name for stands last ("jats:protocol")."""
    found = [text_of(word) for word in article.iterfind("front/article-meta/kwd-group//kwd")]
    written = article.get("article-type", "")
    if written and written not in _TYPES:
        found.append(f"jats:{written}")
    return tuple(dict.fromkeys(filter(None, found)))


def language(article: Element) -> str:
    """The language as PubMed writes it; JATS says that an article without one is in English."""
    return language_code(article.get(LANGUAGE, "")) or ENGLISH


def other_titles(article: Element) -> tuple[str, ...]:
    """Titles in other languages."""
    found = article.iterfind("front/article-meta/title-group//trans-title")
    return tuple(dict.fromkeys(filter(None, (text_of(title, notes=False) for title in found))))


def issns(article: Element) -> tuple[str, ...]:
    """The ISSNs of the journal, the linking one first where it is given."""
    meta = "front/journal-meta"
    found = [*article.iterfind(f"{meta}/issn-l"), *article.iterfind(f"{meta}/issn")]
    return tuple(dict.fromkeys(filter(None, map(text_of, found))))


def _title(article: Element) -> str:
    group = article.find("front/article-meta/title-group")
    if group is None:
        return ""
    parts = [text_of(part, notes=False) for name in ("article-title", "subtitle") for part in group.findall(name)]
    title, *rest = [part for part in parts if part] or [""]
    return ": ".join((title.rstrip(":"), *rest)) if rest else title


def _subjects(article: Element) -> Iterator[str]:
    """Headings of the contents page in small letters and the singular; taxonomies of subjects are left out."""
    for group in article.iterfind("front/article-meta/article-categories/subj-group"):
        if group.get("subj-group-type", "heading") in ("heading", "article-type", "toc-heading"):
            for subject in group.iter("subject"):
                yield _singular(text_of(subject).lower())


def _singular(heading: str) -> str:
    return heading if heading in _SUBJECTS or not heading.endswith("s") else heading.removesuffix("s")


def _abbreviated(article: Element) -> str:
    for kind in ("nlm-ta", "iso-abbrev"):
        if found := _first(article, f"front/journal-meta/journal-id[@journal-id-type='{kind}']"):
            return found
    return _first(article, "front/journal-meta//abbrev-journal-title")


def _first(element: Element, path: str) -> str:
    found = element.find(path)
    return text_of(found) if found is not None else ""


def _pages(meta: Element) -> str:
    """Pages as they are printed ("123-30"), or the article number."""
    first, last = _first(meta, "fpage"), _first(meta, "lpage")
    if first:
        return f"{first}-{last}" if last and last != first else first
    return _first(meta, "elocation-id") or _first(meta, "page-range")


def _authors(meta: Element) -> Iterator[str]:
    """Each author as "Family AB", or the name of a group; editors and translators are left out."""
    for contributor in meta.iterfind("contrib-group/contrib"):
        if contributor.get("contrib-type", "author") != "author":
            continue
        if (name := contributor.find("name")) is None:
            name = contributor.find("name-alternatives/name")
        if name is not None:
            yield _person(name)
        elif (group := contributor.find("collab")) is not None:
            yield _group(group)
        elif (other := contributor.find("string-name")) is not None:
            yield _person(other) if other.find("surname") is not None else text_of(other)


def _person(name: Element) -> str:
    given = name.find("given-names")
    initials = ""
    if given is not None:
        written = text_of(given)
        names = _GIVEN.findall(written)
        short = len(names) == 1 and written.isupper() and len(names[0]) <= _MOST_INITIALS
        initials = given.get("initials", "") or (names[0] if short else "".join(name[0] for name in names))
    return " ".join(part for part in (_first(name, "surname"), initials.upper(), _first(name, "suffix")) if part)


def _group(group: Element) -> str:
    """The name of a group, without the list of its members."""
    named = group.find("institution") if group.find("institution") is not None else group.find("named-content")
    if named is not None and not (group.text or "").strip():
        return text_of(named)
    return " ".join(" ".join([group.text or "", *((child.tail or "") for child in group)]).split()) or text_of(group)


def _dates(meta: Element) -> tuple[str, str]:
    """The earliest day of publication and the year a citation gives (of the issue, else the electronic version)."""
    electronic, printed = [], []
    for element in meta.iterfind("pub-date"):
        kind = element.get("pub-type") or element.get("date-type") or "pub"
        if date := _date(element):
            if kind in _PRINTED:
                printed.append(date)
            elif kind in _ELECTRONIC:
                electronic.append(date)
    both = [*electronic, *printed]
    if not both:
        return "", ""
    earliest = min(both, key=lambda date: [*date.split("-"), _NOT_GIVEN, _NOT_GIVEN][:3])
    return earliest, min(printed or electronic)[:4]


def _date(element: Element) -> str:
    """An ISO date as exact as it is given; a month or day that does not exist is left out, and so is a season."""
    year, month, day = (_first(element, name) for name in ("year", "month", "day"))
    if not re.fullmatch(r"[12]\d{3}", year):
        return ""
    number = int(month) if re.fullmatch(r"\d{1,2}", month) else _MONTHS.get(month[:3].lower(), 0)
    if not 1 <= number <= 12:  # noqa: PLR2004 - months of a year
        return year
    if re.fullmatch(r"\d{1,2}", day) and 1 <= int(day) <= calendar.monthrange(int(year), number)[1]:
        return f"{year}-{number:02}-{int(day):02}"
    return f"{year}-{number:02}"
