"""``bedside evaluate answers``: how good the answers are, by questions of somebody who has not read the rules."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedside.cli.output import note, write, write_json, write_table
from bedside.errors import UsageError
from bedside.settings import Settings, nearest

if TYPE_CHECKING:
    from bedside.answer import Answer
    from bedside.desk import Desk
    from bedside.evaluation.answers import Asks
    from bedside.evaluation.answers_questions import Item
    from bedside.evaluation.answers_report import Report


@click.command()
@click.option("--topic", "topics", multiple=True, help="Only this topic; may be repeated.")
@click.option("--failures", is_flag=True, help="Add each question that fails, with the sentence that is missing.")
@click.option(
    "--questions", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Sets of another folder."
)
@click.option("--variants", is_flag=True, help="The same questions put otherwise: how many come out the same.")
@click.option("--contradictions", is_flag=True, help="Pairs of answers to equal facts that contradict each other.")
@click.option("--outside", is_flag=True, help="Questions of public sets that no topic covers; needs --data.")
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of the sets.")
@click.option("--count", type=click.IntRange(min=1), help="With --outside: so many questions and not 50.")
@click.option("--record", type=click.Path(path_type=Path, file_okay=False), help="Write what came out to this folder.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def answers(
    topics: tuple[str, ...],
    failures: bool,
    questions: Path | None,
    variants: bool,
    contradictions: bool,
    outside: bool,
    data: Path | None,
    count: int | None,
    record: Path | None,
    as_json: bool,
) -> int:
    """Put the question sets to bedside and look for each demand in its answers.

    Topics without content are counted apart as not built. Exit status 0: measured; the figures say how well. With
    --variants, --contradictions or --outside: 1 when a variant does not hold, two answers contradict each other, or a
    question outside is answered as if a topic covered it.

    \b
    Examples:
      bedside evaluate answers --failures
      bedside evaluate answers --topic iron-deficiency --json
      bedside evaluate answers --variants
      bedside evaluate answers --outside --data ../shared/data
    """
    from bedside import desk

    if variants + contradictions + outside > 1:
        raise click.UsageError("--variants, --contradictions and --outside are asked for one at a time.")
    if outside is (data is None) or (count is not None and not outside):
        raise click.UsageError("--outside needs --data, the folder of the sets; --data and --count need --outside.")
    opened = desk.open(Settings.load(os.environ), note)
    if outside and data is not None:
        from bedside.cli.evaluate_proof import say_outside
        from bedside.evaluation.answers_outside import WANTED

        return say_outside(opened, data, count or WANTED, as_json=as_json)
    if variants or contradictions:
        from bedside.cli.evaluate_proof import say_contradictions, say_variants

        say = say_variants if variants else say_contradictions
        return say(_built(opened, topics, questions), asker(opened), opened, as_json=as_json)
    return _measure(opened, topics, questions, record, failures=failures, as_json=as_json)


def _measure(
    opened: Desk, topics: tuple[str, ...], questions: Path | None, record: Path | None, *, failures: bool, as_json: bool
) -> int:
    from bedside.evaluation.answers_report import failures as failing

    report = judged(opened, topics, questions)
    if record is not None:
        _record(report, record)
    if as_json:
        write_json(report.as_json())
        return 0
    _say(report)
    for line in failing(report.every(), opened.library.statements()) if failures else ():
        write(line)
    return 0


def _built(opened: Desk, topics: tuple[str, ...], folder: Path | None) -> list[Item]:
    """The questions of the topics that have content."""
    there = {entry.id for entry in opened.content.topics()}
    return [item for topic, items in chosen(topics, folder).items() if topic in there for item in items]


def asker(opened: Desk) -> Asks:
    """What answers a question for its reader and region."""

    def ask(item: Item) -> Answer:
        return opened.ask(item.ask, reader=item.voice.reader, region=item.region)

    return ask


def judged(opened: Desk, topics: tuple[str, ...], folder: Path | None) -> Report:
    """The sets asked and held against their demands; those of topics without content apart."""
    from bedside.evaluation.answers import judge_all
    from bedside.evaluation.answers_report import Report

    there = {entry.id for entry in opened.content.topics()}
    every = {topic: judge_all(items, asker(opened)) for topic, items in chosen(topics, folder).items()}
    built = {topic: each for topic, each in every.items() if topic in there}
    return Report(built, {topic: each for topic, each in every.items() if topic not in there})


def chosen(topics: tuple[str, ...], folder: Path | None = None) -> dict[str, tuple[Item, ...]]:
    """The question sets of those topics, or all. Raises UsageError for a topic that has none."""
    from bedside.evaluation.answers_questions import QUESTIONS, question_sets

    sets = question_sets(folder or QUESTIONS)
    for topic in topics:
        if topic not in sets:
            raise UsageError(f"There are no questions on {topic!r}.", nearest(topic, tuple(sets)))
    return {topic: items for topic, items in sets.items() if not topics or topic in topics}


def _record(report: Report, folder: Path) -> None:
    from bedside.evaluation.answers_record import record

    for topic, items in report.built.items():
        note(f"recorded: {record(items, topic, folder)}")


def _say(report: Report) -> None:
    from bedside.evaluation.answers_record import changed, records
    from bedside.evaluation.answers_report import TARGETS

    write_table(report.table())
    write("")
    write("Aimed at: " + ", ".join(f"{name} {target}" for name, target in TARGETS.items()) + ".")
    for line in report.apart():
        write(line)
    kept = records()
    fresh = [each.item.id for each in report.every() if each.item.id not in kept]
    if fresh:
        write(f"Not recorded: {', '.join(fresh)}")
    for line in changed([each for each in report.every() if each.item.id in kept], kept):
        write(f"Otherwise than recorded: {line}")
