"""The place in time of a new row: never before the row before it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bedside.errors import ClockSetBack

TOLERANCE = timedelta(minutes=2)
"""How far a clock may be behind the last row: what is nearer gets that row's time."""


def placed(at: str, last: str) -> str:
    """The time an event gets after a row of the time *last*. Raises ClockSetBack."""
    if not last or at >= last:
        return at
    if datetime.fromisoformat(last) - datetime.fromisoformat(at) > TOLERANCE:
        raise ClockSetBack(at, last)
    return last
