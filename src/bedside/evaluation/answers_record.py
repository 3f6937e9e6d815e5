"""What the program did with each question, recorded beside the demands and never among them.

A record is made by the program. Who looks at one says so in it (``read: true``, and a ``note``); when the outcome
changes and is recorded again, that mark is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from bedside.errors import UsageError
from bedside.evaluation.answers import Judged
from bedside.evaluation.answers_came import Came

OUTCOMES = Path(__file__).resolve().parent / "outcomes"
"""The records that ship, one file a topic."""
_HEADER = """\
# Recorded from the program, demanded by nobody: what came of each question of questions/{topic}.yaml.
# read: true says that the recorder read once what the answer leads with and advises, and noted what looked wrong;
# it is no clinical review.
# Made by: bedside evaluate answers --record FOLDER
"""
_OWN = ("read", "note")


def records(folder: Path = OUTCOMES) -> dict[str, dict[str, Any]]:
    """Every record by question id. Raises UsageError for a file that is none."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            found |= yaml.safe_load(path.read_text(encoding="utf-8"))["outcomes"]
        except (yaml.YAMLError, KeyError, TypeError) as error:
            raise UsageError(f"{path.name}: no record of outcomes.", "Record it again.") from error
    return found


def changed(judged: Iterable[Judged], kept: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Which questions come out otherwise than recorded, each with what is new and what is gone; unrecorded ones too."""
    return tuple(line for each in judged for line in _difference(each, kept.get(each.item.id)))


def record(judged: Iterable[Judged], topic: str, folder: Path) -> Path:
    """Write the record of a topic; marks of reading stay where the outcome is the same."""
    path = folder / f"{topic}.yaml"
    before = records(folder) if folder.is_dir() else {}
    rows = {each.item.id: _row(each.came, before.get(each.item.id)) for each in judged}
    text = yaml.safe_dump({"topic": topic, "outcomes": rows}, sort_keys=False, allow_unicode=True, width=120)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(_HEADER.format(topic=topic) + text, encoding="utf-8")
    return path


def _row(came: Came, before: Mapping[str, Any] | None) -> dict[str, Any]:
    row = _outcome(came)
    if before is not None and _without_marks(before) == row:
        return row | {name: before[name] for name in _OWN if name in before}
    return row | {"read": False}


def _outcome(came: Came) -> dict[str, Any]:
    return {
        "kind": came.kind.value,
        "decline": came.decline,
        "urgent": came.urgent,
        "asks": came.asks,
        "patterns": list(came.patterns),
        "red_flags": list(came.red_flags),
        "fires": list(came.fires),
    }


def _without_marks(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _OWN}


def _difference(each: Judged, kept: Mapping[str, Any] | None) -> Iterable[str]:
    if kept is None:
        yield f"{each.item.id}: not recorded"
        return
    now, then = _outcome(each.came), _without_marks(kept)
    for name, value in now.items():
        was = then.get(name)
        if value == was:
            continue
        if isinstance(value, list) and isinstance(was, list):
            new, gone = sorted(set(value) - set(was)), sorted(set(was) - set(value))
            yield f"{each.item.id}: {name}: new {', '.join(new) or 'none'}; gone {', '.join(gone) or 'none'}"
        else:
            yield f"{each.item.id}: {name}: {was} is now {value}"
