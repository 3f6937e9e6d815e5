"""Guidelines in PDF to one record: paragraphs by page, in the order a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from bedside.errors import ExtraMissing, InputRefused
from bedside.evidence.record import Record, source_key
from bedside.evidence.source import RecordCheck, Source
from bedside.ingest.events import Skipped
from bedside.ingest.html_metadata import iso_date
from bedside.ingest.languages import ENGLISH, language_code, passage_language
from bedside.ingest.licences import licence_of
from bedside.ingest.paragraphs import Gathering, recommendation_number, tidy
from bedside.ingest.pdf_layout import Line, Paragraph, paragraphs_of, reading_order, without_running_lines
from bedside.ingest.stated import NOTHING, Stated
from bedside.ingest.whole import whole

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped, import-not-found, unused-ignore]

MOST_BYTES = 100_000_000
MOST_PAGES = 2000
MOST_CHARACTERS = 200_000
"""The most characters read of one page; a page of dense text has some six thousand."""

_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD
_LICENCE_PAGES = 2  # where a licence is printed
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")


def read_pdf(stream: BinaryIO, name: str, options: Stated = NOTHING) -> Iterator[Record | Skipped]:
    """The PDF in *stream* as one record; *options* go before what the file says of itself.

    A file that is too large, encrypted, damaged, or scanned without text is one Skipped with the reason. Raises
    ExtraMissing when the optional PDF reader is not installed.
    """
    try:
        from pypdfium2 import PdfDocument, PdfiumError  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError as error:
        raise ExtraMissing("pdf", "Reading PDF files") from error
    try:
        data = whole(stream, MOST_BYTES)
    except InputRefused as refused:
        yield Skipped(name, 1, "", refused.what)
        return
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        reason = (
            "encrypted: needs a password; save a copy without one" if locked else "this is no PDF, or it is damaged"
        )
        yield Skipped(name, 1, "", reason)
        return
    try:
        yield _record(document, name, options)
    except PdfiumError as error:
        yield Skipped(name, 1, "", f"damaged: a page cannot be read ({error})")
    finally:
        document.close()


def _record(document: PdfDocument, name: str, options: Stated) -> Record | Skipped:
    from bedside.ingest.pdf_lines import page_lines

    count = len(document)
    if count > MOST_PAGES:
        return Skipped(name, 1, "", f"more than {MOST_PAGES:,} pages")
    pages = without_running_lines([page_lines(document, number, MOST_CHARACTERS) for number in range(count)])
    if not any(pages):
        return Skipped(name, 1, "", "no text: scanned pages; run OCR first")
    source = _source(document, pages, options, name)
    language = language_code(options.language) or ENGLISH
    gathering = Gathering(source.key, source.licence, language=passage_language(language))
    _place([paragraphs_of(reading_order(lines)) for lines in pages], gathering)
    if not gathering.passages:
        return Skipped(name, 1, source.doi, "no text: scanned pages; run OCR first")
    return Record(source=source, passages=tuple(gathering.passages), language=language, full=True)


def _place(pages: list[list[Paragraph]], gathering: Gathering) -> None:
    """Add the paragraphs of every page. A sentence that goes on over a page end is put together again."""
    heading = ""
    waiting: tuple[str, str, str] | None = None  # locator, text and heading of a paragraph that may go on
    for page, paragraphs in enumerate(pages, 1):
        for number, paragraph in enumerate(paragraphs, 1):
            text = paragraph.text
            if number == 1 and waiting is not None and _goes_on(waiting[1], paragraph):
                waiting = (waiting[0], tidy(f"{waiting[1]} {text}"), waiting[2])
                continue
            if waiting is not None:
                gathering.add(*waiting)
                waiting = None
            if paragraph.is_heading:
                heading = text
                continue
            place = f"page {page}, paragraph {number}"
            numbered = recommendation_number(text)
            waiting = (f"{numbered}, {place}" if numbered else place, text, heading)
    if waiting is not None:
        gathering.add(*waiting)


def _goes_on(before: str, paragraph: Paragraph) -> bool:
    """Whether a page begins in the middle of the sentence that the page before it ended in."""
    return before[-1:] not in ".?!:;" and paragraph.text[:1].islower() and not paragraph.is_heading


def _source(document: PdfDocument, pages: list[list[Line]], options: Stated, name: str) -> Source:
    metadata = document.get_metadata_dict(skip_empty=True)
    created = _PDF_DATE.match(metadata.get("CreationDate", ""))
    dated = iso_date("-".join(filter(None, created.groups()))) if created else ""
    first = " ".join(line.text for lines in pages[:_LICENCE_PAGES] for line in lines)
    published_on = options.published_on
    return Source(
        key=options.original_of
        or source_key(pmid=options.pmid, doi=options.doi, name=re.sub(r"\.pdf$", "", name, flags=re.IGNORECASE)),
        kind=options.kind,
        title=options.title or tidy(metadata.get("Title", "")) or name,
        issuer=options.issuer or tidy(metadata.get("Author", "")),
        check=RecordCheck.LOADED,
        year=published_on[:4],
        version=options.version,
        doi=options.doi,
        pmid=options.pmid,
        url=options.url,
        jurisdiction=options.jurisdiction,
        licence=options.licence or licence_of(first).name,
        published_on=published_on,
        note="" if published_on or not dated else f"the file was made on {dated}; it states no date of publication",
    )
