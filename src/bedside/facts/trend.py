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
    r"|(?:last|this|next) (?:year|month|week|summer|winter|spring|autumn|fall|time|night|morning|afternoon|evening)"
    rf"|last (?:{MONTH})"
    r"|previously|previous|prev|before that|earlier|yesterday|today|now|then|was)\b"
)
_ARROW = r"->|\u2192|=>|>"
_BETWEEN = re.compile(rf"(?:[\s,;:()\[\]-]|{_ARROW}|{_TIME}|\b(?:and|is|it|its|to|at|in|on|of|then|were|down|up)\b)++")
_PASSED = re.compile(rf"{_ARROW}|{_TIME}")
_MOST_BETWEEN = 48  # characters
_YEARS = (1950, 2100)  # a bare number between them dates a value
_MARK = re.compile(r"[.;!?](?=\s)")
_MOST_ACROSS = 90  # characters to a value whose sentence begins with its time
_BEHIND = re.compile(
    r"\s?(?:$|[,;.!?)](?!\d)|\b(?:and|but|so|is|i|i'm|what|should|do|can|feeling|feel|with|today|now|this|on|off|while|which|after|as|since|my|she|he)\b)"
)
_WHOLE_SIZE = 3  # times: a whole number behind a decimal may be an age
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
    if figure.unit not in ("", last.figure.unit):
        return None
    if len(between) > _MOST_BETWEEN or _BETWEEN.fullmatch(between) is None or _PASSED.search(between) is None:
        return last if _begins_with_its_time(reading, between, figure, last) else None
    return last if _of_one_size(last, figure, _OF_ONE_SIZE) else None


def _of_one_size(last: Value, figure: Figure, times: int) -> bool:
    low, high = sorted((last.figure.value, figure.value))
    return low * times >= high > 0


def _begins_with_its_time(reading: Reading, between: str, figure: Figure, last: Value) -> bool:
    """Whether a bare figure opens a sentence of its own behind a time: "7 in the ER two years ago. Today it is 4.9"."""
    mark = next(reversed(list(_MARK.finditer(between))), None)
    if mark is None or len(between) > _MOST_ACROSS or figure.unit:
        return False
    opening = between[mark.end() :]
    if _BETWEEN.fullmatch(opening) is None or _PASSED.search(opening) is None:
        return False
    whole = "." in str(last.figure.value) and "." not in str(figure.value)
    plain = _BEHIND.match(reading.folded, figure.span.end) is not None
    return plain and _of_one_size(last, figure, _WHOLE_SIZE if whole else _OF_ONE_SIZE)


def in_unit(figure: Figure, last: Value) -> Figure:
    """A bare figure in the unit of the value that it goes on from."""
    return figure if figure.unit else replace(figure, unit=last.figure.unit)
