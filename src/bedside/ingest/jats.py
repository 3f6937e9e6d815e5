"""Full-text articles in JATS (PubMed Central and most publishers), single or in an article set, to records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from bedside.errors import InputRefused
from bedside.evidence.record import Record
from bedside.ingest.events import Skipped
from bedside.ingest.jats_metadata import (
    identifiers,
    issns,
    keywords,
    language,
    other_titles,
    publication_types,
    read_source,
)
from bedside.ingest.jats_notices import read_notices
from bedside.ingest.jats_passages import read_passages
from bedside.ingest.jats_text import Element
from bedside.ingest.whole import whole
from bedside.ingest.xml_safety import fault, refuse_entities, xml_parser

MOST_BYTES = 100_000_000
"""The largest file read; the largest articles of PubMed Central have a few megabytes."""


def read_jats(stream: BinaryIO, name: str) -> Iterator[Record | Skipped]:
    """The article in *stream*, or each of a set. *name* is what the file is called in what is skipped.

    A file that is broken, too large, or holds no article yields one Skipped with the reason, and never raises.
    """
    try:
        data = whole(stream, MOST_BYTES)
        refuse_entities(data, name)
        root = etree.fromstring(data, xml_parser())
    except InputRefused as refused:
        yield Skipped(name, 1, "", refused.what)
        return
    except etree.XMLSyntaxError as error:
        yield Skipped(name, 1, "", f"{fault(error)}, line {error.lineno or 1}")
        return
    _drop_namespaces(root)
    articles = list(root.iter("article"))
    for number, article in enumerate(articles, 1):
        yield _record(article, name, number)
    if not articles:
        yield Skipped(name, 1, "", "the file holds no JATS article")


def _record(article: Element, name: str, number: int) -> Record | Skipped:
    """One article as a record, or why it is none."""
    source = read_source(article)
    if source is None:
        ids = identifiers(article)
        identifier = ids["pmid"] or ids["pmcid"] or ids["doi"]
        return Skipped(name, number, identifier, "the article has no title")
    return Record(
        source=source,
        passages=read_passages(article, source.key, source.licence),
        publication_types=publication_types(article),
        keywords=keywords(article),
        language=language(article),
        other_titles=other_titles(article),
        issns=issns(article),
        notices=tuple(dict.fromkeys(read_notices(article))),
        full=True,
    )


def _drop_namespaces(root: Element) -> None:
    """Name every element by its local name: some files put JATS, and all put MathML, in a namespace."""
    for element in root.iter(etree.Element):
        if element.tag.startswith("{"):
            element.tag = etree.QName(element).localname
