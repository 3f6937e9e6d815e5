"""The fields of a PubMed entry: one reader an element, called while its children are walked once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from lxml import etree

from bedside.evidence.record import Heading, make_passage
from bedside.ingest.pubmed_draft import Draft
from bedside.ingest.pubmed_notices import read_notices
from bedside.ingest.pubmed_text import flat

Reader = Callable[[etree._Element, Draft], None]  # noqa: SLF001 - lxml has no public name for it

_LICENCE = "PubMed abstract"
_ENGLISH = "eng"
_UNLABELLED = frozenset({"", "UNLABELLED", "UNLABELED", "UNASSIGNED"})
_NOT_HERE = "Abstract available from the publisher."  # a placeholder, not words of the article
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
_PLAIN_LANGUAGE = "plain-language-summary"
_MOST_PMID_DIGITS = 9
_WHOLE_DATE = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")


def read_pmid(written: str | None) -> str:
    """The PMID without leading zeros, "" when the text is none."""
    digits = (written or "").strip().lstrip("0")
    return digits if digits.isdecimal() and digits.isascii() and len(digits) <= _MOST_PMID_DIGITS else ""


def read_doi(written: str | None) -> str:
    """The DOI in lower case, without the address before it; "" when the text does not look like one."""
    text = (written or "").strip().lower()
    for before in ("https://", "http://", "dx.", "doi.org/", "doi:"):
        text = text.removeprefix(before)
    text = text.strip()
    registrant, slash, rest = text.partition("/")
    known = registrant.startswith("10.") and registrant[3:].replace(".", "").isdecimal()
    return text if known and slash and rest and len(text.split()) == 1 else ""


def read_pmcid(written: str | None) -> str:
    """The PMC identifier "PMC123"; "" when the text is none. Words after it (a date of release) are left out."""
    words = (written or "").split()
    text = words[0].upper() if words else ""
    return text if text.startswith("PMC") and text[3:].isdecimal() and text.isascii() else ""


def walk(element: etree._Element, readers: Mapping[str, Reader], draft: Draft) -> None:
    """Give every child that has a reader to it."""
    for child in element:
        reader = readers.get(child.tag)
        if reader is not None:
            reader(child, draft)


def words_of(element: etree._Element) -> list[str]:
    """The words of every child that has some."""
    return [words for child in element if (words := flat(child))]


def read_title(element: etree._Element, draft: Draft) -> None:
    """ArticleTitle."""
    draft.title = flat(element)


def read_vernacular(element: etree._Element, draft: Draft) -> None:
    """VernacularTitle."""
    if words := flat(element):
        draft.vernacular.append(words)


def read_abstract(element: etree._Element, draft: Draft) -> None:
    """Abstract: a passage for each AbstractText. The copyright line is not one."""
    for text in element.iterchildren("AbstractText"):
        _add_passage(text, draft, "Abstract", "")


def read_other_abstract(element: etree._Element, draft: Draft) -> None:
    """OtherAbstract: in another language, or in plain language."""
    language = element.get("Language", "").strip().lower()
    kind = element.get("Type", "").strip()
    name = "Plain language summary" if kind == _PLAIN_LANGUAGE else "Abstract"
    if language in {"", _ENGLISH}:
        name, language = (name if kind == _PLAIN_LANGUAGE else "Other abstract"), ""
    for text in element.iterchildren("AbstractText"):
        _add_passage(text, draft, f"{name} ({language})" if language else name, language)


def read_authors(element: etree._Element, draft: Draft) -> None:
    """AuthorList: "Family AB", with a suffix where there is one, or the name of a group.

    The file has the parts in the order in which they are cited. A name marked as not valid is a wrong spelling.
    """
    names: list[list[str]] = []
    name: list[str] = []
    for part in element.iter("Author", "LastName", "Initials", "Suffix", "CollectiveName"):
        if part.tag != "Author":
            name.append(flat(part))
            continue
        name = []
        if part.get("ValidYN") != "N":
            names.append(name)
    draft.authors = tuple(" ".join(filter(None, name)) for name in names if any(name))


def read_language(element: etree._Element, draft: Draft) -> None:
    """Language: the first one counts."""
    draft.language = draft.language or (element.text or "").strip().lower()


def read_location(element: etree._Element, draft: Draft) -> None:
    """ELocationID of the kind DOI."""
    if not draft.doi and element.get("EIdType") == "doi" and element.get("ValidYN") != "N":
        draft.doi = read_doi(element.text)


def read_identifiers(element: etree._Element, draft: Draft) -> None:
    """The article's own ArticleIdList; those of its references are further down and are never looked at."""
    for child in element.iterchildren("ArticleId"):
        kind = child.get("IdType")
        if kind == "doi":
            draft.doi = draft.doi or read_doi(child.text)
        elif kind == "pmc":
            draft.pmcid = draft.pmcid or read_pmcid(child.text)


def read_pages(element: etree._Element, draft: Draft) -> None:
    """Pagination: as MEDLINE writes it, or from first to last."""
    written = {child.tag: flat(child) for child in element}
    ends = (written.get("StartPage", ""), written.get("EndPage", ""))
    draft.pages = written.get("MedlinePgn") or "-".join(page for page in ends if page)


def read_date_element(element: etree._Element, draft: Draft) -> None:
    """A date, kept as it is until one is needed."""
    draft.dates.setdefault(element.tag, element)


def read_revised(element: etree._Element, draft: Draft) -> None:
    """DateRevised: always year, month and day; one that is not is left out."""
    date = "-".join([(part.text or "").zfill(2) for part in element])
    draft.revised = date if _WHOLE_DATE.fullmatch(date) else ""


def read_type(element: etree._Element, draft: Draft) -> None:
    """PublicationType, as books have it."""
    draft.types.append(flat(element))


def read_types(element: etree._Element, draft: Draft) -> None:
    """PublicationTypeList."""
    draft.types.extend(words_of(element))


def read_keywords(element: etree._Element, draft: Draft) -> None:
    """KeywordList."""
    draft.keywords.extend(words_of(element))


def read_chemicals(element: etree._Element, draft: Draft) -> None:
    """ChemicalList."""
    for name in element.iter("NameOfSubstance"):
        draft.chemicals.append(flat(name))


def read_headings(element: etree._Element, draft: Draft) -> None:
    """MeshHeadingList. A heading is major when its descriptor is, or one of its qualifiers."""
    name, ui, major = "", "", False
    qualifiers: list[str] = []
    for part in element.iter("DescriptorName", "QualifierName"):
        if part.tag == "DescriptorName":
            if name:
                draft.headings.append(Heading(name, ui, major, tuple(qualifiers)))
            name, ui, major, qualifiers = flat(part), part.get("UI", ""), False, []
        else:
            qualifiers.append(flat(part))
        if part.get("MajorTopicYN") == "Y":
            major = True
    if name:
        draft.headings.append(Heading(name, ui, major, tuple(qualifiers)))


def read_supplementary(element: etree._Element, draft: Draft) -> None:
    """SupplMeshList: diseases and organisms that have no descriptor yet."""
    for part in element.iterchildren("SupplMeshName"):
        if name := flat(part):
            draft.headings.append(Heading(name, part.get("UI", "")))


def read_comments(element: etree._Element, draft: Draft) -> None:
    """CommentsCorrectionsList."""
    draft.notices = tuple(read_notices(element))


def _add_passage(element: etree._Element, draft: Draft, place: str, language: str) -> None:
    """One passage; empty ones and exact repetitions are left out."""
    text = flat(element)
    if not text or text == _NOT_HERE:
        return
    label = element.get("Label", "")
    locator, heading = _named(place, label) if label else (place, "")
    passage = make_passage(
        draft.key,
        locator,
        text,
        heading=heading,
        licence=_LICENCE,
        position=len(draft.passages),
        language=language,
    )
    draft.passages.setdefault(passage.id, passage)


@lru_cache(maxsize=4096)
def _named(place: str, label: str) -> tuple[str, str]:
    """The locator and the heading of a labelled part of an abstract."""
    label = " ".join(label.split()).rstrip(":")
    if label.upper() in _UNLABELLED:
        return place, ""
    words = [word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in label.lower().split()]
    heading = " ".join(words)
    return f"{place}, {label.upper()}", heading[:1].upper() + heading[1:]
