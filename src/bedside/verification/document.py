"""A document from anywhere: one text, and the blocks it is laid out in.

Readers of files (HTML, PDF, Markdown) bring their blocks; for plain text the layout is read from the lines here. Every
later step names a place by its characters in ``Document.text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bedside.text.span import Span


class BlockKind(StrEnum):
    """What a block is. A row is one row of a table."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Piece:
    """A block that is not yet part of a text. ``level`` is that of a heading from 1, ``number`` that printed before an
    item, 0 where there is none."""

    kind: BlockKind
    text: str
    level: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document: its place, without the bullet or number before it. ``level`` and ``number`` as in
    Piece."""

    kind: BlockKind
    span: Span
    level: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its blocks in reading order. ``name`` is what the reader calls it (a file name)."""

    name: str
    text: str
    blocks: tuple[Block, ...]


_BULLET = re.compile(r"[ \t]*(?:[\u2022\u25aa\u25cf\u25e6\u2023\u2043\u2219*+\u2013-])[ \t]+(?=\S)")
_ORDINAL = re.compile(r"[ \t]*(?:\[(\d{1,3})\]|\(?(\d{1,3})[.)])[ \t]+(?=\S)")
_HASHES = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(?=\S)")
# A stop, and perhaps a citation mark behind it.
_CLOSED = re.compile(
    r"[.!?:;,\u2026]['\")\]\u201d\u2019]*(?:\s?(?:[\[(]\^?\d[\d,;\s\u2013-]*[\])]|[\u00b9\u00b2\u00b3\u2070-\u2079,]+|"
    r"\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*))*\s*$"
)
_DIVIDER = re.compile(r"[\s|:+=-]*-{2,}[\s|:+=-]*")
_WRAPPED = 60  # characters: a line as long that goes on in lower case is one sentence with the next
_LONGEST_HEADING = 110
_LONGEST_INNER_HEADING = 60
_HEADING_WORDS = 14
_SUBORDINATE = 2  # the level of headings that plain text shows by their shape alone


def assemble(name: str, pieces: Iterable[Piece]) -> Document:
    """A document from pieces: their texts one under the other with an empty line between."""
    texts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        if not piece.text.strip():
            continue
        blocks.append(Block(piece.kind, Span(at, at + len(piece.text)), piece.level, piece.number))
        texts.append(piece.text)
        at += len(piece.text) + 2
    return Document(name, "\n\n".join(texts), tuple(blocks))


def document_of(text: str, name: str = "") -> Document:
    """The document that a plain *text* is: headings, paragraphs, lists and tables as its lines show them."""
    blocks: list[Block] = []
    for group in _groups(text):
        blocks.extend(_group(text, group))
    return Document(name, text, tuple(blocks))


def _groups(text: str) -> Iterator[list[Span]]:
    """The lines between empty lines, each without its end."""
    group: list[Span] = []
    at = 0
    for line in text.split("\n"):
        span = Span(at, at + len(line))
        at += len(line) + 1
        if line.strip():
            group.append(span)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _group(text: str, lines: list[Span]) -> Iterator[Block]:
    """The blocks of lines that stand together."""
    if _is_table(text, lines):
        yield from (Block(BlockKind.ROW, _bare(text, line)) for line in lines if not _DIVIDER.fullmatch(line.of(text)))
        return
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and not _begins(text, lines, start, end):
            end += 1
        yield _block(text, lines[start:end], alone=len(lines) == 1)
        start = end


def _begins(text: str, lines: list[Span], start: int, at: int) -> bool:
    """Whether line *at* begins a block of its own rather than going on with the one that began at *start*."""
    line = lines[at].of(text)
    if _BULLET.match(line) or _ORDINAL.match(line) or _HASHES.match(line) or _HASHES.match(lines[at - 1].of(text)):
        return True
    inner = at - 1 == start and len(lines[start].of(text).strip()) <= _LONGEST_INNER_HEADING
    return inner and line[:1].isupper() and _looks_like_heading(lines[start].of(text))


def _block(text: str, lines: list[Span], *, alone: bool) -> Block:
    """One block of one or more lines."""
    whole = Span(lines[0].start, lines[-1].end)
    first = lines[0].of(text)
    if hashes := _HASHES.match(first):
        return Block(BlockKind.HEADING, _bare(text, Span(whole.start + hashes.end(), whole.end)), len(hashes[1]))
    if bullet := _BULLET.match(first):
        return Block(BlockKind.ITEM, _bare(text, Span(whole.start + bullet.end(), whole.end)))
    if ordinal := _ORDINAL.match(first):
        number = int(ordinal[1] or ordinal[2])
        return Block(BlockKind.ITEM, _bare(text, Span(whole.start + ordinal.end(), whole.end)), number=number)
    headed = len(lines) == 1 and _looks_like_heading(first, alone=alone)
    if headed:
        return Block(BlockKind.HEADING, _bare(text, whole), _SUBORDINATE)
    return Block(BlockKind.PARAGRAPH, _bare(text, whole))


def _looks_like_heading(line: str, *, alone: bool = True) -> bool:
    """Whether a line that stands alone is short, begins with a capital, and ends without a stop."""
    line = line.strip()
    longest = _LONGEST_HEADING if alone else _LONGEST_INNER_HEADING
    short = len(line) <= longest and len(line.split()) <= _HEADING_WORDS
    begins = line[:1].isupper() or (line[:1].isdigit() and not _ORDINAL.match(line))
    return short and begins and any(map(str.isalpha, line)) and not _CLOSED.search(line)


def _is_table(text: str, lines: list[Span]) -> bool:
    """Whether two lines or more have the same cells, parted by bars or tabs."""
    for mark in ("|", "\t"):
        counts = {line.of(text).strip().strip("|").count(mark) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and counts != {0}:
            return True
    return False


def _bare(text: str, span: Span) -> Span:
    """The span without the white space around it."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
