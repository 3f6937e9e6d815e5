"""A record from one PubmedArticle (or MedlineCitation, as files up to 2016 have it) or PubmedBookArticle."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from bedside.evidence.record import Record, source_key
from bedside.ingest import pubmed_fields as fields
from bedside.ingest.pubmed_draft import Draft, UnreadableRecordError, finished
from bedside.ingest.pubmed_fields import Reader, walk
from bedside.ingest.pubmed_text import flat

_OLD_SOURCE = "NLM"  # whose OtherID holds the PMC identifier in files without PubmedData


def article_record(element: etree._Element, this_year: int | None) -> Record:
    """The record of a PubmedArticle or MedlineCitation. Raises UnreadableRecordError."""
    if element.tag == "MedlineCitation":
        return finished(_read(element, _CITATION), this_year)
    draft, data = None, []
    for child in element:
        if child.tag == "MedlineCitation":
            draft = _read(child, _CITATION)
        elif child.tag == "PubmedData":
            data.append(child)
    if draft is None:
        raise UnreadableRecordError("no MedlineCitation")
    for child in data:
        for identifiers in child.iterchildren("ArticleIdList"):
            fields.read_identifiers(identifiers, draft)
    return finished(draft, this_year)


def book_record(element: etree._Element, this_year: int | None) -> Record:
    """The record of a PubmedBookArticle: a book, or a chapter of one. Raises UnreadableRecordError."""
    document = element.find("BookDocument")
    if document is None:
        raise UnreadableRecordError("no BookDocument")
    draft = _read(document, _DOCUMENT)
    if not draft.title:
        draft.title, draft.container = draft.container, ""
    return finished(draft, this_year)


def _read(element: etree._Element, readers: Mapping[str, Reader]) -> Draft:
    """The draft of an element that has a PMID."""
    written = next(element.iterchildren("PMID"), None)
    if written is None:
        raise UnreadableRecordError("no PMID")
    if not (pmid := fields.read_pmid(written.text)):
        raise UnreadableRecordError(f"{(written.text or '')[:20]!a} is not a PMID")
    version = written.get("Version", "1").strip()
    draft = Draft(pmid, source_key(pmid=pmid), f"version {version}" if version not in {"", "1"} else "")
    walk(element, readers, draft)
    return draft


def _journal(element: etree._Element, draft: Draft) -> None:
    """Journal: the container is its abbreviation, the issuer its full name."""
    for child in element:
        match child.tag:
            case "ISSN":
                draft.issns.append(flat(child))
            case "JournalIssue":
                _issue(child, draft)
            case "Title":
                draft.issuer = flat(child)
            case "ISOAbbreviation":
                draft.container = flat(child)
    draft.container = draft.container or draft.issuer


def _issue(element: etree._Element, draft: Draft) -> None:
    """JournalIssue."""
    for child in element:
        match child.tag:
            case "Volume":
                draft.volume = flat(child)
            case "Issue":
                draft.issue = flat(child)
            case "PubDate":
                draft.dates["PubDate"] = child


def _journal_info(element: etree._Element, draft: Draft) -> None:
    """MedlineJournalInfo: the linking ISSN, and names where the journal has given none."""
    for child in element:
        match child.tag:
            case "ISSNLinking":
                draft.linking = flat(child)
            case "MedlineTA":
                draft.container = draft.container or flat(child)
                draft.issuer = draft.issuer or draft.container


def _other_id(element: etree._Element, draft: Draft) -> None:
    """OtherID."""
    if element.get("Source") == _OLD_SOURCE:
        draft.pmcid = draft.pmcid or fields.read_pmcid(element.text)


def _article(element: etree._Element, draft: Draft) -> None:
    """Article."""
    walk(element, _ARTICLE, draft)


def _book(element: etree._Element, draft: Draft) -> None:
    """Book: what it gives is of the whole book; an author list of the chapter, read later, takes its place."""
    for child in element:
        match child.tag:
            case "Publisher":
                draft.issuer = flat(name) if (name := child.find("PublisherName")) is not None else ""
            case "BookTitle":
                draft.container = flat(child)
            case "PubDate":
                draft.dates["BookDate"] = child
            case "AuthorList":
                _book_authors(child, draft)
            case "Volume":
                draft.volume = flat(child)


def _book_authors(element: etree._Element, draft: Draft) -> None:
    """AuthorList: authors come before editors."""
    if not draft.authors or element.get("Type") != "editors":
        fields.read_authors(element, draft)


_ARTICLE: Mapping[str, Reader] = {
    "Journal": _journal,
    "ArticleTitle": fields.read_title,
    "VernacularTitle": fields.read_vernacular,
    "Pagination": fields.read_pages,
    "ELocationID": fields.read_location,
    "Abstract": fields.read_abstract,
    "AuthorList": fields.read_authors,
    "Language": fields.read_language,
    "PublicationTypeList": fields.read_types,
    "ArticleDate": fields.read_date_element,
}
_CITATION: Mapping[str, Reader] = {
    "Article": _article,
    "DateCompleted": fields.read_date_element,
    "DateRevised": fields.read_revised,
    "MedlineJournalInfo": _journal_info,
    "ChemicalList": fields.read_chemicals,
    "SupplMeshList": fields.read_supplementary,
    "CommentsCorrectionsList": fields.read_comments,
    "MeshHeadingList": fields.read_headings,
    "OtherID": _other_id,
    "OtherAbstract": fields.read_other_abstract,
    "KeywordList": fields.read_keywords,
}
_DOCUMENT: Mapping[str, Reader] = {
    "Book": _book,
    "ArticleIdList": fields.read_identifiers,
    "ArticleTitle": fields.read_title,
    "VernacularTitle": fields.read_vernacular,
    "Pagination": fields.read_pages,
    "Language": fields.read_language,
    "AuthorList": _book_authors,
    "PublicationType": fields.read_type,
    "Abstract": fields.read_abstract,
    "OtherAbstract": fields.read_other_abstract,
    "KeywordList": fields.read_keywords,
    "ContributionDate": fields.read_date_element,
}
