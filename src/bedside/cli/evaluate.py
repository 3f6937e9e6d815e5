"""``bedside evaluate``: how well the checker does, measured and printed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedside.cli.evaluate_answers import answers
from bedside.cli.evaluate_proof import readability
from bedside.cli.evaluate_reading import reading
from bedside.cli.output import note, write, write_json
from bedside.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedside.desk import Desk
    from bedside.evaluation.exam import Report
    from bedside.evaluation.material import TrueSentence
    from bedside.evaluation.public_sets import SetScore

_EVERY = 1000  # items between two signs of life


@click.group()
def evaluate() -> None:
    """Measure bedside against examinations and public sets.

    \b
    Examples:
      bedside evaluate claims
      bedside evaluate claims --data ../shared/data --json
      bedside evaluate claims --data ../shared/data --only sets
      bedside evaluate answers --failures
      bedside evaluate coverage
    """


evaluate.add_command(answers)
evaluate.add_command(readability)
evaluate.add_command(reading)


@evaluate.command()
@click.option("--output", type=click.Path(path_type=Path), help="Write the page to a file.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def coverage(output: Path | None, as_json: bool) -> int:
    """What the content that ships covers: topics, counts, dates, limits, and what is planned and not there.

    \b
    Example:
      bedside evaluate coverage --output docs/coverage.md
    """
    from dataclasses import asdict

    from bedside.evaluation.coverage import coverage as covered
    from bedside.evaluation.coverage import not_there, page
    from bedside.evaluation.planned import planned
    from bedside.ingest.compile import CONTENT
    from bedside.ingest.compiled import CompiledContent

    content, plan = CompiledContent.open(), planned()
    if as_json:
        missing = [asdict(each) for each in not_there(content, plan)]
        topics = [asdict(each) for each in covered(content, CONTENT, plan)]
        write_json({"schema": "bedside.coverage/1", "release": content.release, "topics": topics, "missing": missing})
    else:
        write(page(content, CONTENT, plan), output)
    return 0


@evaluate.command()
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of the collections."
)
@click.option("--abstracts", type=click.IntRange(min=100), default=8000, show_default=True, help="How many are drawn.")
@click.option("--per-kind", type=click.IntRange(min=10), default=150, show_default=True, help="Items of each kind.")
@click.option("--seed", type=int, default=20, show_default=True, help="Another seed draws other sentences.")
@click.option("--only", type=click.Choice(["exam", "sets"]), help="The exam alone, or the public sets of --data alone.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def claims(data: Path | None, abstracts: int, per_kind: int, seed: int, only: str | None, as_json: bool) -> int:
    """Put the exam to the checker: true sentences, honest rewordings, and sentences spoiled in every known way.

    Without --data it is made from the shipped statements only; with it, also from PubMed abstracts of the collections
    pubmed_abstracts and scifact there. The same seed gives the same exam. With --data the checks and the learned aid
    are scored on the public claim sets there as well (scifact, healthver, check_covid, nli4ct), beside word overlap.
    """
    from bedside import desk

    if only == "sets" and data is None:
        raise click.UsageError("--only sets needs --data, the folder that holds them.")
    opened = desk.open(Settings.load(os.environ), note)
    report = None if only == "sets" else _exam(opened, data, abstracts, per_kind, seed)
    scores = _sets(opened, data) if data is not None and only != "exam" else ()
    _say(report, scores, as_json=as_json)
    return 0


def _exam(opened: Desk, data: Path | None, abstracts: int, per_kind: int, seed: int) -> Report:
    """The exam made and put to the checker."""
    from bedside.evaluation.checker import stands_by
    from bedside.evaluation.exam import run
    from bedside.evaluation.exam_items import items
    from bedside.evaluation.material import plain_wordings, statement_sentences

    true: tuple[TrueSentence, ...] = statement_sentences(opened.content)
    if data is not None:
        from bedside.evaluation.abstracts import read_abstracts
        from bedside.evaluation.material import abstract_sentences

        true += abstract_sentences(read_abstracts(data, seed, abstracts))
    note(f"{len(true):,} true sentences; making the exam")
    exam = items(true, plain_wordings(opened.content), seed=seed, per_kind=per_kind)
    return run(exam, stands_by(opened.checks), _progress)


def _sets(opened: Desk, data: Path) -> tuple[SetScore, ...]:
    """The public sets of a folder, scored."""
    from bedside.evaluation.public_sets import score_sets

    note("the public claim sets: a minute or two")
    return score_sets(data, opened.checks, _progress)


def _progress(done: int, whole: int) -> None:
    if done % _EVERY == 0 or done == whole:
        note(f"{done:,} of {whole:,}")


def _say(report: Report | None, scores: Sequence[SetScore], *, as_json: bool) -> None:
    if as_json:
        exam = report.as_json() if report else {}
        sets = {"public_sets": [each.as_json() for each in scores]} if scores else {}
        write_json({"schema": "bedside.exam/1", **exam, **sets})
        return
    for line in report.table() if report else ():
        write(line)
    for each in scores:
        write("")
        for line in each.table():
            write(line)
