"""PubMed and MEDLINE XML (baseline, update and EFetch files) to records, in constant memory.

Nothing is appraised here: the kind of every source is "reference" and its status "current", whatever its notices say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from bedside.evidence.record import Record
from bedside.ingest.events import Removal, Skipped
from bedside.ingest.pubmed_article import article_record, book_record
from bedside.ingest.pubmed_draft import MOST_TEXT, UnreadableRecordError
from bedside.ingest.pubmed_fields import read_pmid
from bedside.ingest.pubmed_pieces import Piece, Pieces
from bedside.ingest.xml_safety import fault, xml_parser

_PMID = re.compile(rb"<PMID[^>]{0,80}>\s*(\d{1,9})\s*</PMID>")
_UNREAD = ((b"<ReferenceList", b"</ReferenceList>"), (b"<History", b"</History>"))
_NEAR_THE_END = -1000  # where they end: behind them stand only the article's identifiers
_DELETIONS = frozenset({"DeleteCitation", "DeleteDocument"})


def read_pubmed(stream: BinaryIO, name: str, *, this_year: int | None = None) -> Iterator[Record | Removal | Skipped]:
    """What the file holds, in its order; *name* is what errors and skips call it.

    A record that cannot be read comes out as Skipped and the reading goes on behind it. The same PMID twice comes out
    twice. With *this_year*, a record dated later says so in the note of its source.

    Raises InputRefused when the file is not PubMed XML or declares entities, and what *stream* itself raises.
    """
    pieces = Pieces(stream, name)
    yield from read_pieces(pieces, pieces.start, pieces.encoding, name, this_year=this_year)


def read_pieces(
    pieces: Iterable[Piece],
    start: re.Pattern[bytes],
    encoding: str | None,
    name: str,
    *,
    first: int = 1,
    this_year: int | None = None,
) -> Iterator[Record | Removal | Skipped]:
    """What some pieces of a file hold; *first* is the number of the first, *start* finds the start tag of an entry."""
    parser = xml_parser(encoding)
    number = first - 1
    for piece in pieces:
        rest: Piece | None = piece
        while rest:
            number += 1
            now, rest = rest, None
            try:
                yield from _entries(now, parser, this_year)
            except UnreadableRecordError as error:
                yield Skipped(name, number, _identifier(now.data), f"{error}, line {now.line}")
            except etree.XMLSyntaxError as error:
                found = start.search(now.data, 1)
                own = now.data[: found.start()] if found else now.data
                yield Skipped(name, number, _identifier(own), f"{fault(error)}, line {_line(now, error)}")
                if found:  # its end tag is missing or damaged, and another entry follows
                    rest = Piece(now.data[found.start() :], now.line + own.count(b"\n"))


def _entries(piece: Piece, parser: etree.XMLParser, this_year: int | None) -> Iterator[Record | Removal]:
    """What one piece holds. Raises UnreadableRecordError or XMLSyntaxError, and then it yields nothing."""
    if piece.fault:
        raise UnreadableRecordError(piece.fault)
    root = etree.fromstring(_without_unread(piece.data), parser)
    if root.tag in _DELETIONS:
        yield from _removals(root)
        return
    make = book_record if root.tag == "PubmedBookArticle" else article_record
    record = make(root, this_year)
    if len(piece.data) > MOST_TEXT and _length(record) > MOST_TEXT:
        raise UnreadableRecordError(f"text longer than {MOST_TEXT:,} characters")
    yield record


def _without_unread(data: bytes) -> bytes:
    """An entry without its list of references and its history, which nothing here reads: more than half of the time
    of parsing goes into them.

    One is kept where it is not plain that it would go alone and whole: it holds another, or another entry begins in
    it. The line ends stay, for what is said of later lines.
    """
    for opening, closing in _UNREAD:
        last = data.rfind(closing, _NEAR_THE_END)
        begin = data.rfind(opening, 0, last) if last > 0 else -1
        if begin < 0 or closing in (gone := data[begin:last]) or b"<PMID" in gone:
            continue
        data = data[:begin] + b"\n" * gone.count(b"\n") + data[last + len(closing) :]
    return data


def _removals(root: etree._Element) -> list[Removal]:
    """The PMIDs of a list of deletions."""
    pmids = [read_pmid(element.text) for element in root.iter("PMID")]
    if not all(pmids):
        raise UnreadableRecordError("a list of deletions holds something that is not a PMID")
    return [Removal(pmid) for pmid in pmids]


def _length(record: Record) -> int:
    """The characters of the record's own words."""
    return len(record.source.title) + sum(len(passage.text) for passage in record.passages)


def _identifier(data: bytes) -> str:
    """The PMID of a record that could not be read, as far as its bytes show one."""
    found = _PMID.search(data)
    return read_pmid(found.group(1).decode("ascii")) if found else ""


def _line(piece: Piece, error: etree.XMLSyntaxError) -> int:
    return piece.line + (error.lineno or 1) - 1
