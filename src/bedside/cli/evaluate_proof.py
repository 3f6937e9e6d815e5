"""``bedside evaluate answers`` with --variants, --contradictions and --outside; ``bedside evaluate readability``."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedside.cli.output import note, write, write_json, write_table
from bedside.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bedside.answer import Answer
    from bedside.desk import Desk
    from bedside.evaluation.answers import Asks
    from bedside.evaluation.answers_outside import Drawn, Faced
    from bedside.evaluation.answers_questions import Item
    from bedside.evaluation.plain_readability import Reading, Wording


def say_variants(items: Sequence[Item], ask: Asks, desk: Desk, *, as_json: bool) -> int:
    """Print how many variants of the questions hold, by kind, and every one that does not; 1 when one does not."""
    from bedside.evaluation.answers_variants import by_kind, hold, variants

    held = hold(variants(items, desk.vocabulary), ask)
    failing = [each for each in held if not each.holds]
    if as_json:
        rows = [
            {
                "id": each.variant.of.id,
                "kind": each.variant.kind,
                "change": each.variant.change,
                "ask": each.variant.item.ask,
                "differs": list(each.differences()),
            }
            for each in failing
        ]
        counts = {kind: {"hold": hold_, "of": of} for kind, (hold_, of) in by_kind(held).items()}
        flags = sum(not each.flags_hold for each in held)
        write_json({"schema": "bedside.variants/1", "kinds": counts, "red_flags_differ": flags, "do_not_hold": rows})
        return int(bool(failing))
    write_table([("kind", "hold"), *((kind, f"{right}/{of}") for kind, (right, of) in by_kind(held).items())])
    write(f"Red flags differ in {sum(not each.flags_hold for each in held)} of them.")
    for each in failing:
        write("")
        write(f"{each.variant.of.id}, {each.variant.kind} ({each.variant.change}): {each.variant.item.ask}")
        for line in each.differences():
            write(f"  {line}")
    return int(bool(failing))


def say_contradictions(items: Sequence[Item], ask: Asks, desk: Desk, *, as_json: bool) -> int:
    """Print the pairs of answers to equal facts that contradict each other; 1 when there is one."""
    from bedside.evaluation.answers_contradictions import asked_otherwise, compare
    from bedside.evaluation.answers_variants import variants

    more = [each.item for each in variants(items, desk.vocabulary)]
    compared = compare([*items, *more, *asked_otherwise(items)], ask, desk.vocabulary)
    if as_json:
        found = [
            {"how": each.how, "what": each.what, "one": each.one.ask, "other": each.other.ask}
            for each in compared.found
        ]
        counts = {"answers": compared.answers, "pairs": compared.pairs}
        write_json({"schema": "bedside.contradictions/1", **counts, "contradictions": found})
    else:
        write(f"{compared.answers:,} answers, {compared.pairs:,} pairs with equal facts and region")
        write(f"{len(compared.found)} contradictions")
        for each in compared.found:
            write("")
            write(f"{each.how}: {each.what}")
            write(f"  {each.one.id}: {each.one.ask}")
            write(f"  {each.other.id}: {each.other.ask}")
    return int(bool(compared.found))


def say_outside(desk: Desk, data: Path, count: int, *, as_json: bool) -> int:
    """Ask questions of public sets that no topic covers; 1 when an answer shows a topic as if it did, or no grade."""
    from bedside.evaluation.answers_outside import choice, draw, face

    faced = face(draw(data, choice(), count), _outside_asker(desk))
    wrong = [each for each in faced if not each.right]
    loaded = desk.stored.figures.get("units", 0) if desk.stored is not None else 0
    if as_json:
        rows = [_faced_json(each) for each in faced]
        write_json({"schema": "bedside.outside/1", "loaded_passages": loaded, "questions": rows})
        return int(bool(wrong))
    counted = Counter(each.how for each in faced)
    write(f"{len(faced)} questions of public sets outside coverage; {loaded:,} passages of literature loaded")
    write_table([(how, str(number)) for how, number in sorted(counted.items())])
    write(f"{len(wrong)} show a topic as if it covered them, or a quotation without its grade")
    for each in wrong:
        write(f"  {each.drawn.name}: {_first(each.invented)}{_first(each.ungraded)}")
    for each in faced:
        if each.how == "emergency":
            write(f"  {each.drawn.name}: emergency words")
        if each.found:
            write(f"  {each.drawn.name}: statements of ours among the literature: {_first(each.found)}")
    return int(bool(wrong))


def _outside_asker(desk: Desk) -> Callable[[Drawn], Answer]:
    """What answers a drawn question; one longer than a question may be is cut."""

    def ask(drawn: Drawn) -> Answer:
        return desk.ask(drawn.ask[: desk.settings.input_limit], reader=drawn.reader, region="GB")

    return ask


def _faced_json(each: Faced) -> dict[str, object]:
    return {
        "question": each.drawn.name,
        "came": each.how,
        "invented": list(each.invented),
        "found": list(each.found),
        "ungraded": list(each.ungraded),
    }


def _first(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")  # noqa: PLR2004


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of the collections: rare words, and what to compare with.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def readability(data: Path | None, as_json: bool) -> int:
    """How hard the plain wordings are to read, by topic, and the ten hardest.

    With --data rare words are counted too: those that are not among the 5,000 most frequent words of lay texts there.
    """
    from bedside import desk
    from bedside.evaluation.plain_readability import by_topic, hardest, reading, wordings

    every = tuple(wordings(desk.open(Settings.load(os.environ), note).content))
    common, others = _compared(data)
    topics = {name: reading([w.text for w in members], common) for name, members in by_topic(every).items()}
    topics["all"] = reading([each.text for each in every], common)
    topics |= {name: reading(texts, common) for name, texts in others.items()}
    ten = hardest(every)
    if as_json:
        rows = [{"id": each.id, "grade": grade, "text": each.text} for each, grade in ten]
        shown = {name: asdict(each) for name, each in topics.items()}
        write_json({"schema": "bedside.readability/1", "topics": shown, "hardest": rows})
        return 0
    write_table([_HEAD, *(_cells(name, each) for name, each in topics.items())])
    write("")
    write("The hardest, by Flesch-Kincaid grade:")
    write_table([(f"{grade:.1f}", each.id, each.text) for each, grade in ten])
    if data is not None and common is not None:
        _say_more(every, data, common)
    return 0


_HEAD = ("", "wordings", "words/sentence", "longest", "over 25", "FK median", "FK", "SMOG", "CLI", "long words", "rare")


def _cells(name: str, each: Reading) -> tuple[str, ...]:
    rare = "" if each.rare is None else f"{each.rare:.1%}"
    grades = (each.grade_median, each.grade, each.smog, each.coleman_liau)
    counts = (str(each.wordings), f"{each.sentence_length:.1f}", str(each.longest), str(each.over_long))
    return (name, *counts, *(f"{grade:.1f}" for grade in grades), f"{each.long_words:.1%}", rare)


def _compared(data: Path | None) -> tuple[frozenset[str] | None, dict[str, list[str]]]:
    if data is None:
        return None, {}
    from bedside.evaluation.lay_words import common_words, plain_summaries

    return common_words(data), {"(Cochrane plain summaries)": plain_summaries(data)}


def _say_more(every: Sequence[Wording], data: Path, common: frozenset[str]) -> None:
    """The rare words that come most often, and how well the grade agrees with people."""
    from bedside.evaluation.lay_words import rated_sentences
    from bedside.evaluation.plain_readability import agreement, rare_words

    words = rare_words([each.text for each in every], common)[:30]
    write("")
    write("Rare words that come most often: " + ", ".join(f"{word} {count}" for word, count in words))
    rated = rated_sentences(data)
    write(
        f"Rank correlation with how hard people found {len(rated):,} sentences (MedReadMe): "
        f"Flesch-Kincaid grade {agreement(rated):.2f}"
    )
