"""The draft: what has been read of a PubMed entry so far, and the record that is made of it in the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from bedside.evidence.notice import Notice
from bedside.evidence.passage import Passage
from bedside.evidence.record import Heading, Record
from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.ingest.pubmed_dates import read_date

MOST_TEXT = 1_000_000
"""The most characters of title and abstract one record may have; the longest abstracts of PubMed have about 20,000."""

_NO_TITLE = frozenset({"", "[Not Available].", "[Not Available]", "[In Process Citation]."})
_CUT_SHORT = "(ABSTRACT TRUNCATED"


class UnreadableRecordError(ValueError):
    """An entry that cannot become a record; the message is the reason, in words."""


@dataclass(slots=True)
class Draft:
    """What has been read so far. ``key`` is known before any passage is made."""

    pmid: str
    key: str
    version: str = ""
    title: str = ""
    vernacular: list[str] = field(default_factory=list)
    passages: dict[str, Passage] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    container: str = ""
    issuer: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    issns: list[str] = field(default_factory=list)
    linking: str = ""
    dates: dict[str, etree._Element] = field(default_factory=dict)
    doi: str = ""
    pmcid: str = ""
    language: str = ""
    types: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    chemicals: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    notices: tuple[Notice, ...] = ()
    revised: str = ""


def finished(draft: Draft, this_year: int | None) -> Record:
    """The record of a draft. Raises UnreadableRecordError when it has no words, or too many."""
    title, other_titles = _titles(draft)
    passages = tuple(draft.passages.values())
    if not title and not passages:
        raise UnreadableRecordError("no title and no abstract")
    published_on = _published_on(draft)
    source = Source(
        key=draft.key,
        kind=SourceKind.REFERENCE,
        title=title,
        issuer=draft.issuer,
        check=RecordCheck.LOADED,
        authors=draft.authors,
        container=draft.container,
        volume=draft.volume,
        issue=draft.issue,
        pages=draft.pages,
        year=published_on[:4],
        version=draft.version,
        doi=draft.doi,
        pmid=draft.pmid,
        pmcid=draft.pmcid,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{draft.pmid}/",
        licence="PubMed abstract",
        note=_note(passages, published_on, this_year),
        published_on=published_on,
    )
    issns = draft.issns
    if draft.linking:
        issns = [draft.linking, *(issn for issn in issns if issn != draft.linking)]
    return Record(
        source=source,
        passages=passages,
        headings=tuple(draft.headings),
        publication_types=tuple(draft.types),
        chemicals=tuple(draft.chemicals),
        keywords=tuple(draft.keywords),
        language=draft.language,
        other_titles=other_titles,
        issns=tuple(issns),
        notices=draft.notices,
        revised=draft.revised,
    )


def _titles(draft: Draft) -> tuple[str, tuple[str, ...]]:
    """The title and the others. A title that only says there is none gives way to the one in the original language.

    The brackets of a translated title stay: they are how a citation says that it is a translation.
    """
    others = [title for title in draft.vernacular if title not in _NO_TITLE]
    if draft.title in _NO_TITLE and others:
        return others[0], tuple(others[1:])
    return draft.title, tuple(others)


def _published_on(draft: Draft) -> str:
    """The first date there is: of the issue, of the article online, of the completed record."""
    dates = draft.dates
    for name in ("PubDate", "ArticleDate", "ContributionDate", "BookDate", "DateCompleted"):
        if name in dates and (found := read_date(dates[name])):
            return found
    return ""


def _note(passages: tuple[Passage, ...], published_on: str, this_year: int | None) -> str:
    """What a reader must know of the record itself."""
    notes = []
    if this_year is not None and published_on and int(published_on[:4]) > this_year:
        notes.append("dated in the future in its record")
    if any(_CUT_SHORT in passage.text for passage in passages):
        notes.append("abstract cut short in its record")
    return "; ".join(notes)
