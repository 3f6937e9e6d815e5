"""Files of records, opened as a stream: plain or gzip, told apart by their first bytes, and never without a limit."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from bedside.errors import InputRefused

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS  # tells zlib to read the gzip wrapper, checksum and all
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold, in bytes.

    ``most_bytes`` counts what comes out, decompressed. A gzip file is refused as a bomb when more than ``ratio_from``
    bytes have come out and they are more than ``most_ratio`` times what went in; PubMed's own files stay below 15.
    """

    most_bytes: int = 20 * 2**30
    most_ratio: int = 200
    ratio_from: int = 50_000_000


@contextmanager
def opened(path: Path, limits: Limits = Limits()) -> Iterator[BinaryIO]:
    """The bytes of a file as a stream, decompressed when they are gzip.

    Raises InputRefused when the file cannot be opened or is empty. A read raises InputRefused when the file holds
    more than *limits* allow, or when it is gzip that is damaged or ends early; what was whole before that point has
    been read by then.
    """
    try:
        file = path.open("rb", buffering=0)
    except OSError as error:
        raise InputRefused(
            f"{path}: cannot be opened ({error.strerror}).", "Give a file that exists and can be read."
        ) from error
    with file:
        start = file.read(len(_GZIP))
        if not start:
            raise InputRefused(f"{path}: the file is empty.", "Download it again, or leave it out.")
        file.seek(0)
        source = _Gunzip(file, path, limits) if start == _GZIP else file
        yield cast("BinaryIO", _Counted(cast("IO[bytes]", source), path, limits.most_bytes, file.tell))


def position(stream: BinaryIO) -> int:
    """How many bytes of the file itself have been read of a stream of :func:`opened`; 0 for any other."""
    return stream.at() if isinstance(stream, _Counted) else 0


class _Counted(io.RawIOBase):
    """A stream that refuses to hand on more bytes than its limit."""

    def __init__(self, source: IO[bytes], path: Path, most: int, at: Callable[[], int]) -> None:
        super().__init__()
        self._source, self._path, self._most, self.at = source, path, most, at
        self._out = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most *size* bytes, fewer when fewer are at hand, none at the end of the file."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_BLOCK), b""))
        data = self._source.read(size)
        self._out += len(data)
        if self._out > self._most:
            raise InputRefused(
                f"{self._path}: holds more than {self._most:,} bytes.", "Split the file, or raise the limit on bytes."
            )
        return data

    read1 = read  # what TextIOWrapper asks for

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Gunzip:
    """The decompressed bytes of a gzip file of one or more members.

    Written on zlib, because the standard GzipFile throws away what it has decompressed when it meets a truncated end.
    """

    def __init__(self, file: IO[bytes], path: Path, limits: Limits) -> None:
        self._file, self._path, self._limits = file, path, limits
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        self._waiting = b""  # compressed bytes read and not yet decompressed
        self._into = 0
        self._out = 0

    def read(self, size: int) -> bytes:
        """At most *size* bytes; none at the end of the file."""
        while size:
            if self._member.eof and not self._next_member():
                return b""
            if not self._waiting:
                self._fill()
            try:
                data = self._member.decompress(self._waiting, size)
            except zlib.error as error:
                raise self._damaged(f"its gzip data is damaged ({error})") from error
            ended = not self._waiting
            self._waiting = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if data:
                self._weigh(len(data))
                return data
            if ended and not self._member.eof:
                raise self._damaged("it is gzip that ends too early")
        return b""

    def _fill(self) -> None:
        self._waiting = self._file.read(_BLOCK)
        self._into += len(self._waiting)

    def _next_member(self) -> bool:
        """Whether another gzip member follows; zeros that pad the file are not one."""
        while not (rest := self._waiting.lstrip(b"\0")):
            self._fill()
            if not self._waiting:
                return False
        self._waiting = rest
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        return True

    def _weigh(self, count: int) -> None:
        """Refuse what grows far more than text does."""
        self._out += count
        if self._out > self._limits.ratio_from and self._out > self._limits.most_ratio * self._into:
            raise InputRefused(
                f"{self._path}: grows more than {self._limits.most_ratio} times when decompressed, which no file of "
                "records does.",
                "Do not load it; download it again from its publisher.",
            )

    def _damaged(self, what: str) -> InputRefused:
        return InputRefused(
            f"{self._path}: {what}, after {self._out:,} bytes of text.",
            "Download it again; the records before that place were read.",
        )
