"""Spoiling by addition: a clause nobody said, an absence nobody reported, an identifier nobody gave."""

from __future__ import annotations

import re
from random import Random

from bedside.evaluation.material import TrueSentence
from bedside.evaluation.nearness import Shelf
from bedside.evaluation.spoil_figures import change_number, shift_decimal
from bedside.evaluation.spoiled import Spoiled
from bedside.evaluation.swapping import mentions

_TAILS = (
    (", and this benefit lasts for at least five years", ("five", "years")),
    (", which makes it the treatment of first choice", ("first choice", "first-line")),
    (", and it is safe in pregnancy", ("pregnan",)), (", at a lower cost than usual care", ("cost",)),
    (", also in children under five", ("children",)),
    (", because patients adhered better to it", ("adhere", "compliance")),
    (", and hospital stays became shorter", ("hospital stay", "length of stay")),
    (", regardless of kidney function", ("kidney", "renal")),
    (", and quality of life rose as well", ("quality of life",)),
    (", as two later trials have confirmed", ("confirm",)),
    (", and national guidelines now require it", ("guideline",)),
    (", without any need for blood tests", ("blood test",)),
    (", even after the medicine is stopped", ("stopp", "discontinu", "withdraw")),
    (", most of all in smokers", ("smok",)), (", and it can be taken with alcohol", ("alcohol",)),
    (", owing to an inherited enzyme defect", ("inherit", "enzyme")),
    (", so that surgery can be avoided", ("surg", "operat")),
    (", and relatives should be screened", ("relatives", "family", "screen")),
    (", and driving is not affected", ("driv",)), (", and the effect begins within an hour", ("hour",)),
)  # fmt: skip
_ABSENCES = (
    (", and no serious adverse events occurred", ("adverse", "side effect", "safe", "toler")),
    (", and nobody died", ("death", "died", "mortal", "surviv", "fatal")),
    (", and there were no drop-outs", ("drop", "withdr", "attrition", "discontinu")),
    (", and no allergic reaction was seen", ("allerg", "anaphyl", "hypersens")),
    (", and the patients had no other illness", ("comorbid", "illness", "disease")),
    (", with no effect on the liver", ("liver", "hepat", "aminotransf")),
    (", and no interaction with other medicines is known", ("interact",)),
    (", and none of the patients relapsed", ("relaps", "recur")),
    (", and there was no bleeding", ("bleed", "haemorrh", "hemorrh")),
    (", with no rise in blood pressure", ("blood pressure", "hypertens")),
    (", and nobody gained weight", ("weight",)), (", and no infection followed", ("infect", "sepsis", "bacter")),
)  # fmt: skip
_SENTENCE_MOST = 220  # characters; longer ones become unreadable with a tail
_MARK = ("[1]", "[sic]", "[see table 2]", "[12, 13]")


def add_tail(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """A clause is added that the passage says nothing about."""
    return _added(true, random, _TAILS)


def claim_absence(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """What the passage does not mention is said not to have been: unknown is taken for no."""
    return _added(true, random, _ABSENCES)


def invent_identifier(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """An identifier nobody gave is added."""
    number = random.randrange(10_000_000, 39_999_999)
    made_up = random.choice(
        (f"PMID {number}", f"NCT0{number % 10_000_000:07d}", f"doi:10.1016/j.{number % 100_000}.03")
    )
    return None if made_up in true.passage else _cited(true, f"{true.sentence[:-1]} ({made_up}).")


def spoil_behind_bracket(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """A figure is wrong in a sentence that holds a square bracket: brackets must not switch the check off."""
    spoil = random.choice((change_number, shift_decimal))
    wrong = spoil(true.sentence, true.passage, random)
    return _cited(true, f"{wrong[:-1]} {random.choice(_MARK)}.") if wrong else None


def figure_of_another(true: TrueSentence, random: Random, shelf: Shelf) -> Spoiled | None:
    """A figure is wrong here and stands in an unrelated passage that is cited too."""
    wrong = change_number(true.sentence, true.passage, random)
    if wrong is None:
        return None
    new = [figure for figure in re.findall(r"\d+(?:\.\d+)?", wrong) if not mentions(true.passage, figure)]
    start = random.randrange(len(shelf.order))
    for step in range(400):
        place = shelf.order[(start + step) % len(shelf.order)]
        passage = shelf.passages[place]
        if new and place != true.place and mentions(passage, new[0]) and len(shelf.words[place]) > 3:  # noqa: PLR2004 - more than a label
            return Spoiled(wrong, (true.passage, passage), (0, 1))
    return None


def _added(true: TrueSentence, random: Random, bank: tuple[tuple[str, tuple[str, ...]], ...]) -> Spoiled | None:
    if len(true.sentence) > _SENTENCE_MOST:
        return None
    passage = true.passage.lower()
    fit = [tail for tail, heard in bank if not any(word in passage for word in heard)]
    return _cited(true, f"{true.sentence[:-1]}{random.choice(fit)}.") if fit else None


def _cited(true: TrueSentence, sentence: str) -> Spoiled:
    return Spoiled(sentence, (true.passage,), (0,))
