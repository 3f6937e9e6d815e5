"""A spoiled sentence: what is put before the checker, with the passages and citations that go with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bedside.evaluation.material import TrueSentence
from bedside.evaluation.nearness import Shelf


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A sentence that its cited passages do not carry.

    ``cited`` are places in ``passages`` counted from 0; one beyond the end is a citation of nothing that exists.
    ``quoted`` says that the sentence holds words in quotation marks.
    """

    sentence: str
    passages: tuple[str, ...]
    cited: tuple[int, ...]
    quoted: bool = False


Spoil = Callable[[TrueSentence, Random, Shelf], Spoiled | None]
"""One way of spoiling a true sentence; None where it does not apply or would not surely change the meaning."""

WordingSpoil = Callable[[str, str, Random], str | None]
"""A way of spoiling that needs the sentence and its passage only."""


def of_wording(spoil: WordingSpoil) -> Spoil:
    """A spoil of the wording as a spoil of the true sentence, its passage cited."""

    def spoiled(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
        sentence = spoil(true.sentence, true.passage, random)
        if sentence is None or sentence == true.sentence or sentence in true.passage:
            return None
        return Spoiled(sentence, (true.passage,), (0,))

    return spoiled
