"""A line of a signed pack: canonical JSON, read so strictly that there is one way only to write it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

import rfc8785

from bedside.errors import InputRefused

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def unfit(what: str, line: int = 0) -> InputRefused:
    """The error of a pack that does not hold."""
    where = f", line {line}," if line else ""
    return InputRefused(f"This pack{where} {what}.", "It was damaged or made by another program: ask for it again.")


def line_of(value: Mapping[str, Any]) -> bytes:
    """A value as a line."""
    return rfc8785.dumps(dict(value)) + b"\n"


def value_of(line: bytes, number: int) -> dict[str, Any]:
    """The value of a line without its end. Raises InputRefused unless the line is exactly its canonical form, which
    leaves no room for a key that stands twice, a number written otherwise, or a space."""
    try:
        value = json.loads(line.decode("utf-8"), parse_float=_no_number, parse_constant=_no_number)
        same = isinstance(value, dict) and rfc8785.dumps(value) == line
    except (ValueError, RecursionError, rfc8785.CanonicalizationError):
        same = False
    if not same:
        raise unfit("is not canonical JSON", number)
    assert isinstance(value, dict)  # noqa: S101  (for the type checker: asked above)
    return value


def text_in(value: Mapping[str, Any], name: str, number: int) -> str:
    """The text under a name, fit to be printed. Raises InputRefused."""
    found = value.get(name)
    if not isinstance(found, str) or not printable(found):
        raise unfit(f"has no proper text under {name!r}", number)
    return found


def texts_in(value: Mapping[str, Any], number: int) -> dict[str, str]:
    """Every text of a mapping that holds nothing else. Raises InputRefused."""
    return {name: text_in(value, name, number) for name in value}


def mapping_in(value: Mapping[str, Any], name: str, number: int) -> dict[str, Any]:
    """The mapping under a name. Raises InputRefused."""
    found = value.get(name)
    if not isinstance(found, dict):
        raise unfit(f"has no proper {name}", number)
    return found


def printable(text: str) -> bool:
    """Whether a text can be shown as it is: no control character, none that turns the direction of writing."""
    return not any(unicodedata.category(each) in {"Cc", "Cs"} or each in _DIRECTIONS for each in text)


def _no_number(written: str) -> Any:
    raise ValueError(written)
