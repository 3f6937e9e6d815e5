"""Three-valued logic: true, false, unknown (Kleene's strong tables, Introduction to Metamathematics, section 64)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """The value of a condition. A fact nobody mentioned makes UNKNOWN, never FALSE."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __bool__(self) -> bool:
        raise TypeError("a Truth has three values: compare it with 'is Truth.TRUE'")

    def __invert__(self) -> Truth:
        return Truth(2 - self.value)

    @staticmethod
    def of(value: bool) -> Truth:
        """The truth of a plain bool."""
        return Truth.TRUE if value else Truth.FALSE


def all_of(values: Iterable[Truth]) -> Truth:
    """And: the least of the values; TRUE for none."""
    least = Truth.TRUE
    for value in values:
        if value is Truth.FALSE:
            return Truth.FALSE
        if value is Truth.UNKNOWN:
            least = Truth.UNKNOWN
    return least


def any_of(values: Iterable[Truth]) -> Truth:
    """Or: the greatest of the values; FALSE for none."""
    greatest = Truth.FALSE
    for value in values:
        if value is Truth.TRUE:
            return Truth.TRUE
        if value is Truth.UNKNOWN:
            greatest = Truth.UNKNOWN
    return greatest


def at_least(count: int, values: Iterable[Truth]) -> Truth:
    """TRUE when *count* of the values are TRUE, FALSE when that many can no longer be."""
    sure = possible = 0
    for value in values:
        sure += value is Truth.TRUE
        possible += value is not Truth.FALSE
    if sure >= count:
        return Truth.TRUE
    return Truth.UNKNOWN if possible >= count else Truth.FALSE
