"""``bedside purge``: delete old threads for good."""

from __future__ import annotations

import os
import re
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import click

from bedside.cli.output import write, write_json
from bedside.errors import UsageError
from bedside.settings import Settings

_DAYS = re.compile(r"(\d{1,5})\s*(?:d|days?)")


@click.command()
@click.option(
    "--older-than",
    "age",
    default="",
    metavar="AGE",
    help="Days (30d) or a date (2026-01-01): also threads begun before it and not taken up since.",
)
@click.option("--dry-run", is_flag=True, help="Say how many there are, and delete nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def purge(age: str, dry_run: bool, as_json: bool) -> int:
    """Delete threads that have expired, and with --older-than also those that are older.

    \b
    Examples:
      bedside purge
      bedside purge --older-than 30d --dry-run
      bedside purge --older-than 2026-01-01
    """
    now = datetime.now(UTC)
    before = before_of(age, now) if age else ""
    count = _purged(Settings.load(os.environ), before, now.isoformat(timespec="seconds"), dry_run=dry_run)
    if as_json:
        write_json({"before": before or None, "deleted": 0 if dry_run else count, "found": count, "dry_run": dry_run})
    else:
        threads_said = "1 thread" if count == 1 else f"{count:,} threads"
        write(f"{threads_said} would be deleted." if dry_run else f"{threads_said} deleted.")
    return 0


def _purged(settings: Settings, before: str, now: str, *, dry_run: bool) -> int:
    from bedside.stores.thread_store import open_threads, threads_exist

    if not threads_exist(settings):
        return 0
    with closing(open_threads(settings)) as threads:
        return threads.purge(before, now=now, dry_run=dry_run)


def before_of(age: str, now: datetime) -> str:
    """The ISO time (UTC) before which a thread is older than *age*. Raises UsageError for what is no age."""
    written = age.strip().lower()
    try:
        if match := _DAYS.fullmatch(written):
            return (now - timedelta(days=int(match[1]))).isoformat(timespec="seconds")
        return date.fromisoformat(written).isoformat()
    except (ValueError, OverflowError):
        raise UsageError(f"{age!r} is not an age.", "Write days as 30d, or a date as 2026-01-01.") from None
