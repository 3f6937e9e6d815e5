"""A trend of one test: "62 -> 51 -> 44", "132 (2021), 121 (2022)", "18 ng/mL, was 11 last autumn".

A bare number goes on from the value before it when nothing but marks, dates and words of time stand between the two,
at least one of them says that time has passed, and the two are of one size.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from bedside.facts.reading import Reading
from bedside.facts.value import Value, counts_something
from bedside.text.matching import Figure

MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|octobr"
    "|nov(?:ember)?|dec(?:ember)?"
)
_TIME = (
    rf"\b(?:(?:early |late |mid )?(?:{MONTH})\b(?: (?:19|20)\d\d)?|(?:19|20)\d\d"
    r"|(?:an?|\d{1,2}|one|two|three|four|five|six|several) (?:years?|yrs?|months?|weeks?|days?)"
    r" (?:ago|before|earlier|later)"
    r"|(?:last|this|next) (?:year|month|week|summer|winter|spring|autumn|fall|time|night|morning)"
    r"|previously|previous|prev|before that|earlier|yesterday|today|now|then|was)\b"
)
_ARROW = r"->|\u2192|=>|>"
_BETWEEN = re.compile(rf"(?:[\s,;:()\[\]-]|{_ARROW}|{_TIME}|\b(?:and|is|it|its|to|at|in|on|of|then|were|down|up)\b)++")
_PASSED = re.compile(rf"{_ARROW}|{_TIME}")
_MOST_BETWEEN = 48  # characters
_YEARS = (1950, 2100)  # a bare number between them dates a value
_OF_ONE_SIZE = 8  # times: the next value of a test is rarely further from the last


def goes_on(reading: Reading, values: list[Value], ends: list[int], figure: Figure) -> Value | None:
    """The value that a bare *figure* goes on from, or None. *ends* are the ends of *values*, in order."""
    place = bisect_right(ends, figure.span.start) - 1
    if place < 0 or figure.upper is not None or figure.spelt or figure.sign != "=" or counts_something(reading, figure):
        return None
    if not figure.unit and figure.value == int(figure.value) and _YEARS[0] <= figure.value <= _YEARS[1]:
        return None
    last = values[place]
    between = reading.folded[last.figure.span.end : figure.span.start]
    if len(between) > _MOST_BETWEEN or figure.unit not in ("", last.figure.unit):
        return None
    if _BETWEEN.fullmatch(between) is None or _PASSED.search(between) is None:
        return None
    low, high = sorted((last.figure.value, figure.value))
    return last if low * _OF_ONE_SIZE >= high > 0 else None


def in_unit(figure: Figure, last: Value) -> Figure:
    """A bare figure in the unit of the value that it goes on from."""
    return figure if figure.unit else replace(figure, unit=last.figure.unit)
