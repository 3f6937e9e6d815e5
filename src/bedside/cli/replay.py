"""``bedside replay``: recompute a saved answer and say whether it is still the same."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bedside.cli.output import write, write_json
from bedside.errors import InputRefused, UsageError
from bedside.settings import Settings

MAX_BYTES = 20_000_000
SCHEMA = "bedside.answer/1"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def replay(file: Path, as_json: bool) -> int:
    """Recompute the answer saved in FILE and compare it. Exit status 0: the same; 1: different, with what differs.

    \b
    Examples:
      bedside ask --format json --output answer.json "Is B12 of 300 pmol/L low?"
      bedside replay answer.json
    """
    saved = read_answer(file)
    fresh = recomputed(saved)
    found = list(differences(saved, fresh))
    same = not found
    if as_json:
        prints = {"saved": saved["fingerprints"]["run"], "now": fresh["fingerprints"]["run"]}
        write_json({"same": same, "run": prints, "differences": found})
    elif same:
        write(f"The same: run {saved['fingerprints']['run'][:12]}.")
    else:
        write("Different:\n" + "\n".join(f"  {line}" for line in found))
    return 0 if same else 1


def read_answer(path: Path) -> dict[str, Any]:
    """The saved answer; raises UsageError when there is no such file, InputRefused when it is not a saved answer."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}.", "Check the name of the file.") from None
    refusal = InputRefused(
        f"{path}: not an answer saved by bedside ({SCHEMA}).", "Save one with: bedside ask --format json --output FILE"
    )
    if len(data) > MAX_BYTES:
        raise refusal
    try:
        saved = json.loads(data)
    except (ValueError, RecursionError):
        raise refusal from None
    if not _looks_like_an_answer(saved):
        raise refusal
    return saved  # type: ignore[no-any-return]


def recomputed(saved: Mapping[str, Any]) -> dict[str, Any]:
    """The same question asked again: same reader, region, day and settings; today's program and content."""
    from bedside.desk import open as open_desk
    from bedside.rendering.json import document

    limit = str(saved["settings"].get("input_limit"))
    settings = Settings.load(os.environ)
    if re.fullmatch(r"[1-9]\d{0,6}", limit):
        settings = replace(settings, input_limit=int(limit))
    desk = open_desk(settings)
    asked = saved["question"]
    answer = desk.ask(asked["text"], reader=asked["reader"], region=asked["region"], as_of=saved["as_of"])
    fresh: dict[str, Any] = json.loads(json.dumps(document(answer)))
    return fresh


def differences(saved: Mapping[str, Any], fresh: Mapping[str, Any]) -> Iterable[str]:
    """What differs, causes first; nothing when the two are the same in every value."""
    if saved == fresh:
        return
    yield from _changed_values(saved, fresh)
    if saved["facts"] != fresh["facts"]:
        yield "facts: read differently"
    yield from _changed_sets("rules that fired", _fired(saved), _fired(fresh))
    yield from _changed_sentences(_sentences(saved), _sentences(fresh))
    yield from _changed_sets("withheld", _withheld(saved), _withheld(fresh))
    others = [key for key in sorted({*saved, *fresh}) if saved.get(key) != fresh.get(key) and key not in _NAMED]
    if others:
        yield f"also: {', '.join(others)}"
    if saved["fingerprints"] == fresh["fingerprints"]:
        yield "the fingerprints agree, so the saved file was changed after it was written"


_NAMED = frozenset({"release", "code_version", "as_of", "kind", "fingerprints", "facts", "withheld", "article"})


def _looks_like_an_answer(saved: Any) -> bool:
    if not isinstance(saved, dict) or saved.get("schema") != SCHEMA:
        return False
    texts = [saved.get("as_of"), *(_mapping(saved, "question").get(key) for key in ("text", "reader", "region"))]
    prints = _mapping(saved, "fingerprints")
    texts += [prints.get("content"), prints.get("run")]
    lists = ("facts", "protocols", "withheld")
    sections = _mapping(saved, "article").get("sections")
    return (
        all(isinstance(text, str) for text in texts)
        and isinstance(saved.get("settings"), dict)
        and all(isinstance(saved.get(key), list) for key in lists)
        and isinstance(sections, list)
    )


def _mapping(saved: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = saved.get(key)
    return value if isinstance(value, dict) else {}


def _changed_values(saved: Mapping[str, Any], fresh: Mapping[str, Any]) -> Iterable[str]:
    for key in ("code_version", "release", "as_of", "kind"):
        if saved.get(key) != fresh.get(key):
            yield f"{key}: {saved.get(key)} -> {fresh.get(key)}"
    for key in ("content", "run"):
        before, now = saved["fingerprints"][key], fresh["fingerprints"][key]
        if before != now:
            yield f"{key} fingerprint: {before[:12]} -> {now[:12]}"


def _changed_sets(name: str, before: frozenset[str], now: frozenset[str]) -> Iterable[str]:
    if gone := sorted(before - now):
        yield f"{name}, no longer: {', '.join(gone)}"
    if new := sorted(now - before):
        yield f"{name}, new: {', '.join(new)}"


def _changed_sentences(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    yield from _changed_sets("sentences", frozenset(before), frozenset(now))
    reworded = sorted(key for key in before if key in now and before[key] != now[key])
    if reworded:
        yield f"sentences, other words: {', '.join(reworded)}"


def _fired(answer: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(_text(rule, "rule") for run in answer["protocols"] for rule in _rules(run))


def _rules(run: Any) -> list[Any]:
    fired = _mapping(run, "rules").get("fired") if isinstance(run, dict) else None
    return fired if isinstance(fired, list) else []


def _sentences(answer: Mapping[str, Any]) -> dict[str, str]:
    sections = [section for section in answer["article"]["sections"] if isinstance(section, dict)]
    sentences = [sentence for section in sections for sentence in section.get("sentences") or []]
    return {_text(sentence, "id"): _text(sentence, "text") for sentence in sentences}


def _withheld(answer: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(_text(item, "sentence") for item in answer["withheld"])


def _text(value: Any, key: str) -> str:
    return str(value.get(key)) if isinstance(value, dict) else ""
