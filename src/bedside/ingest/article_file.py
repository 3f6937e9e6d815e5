"""An article from a file of any kind (text, Markdown, HTML, PDF) or from the input, as a document that can be audited.

The kind is told by the first bytes and only then by the name. What cannot be audited is refused with what to do.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bedside.errors import ExtraMissing, InputRefused
from bedside.evidence.record import Record
from bedside.ingest.blocks import Block, BlockKind
from bedside.text.words import words
from bedside.verification.claims import CHECKED, claims
from bedside.verification.document import BlockKind as PieceKind
from bedside.verification.document import Document, Piece, assemble, document_of
from bedside.verification.grammar import has_verb

MOST_BYTES = 20_000_000
"""The largest file; a PDF with pictures is large, its text is not."""
MOST_CHARACTERS = 1_000_000
"""The longest text: some 150,000 words, a book."""

_HTML = re.compile(rb"<!doctype\s+html|<html\b|<body\b|<article\b|<(?:p|div|h[1-6])[\s>]", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_BYTE_ORDER = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEAD = 4096
_BLOCK = 1 << 16
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown")
_MARKDOWN = re.compile(r"^#{1,6} \S|^\s*[-*] \S.*\n\s*[-*] \S|\*\*\S[^*\n]*\S\*\*|^\|?\s*:?-{3,}:?\s*\|", re.MULTILINE)
_LEAST_MARKDOWN = 2
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.01  # of the characters: more is no text
_FOOTNOTE = re.compile(r"\[\^(\d{1,3})\](?!:)")
_FOOTNOTE_TEXT = re.compile(r"^\[\^(\d{1,3})\]:[ \t]*", re.MULTILINE)
_LINKED_NUMBER = re.compile(r"\[(\d{1,3})\]\([^()\s]*\)")
_NEIGHBOURS = re.compile(r"\](?=\[\d)")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)

# Words that no sentence of a language does without; enough to tell English from another language, not to name it.
_ENGLISH_WORDS = """
    the of and in to is are with for that be or not on by as this from at an was were should have has it
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_LEAST_WORDS = 25  # in fewer words the share says nothing
_LEAST_ENGLISH = 0.06


def article_of(data: bytes, name: str) -> Document:
    """The article in *data*; *name* is what errors and the audit call it.

    Raises InputRefused for what is empty, too large, no text, without a sentence or not in English, and ExtraMissing
    when an optional reader (HTML, PDF) is not installed.
    """
    if len(data) > MOST_BYTES:
        raise _too_large(name, f"{MOST_BYTES:,} bytes")
    if not data.strip():
        raise InputRefused(f"{name}: the file is empty.", "Give an article as text, Markdown, HTML or PDF.")
    document = _pdf(data, name) if data.startswith(b"%PDF-") else _text(data, name)
    if len(document.text) > MOST_CHARACTERS:
        raise _too_large(name, f"{MOST_CHARACTERS:,} characters of text")
    _refuse_what_says_nothing(document)
    return document


def read_article(path: Path) -> Document:
    """The article in a file, or in the standard input for "-"; see :func:`article_of`.

    Raises InputRefused too when the file cannot be opened.
    """
    if str(path) == "-":
        return article_of(sys.stdin.buffer.read(MOST_BYTES + 1), "the input")
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputRefused(
            f"{path}: cannot be read ({error.strerror}).", "Check the name of the file, or give - to read the input."
        ) from None
    return article_of(data, path.name)


def _text(data: bytes, name: str) -> Document:
    """The document of bytes that are a text of some kind."""
    text = _decoded(data, name)
    if _HTML.search(data[:_HEAD]) or name.lower().endswith((".html", ".htm", ".xhtml")):
        return _html(text, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_CHARACTERS:
        raise _too_large(name, f"{MOST_CHARACTERS:,} characters of text")
    marked = len(_MARKDOWN.findall(text)) >= _LEAST_MARKDOWN
    return _markdown(text, name) if name.lower().endswith(_MARKDOWN_NAMES) or marked else document_of(text, name)


def _decoded(data: bytes, name: str) -> str:
    """The text of a file: by its byte-order mark, as UTF-8, by what an HTML page declares, else as windows-1252."""
    for mark, encoding in _BYTE_ORDER:
        if data.startswith(mark):
            return _checked(data.decode(encoding, errors="replace"), name)
    declared = _CHARSET.search(data[:_HEAD])
    for encoding in ("utf-8", declared[1].decode("ascii") if declared else "windows-1252", "windows-1252"):
        try:
            return _checked(data.decode(encoding), name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise _not_text(name)


def _checked(text: str, name: str) -> str:
    strange = len(_CONTROL.findall(text[:_BLOCK]))
    if "\0" in text or strange > _MOST_CONTROL * min(len(text), _BLOCK):
        raise _not_text(name)
    return text


def _html(text: str, name: str) -> Document:
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise ExtraMissing("html", "Reading HTML pages") from error
    from bedside.ingest.html_blocks import blocks_of

    return assemble(name, _pieces(blocks_of(LexborHTMLParser(text))))


def _markdown(text: str, name: str) -> Document:
    from bedside.ingest.markdown_blocks import blocks_of

    # Marks of footnotes and links are citations here; the reader of house documents drops them.
    text = _FOOTNOTE_TEXT.sub(r"\1. ", _FRONT_MATTER.sub("", text))
    text = _NEIGHBOURS.sub("] ", _LINKED_NUMBER.sub(r"[\1]", _FOOTNOTE.sub(r"[\1]", text)))
    return assemble(name, _pieces(blocks_of(text)))


def _pdf(data: bytes, name: str) -> Document:
    from bedside.ingest.pdf_pages import read_pdf

    record = next(iter(read_pdf(io.BytesIO(data), name)))
    if not isinstance(record, Record):
        raise InputRefused(f"{name}: {record.reason}.", "Give a PDF with text that can be selected and copied.")
    return assemble(name, _pdf_pieces(record))


def _pdf_pieces(record: Record) -> Iterator[Piece]:
    heading = ""
    for passage in record.passages:
        if passage.heading != heading:
            heading = passage.heading
            yield Piece(PieceKind.HEADING, heading, level=1)
        # One paragraph may hold the items of a list: what the lines of a text show, a paragraph shows too.
        read = document_of(passage.text)
        for block in read.blocks:
            kind = PieceKind.PARAGRAPH if block.kind is PieceKind.HEADING else block.kind
            yield Piece(kind, block.span.of(passage.text), number=block.number)


def _pieces(blocks: Iterable[Block]) -> Iterator[Piece]:
    """The pieces of blocks that a reader of HTML or Markdown found."""
    for block in blocks:
        match block.kind:
            case BlockKind.HEADING:
                yield Piece(PieceKind.HEADING, block.text, level=block.level)
            case BlockKind.PARAGRAPH:
                yield from _paragraph(block.text)
            case BlockKind.LIST:
                yield from (Piece(PieceKind.ITEM, item, number=at) for at, item in enumerate(block.items, 1))
            case BlockKind.TABLE:
                if block.text:
                    yield Piece(PieceKind.PARAGRAPH, block.text)
                yield from (Piece(PieceKind.ROW, row) for row in block.items)


def _paragraph(text: str) -> Iterator[Piece]:
    """A paragraph; one that begins with a number ("[3] Smith ...") is an entry of a list."""
    read = document_of(text)
    if read.blocks and all(block.kind is PieceKind.ITEM for block in read.blocks):
        yield from (Piece(PieceKind.ITEM, block.span.of(text), number=block.number) for block in read.blocks)
    else:
        yield Piece(PieceKind.PARAGRAPH, text)


def _refuse_what_says_nothing(document: Document) -> None:
    """Raise InputRefused when there is nothing to audit, or nothing that the checks can read."""
    found = [word.norm for word in words(document.text) if word.norm.isalpha()]
    if not document.blocks or not found:
        raise InputRefused(
            f"{document.name}: there is no text in it.", "A page that fills itself by a script must be saved as shown."
        )
    if len(found) >= _LEAST_WORDS and sum(word in _ENGLISH for word in found) < _LEAST_ENGLISH * len(found):
        raise InputRefused(
            f"{document.name}: does not read as English.",
            "Only articles in English can be audited; translate it first.",
        )
    bodies = [block for block in document.blocks if block.kind is not PieceKind.HEADING]
    rows = all(block.kind is PieceKind.ROW for block in bodies)
    if bodies and rows and not any(has_verb(block.span.of(document.text)) for block in bodies):
        raise InputRefused(
            f"{document.name}: holds only a table of figures.", "Give the sentences that say what the table shows, too."
        )
    if not any(claim.kind in CHECKED for claim in claims(document)):
        raise InputRefused(
            f"{document.name}: holds no sentence that claims anything.",
            "Give the article's own text: sentences, lists, or a table whose rows have a head.",
        )


def _too_large(name: str, most: str) -> InputRefused:
    return InputRefused(f"{name}: is larger than {most}.", "Audit one article at a time, or the part that matters.")


def _not_text(name: str) -> InputRefused:
    return InputRefused(f"{name}: is not text, HTML or PDF.", "Save the article as one of these and try again.")
