"""Kept places of originals: where the loaded documents bear our statements out, in ``originals.json`` of the library.

Kept by ``bedside check --content --keep``. The file only says where to look: whoever reads it holds each statement
against its passage again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from bedside.errors import LibraryUnusable
from bedside.stores.whole_file import write_over
from bedside.verification.upheld import Place

FILE = "originals.json"
SCHEMA = "bedside.originals/1"


def read_places(folder: Path) -> tuple[Place, ...]:
    """The places that were kept; none where there is no file. Raises LibraryUnusable for one that cannot be used."""
    path = folder / FILE
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise _unusable(path) from error
    try:
        if document["schema"] != SCHEMA:
            raise _unusable(path)
        return tuple(Place(*_three(row)) for row in document["places"])
    except (KeyError, TypeError, ValueError) as error:
        raise _unusable(path) from error


def keep_places(folder: Path, places: Sequence[Place]) -> None:
    """Keep these places instead of those that were kept. Raises LibraryUnusable where the file cannot be written."""
    text = json.dumps({"schema": SCHEMA, "places": [astuple(place) for place in places]}, indent=1)
    try:
        write_over(folder / FILE, f"{text}\n".encode())
    except OSError as error:
        raise LibraryUnusable(
            f"{folder / FILE} cannot be written ({error.strerror}).", "Make its folder writable for this user."
        ) from error


def _three(row: list[object]) -> tuple[str, str, str]:
    statement, source, passage = row
    if not (isinstance(statement, str) and isinstance(source, str) and isinstance(passage, str)):
        raise TypeError("a place is three texts")
    return statement, source, passage


def _unusable(path: Path) -> LibraryUnusable:
    return LibraryUnusable(
        f"{path} is not a file that bedside kept.", "Delete it and run: bedside check --content --keep"
    )
