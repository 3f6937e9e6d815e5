"""``bedside check``: a sentence held against a passage, or our own statements against loaded originals."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.output import note, write, write_json, write_table
from bedside.errors import UsageError
from bedside.settings import Settings

if TYPE_CHECKING:
    from bedside.desk import Desk
    from bedside.verification.judging import Overall
    from bedside.verification.originals import Held


@click.command()
@click.argument("sentence", required=False)
@click.option(
    "--against", multiple=True, metavar="PASSAGE", help="A file, or the id of a passage or statement; may be repeated."
)
@click.option("--content", is_flag=True, help="Hold our own statements against the originals that were loaded.")
@click.option("--source", metavar="KEY", default="", help="With --content: only what cites this source.")
@click.option("--keep", is_flag=True, help='With --content: keep what was found, so that answers say "checked".')
@click.option("--explain", is_flag=True, help="Every finding, with the words and numbers that decided it.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def check(
    sentence: str | None,
    against: tuple[str, ...],
    content: bool,
    source: str,
    keep: bool,
    explain: bool,
    as_json: bool,
) -> int:
    """Say whether a sentence may stand on a passage, and why.

    The verdict is one of supported, qualified, overstated, unsupported, wrong-figure, contradicted. The exit status is
    0 where the sentence stands and 1 where it does not.

    \b
    Examples:
      bedside check "Offer 2 mg daily." --against guideline.txt
      bedside check "A B12 of 268 ng/L proves deficiency." --against vitamin-b12/b12-indeterminate --explain
      bedside check --content
      bedside check --content --source afp-2017 --json
      bedside check --content --keep
    """
    if content:
        if sentence or against:
            raise UsageError("--content takes no sentence.", "Leave out the sentence and --against.")
        if keep and source:
            raise UsageError("--keep keeps what all sources say.", "Leave out --source.")
        return _content(source, keep=keep, as_json=as_json)
    if source:
        raise UsageError("--source goes with --content.", "Name the passage with --against.")
    if keep:
        raise UsageError("--keep goes with --content.", "For example: bedside check --content --keep")
    if not sentence or not sentence.strip():
        raise UsageError("There is no sentence to check.", 'For example: bedside check "..." --against FILE')
    if not against:
        raise UsageError("There is nothing to check the sentence against.", "Add --against FILE or a passage's id.")
    from bedside import desk
    from bedside.verification.judging import judge_all
    from bedside.verification.verdict import SHOWN

    opened = desk.open(Settings.load(os.environ), note)
    passages = [pair for name in against for pair in _passages(name, opened)]
    overall = judge_all(sentence, passages, opened.checks)
    if as_json:
        write_json(_as_json(sentence, overall))
    else:
        _say(sentence, overall, dict(passages), explain=explain)
    return 0 if overall.verdict in SHOWN else 1


def _passages(name: str, desk: Desk) -> list[tuple[str, str]]:
    """The passages a name stands for: a file's, or the one of that id. Raises UsageError when there is none."""
    if Path(name).exists() or name == "-":
        from bedside.ingest.article_file import read_article

        document = read_article(Path(name))
        blocks = enumerate(document.blocks, 1)
        return [(f"{document.name}:{number}", block.span.of(document.text)) for number, block in blocks]
    statement = desk.library.statement(name)
    if statement is not None:
        return [(name, statement.clinical)]
    passage = desk.library.passage(name)
    if passage is not None:
        return [(name, passage.text)]
    raise UsageError(
        f"{name}: there is no such file, passage or statement.",
        "Ids are shown by: bedside library show SOURCE, and bedside library search.",
    )


def _say(sentence: str, overall: Overall, texts: dict[str, str], *, explain: bool) -> None:
    write(f"{overall.verdict.value}: {overall.reason}")
    if overall.against:
        write(f"against {overall.against}")
    if not explain:
        return
    there = texts.get(overall.against, "")
    for finding in overall.judgement.findings:
        write(f"- {finding.check} ({finding.verdict.value}): {finding.message}")
        if finding.here.end > finding.here.start:
            write(f"    the sentence: {finding.here.of(sentence)!r} at {finding.here.start}")
        if finding.there.end > finding.there.start:
            write(f"    the passage:  {finding.there.of(there)!r} at {finding.there.start}")
    write(f"{overall.judgement.coverage:.0%} of its content stands in one place of the passage.")


def _as_json(sentence: str, overall: Overall) -> dict[str, Any]:
    return {
        "schema": "bedside.check/1",
        "sentence": sentence,
        "verdict": overall.verdict.value,
        "reason": overall.reason,
        "against": overall.against,
        "coverage": round(overall.judgement.coverage, 4),
        "findings": [
            {
                "check": finding.check,
                "verdict": finding.verdict.value,
                "message": finding.message,
                "here": [finding.here.start, finding.here.end],
                "there": [finding.there.start, finding.there.end],
            }
            for finding in overall.judgement.findings
        ],
    }


def _content(source: str, *, keep: bool, as_json: bool) -> int:
    from bedside import desk
    from bedside.verification.originals import Standing

    opened = desk.open(Settings.load(os.environ), note)
    held = opened.hold_content(source)
    if keep:
        _keep(opened, held)
    wrong = [each for each in held if each.standing is Standing.OTHERWISE]
    if as_json:
        rows = [
            {
                "statement": each.statement,
                "source": each.source,
                "standing": each.standing.name.lower().replace("_", "-"),
                "passage": each.passage,
                "locator": each.locator,
                "reason": each.reason,
            }
            for each in held
        ]
        write_json({"schema": "bedside.check-content/1", "statements": rows})
        return 1 if wrong else 0
    for standing in Standing:
        some = [each for each in held if each.standing is standing]
        write(f"{len(some)} {standing.value}")
        if standing is not Standing.NOT_LOADED:
            write_table([("  " + each.statement, each.source, each.passage or "-", each.reason) for each in some])
    return 1 if wrong else 0


def _keep(desk: Desk, held: Sequence[Held]) -> None:
    """Keep where originals bear statements out, and say how many statements may now say so."""
    from bedside.evidence.statement import Basis
    from bedside.stores.originals import keep_places
    from bedside.verification.upheld import places_of

    if desk.stored is None:
        raise UsageError("There is no library yet.", "Load originals first: bedside library add FILE.")
    keep_places(desk.stored.place.folder, places_of(held))
    upheld = sum(s.basis is Basis.VERBATIM for s in desk.library.statements())
    who = "1 statement says" if upheld == 1 else f"{upheld:,} statements say"
    note(f'Kept. {who} "checked against the source text" from now on.')
