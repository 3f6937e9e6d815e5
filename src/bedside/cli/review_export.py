"""``bedside review export``: the trail, the board or the reports as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.output import note
from bedside.cli.review_acting import acting, having, member_of, the_board
from bedside.cli.review_json import event_json, standing_json
from bedside.errors import UsageError

if TYPE_CHECKING:
    from bedside.board import Board

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def export() -> None:
    """Write the trail, the board or the reports to a file as JSON lines; - is the output.

    \b
    Examples:
      bedside review export trail trail.jsonl
      bedside review export board board.jsonl
      bedside review export reports reports.jsonl
    """


@export.command()
@FILE
def trail(file: Path) -> None:
    """Every row of the audit trail, oldest first. It holds no words of a reader or member.

    \b
    Examples:
      bedside review export trail trail.jsonl
    """
    with the_board() as board:
        note(f"{_write(map(event_json, board.store.events()), file):,} rows.")


@export.command("board")
@FILE
def board_lines(file: Path) -> None:
    """Where every item stands, with its content and signatures, and every mark on a source.

    \b
    Examples:
      bedside review export board board.jsonl
    """
    with the_board() as board:
        note(f"{_write(_board_lines(board), file):,} lines.")


@export.command()
@FILE
@acting
def reports(file: Path, as_handle: str, password_file: str) -> None:
    """Where every reader's report stands, for a safety officer: kinds, states, times, outcome. Takes the role editor.

    The readers' words are not among them: the pages show those.

    \b
    Examples:
      bedside review export reports reports.jsonl
    """
    from bedside.review.state import Role

    with the_board() as board, member_of(board, as_handle, password_file) as who:
        having(who, Role.EDITOR)
        count = _write(_report_lines(board), file)
        note("1 report." if count == 1 else f"{count:,} reports.")


def _board_lines(board: Board) -> Iterator[dict[str, Any]]:
    standings = board.standings()
    snapshot = board.snapshot
    for name in sorted(standings):
        item = snapshot.items.get(name)
        about = {"line": "item", **standing_json(standings[name])}
        if item is not None:
            about |= {
                "kind": item.kind.value,
                "title": item.title,
                "body": dict(item.body),
                "seal": snapshot.seal(name),
            }
        yield about
    for key, mark in sorted(board.marks.items()):
        said = {"status": mark.status, "superseded_by": mark.superseded_by or None, "at": mark.at, "by": mark.by}
        yield {"line": "mark", "source": key, **said}


def _report_lines(board: Board) -> Iterator[dict[str, Any]]:
    """Each report with the steps that led to where it stands, as the pages export it, in the editors' order."""
    from bedside.review.report import order
    from bedside.servers.reports.exporting import incident

    for report in sorted(board.reports(), key=order):
        yield incident(board, report, None, with_words=False)


def _write(lines: Iterable[Mapping[str, Any]], file: Path) -> int:
    """Write values as JSON lines; gives how many. Raises UsageError."""
    if str(file) == "-":
        return _each(lines, sys.stdout.buffer)
    try:
        with file.open("wb") as opened:
            return _each(lines, opened)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}.", "Name another file.") from None


def _each(lines: Iterable[Mapping[str, Any]], out: Any) -> int:
    count = 0
    for line in lines:
        out.write(json.dumps(line, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace") + b"\n")
        count += 1
    return count
