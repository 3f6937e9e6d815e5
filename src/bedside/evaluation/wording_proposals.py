"""How well the check of proposed wordings does: every statement spoiled in every way, and reworded in every honest way.

    python -m bedside.evaluation.wording_proposals [--examples]

The spoils are those of the exam of the checker that change the words of a sentence (others change what it cites). A
spoiled wording must be refused; an honest one should be let through. Honest rewordings that write figures another way
(another unit, a dash for "to", a number in words, a share as a count) or drop statistics are refused by
the rules of the house, and are counted apart.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

from bedside.evaluation.corruptions import CORRUPTIONS
from bedside.evaluation.exam import wilson
from bedside.evaluation.material import Origin, TrueSentence
from bedside.evaluation.nearness import Shelf, shelf_of
from bedside.evaluation.paraphrases import PARAPHRASES
from bedside.ingest.wording import wording_findings
from bedside.review.glosses import glosses_of
from bedside.review.proposal import objections, worded
from bedside.review.wording import Level, Wording
from bedside.text.sentences import sentences

if TYPE_CHECKING:
    from bedside.desk import Desk
    from bedside.evidence.statement import Statement

SEED = 6
FIGURES_OTHERWISE = frozenset(
    ("unit-converted", "range-wording", "number-word", "percent-wording", "statistic-dropped")
)
"""The honest rewordings that the rules of the house do not allow."""
_EXAMPLES = 12

Case = tuple[str, str, "Statement", Wording]
"""What it counts as ("spoiled", "honest", "figures"), its kind, the statement, and the wording proposed for it."""


def cases(desk: Desk) -> Iterator[Case]:
    """Every spoiled and every honest wording of every statement, one level changed at a time."""
    statements = list(desk.shipped.statements())
    trues = [true for statement in statements for level in Level for true in _sentences(statement, level)]
    by_place = {f"{statement.id}:{level}": (statement, level) for statement in statements for level in Level}
    shelf = shelf_of((true.place, true.passage) for true in trues)
    for true in trues:
        statement, level = by_place[true.place]
        for counted, kind, sentence in (*_spoiled(true, shelf), *_reworded(true)):
            text = true.passage.replace(true.sentence, sentence, 1)
            changed = (text, statement.plain) if level is Level.CLINICAL else (statement.clinical, text)
            yield counted, kind, statement, worded(*changed)


def _sentences(statement: Statement, level: Level) -> Iterator[TrueSentence]:
    text = statement.clinical if level is Level.CLINICAL else statement.plain
    place = f"{statement.id}:{level}"
    parts = [span.of(text) for span in sentences(text)]
    for number, part in enumerate(parts):
        neighbour = parts[number - 1] if number else next(iter(parts[1:]), "")
        if "{" not in part:
            yield TrueSentence(f"{place}:{number}", place, Origin.STATEMENT, part, text, neighbour)


def _spoiled(true: TrueSentence, shelf: Shelf) -> Iterator[tuple[str, str, str]]:
    for kind, way in CORRUPTIONS.items():
        made = way.spoil(true, _chance(kind, true), shelf)
        if made is not None and made.sentence != true.sentence:
            yield "spoiled", kind, made.sentence


def _reworded(true: TrueSentence) -> Iterator[tuple[str, str, str]]:
    for kind, reword in PARAPHRASES.items():
        made = reword(true.sentence, true.passage, _chance(kind, true))
        if made and made != true.sentence:
            yield "figures" if kind in FIGURES_OTHERWISE else "honest", kind, made


def _chance(kind: str, true: TrueSentence) -> Random:
    return Random(f"{SEED}:{kind}:{true.id}")  # noqa: S311 - draws test sentences, not secrets


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many spoiled wordings were refused and how many honest ones let through, by kind."""
    from bedside.desk import open as open_desk

    parser = argparse.ArgumentParser(prog="python -m bedside.evaluation.wording_proposals", description=__doc__)
    parser.add_argument("--examples", action="store_true", help="also print some that were judged wrongly")
    chosen = parser.parse_args(arguments)
    desk = open_desk()
    glosses = glosses_of(desk.shipped.statements(), desk.content.glossary())

    def house(each: Statement) -> list[str]:
        return [finding.text for finding in wording_findings(each, desk.checks.units.tokens)]

    asked: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    for counted, kind, statement, wording in cases(desk):
        found = objections(statement, wording, desk.checks, glosses=glosses, house=house)
        asked[counted, kind] += 1
        if bool(found) == (counted != "honest"):
            right[counted, kind] += 1
        else:
            why = found[0].line if found else "nothing was found"
            wrong.append(f"{counted}, {kind}, {statement.id}: {wording.clinical} / {wording.plain} ({why})")
    for group, word in (("spoiled", "refused"), ("honest", "let through"), ("figures", "refused")):
        kinds = sorted(kind for each, kind in asked if each == group)
        _line(f"{group} ({word})", sum(right[group, k] for k in kinds), sum(asked[group, k] for k in kinds))
        for kind in kinds:
            _line(f"  {kind}", right[group, kind], asked[group, kind])
    if chosen.examples:
        sys.stdout.write("\n".join(["", *_some(wrong), ""]))
    return 0


def _some(wrong: Sequence[str]) -> list[str]:
    """Every spoiled one that was let through, and some of the others."""
    let_through = [each for each in wrong if each.startswith("spoiled")]
    others = [each for each in wrong if not each.startswith("spoiled")]
    return [*let_through, *others[:: max(1, len(others) // _EXAMPLES)]]


def _line(name: str, right: int, n: int) -> None:
    low, high = wilson(right, n)
    share = right / n if n else 0.0
    sys.stdout.write(f"{name:<28}{n:>7}{right:>7}{n - right:>6}{share:>9.2%}   {low:.2%} to {high:.2%}\n")


if __name__ == "__main__":
    sys.exit(main())
