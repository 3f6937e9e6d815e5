"""The same question put otherwise: what comes of it must be the same, and what does not hold is said.

Each variant is made from a question by one rule, the same every time. Compared are the kind of answer, the reason of a
decline, patterns, firing rules and red flags; wordings may differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bedside.evaluation import answers_rewording as rewording
from bedside.evaluation.answers import Asks
from bedside.evaluation.answers_came import Came, came_of
from bedside.evaluation.answers_questions import Item, Voice
from bedside.evaluation.answers_units import in_other_units
from bedside.facts.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Variant:
    """One question put otherwise. ``kind`` is the sort of change, ``change`` what was done."""

    kind: str
    change: str
    of: Item
    item: Item


@dataclass(frozen=True, slots=True)
class Held:
    """What came of a variant beside what came of the question itself."""

    variant: Variant
    before: Came
    after: Came

    @property
    def holds(self) -> bool:
        """Whether the same came of both."""
        return self.before.outcomes == self.after.outcomes

    @property
    def flags_hold(self) -> bool:
        """Whether the same red flags came of both."""
        return self.before.red_flags == self.after.red_flags

    def differences(self) -> Iterator[str]:
        """What differs, a line each."""
        one, other = self.before, self.after
        for name in ("kind", "decline"):
            if getattr(one, name) != getattr(other, name):
                yield f"{name}: {getattr(one, name) or 'none'} -> {getattr(other, name) or 'none'}"
        for name in ("patterns", "red_flags", "fires"):
            gone = sorted(set(getattr(one, name)) - set(getattr(other, name)))
            new = sorted(set(getattr(other, name)) - set(getattr(one, name)))
            if gone or new:
                yield f"{name}: " + "; ".join(
                    part for part in (gone and f"gone {', '.join(gone)}", new and f"new {', '.join(new)}") if part
                )


def variants(items: Iterable[Item], vocabulary: Vocabulary) -> tuple[Variant, ...]:
    """Every variant of every question, in order; one that changes nothing is left out."""
    return tuple(each for number, item in enumerate(items) for each in _of(item, number, vocabulary))


def _of(item: Item, number: int, vocabulary: Vocabulary) -> Iterator[Variant]:
    ask, long_words = item.ask, vocabulary.lexicon.long_words

    def known(word: str) -> bool:
        """Whether it is a word of the lexicon in which a slip of the finger is meant to be seen through."""
        return f" {word.lower()} " in f" {long_words.get(word[:2].lower(), '')} "

    made: tuple[tuple[str, Iterable[tuple[str, str]]], ...] = (
        ("rewording", rewording.openings(ask, item.voice.value)),
        ("rewording", rewording.other_words(ask)),
        ("rewording", rewording.letter_case(ask)),
        ("spelling", rewording.other_spelling(ask)),
        ("typing slip", rewording.slips(ask, known)),
        ("order", rewording.other_order(ask)),
        ("irrelevant addition", rewording.additions(ask, number)),
        ("unit", in_other_units(ask, vocabulary)),
    )
    for kind, ways in made:
        for change, text in ways:
            if text != ask:
                yield Variant(kind, change, item, replace(item, ask=text))
    other = Voice.CLINICIAN if item.voice is Voice.PATIENT else Voice.PATIENT
    yield Variant("reader", f"read by a {other.value}", item, replace(item, voice=other))


def hold(made: Sequence[Variant], ask: Asks) -> tuple[Held, ...]:
    """Ask every variant, and each question once."""
    before: dict[str, Came] = {}
    for each in made:
        if each.of.id not in before:
            before[each.of.id] = came_of(ask(each.of))
    return tuple(Held(each, before[each.of.id], came_of(ask(each.item))) for each in made)


def by_kind(held: Sequence[Held]) -> dict[str, tuple[int, int]]:
    """How many of each kind hold, of how many; and ``all``."""
    kinds = list(dict.fromkeys(each.variant.kind for each in held))
    counted = {kind: [each.holds for each in held if each.variant.kind == kind] for kind in kinds}
    counted["all"] = [each.holds for each in held]
    return {kind: (sum(holding), len(holding)) for kind, holding in counted.items()}
