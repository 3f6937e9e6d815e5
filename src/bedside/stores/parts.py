"""Values in parts short enough for one statement of a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Value = TypeVar("_Value")

MOST = 400
"""Values in a part: below what every database takes, also where each is a pair."""


def in_parts(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """The values in lists of at most MOST."""
    rest = iter(values)
    while some := list(islice(rest, MOST)):
        yield some
