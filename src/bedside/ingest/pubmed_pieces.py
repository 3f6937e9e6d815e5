"""The pieces of a PubMed file: the bytes of one record each, cut out of the stream without holding the file.

Cutting before parsing keeps a fault where it is. A record with broken XML, or with bytes of another encoding, costs
itself alone: the next one starts at the next start tag. It is also faster than one parser over the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bedside.errors import InputRefused
from bedside.ingest.xml_safety import declared_encoding, refuse_entities

MOST_BYTES = 64 * 2**20
"""The most bytes one record may take; the largest of PubMed take about 10 MB."""

_BLOCK = 1 << 18
_MOST_HEAD = 1 << 20
_LONGEST_TAG = 32
_LESS_THAN = ord("<")
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)(?=[\s/>])")
_ENTRIES = {
    b"PubmedArticleSet": (b"PubmedArticle", b"PubmedBookArticle", b"DeleteCitation", b"DeleteDocument"),
    b"PubmedBookArticleSet": (b"PubmedBookArticle", b"DeleteDocument"),
    b"MedlineCitationSet": (b"MedlineCitation", b"DeleteCitation"),
}
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_OPEN_ASIDE = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"))


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one entry and the line of the file it starts on. ``fault`` says why it cannot be an entry."""

    data: bytes
    line: int
    fault: str = ""


class Pieces:
    """The pieces of one stream, in order.

    ``encoding`` is None for UTF-8 (see xml_safety.declared_encoding), ``start`` finds the start tag of an entry.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Read the head of the file.

        Raises InputRefused when it is empty, not a PubMed file, not a byte encoding, or declares entities.
        """
        self._stream = stream
        self._buffer = bytearray()
        self._ended = False
        self._lost = False  # whether something that is no record grew so long that it was dropped
        self._line = 1
        root = self._read_head(name)
        entries = _ENTRIES.get(root, (root,))
        self._closing = b"</" + root if root in _ENTRIES else b""
        self.start = re.compile(rb"<(?:" + b"|".join(entries) + rb")(?=[\s/>])")

    def __iter__(self) -> Iterator[Piece]:
        """Every piece; text between entries that is no entry comes out as a piece with a fault."""
        while (begin := self._find_start()) >= 0:
            if between := self._between(begin):
                yield between
            self._drop(begin)
            yield self._entry()
        if tail := self._tail():
            yield tail

    def _read_head(self, name: str) -> bytes:
        """The name of the root element, with the buffer standing behind its start tag."""
        while (at := _root_at(self._buffer)) is None and not self._ended and len(self._buffer) < _MOST_HEAD:
            self._fill()
        head = bytes(self._buffer[: at.start() if at else _MOST_HEAD])
        refuse_entities(head, name)
        root = at.group(1) if at else b""
        if at is None or not (root in _ENTRIES or any(root in entries for entries in _ENTRIES.values())):
            what = f"its outermost element is <{root.decode('utf-8', 'replace')}>" if root else "it holds no element"
            raise InputRefused(f"{name}: is not a file of PubMed records: {what}.", "Give a file of PubMed XML.")
        self.encoding = declared_encoding(head.removeprefix(b"\xef\xbb\xbf"))
        if root not in _ENTRIES:
            self._drop(at.start())
            return root
        while (end := self._buffer.find(b">", at.end())) < 0 and not self._ended:
            self._fill()
        self._drop(end + 1 if end >= 0 else len(self._buffer))
        return root

    def _fill(self) -> None:
        block = self._stream.read(_BLOCK)
        self._buffer += block
        self._ended = not block

    def _drop(self, count: int) -> None:
        self._line += self._buffer.count(b"\n", 0, count)
        del self._buffer[:count]

    def _find_start(self) -> int:
        """Where the next entry starts, outside comments; -1 when none follows."""
        since = 0
        while True:
            found = self.start.search(self._buffer, since)
            comment = self._buffer.find(b"<!--", since, found.start() if found else len(self._buffer))
            if comment >= 0:
                close = self._buffer.find(b"-->", comment + 4)
                if close >= 0:
                    since = close + 3
                    continue
            elif found:
                return found.start()
            if self._ended:
                return -1
            if len(self._buffer) > MOST_BYTES:
                self._drop(len(self._buffer) - _LONGEST_TAG)
                since, self._lost = 0, True
            elif comment < 0:
                since = max(since, len(self._buffer) - _LONGEST_TAG)
            self._fill()

    def _between(self, begin: int) -> Piece | None:
        """A fault when something else than white space, comments and instructions stands before the next entry."""
        gap = bytes(self._buffer[:begin])
        if self._lost:
            self._lost = False
            return Piece(b"", self._line, f"more than {MOST_BYTES:,} bytes without a record")
        if not gap or gap.isspace() or not (rest := _ASIDE.sub(b"", gap).strip()):
            return None
        return Piece(gap, self._line, f"something that is not a record: {_excerpt(rest)}")

    def _entry(self) -> Piece:
        """The entry the buffer starts with, up to its end tag."""
        tag = self.start.match(self._buffer).group()[1:]  # type: ignore[union-attr]  # it starts with one
        line, end = self._line, self._end_of(tag)
        if end > MOST_BYTES or (end < 0 and len(self._buffer) > MOST_BYTES):
            count = end if end > 0 else len(self._buffer) - _LONGEST_TAG
            head = bytes(self._buffer[:_BLOCK])
            self._drop(count)
            return Piece(head, line, f"a record of more than {MOST_BYTES:,} bytes")
        count = end if end > 0 else len(self._buffer)
        data = bytes(self._buffer[:count])
        self._drop(count)
        return Piece(data, line)

    def _end_of(self, tag: bytes) -> int:
        """Just behind the end tag of the entry the buffer starts with; -1 when the file or the patience ends first."""
        closing, since = b"</" + tag, len(tag)
        while True:
            at = self._buffer.find(closing, since)
            close = self._buffer.find(b">", at) if at >= 0 else -1
            if close >= 0:
                since = close + 1
                named = not self._buffer[at + len(closing) : close].strip()  # not the end tag of a longer name
                if named and not _inside_aside(self._buffer, close):
                    return since
                continue
            if self._ended or len(self._buffer) > MOST_BYTES:
                return -1
            since = at if at >= 0 else max(since, len(self._buffer) - _LONGEST_TAG)
            self._fill()

    def _tail(self) -> Piece | None:
        """A fault when the file does not end where it should."""
        if self._lost:
            return Piece(b"", self._line, f"more than {MOST_BYTES:,} bytes without a record")
        rest = _ASIDE.sub(b"", bytes(self._buffer)).strip()
        if not self._closing:
            return Piece(b"", self._line, f"something after the record: {_excerpt(rest)}") if rest else None
        at = rest.find(self._closing)
        if at > 0:
            return Piece(b"", self._line, f"something that is not a record: {_excerpt(rest[:at])}")
        if at < 0:
            return Piece(b"", self._line, f"the file ends before {self._closing.decode()}>")
        return None


def _root_at(buffer: bytearray) -> re.Match[bytes] | None:
    """The start tag of the root element, outside comments, instructions and the document type."""
    since = 0
    while found := _ROOT.search(buffer, since):
        comment = buffer.find(b"<!--", since, found.start())
        if comment < 0:
            return found
        close = buffer.find(b"-->", comment)
        if close < 0:
            return None
        since = close + 3
    return None


def _inside_aside(buffer: bytearray, until: int) -> bool:
    """Whether a comment or character data that opened before *until* is still open there. PubMed writes neither."""
    at = buffer.find(b"!", 0, until)  # one byte is found ten times as fast as two
    while at > 0 and buffer[at - 1] != _LESS_THAN:
        at = buffer.find(b"!", at + 1, until)
    if at < 0:
        return False
    return any(buffer.rfind(begin, 0, until) > buffer.rfind(end, 0, until) for begin, end in _OPEN_ASIDE)


def _excerpt(data: bytes) -> str:
    """The first characters of something unexpected, safe to print."""
    return ascii(data[:40].decode("utf-8", "replace"))
