"""Guideline pages in HTML to one record: the text a reader sees, in passages that can be addressed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from bedside.errors import ExtraMissing, InputRefused
from bedside.evidence.record import Record, source_key
from bedside.evidence.source import RecordCheck, Source
from bedside.ingest.blocks import place
from bedside.ingest.events import Skipped
from bedside.ingest.html_metadata import PageMetadata, read_metadata
from bedside.ingest.languages import ENGLISH, language_code, passage_language
from bedside.ingest.paragraphs import Gathering
from bedside.ingest.stated import NOTHING, Stated
from bedside.ingest.whole import whole

MOST_BYTES = 30_000_000

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEAD = 4096
_LATIN = ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii")  # what pages so labelled hold is windows-1252


def read_html(stream: BinaryIO, name: str, options: Stated = NOTHING) -> Iterator[Record | Skipped]:
    """The page in *stream* as one record; *options* go before what the page says of itself.

    A page that is too large, no text, or without any words is one Skipped with the reason. Raises ExtraMissing when
    the optional HTML parser is not installed.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise ExtraMissing("html", "Reading HTML pages") from error
    from bedside.ingest.html_blocks import blocks_of

    try:
        data = whole(stream, MOST_BYTES)
    except InputRefused as refused:
        yield Skipped(name, 1, "", refused.what)
        return
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Skipped(name, 1, "", "this is not an HTML page: it holds bytes that no text has")
        return
    tree = LexborHTMLParser(_decoded(data))
    said = read_metadata(tree)
    language = language_code(options.language or said.language)
    source = _source(said, options, name)
    gathering = Gathering(source.key, source.licence, language=passage_language(language or ENGLISH))
    place(blocks_of(tree), gathering)
    if not gathering.passages:
        yield Skipped(name, 1, source.doi, "no text: the page is empty, or fills itself by a script; save it as shown")
        return
    yield Record(
        source=source,
        passages=tuple(gathering.passages),
        keywords=said.keywords,
        language=language,
        full=True,
    )


def _source(said: PageMetadata, options: Stated, name: str) -> Source:
    doi, pmid, url = options.doi or said.doi, options.pmid or said.pmid, options.url or said.url
    published_on = options.published_on or said.published_on
    return Source(
        key=options.original_of or source_key(pmid=pmid, doi=doi, name=re.sub(r"^https?://", "", url) or name),
        kind=options.kind,
        title=options.title or said.title or name,
        issuer=options.issuer or said.issuer,
        check=RecordCheck.LOADED,
        authors=said.authors,
        container=said.journal,
        year=published_on[:4],
        version=options.version,
        doi=doi,
        pmid=pmid,
        url=url,
        jurisdiction=options.jurisdiction,
        licence=options.licence or said.licence,
        published_on=published_on,
    )


def _decoded(data: bytes) -> str:
    """The text of a page: by its byte-order mark, as UTF-8, by what it declares, else as windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    declared = _CHARSET.search(data[:_HEAD])
    named = declared[1].decode("ascii").lower() if declared else ""
    for encoding in ("utf-8", "windows-1252" if named in _LATIN else named):
        try:
            return data.decode(encoding) if encoding else data.decode("windows-1252", errors="replace")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("windows-1252", errors="replace")
