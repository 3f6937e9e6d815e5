"""Notices of a JATS article: what it corrects or retracts, and what corrects or retracts it (``related-article``)."""

from __future__ import annotations

from collections.abc import Iterator

from bedside.evidence.notice import Direction, Notice, NoticeKind
from bedside.ingest.jats_text import Element, text_of

ORIGIN = "JATS article"
_HREF = "{http://www.w3.org/1999/xlink}href"

_IN, _OF = Direction.IN, Direction.OF
_KINDS = {
    "retracted-article": (NoticeKind.RETRACTION, _OF, ""),
    "retraction-forward": (NoticeKind.RETRACTION, _IN, ""),
    "retraction": (NoticeKind.RETRACTION, _IN, ""),
    "partially-retracted-article": (NoticeKind.RETRACTION, _OF, "partial retraction"),
    "partial-retraction": (NoticeKind.RETRACTION, _IN, "partial retraction"),
    "removed-article": (NoticeKind.RETRACTION, _OF, "removal"),
    "removal-forward": (NoticeKind.RETRACTION, _IN, "removal"),
    "withdrawn-article": (NoticeKind.RETRACTION, _OF, "withdrawal"),
    "withdrawal-forward": (NoticeKind.RETRACTION, _IN, "withdrawal"),
    "object-of-concern": (NoticeKind.CONCERN, _OF, ""),
    "concern-forward": (NoticeKind.CONCERN, _IN, ""),
    "expression-of-concern": (NoticeKind.CONCERN, _IN, ""),
    "expression-of-concern-forward": (NoticeKind.CONCERN, _IN, ""),
    "corrected-article": (NoticeKind.ERRATUM, _OF, ""),
    "correction-forward": (NoticeKind.ERRATUM, _IN, ""),
    "correction": (NoticeKind.ERRATUM, _IN, ""),
    "addended-article": (NoticeKind.UPDATE, _OF, "addendum"),
    "addendum": (NoticeKind.UPDATE, _IN, "addendum"),
    "updated-article": (NoticeKind.UPDATE, _OF, ""),
    "update": (NoticeKind.UPDATE, _IN, ""),
    "republished-article": (NoticeKind.REPUBLICATION, _OF, ""),
    "republication": (NoticeKind.REPUBLICATION, _IN, ""),
    "commentary-article": (NoticeKind.COMMENT, _OF, ""),
    "commentary": (NoticeKind.COMMENT, _IN, ""),
    "letter": (NoticeKind.COMMENT, _IN, "letter"),
}
_NO_NOTICE = frozenset(
    [
        "alt-language",
        "article-reference",
        "companion",
        "concurrent-pub",
        "in-this-issue",
        "partner",
        "peer-review",
        "peer-reviewed-article",
        "peer-reviewed-material",
        "preprint",
        "translated-article",
        "",
    ]
)
"""Ties that change nothing about how a document stands."""


def read_notices(article: Element) -> Iterator[Notice]:
    """Every notice of an article, those of its sub-articles left out. A type bedside does not know is OTHER, and its
    name the note. A tie without any identifier or words is left out: nothing could be done with it."""
    for element in article.iter("related-article"):
        written = element.get("related-article-type", "").strip().lower()
        if written in _NO_NOTICE or next(element.iterancestors("sub-article", "response"), None) is not None:
            continue
        kind, direction, note = _KINDS.get(written, (NoticeKind.OTHER, _OF, written))
        pmid, doi, reference = _other(element)
        if pmid or doi or reference:
            yield Notice(kind, direction, pmid, doi, reference, ORIGIN, "", note)


def _other(element: Element) -> tuple[str, str, str]:
    """PMID, DOI and words of reference of the other document, as far as they are given."""
    target = element.get(_HREF, "").strip()
    link = element.get("ext-link-type", "").strip().lower()
    pmid = target if link in ("pubmed", "pmid") and target.isdecimal() else ""
    doi = plain_doi(target) if link == "doi" or not pmid else ""
    words = [text_of(element)]
    if link in ("pmc", "pmcid") and target:
        words.append(target if target.upper().startswith("PMC") else f"PMC{target}")
    journal, volume, page = (element.get(name, "").strip() for name in ("journal-id", "vol", "page"))
    if volume or page:
        words.append(f"{journal} {volume}:{page}".strip(" :"))
    return pmid, doi, "; ".join(word for word in words if word)


def plain_doi(written: str) -> str:
    """The DOI without the address of a resolver before it, or "" when it is none."""
    doi = written.strip()
    for before in ("https://", "http://", "dx.", "doi.org/", "doi:", "info:doi/"):
        if doi.lower().startswith(before):
            doi = doi[len(before) :].strip()
    return doi if doi.startswith("10.") and "/" in doi and " " not in doi else ""
