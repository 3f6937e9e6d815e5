"""A turn as a row of its table, and back; tokens and the hashes they are kept as; times as they are compared."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import zlib
from collections.abc import Mapping
from typing import Any

from bedside.facts.case import Edit
from bedside.thread import Turn

_BYTES = 24  # 192 random bits
_LEVEL = 3
"""Of zlib. An answer of 257 kB becomes 29 kB in 0.9 ms; the usual level 6 saves 4 kB more and takes 2.3 ms."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:\+00:00|Z)?)?")
_AS_THEY_ARE = ("number", "text", "reader", "region", "as_of", "asked_at", "content", "run")


def new_token() -> str:
    """A token that nobody guesses: 32 characters that stand in an address as they are.

    None begins with a hyphen: on a command line it would be taken for an option.
    """
    while (token := secrets.token_urlsafe(_BYTES)).startswith("-"):
        pass
    return token


def hash_of(token: str) -> str:
    """What is kept of a token.

    A plain hash is enough: the token is random, so there is nothing to try out as there is with a password. Looking it
    up need not take constant time either: what the time could tell is how much of a *hash* was right, and nobody can
    steer a hash towards one they do not know.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def row_of(turn: Turn) -> dict[str, Any]:
    """The row of a turn, without the number of its thread."""
    edits = json.dumps([[edit.name, edit.value] for edit in turn.edits])
    answer = zlib.compress(turn.answer.encode(), _LEVEL)
    return {name: getattr(turn, name) for name in _AS_THEY_ARE} | {"edits": edits, "answer": answer}


def turn_of(row: Mapping[Any, Any]) -> Turn:
    """The turn of a row. Raises ValueError or zlib.error when the row is damaged."""
    return Turn(
        **{name: row[name] for name in _AS_THEY_ARE},
        edits=tuple(Edit(name, value) for name, value in json.loads(row["edits"])),
        answer=zlib.decompress(row["answer"]).decode(),
    )


def checked_time(written: str) -> str:
    """The ISO time or day in UTC, which texts compare as times do. Raises ValueError for another one: it would be kept
    too long, or not long enough."""
    if not _TIME.fullmatch(written):
        raise ValueError(f"not an ISO time in UTC: {written!r}")
    return written
