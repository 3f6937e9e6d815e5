"""A PubMed file cut into lots of whole records, so that several processes can read one file in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bedside.errors import InputRefused
from bedside.evidence.record import Record
from bedside.ingest.events import Removal, Skipped
from bedside.ingest.pubmed_pieces import Piece, Pieces
from bedside.ingest.pubmed_xml import read_pieces


@dataclass(frozen=True, slots=True)
class Lot:
    """Some pieces of a file in order, with what is needed to read them elsewhere."""

    pieces: tuple[Piece, ...]
    start: re.Pattern[bytes]
    encoding: str | None


def lots(stream: BinaryIO, name: str, size: int) -> Iterator[Lot]:
    """The file in lots of *size* pieces. Raises InputRefused as ``read_pubmed`` does, after what was whole before."""
    pieces = Pieces(stream, name)
    some: list[Piece] = []
    broken: InputRefused | None = None
    try:
        for piece in pieces:
            some.append(piece)
            if len(some) == size:
                yield Lot(tuple(some), pieces.start, pieces.encoding)
                some = []
    except InputRefused as error:
        broken = error
    if some:
        yield Lot(tuple(some), pieces.start, pieces.encoding)
    if broken is not None:
        raise broken


def read_lot(lot: Lot, name: str, first: int, this_year: int | None) -> Iterator[Record | Removal | Skipped]:
    """What a lot holds; *first* is the number of its first piece in the file."""
    return read_pieces(lot.pieces, lot.start, lot.encoding, name, first=first, this_year=this_year)
