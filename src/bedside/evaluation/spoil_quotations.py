"""Spoiling quotations: words in quotation marks that do not stand so in the cited passage."""

from __future__ import annotations

import re
from random import Random

from bedside.evaluation.material import TrueSentence
from bedside.evaluation.nearness import Shelf, coverage
from bedside.evaluation.paraphrases import reword
from bedside.evaluation.spoil_bounds import swap_comparator
from bedside.evaluation.spoil_figures import change_number
from bedside.evaluation.spoil_polarity import add_negation, drop_negation
from bedside.evaluation.spoil_sources import parts_of
from bedside.evaluation.spoiled import Spoiled
from bedside.evaluation.swapping import Swap, mentions, one_of

_OPENINGS = ("The source says: ", "The source states: ", "In its own words: ", "It is written there: ", "To quote: ")
_INVENTED = (
    "a clear change of practice", "safe for every patient", "no longer a matter of debate",
    "the treatment of first choice",
    "a breakthrough for those concerned", "well tolerated at any dose", "beyond reasonable doubt",
    "superior in every respect",
    "strongly recommended for routine use", "an urgent public duty", "without any known risk", "a cure in nearly all",
)  # fmt: skip
_LOSABLE = re.compile(
    r" (?:significantly|statistically|may|might|probably|likely|mainly|often|usually|at least|up to|approximately"
    r"|about|only|partially|"
    r"slightly|moderately|mild|severe|suspected|known|early|late|high-dose|low-dose|oral|serum|total|active"
    r"|randomi[sz]ed|relatively"
    r"|generally|also|some|most|common|irreversible|first|further|plasma|mean|median|median|independently|strongly"
    r"|clinically)(?= \w)"
)
_FRAGMENT = 45  # characters of each of the fragments joined


def quoted(words: str, random: Random) -> str:
    """A sentence that quotes *words*."""
    return f'{random.choice(_OPENINGS)}"{words.rstrip(".")}."'


def invent(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """A true sentence with a quotation added that nobody wrote."""
    phrase = random.choice(_INVENTED)
    if all(mentions(true.passage, word) for word in phrase.split() if len(word) > 4):  # noqa: PLR2004 - letters
        return None
    return _in(true, f'{true.sentence[:-1]}, which the source calls "{phrase}".')


def attribute(true: TrueSentence, random: Random, shelf: Shelf) -> Spoiled | None:
    """A true quotation of one source under the citation of another."""
    other = shelf.near(true.place, true.sentence, 0.6) or shelf.far(true.place, true.sentence, random)
    if other is None:
        return None
    return Spoiled(quoted(true.sentence, random), (true.passage, shelf.passages[other]), (1,), quoted=True)


def paraphrase(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """An honest rewording put in quotation marks as if it were the source's own words."""
    reworded = reword(true, random)
    return _in(true, quoted(reworded, random)) if reworded else None


def lose_word(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """A qualifying word is left out of the quotation without a mark."""
    swaps = [Swap(match.start(), match.end(), "") for match in _LOSABLE.finditer(true.sentence)]
    shorter = one_of(swaps, true.sentence, random)
    return _in(true, quoted(shorter, random)) if shorter else None


def alter(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """A figure, comparator or denial is changed inside the quotation."""
    for spoil in random.sample((change_number, swap_comparator, add_negation, drop_negation), 4):
        changed = spoil(true.sentence, true.passage, random)
        if changed:
            return _in(true, quoted(changed, random))
    return None


def stitch(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """Two true fragments of the passage stand in one pair of quotation marks as if they were one text."""
    if len(true.sentence) < 2 * _FRAGMENT or len(true.neighbour) < 2 * _FRAGMENT:
        return None
    start = true.sentence[: true.sentence.index(" ", _FRAGMENT)].rstrip(",;:")
    end = true.neighbour[true.neighbour.rindex(" ", 0, len(true.neighbour) - _FRAGMENT) + 1 :]
    joined = f"{start} {end}"
    return _in(true, quoted(joined, random)) if joined not in true.passage else None


def reorder(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """The parts of the quotation stand in another order than in the source."""
    parts = true.sentence.rstrip(".").split(", ")
    if len(parts) < 2 or min(map(len, parts)) < 12:  # noqa: PLR2004 - two parts, each of a few words
        return None
    turned = ", ".join((*parts[1:], parts[0]))
    return _in(true, quoted(turned, random)) if turned not in true.passage else None


def far_quotation(true: TrueSentence, random: Random, shelf: Shelf) -> Spoiled | None:
    """A sentence of another source is quoted as if this one had said it, beside a true one."""
    other = shelf.near(true.place, true.sentence, 0.4)
    parts = parts_of(shelf.passages[other]) if other else []
    fit = [part for part in parts if 40 < len(part) < 200 and '"' not in part and coverage(part, true.passage) < 0.5]  # noqa: PLR2004
    if not fit:
        return None
    return _in(true, f"{true.sentence} {quoted(random.choice(fit), random)}")


def _in(true: TrueSentence, sentence: str) -> Spoiled:
    return Spoiled(sentence, (true.passage,), (0,), quoted=True)
