"""``bedside evaluate reading``: how well the facts of a text are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedside.cli.output import note, write, write_json, write_table

if TYPE_CHECKING:
    from bedside.evaluation.reading_sentences import Score
    from bedside.evaluation.reading_sets import SetsRead
    from bedside.facts.fact import Facts
    from bedside.facts.vocabulary import Vocabulary


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of the public sets."
)
@click.option("--aside", is_flag=True, help="The sentences kept aside too; never while the reader is being changed.")
@click.option(
    "--failures", is_flag=True, help="Add each sentence with a fault: what was missed, what was read wrongly."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def reading(data: Path | None, aside: bool, failures: bool, as_json: bool) -> int:
    """Read labelled sentences and count, by kind, the facts that are right, missed and wrong.

    With --data also public sets: entities of MedCalc-Bench, mentions of BC5CDR, and the time a note of TREC takes.
    A fault of the sentences kept aside is never printed: they are for measuring.

    \b
    Examples:
      bedside evaluate reading --failures
      bedside evaluate reading --aside --data ../shared/data
    """
    from bedside.evaluation.reading_sentences import ASIDE, DEVELOP, read_sentences, score
    from bedside.facts.read import read_facts
    from bedside.facts.vocabulary import Vocabulary
    from bedside.ingest.compiled import CompiledContent

    vocabulary = Vocabulary.from_mapping(CompiledContent.open().indexed_vocabulary())

    def read(text: str) -> Facts:
        return read_facts(text, vocabulary)

    scores = {"developed on": score(read_sentences(DEVELOP), read, vocabulary)}
    if aside:
        scores["kept aside"] = score(read_sentences(ASIDE), read, vocabulary)
    sets = _sets(data, vocabulary) if data is not None else None
    if as_json:
        from bedside.evaluation.reading_sentences import as_json as plain

        shown = {name: plain(each) for name, each in scores.items()}
        write_json({"schema": "bedside.reading/1", "sentences": shown, "sets": sets.as_json() if sets else None})
        return 0
    for name, each in scores.items():
        _say(name, each)
    if sets is not None:
        _say_sets(sets)
    for failing in scores["developed on"].failing if failures else ():
        write("")
        write(f"{failing.sentence.id}: {failing.sentence.say}")
        for word, lines in (("missed", failing.missed), ("wrong", failing.extra)):
            if lines:
                write(f"  {word}: {'; '.join(lines)}")
    return 0


def _sets(data: Path, vocabulary: Vocabulary) -> SetsRead:
    from bedside.evaluation.reading_sets import read_sets
    from bedside.facts.read import read_facts

    note("the public sets: a minute or two")
    return read_sets(data, lambda text: read_facts(text, vocabulary), vocabulary)


def _part(number: float | None) -> str:
    return "-" if number is None else f"{number:.2f}"


def _say(name: str, score: Score) -> None:
    write(f"{score.sentences} sentences {name}, {score.exact} read exactly")
    head = ("kind", "right", "read", "there", "precision", "recall", "not in the vocabulary")
    rows: list[tuple[str, ...]] = [head]
    rows += [
        (kind, *map(str, (c.right, c.read, c.there)), _part(c.precision), _part(c.recall), str(c.unknown))
        for kind, c in score.kinds.items()
    ]
    right, read, there, unknown = (
        sum(getattr(c, each) for c in score.kinds.values()) for each in ("right", "read", "there", "unknown")
    )
    whole = (_part(right / read if read else None), _part(right / there if there else None))
    write_table([*rows, ("all", str(right), str(read), str(there), *whole, str(unknown))])
    write("")


def _say_sets(sets: SetsRead) -> None:
    for name, why in sets.skipped.items():
        write(f"{name}: skipped: {why}")
    if sets.conditions is not None:
        write("MedCalc-Bench, entities whose number stands in the note")
        rows = [("concept", "there", "among those read", "is the newest", "not in the note")]
        rows += [
            (
                name,
                str(f.gold),
                f"{f.hit} ({_part(f.hit / f.gold if f.gold else None)})",
                str(f.newest),
                str(f.not_written),
            )
            for name, f in sets.measured.items()
        ]
        write_table(rows)
        n = sets.conditions
        write(f"conditions: {n.right} of {n.read} read are right, {n.found} of {n.there} found")
        for concept, count in sets.without_concept.items():
            write(f"not in the vocabulary: {concept} ({count})")
    if sets.mentions is not None:
        n = sets.mentions
        write(f"BC5CDR: {n.right} of {n.read} mentions read are right, {n.found} of {n.there} in our words found")
    if sets.notes is not None:
        n_ = sets.notes
        write(f"TREC notes: {n_.notes} read, {n_.median_ms} ms median, {n_.longest_ms} ms longest, {n_.facts} facts")
