"""An event as a row of its table, and back; a version as a row, and back.

What comes back is what stands there, so that proving the trail finds what was changed. What cannot come back raises
ValueError: a value of another type, JSON that is none or has no canonical form.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any, Final, Never

import rfc8785

from bedside.review.event import Event
from bedside.review.item import Ground, Item
from bedside.review.store import Version

EVENT: Final = tuple(field.name for field in fields(Event))
"""The columns of an event, which are its fields."""

_NUMBERS: Final = ("number", "revision")
_TEXTS: Final = tuple(name for name in EVENT if name not in (*_NUMBERS, "detail"))
_LARGEST: Final = 2**53 - 1  # of RFC 8785
_LEVEL: Final = 6  # of zlib
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


def row_of_event(event: Event) -> dict[str, Any]:
    """The row of an event, whose detail was found to have a canonical form when it was hashed."""
    row = {name: getattr(event, name) for name in EVENT}
    row["detail"] = json.dumps(event.detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return row


def event_of(row: Mapping[Any, Any]) -> Event:
    """The event of a row, as it stands there. Raises ValueError when it cannot be read, or could not be hashed."""
    values = {name: row[name] for name in EVENT}
    if not all(type(values[name]) is str for name in _TEXTS) or type(values["detail"]) is not str:
        raise ValueError("a text is of another type")
    if not all(type(values[name]) is int and abs(values[name]) <= _LARGEST for name in _NUMBERS):
        raise ValueError("a number is of another type or size")
    values["detail"] = _detail(values["detail"])
    return Event(**values)


def unreadable(number: int) -> Event:
    """What stands in the place of row *number* that cannot be read: it has no hash, so that no trail with it is
    whole."""
    return Event("", "", "", "", "", number=number)


def row_of_version(thing: Item | Ground, now: str, number: int) -> dict[str, Any]:
    """The row of a version seen *now* (ISO time, UTC). Raises ValueError when its fingerprint is not its body's."""
    body = rfc8785.dumps(thing.body)
    if sha256(body).hexdigest() != thing.fingerprint:
        raise ValueError(f"{ref_of(thing)}: the fingerprint is not that of the body")
    return {
        "number": number,
        "ref": ref_of(thing),
        "fingerprint": thing.fingerprint,
        "title": thing.title,
        "body": zlib.compress(body, _LEVEL),
        "seen_at": now,
    }


def ref_of(thing: Item | Ground) -> str:
    """The item's id, or the ground's ref."""
    return thing.id if isinstance(thing, Item) else thing.ref


def version_of(row: Mapping[Any, Any]) -> Version:
    """The version of a row. Raises ValueError, TypeError or zlib.error when the row is damaged: its body is not what
    its fingerprint was taken of."""
    body = zlib.decompress(row["body"])
    if sha256(body).hexdigest() != row["fingerprint"]:
        raise ValueError("the body was changed")
    return Version(row["ref"], row["fingerprint"], row["title"], json.loads(body), row["seen_at"])


def checked_time(written: str) -> str:
    """The ISO time in UTC to the second, which texts compare as times do. Raises ValueError for another one: it
    would be placed wrongly in the trail."""
    if not _TIME.fullmatch(written):
        raise ValueError(f"not an ISO time in UTC to the second: {written!r}")
    return written


def _detail(written: str) -> dict[str, Any]:
    try:
        found = _DECODER.decode(written)
    except RecursionError:
        raise ValueError("the detail is too deep") from None
    if not isinstance(found, dict):
        raise ValueError("the detail is no object")  # noqa: TRY004  every damage is a ValueError
    if "\\ud" in written.lower():  # half a pair of surrogates has no canonical form
        json.dumps(found, ensure_ascii=False).encode()
    return found


def _refuse(name: str) -> Never:
    raise ValueError(f"{name} is no JSON")


def _int(written: str) -> int:
    if abs(value := int(written)) > _LARGEST:
        raise ValueError("a number is too large")
    return value


def _float(written: str) -> float:
    if not math.isfinite(value := float(written)):
        raise ValueError("a number is too large")
    return value


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse, parse_int=_int, parse_float=_float)
