"""The questions of the exam: spoiled, untouched and reworded sentences, the same for the same material and seed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from bedside.evaluation.corruptions import CORRUPTIONS, Corruption
from bedside.evaluation.material import Origin, TrueSentence
from bedside.evaluation.nearness import Shelf, shelf_of
from bedside.evaluation.paraphrases import PARAPHRASES, reword
from bedside.evaluation.spoil_quotations import quoted
from bedside.evaluation.spoiled import Spoiled

PER_KIND = 150
UNTOUCHED = 3000
SEED = 20
_REWORDED_FIRST = 3  # every third spoiled sentence is reworded before it is spoiled, where that can be done


class Expect(StrEnum):
    """What a sound checker does with an item."""

    STAND = "stand"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the exam, whether ``sentence`` may stand on the passages it cites.

    ``cited`` are places in ``passages`` from 0; one beyond the end is a citation of nothing. ``quoted`` says that it
    holds a quotation, ``reworded`` that an honest rewording came before the spoiling, ``origin`` what it was made of.
    """

    id: str
    kind: str
    group: str
    sentence: str
    passages: tuple[str, ...]
    cited: tuple[int, ...]
    expect: Expect
    quoted: bool = False
    reworded: bool = False
    origin: Origin = Origin.ABSTRACT


def items(
    verbatim: Sequence[TrueSentence],
    plain: Sequence[TrueSentence] = (),
    *,
    seed: int = SEED,
    per_kind: int = PER_KIND,
    untouched: int = UNTOUCHED,
) -> tuple[Item, ...]:
    """The exam on *verbatim* true sentences and the *plain* wordings of statements.

    At most *per_kind* items of every kind of spoiling and rewording, half from statements where they suffice, and
    *untouched* sentences shared among "verbatim", "exact-quotation" and "unrelated-passage-added".
    """
    shelf = shelf_of((true.place, true.passage) for true in verbatim)
    return (
        *(item for way in CORRUPTIONS.values() for item in _spoiled_items(way, verbatim, shelf, seed, per_kind)),
        *_untouched_items(verbatim, shelf, seed, untouched),
        *(item for kind in PARAPHRASES for item in _reworded_items(kind, verbatim, seed, per_kind)),
        *(_item(f"plain-wording/{true.id}", "plain-wording", "plain", true, _as_is(true)) for true in plain),
    )


def _spoiled_items(
    way: Corruption, verbatim: Sequence[TrueSentence], shelf: Shelf, seed: int, most: int
) -> Iterator[Item]:
    chance = _chance(seed, way.kind)
    made = (_spoiled(way, true, chance, shelf, number) for number, true in enumerate(_drawn(verbatim, chance)))
    yield from _balanced((item for item in made if item), most)


def _spoiled(way: Corruption, true: TrueSentence, chance: Random, shelf: Shelf, number: int) -> Item | None:
    given, reworded_first = way.spoil(true, chance, shelf), False
    if given is None:
        return None
    if way.wording and number % _REWORDED_FIRST == 0 and (reworded := reword(true, chance)):
        sentence = way.wording(reworded, true.passage, chance)
        if sentence and sentence not in (reworded, true.sentence):
            given, reworded_first = Spoiled(sentence, (true.passage,), (0,)), True
    item = _item(f"{way.kind}/{true.id}", way.kind, way.group, true, given, Expect.REFUSE)
    return replace(item, reworded=reworded_first)


def _untouched_items(verbatim: Sequence[TrueSentence], shelf: Shelf, seed: int, most: int) -> Iterator[Item]:
    chance = _chance(seed, "untouched")
    statements = [true for true in verbatim if true.origin is Origin.STATEMENT]
    abstracts = _drawn([true for true in verbatim if true.origin is Origin.ABSTRACT], chance)
    for number, true in enumerate([*statements, *abstracts][:most]):
        kind, given = "verbatim", _as_is(true)
        if number % 6 == 1:
            kind, given = "exact-quotation", Spoiled(quoted(true.sentence, chance), (true.passage,), (0,), quoted=True)
        elif number % 6 == 2 and (other := shelf.far(true.place, true.sentence, chance)):  # noqa: PLR2004 - the next share
            kind, given = (
                "unrelated-passage-added",
                Spoiled(true.sentence, (true.passage, shelf.passages[other]), (0, 1)),
            )
        yield _item(f"{kind}/{true.id}", kind, "untouched", true, given)


def _reworded_items(kind: str, verbatim: Sequence[TrueSentence], seed: int, most: int) -> Iterator[Item]:
    chance = _chance(seed, kind)
    made = (
        _item(f"{kind}/{true.id}", kind, "paraphrase", true, Spoiled(sentence, (true.passage,), (0,)))
        for true in _drawn(verbatim, chance)
        if (sentence := PARAPHRASES[kind](true.sentence, true.passage, chance)) and sentence != true.sentence
    )
    yield from _balanced(made, most)


def _balanced(made: Iterable[Item], most: int) -> Iterator[Item]:
    """At most *most* of *made*: statements are at the front and take up half, then the others."""
    count = of_statements = 0
    for item in made:
        if count == most:
            return
        if item.origin is Origin.STATEMENT:
            if of_statements == most // 2:
                continue
            of_statements += 1
        count += 1
        yield item


def _drawn(verbatim: Sequence[TrueSentence], chance: Random) -> list[TrueSentence]:
    """The sentences in an order of chance, statements first."""
    drawn = list(verbatim)
    chance.shuffle(drawn)
    return sorted(drawn, key=lambda true: true.origin is not Origin.STATEMENT)


def _as_is(true: TrueSentence) -> Spoiled:
    return Spoiled(true.sentence, (true.passage,), (0,))


def _item(id_: str, kind: str, group: str, true: TrueSentence, given: Spoiled, expect: Expect = Expect.STAND) -> Item:
    return Item(id_, kind, group, given.sentence, given.passages, given.cited, expect, given.quoted, origin=true.origin)


def _chance(seed: int, name: str) -> Random:
    return Random(f"{seed}:{name}")  # noqa: S311 - draws test sentences, not secrets
