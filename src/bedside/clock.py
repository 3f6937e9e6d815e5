"""The time at the edge: ISO texts in UTC. Stores, board, servers and command line ask here; no stage may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now() -> str:
    """This second, as "2026-11-22T23:45:00+00:00"."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def in_days(days: int) -> str:
    """The same time of a day *days* from now."""
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")
