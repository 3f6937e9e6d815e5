"""A value of one's own behind somebody else's: "my father had potassium 8. Mine is 4.6"."""

from __future__ import annotations

import re

from bedside.facts.fact import Subject
from bedside.facts.mentions import Mention
from bedside.facts.reading import Reading
from bedside.facts.value import Value, counts_something, fits

_MINE = re.compile(
    r"\bmine(?:'s| is| was| came back| came out| has been| just came back)?(?: now| only| at| as| about| just)*:?\s$"
)
_BEFORE = 32  # characters before a number in which "mine" stands
_FAR = 140  # characters behind the name of the test


def mine(reading: Reading, values: list[Value], tests: list[Mention]) -> list[Value]:
    """The numbers that "mine is" hands over, as values of the test named last for somebody else."""
    found = []
    taken = {value.figure.digits.start for value in values}
    for figure in reading.figures:
        start = figure.span.start
        if figure.digits.start in reading.used | taken or figure.upper is not None or counts_something(reading, figure):
            continue
        if not _MINE.search(reading.folded, max(0, start - _BEFORE), start):
            continue
        mention = next((each for each in reversed(tests) if each.span.end <= start), None)
        if mention is None or start - mention.span.end > _FAR or not _of_somebody_else(reading, mention):
            continue
        usual = reading.vocabulary.units.analytes.get(mention.concept)
        plausible = usual is not None and usual.plausible is not None and usual.plausible.holds(figure.value)
        if fits(reading, mention, figure) or (not figure.unit and plausible):
            reading.used.add(figure.digits.start)
            found.append(Value(mention, figure, mention.concept, later=True))
    return found


def _of_somebody_else(reading: Reading, mention: Mention) -> bool:
    return reading.status(mention.span).subject is not Subject.PATIENT
