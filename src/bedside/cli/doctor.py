"""``bedside doctor``: whether everything needed is in place and in order."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedside import __version__
from bedside.cli.output import write_json, write_table
from bedside.errors import BedsideError, LibraryUnusable
from bedside.settings import FILE_NAME, Settings

if TYPE_CHECKING:
    from bedside.desk import Desk

OLDEST_PYTHON = (3, 11)
NEAR = 90
"""Days in which a check is near, where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found. ``remedy`` says what to do when it is not ``ok``."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


@click.command()
@click.option("--content", is_flag=True, help="What of the content is due, and nothing else.")
@click.option("--within", type=click.IntRange(0, 3650), help="With --content: also what is due in so many days [90].")
@click.option("--on", help="With --content: due on this day (2026-11-22) and not today.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def doctor(content: bool, within: int | None, on: str | None, as_json: bool) -> int:
    """Check Python, settings, home, content, packs, citations, lint, cases, dates and the board.

    Exit status 0: all in order; 1: something was found; 4: the content cannot be used.

    With --content: 0: nothing has to be done now (what is near or unconfirmed is listed); 1: a check has passed its day
    or has none, or a source that no longer stands is cited.

    \b
    Examples:
      bedside doctor
      bedside doctor --json
      bedside doctor --content --within 180
    """
    if content:
        return _due(on, within, as_json=as_json)
    if within is not None or on is not None:
        raise click.UsageError("--within and --on need --content.")
    checks, status = examine()
    if as_json:
        write_json([{"name": c.name, "ok": c.ok, "detail": c.detail, "remedy": c.remedy or None} for c in checks])
    else:
        write_table([("ok" if c.ok else "LOOK", c.name, f"{c.detail} {'' if c.ok else c.remedy}") for c in checks])
    return status


def _due(on: str | None, within: int | None, *, as_json: bool) -> int:
    from bedside.cli.doctor_content import say_due
    from bedside.desk import checked_day
    from bedside.desk import open as open_desk

    day = checked_day(on) if on is not None else _today()
    return say_due(open_desk(Settings.load(os.environ)), day, NEAR if within is None else within, as_json=as_json)


def examine() -> tuple[list[Check], int]:
    """Every check that can be made, and the exit status."""
    checks = [_python()]
    try:
        settings = Settings.load(os.environ)
        checks += [_settings(settings), _home(settings.home)]
        from bedside.desk import open as open_desk

        desk = open_desk(settings)
        checks += [Check(name, *check(desk)) for name, check in CONTENT_CHECKS.items()]
    except LibraryUnusable as error:
        return [*checks, Check("content", ok=False, detail=error.what, remedy=error.remedy)], error.exit_status
    except BedsideError as error:
        return [*checks, Check("settings", ok=False, detail=error.what, remedy=error.remedy)], 1
    return checks, 0 if all(check.ok for check in checks) else 1


def _python() -> Check:
    wanted = ".".join(map(str, OLDEST_PYTHON))
    found = f"Python {platform.python_version()}, bedside {__version__}"
    return Check("python", sys.version_info >= OLDEST_PYTHON, found, f"Install Python {wanted} or newer.")


def _settings(settings: Settings) -> Check:
    file = settings.home / FILE_NAME
    detail = f"{file} is read" if file.is_file() else f"no {file}: defaults"
    return Check("settings", ok=True, detail=detail)


def _home(home: Path) -> Check:
    """The home, or the nearest folder above it that exists, can be written to."""
    there = next(path for path in (home, *home.absolute().parents) if path.exists())
    ok = there.is_dir() and os.access(there, os.W_OK)
    return Check(
        "home", ok, f"{home}{'' if there == home else ' (made when needed)'}", "Set BEDSIDE_HOME to a folder of yours."
    )


def _content(desk: Desk) -> tuple[bool, str, str]:
    desk.content.check()
    detail = f"release {desk.content.release}, hash {desk.content.fingerprint[:12]} agrees"
    return True, detail, ""


def _packs(desk: Desk) -> tuple[bool, str, str]:
    """One that cannot be used is found where the content is opened."""
    return True, "; ".join(pack.line for pack in desk.content.packs) or "none", ""


def _citations(desk: Desk) -> tuple[bool, str, str]:
    statements = list(desk.library.statements())
    dead = sorted(
        {f"{s.id} cites {c.source}" for s in statements for c in s.citations if not desk.library.source(c.source)}
    )
    bare = sorted(f"{s.id} cites nothing" for s in statements if not s.citations)
    found = [*dead, *bare]
    detail = "; ".join(found) or f"all citations of {len(statements)} statements resolve"
    return not found, detail, "Correct the statements named."


def _lint(desk: Desk) -> tuple[bool, str, str]:
    from bedside.cli.protocol import findings

    count = len(findings(desk))
    return count == 0, f"{count} findings", "See: bedside protocol lint."


def _cases(desk: Desk) -> tuple[bool, str, str]:
    from bedside.cli.protocol import run_cases

    results = [result for p in desk.protocols.values() for result in run_cases(desk, p)]
    failed = sum(not result.passed for result in results)
    return failed == 0, f"{len(results) - failed} of {len(results)} cases pass", "See: bedside protocol cases."


def _dates(desk: Desk) -> tuple[bool, str, str]:
    today = _today()
    late = sum("" < s.next_check < today for s in desk.library.statements())
    if desk.content.date > today:
        return False, f"the content is dated {desk.content.date}, after today", "Check the clock, or the release."
    return late == 0, f"content of {desk.content.date}; {late} statements past their next check", "Get a newer release."


def _today() -> str:
    """The only clock of the program: ages are said here, never inside an answer."""
    return date.today().isoformat()  # noqa: DTZ011  (the reader's own day is meant)


def _wordings(desk: Desk) -> tuple[bool, str, str]:
    from bedside.ingest.wordings import stale

    old = ", ".join(each.statement for each in stale(desk.content, desk.settings.home))
    detail = f"{len(desk.content.wordings)} adopted" + (f"; not applied: {old}" if old else "")
    return not old, detail, "The content has changed since: propose them again."


def _board(desk: Desk) -> tuple[bool, str, str]:
    """Whether the audit trail is whole, where anybody has begun one."""
    from bedside.review.chain import prove
    from bedside.stores.review_store import open_review
    from bedside.stores.transacting import FILE

    if not desk.settings.database and not (desk.settings.home / FILE).is_file():
        return True, "none", ""
    try:
        with closing(open_review(desk.settings)) as store:
            proof, beside = prove(store.trail()), store.unsound()
    except BedsideError as error:
        return False, error.what, error.remedy
    if not proof.whole:
        return False, f"the audit trail is broken at {proof.broken}", "See: bedside review verify."
    if beside:
        return False, f"{beside} is not what was kept beside the audit trail", "Restore the database from a backup."
    return True, f"{proof.rows:,} rows of the audit trail hold", ""


CONTENT_CHECKS: dict[str, Callable[[Desk], tuple[bool, str, str]]] = {
    "content": _content,
    "packs": _packs,
    "wordings": _wordings,
    "citations": _citations,
    "lint": _lint,
    "cases": _cases,
    "dates": _dates,
    "board": _board,
}
"""Each check of the content and of the board: whether it is in order, what was found, and what to do if not."""


def names() -> Iterator[str]:
    """Every check by name, for the documentation's test."""
    yield from ("python", "settings", "home", *CONTENT_CHECKS)
