"""A result stated away from the name of the test: "the lab says 1,420 pg/mL", "vitamin D deficiency (18 nmol/L)".

Only a quantity that cannot well be anything else is taken: a unit that the test is reported in, in a text about that
vitamin, with no other test in its sentence or the one before, and no value of it read already. A number without a unit
is taken for B12 only, and only where it is said to have come back.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bedside.facts.context import Effect
from bedside.facts.fact import Kind, Subject
from bedside.facts.mentions import Mention
from bedside.facts.reading import Reading
from bedside.facts.value import Value, counts_something
from bedside.text.matching import Figure

_B12 = "total_b12"
_UNITS = frozenset({"pg/mL", "ng/L", "pmol/L"})
_ABOUT_B12 = frozenset({"b12", "cyanocobalamin", "hydroxocobalamin", "methylcobalamin", "adenosylcobalamin",
                        "pernicious_anaemia", "b12_deficiency"})  # fmt: skip
_VITAMIN_D = "vitamin_d_25oh"
_VITAMIN_D_UNITS = frozenset({"nmol/L", "ng/mL"})
_ABOUT_VITAMIN_D = frozenset({_VITAMIN_D, "vitamin_d", "vitamin_d_deficiency"})
_NOT_A_RESULT = Effect.ASKED.value | Effect.HYPOTHETICAL.value | Effect.PLANNED.value
_CAME_BACK = re.compile(
    r"\b(?:came|come|comes|coming|was|is|has come) back (?:as|at|with|showing)?\s?(?:a |just |only )?$"
    r"|\b(?:this|the|one|a) (?:number|figure|result|value)(?: is| was|:)\s$"
    r"|\b(?:lab|report|letter|print-?out|slip|app|screen|result|nurse|receptionist|gp|doctor|surgery|they|she|he|it)"
    r" (?:says?|said|shows?|showed|reads?|reported|told me|gave|rang with|phoned with|was reported as|measured)"
    r"(?: it(?:'s| is| was))?(?: at| as| of)?\s$"
)
_BEFORE = 48  # characters before a number in which the words that hand it over stand
_LEAST, _MOST = 30, 20000  # a bare number outside is no B12 level in any unit
_STAFF = re.compile(r"\b(?:nurse|gp|doctor|receptionist|lab|pharmacist|consultant|surgery)\b")
_LIMIT_BEHIND = re.compile(
    r"\s?(?:is|are|was|as|being)? ?(?:the |a |an )?(?:cut|limit|threshold|normal|target|minimum)"
)


def astray(reading: Reading, values: list[Value], tests: list[Mention]) -> list[Value]:
    """The first such quantity as a value of total B12, or else of vitamin D, in a list; empty when there is none."""
    measured = {value.concept for value in values}
    if _about_b12(reading):
        return [] if measured & {_B12, "active_b12"} else _stray(reading, _B12, _UNITS, tests)
    if _VITAMIN_D in measured or not any(mention.concept in _ABOUT_VITAMIN_D for mention in reading.mentions):
        return []
    return _stray(reading, _VITAMIN_D, _VITAMIN_D_UNITS, tests)


def _stray(reading: Reading, concept: str, units: frozenset[str], tests: list[Mention]) -> list[Value]:
    other = [mention for mention in tests if mention.concept != concept and mention.how != "about"]
    for figure in reading.figures:
        if figure.digits.start not in reading.used and _is_result(reading, figure, concept, units, other):
            place = reading.place(figure.digits.start)
            mention = Mention(concept, "", figure.span, place, place + 1)
            reading.used.add(figure.digits.start)
            return [Value(mention, figure, concept, later=True)]
    return []


def _about_b12(reading: Reading) -> bool:
    return any(
        mention.concept in _ABOUT_B12 or (mention.concept == _B12 and mention.how != "about")
        for mention in reading.mentions
    )


def _is_result(reading: Reading, figure: Figure, concept: str, units: frozenset[str], other: list[Mention]) -> bool:
    told = figure.unit in units or (concept == _B12 and _handed_over(reading, figure))
    if figure.upper is not None or figure.spelt or not told:
        return False
    sentence = reading.sentence(figure.digits.start)
    earlier = reading.sentence(max(0, sentence.start - 2)) if sentence.start else sentence
    if any(earlier.start <= mention.span.start < sentence.end for mention in other):
        return False
    if reading.phrases("reference", sentence) or _LIMIT_BEHIND.match(reading.folded, figure.span.end):
        return False
    return not reading.context.effect(figure.digits) & _NOT_A_RESULT and _is_patients(reading, figure, concept)


def _is_patients(reading: Reading, figure: Figure, concept: str) -> bool:
    # The person who reads a result out ("my husband says it is 190 ng/L") is not the one it is about.
    subject = reading.fact(concept, Kind.LAB, figure.digits).subject
    handed = _handed_over(reading, replace(figure, unit=""))
    return subject is Subject.PATIENT or handed or _read_out(reading, figure)


def _read_out(reading: Reading, figure: Figure) -> bool:
    """Whether a nurse or doctor is the "she" of the sentence, and no relative is."""
    sentence = reading.sentence(figure.digits.start)
    people = reading.vocabulary.context.subjects.people
    relatives = any(
        hit.payload in ("family", "partner", "other")
        for place in reading.inside(sentence)
        for hit in people.at(reading.words, place)
    )
    return not relatives and _STAFF.search(reading.folded, sentence.start, sentence.end) is not None


def _handed_over(reading: Reading, figure: Figure) -> bool:
    """Whether a bare number is said to have come back from the laboratory."""
    if figure.unit or counts_something(reading, figure) or not _LEAST <= figure.value <= _MOST:
        return False
    start = max(reading.sentence(figure.span.start).start, figure.span.start - _BEFORE)
    behind = reading.between(figure.span.end, min(len(reading.text), figure.span.end + 12))
    plain = not behind or behind[0].is_mark or behind[0].norm in ("which", "and", "so", "but", "is", "on", "with", "in")
    return plain and _CAME_BACK.search(reading.folded[start : figure.span.start]) is not None
