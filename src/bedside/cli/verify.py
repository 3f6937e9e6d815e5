"""``bedside verify``: check a bundle that was made on another machine."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bedside import __version__
from bedside.cli.output import write, write_json
from bedside.cli.replay import differences
from bedside.errors import BedsideError, InputRefused, UsageError
from bedside.settings import Settings

if TYPE_CHECKING:
    from bedside.desk import Desk
    from bedside.rendering.bundle_check import Found, Held
    from bedside.rendering.bundle_reading import Bundle

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What came of asking again: the run fingerprint now, or why it was not asked, and what differs."""

    run: str = ""
    why_not: str = ""
    found: tuple[Found, ...] = ()


@click.command()
@click.argument("file", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def verify(file: Path, as_json: bool) -> int:
    """Check BUNDLE, a file that holds an answer with everything it rests on. Exit status 0: verified; 1: something does
    not fit; 3: not a bundle.

    \b
    What is checked: the seal; each quoted passage against its hash; each sentence against its statement or passage, by
    the checker of this program; and, where the same release and version are installed, the answer by asking again.
    The seal shows that nothing was changed since it was made. It does not show who made it.

    \b
    Example:
      bedside verify bedside-bundle.json
    """
    from bedside.desk import open as open_desk
    from bedside.rendering.bundle_check import hold
    from bedside.rendering.bundle_reading import NotABundle, read_bundle

    data = _bytes(file)
    try:
        bundle = read_bundle(data)
    except NotABundle as error:
        raise InputRefused(
            f"{file}: not a bundle of bedside ({error}).", "Save one from the page of an answer: Bundle."
        ) from None
    desk = open_desk(Settings.load(os.environ))
    held = hold(data, bundle, desk.checks, desk.library.passage)
    again = recomputed(bundle, desk)
    found = (*held.found, *again.found)
    if as_json:
        write_json(_as_json(bundle, held, again))
    else:
        write(_as_text(bundle, held, again))
    return 1 if found else 0


def recomputed(bundle: Bundle, desk: Desk) -> Recomputed:
    """The same turns asked again, where the same release and version of bedside are here to ask."""
    from bedside.rendering.bundle import content
    from bedside.rendering.bundle_check import Check, Found

    saved = bundle.answer
    for name, there, here in (
        ("version", saved.get("code_version"), __version__),
        ("release", saved.get("release"), desk.library.release),
    ):
        if there != here:
            return Recomputed(why_not=f"it was made by {name} {there}, here is {here}")
    if saved.get("settings") != desk.settings.of_answer():
        return Recomputed(why_not="it was made with other settings than those here")
    question = saved["question"]
    try:
        answer = desk.follow_up(
            bundle.told, reader=question["reader"], region=str(question.get("region")), as_of=str(saved.get("as_of"))
        )
    except BedsideError as error:
        return Recomputed(found=(Found(Check.ANSWER, "", f"its question cannot be asked: {error.what}"),))
    fresh: dict[str, Any] = json.loads(json.dumps(content(answer)))
    lines = [*_answer_differs(saved, fresh["answer"]), *_rest_differs(bundle.values, fresh)]
    return Recomputed(answer.fingerprints.run, found=tuple(Found(Check.ANSWER, "", line) for line in lines))


def _answer_differs(saved: Mapping[str, Any], fresh: Mapping[str, Any]) -> list[str]:
    if saved == fresh:
        return []
    try:
        return [f"asked again, {line}" for line in differences(saved, fresh)]
    except (KeyError, TypeError, AttributeError, ValueError):  # parts of it have another shape than an answer has
        return ["asked again, the answer is another one"]


def _rest_differs(values: Mapping[str, Any], fresh: Mapping[str, Any]) -> list[str]:
    parts = ("turns", "statements", "passages", "sources", "labels", "verdicts")
    return [f"asked again, its {part} are others" for part in parts if values.get(part) != fresh[part]]


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}.", "Check the name of the file.") from None
    if len(data) > MAX_BYTES:
        raise InputRefused(f"{path}: larger than a bundle is ({MAX_BYTES:,} bytes).", "Check the name of the file.")
    return data


def _as_text(bundle: Bundle, held: Held, again: Recomputed) -> str:
    found = (*held.found, *again.found)
    prints = bundle.answer.get("fingerprints")
    run = str(prints.get("run", ""))[:12] if isinstance(prints, dict) else ""
    lines = [
        "Does not fit:" if found else "Verified.",
        *(f"  {each.check.value}{f' {each.where}' if each.where else ''}: {each.what}" for each in found),
        f"Passages that fit their hash: {held.passages}. Claims that stand as stored: {held.claims}.",
    ]
    if held.not_compared:
        lines.append(f"Not compared, for their text may not be handed on: {', '.join(held.not_compared)}.")
    if again.why_not:
        lines.append(f"Not asked again: {again.why_not}.")
    elif not again.found:
        lines.append(f"Asked again: the same, run {run}.")
    return "\n".join(lines)


def _as_json(bundle: Bundle, held: Held, again: Recomputed) -> dict[str, Any]:
    found = (*held.found, *again.found)
    prints = bundle.answer.get("fingerprints")
    return {
        "verified": not found,
        "found": [{"check": each.check.value, "where": each.where, "what": each.what} for each in found],
        "passages": held.passages,
        "claims": held.claims,
        "not_compared": list(held.not_compared),
        "asked_again": not again.why_not,
        "why_not": again.why_not or None,
        "run": {"bundle": prints.get("run") if isinstance(prints, dict) else None, "now": again.run or None},
    }
