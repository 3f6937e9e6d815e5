"""``bedside replay``: recompute a saved answer and say whether it is still the same."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.output import write, write_json
from bedside.clock import now
from bedside.errors import BedsideError, InputRefused, ThreadNotFound, UsageError
from bedside.settings import Settings

if TYPE_CHECKING:
    from bedside.desk import Desk
    from bedside.facts.case import Told
    from bedside.thread import Thread, Turn

MAX_BYTES = 20_000_000
SCHEMA = "bedside.answer/1"

_THREAD = re.compile(r"(?P<token>[A-Za-z0-9_-]{32})(?:/(?P<turn>\d{1,6}))?")


@click.command()
@click.argument("what", metavar="FILE|THREAD[/TURN]")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def replay(what: str, as_json: bool) -> int:
    """Recompute a saved answer and compare it: the one in FILE, or those of a THREAD, all or that of one TURN (from
    0). Exit status 0: the same; 1: different, with what differs.

    \b
    Examples:
      bedside ask --format json --output answer.json "Is B12 of 300 pmol/L low?"
      bedside replay answer.json
      bedside replay q3m1Zx0V5mJm4b7m2yX9kQfT8sWc6LdR/1
    """
    thread = _THREAD.fullmatch(what)
    if thread is not None and not Path(what).exists():
        return _replay_thread(thread["token"], None if thread["turn"] is None else int(thread["turn"]), as_json=as_json)
    return _replay_file(Path(what), as_json=as_json)


def _replay_file(file: Path, *, as_json: bool) -> int:
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


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of answering a turn again: both run fingerprints, and what differs."""

    number: int
    saved: str
    now: str
    differences: tuple[str, ...]


def _replay_thread(token: str, only: int | None, *, as_json: bool) -> int:
    from bedside.desk import open as open_desk

    settings = Settings.load(os.environ)
    thread = _thread(token, settings)
    if only is not None and only >= len(thread.turns):
        raise UsageError(f"There is no turn {only}.", f"The last turn of this thread is {len(thread.turns) - 1}.")
    chosen = thread.turns if only is None else thread.turns[only : only + 1]
    desk = open_desk(settings)
    replayed = [_replayed(turn, [each.told for each in thread.turns[: turn.number + 1]], desk) for turn in chosen]
    if as_json:
        write_json({"same": not any(each.differences for each in replayed), "turns": list(map(_as_json, replayed))})
    else:
        write("\n".join(line for each in replayed for line in _as_lines(each)))
    return 1 if any(each.differences for each in replayed) else 0


def _thread(token: str, settings: Settings) -> Thread:
    from bedside.stores.thread_store import open_threads, threads_exist

    if not threads_exist(settings):
        raise ThreadNotFound
    with closing(open_threads(settings)) as threads:
        return threads.read(token, now())


def _replayed(turn: Turn, told: Sequence[Told], desk: Desk) -> Replayed:
    """A turn answered again, in the light of those before it."""
    saved = json.loads(turn.answer)
    if not _looks_like_an_answer(saved):
        return Replayed(turn.number, turn.run, "", (f"what is stored is not an answer of the schema {SCHEMA}",))
    try:
        fresh = asked_again(saved, told, desk)
    except BedsideError as error:
        return Replayed(turn.number, turn.run, "", (f"cannot be asked again: {error.what}",))
    found = list(differences(saved, fresh))
    if turn.run != saved["fingerprints"]["run"]:
        found.append("the run fingerprint kept beside the answer is another than its own")
    return Replayed(turn.number, turn.run, fresh["fingerprints"]["run"], tuple(found))


def _as_json(replayed: Replayed) -> dict[str, Any]:
    return {
        "turn": replayed.number,
        "same": not replayed.differences,
        "run": {"saved": replayed.saved, "now": replayed.now or None},
        "differences": list(replayed.differences),
    }


def _as_lines(replayed: Replayed) -> Iterable[str]:
    if not replayed.differences:
        yield f"Turn {replayed.number}: the same: run {replayed.saved[:12]}."
        return
    yield f"Turn {replayed.number}: different:"
    yield from (f"  {line}" for line in replayed.differences)


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
    from bedside.facts.case import Told

    limit = str(saved["settings"].get("input_limit"))
    settings = Settings.load(os.environ)
    if re.fullmatch(r"[1-9]\d{0,6}", limit):
        settings = replace(settings, input_limit=int(limit))
    return asked_again(saved, (Told(saved["question"]["text"]),), open_desk(settings))


def asked_again(saved: Mapping[str, Any], told: Sequence[Told], desk: Desk) -> dict[str, Any]:
    """The answer to *told* now, as plain values, for the reader, region and day of the saved one."""
    from bedside.rendering.json import document

    asked = saved["question"]
    answer = desk.follow_up(told, reader=asked["reader"], region=asked["region"], as_of=saved["as_of"])
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
