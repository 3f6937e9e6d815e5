"""The whole of a document's bytes, up to a limit, from a stream that may hand them out in small pieces."""

from __future__ import annotations

from typing import BinaryIO

from bedside.errors import InputRefused

_BLOCK = 1 << 20


def whole(stream: BinaryIO, most_bytes: int) -> bytes:
    """Everything in *stream*. Raises InputRefused when it is more than *most_bytes*."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_BLOCK):
        size += len(piece)
        if size > most_bytes:
            raise InputRefused(f"larger than {most_bytes:,} bytes", "Split it, or leave it out.")
        pieces.append(piece)
    return b"".join(pieces)
