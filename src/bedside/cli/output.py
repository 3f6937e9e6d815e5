"""Writing results: to stdout or a file, as text or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from bedside.errors import UsageError


def write(text: str, path: Path | None = None) -> None:
    """Write a result, as UTF-8 whatever the locale, to *path* or to stdout; raises UsageError when it cannot."""
    if path is None or str(path) == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        click.echo(text, nl=not text.endswith("\n"), color=True)  # colour was decided when the text was made
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}.", "Give another --output.") from None


def write_json(value: Any) -> None:
    """Write plain values as JSON with ordered keys."""
    write(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def write_table(rows: Iterable[Sequence[str]]) -> None:
    """Write rows as columns parted by two spaces; the last column is as long as it likes."""
    table = [tuple(map(str, row)) for row in rows]
    if not table:
        return
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        write("  ".join((*cells, row[-1])).rstrip())


def note(message: str) -> None:
    """A message about the work, on stderr."""
    click.echo(message, err=True)
