"""``bedside follow-up``: one more turn of a thread; what it changed, which fact changed it, and the answer."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.ask import read_question, rendered
from bedside.cli.choice import REGION, NearestChoice
from bedside.cli.output import note, write
from bedside.errors import UsageError
from bedside.settings import FORMATS, READERS, Settings

if TYPE_CHECKING:
    from bedside.answer import Answer
    from bedside.comparison import Changes
    from bedside.desk import Desk
    from bedside.facts.case import Edit, Step
    from bedside.thread import ThreadStore

SCHEMA = "bedside.follow-up/1"


@click.command("follow-up")
@click.argument("thread")
@click.argument("words", nargs=-1)
@click.option("--set", "edits", multiple=True, metavar="NAME=VALUE", help="Set a fact; unknown removes it.")
@click.option("--for", "reader", type=NearestChoice(READERS), help="Who reads the answer. Default: as before.")
@click.option("--region", type=REGION, help="Whose practice is shown. Default: as before.")
@click.option("--format", "style", type=NearestChoice(FORMATS), help="How the answer is written. Default: terminal.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--explain", is_flag=True, help="Add facts, rules and verdicts: how the answer came about.")
@click.option("--full", is_flag=True, help="Show the folded points too.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the answer to a file.")
def follow_up(
    thread: str,
    words: tuple[str, ...],
    edits: tuple[str, ...],
    reader: str | None,
    region: str | None,
    style: str | None,
    as_json: bool,
    explain: bool,
    full: bool,
    output: Path | None,
) -> None:
    """Go on with THREAD: tell more, correct, suppose, or ask about somebody else.

    THREAD is what `bedside ask --keep` printed. What changed stands first, with the fact that changed it.

    \b
    Examples:
      bedside follow-up THREAD "MMA came back 180 nmol/L, eGFR 92"
      bedside follow-up THREAD "and if I were pregnant?"
      bedside follow-up THREAD --set "total_b12=286 pg/mL"
    """
    from bedside.desk import open as open_desk
    from bedside.facts.case import Told
    from bedside.stores.thread_store import open_threads

    settings = Settings.load(os.environ)
    by_hand = tuple(map(edit, edits))
    text = read_question(words, None, settings.input_limit) if words or not by_hand else ""
    desk = open_desk(settings)
    threads = open_threads(settings)
    try:
        answer, changes = continued(desk, threads, thread, Told(text, by_hand), reader or "", region or "")
    finally:
        threads.close()
    style = "json" if as_json else style or settings.format
    if style == "json":
        write(json.dumps(document(answer, changes), ensure_ascii=False, indent=2, sort_keys=True), output)
        return
    lines = tuple(changed_lines(answer, changes, desk))
    shown = rendered(answer, desk, style, full=full, explained=explain, to_file=output is not None)
    if style == "html":  # a page of its own: what changed is said beside it
        note("\n".join(lines))
        write(shown, output)
        return
    heading = "## What changed" if style == "markdown" else "What changed"
    write("\n".join((heading, "", *lines, "", shown)), output)


def edit(written: str) -> Edit:
    """NAME=VALUE as an edit; raises UsageError where there is no "=" with something on either side."""
    from bedside.facts.case import Edit

    name, sign, value = (part.strip() for part in written.partition("="))
    if not (name and sign and value):
        raise UsageError(f"{written!r} sets no fact.", 'Write it as NAME=VALUE: --set "total_b12=286 pg/mL".')
    return Edit(name, value)


def begun(desk: Desk, threads: ThreadStore, answer: Answer, text: str) -> str:
    """Keep an answer as the first turn of a new thread; gives its token."""
    from bedside.clock import in_days, now
    from bedside.facts.case import Told
    from bedside.servers.keeping import turn_of

    at = now()
    return threads.create(at, in_days(desk.settings.thread_days), turn_of(answer, 0, Told(text), at)).token


def continued(
    desk: Desk, threads: ThreadStore, token: str, told: Any, reader: str = "", region: str = ""
) -> tuple[Answer, Changes | None]:
    """The answer to one more turn of a thread, kept, and what it changed.

    Reader and region are those of the turn before unless given. Raises ThreadNotFound, ThreadMoved, and what
    :meth:`bedside.desk.Desk.follow_up` raises; then nothing is kept.
    """
    from bedside.clock import now
    from bedside.servers.keeping import told_in, turn_of

    at = now()
    thread = threads.read(token, at)
    last = thread.turns[-1]
    turns = (*told_in(thread), told)
    who, where = reader or last.reader, region or last.region
    answer = desk.follow_up(turns, reader=who, region=where)
    changes = desk.changes(turns, reader=who, region=where)
    threads.add(token, turn_of(answer, len(thread.turns), told, at), at)
    return answer, changes


def changed_lines(answer: Answer, changes: Changes | None, desk: Desk) -> Iterable[str]:
    """What changed and why, and what the turn told, one line each."""
    from bedside.article.naming import Names
    from bedside.following import step_text

    if changes is None:
        yield "- This is about another person: a new case, without the facts of the turns before."
        return
    names = Names(desk.vocabulary, desk.parts.frames)
    plain = answer.question.reader.plain

    def said(step: Step) -> str:
        return step_text(step, names, plain=plain)

    for line in changes.lines:
        because = "; ".join(said(step) for step in line.because)
        yield f"- {line.what}" + (f" [because of {because}]" if because else "")
    if not changes.lines:
        yield "- Nothing in the answer."
    told = [said(step) for step in changes.told if not desk.vocabulary.lexicon.internal(step.concept)]
    yield "- Read in this turn: " + ("; ".join(told) if told else "no new fact") + "."


def document(answer: Answer, changes: Changes | None) -> dict[str, Any]:
    """The answer's own document beside what changed; ``changes`` is null for another person's case."""
    from bedside.rendering.json import document as answer_document

    return {
        "schema": SCHEMA,
        "changes": None if changes is None else [_line(line.what, line.because) for line in changes.lines],
        "told": [] if changes is None else [_step(step) for step in changes.told],
        "answer": answer_document(answer),
    }


def _line(what: str, because: Iterable[Step]) -> dict[str, Any]:
    return {"what": what, "because": [_step(step) for step in because]}


def _step(step: Step) -> dict[str, Any]:
    from bedside.rendering.explain import fact_line

    return {
        "turn": step.turn,
        "kind": step.kind.value,
        "concept": step.concept,
        "before": fact_line(step.before) if step.before else None,
        "after": fact_line(step.after) if step.after else None,
    }
