"""Body temperature and heart rate in numbers, read as the sign they are: fever, hypothermia, a fast pulse.

A number within the usual range is no sign and gives no fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from bedside.facts.fact import Fact, Kind, Presence, Subject
from bedside.facts.reading import Reading
from bedside.text.span import Span

_LINK = r"(?:\s?(?:is|was|of|at|now|just|only|about|around|up to|down to|reading|reads|goes|went|came|[:=~<>]|,))*\s?"
_NUMBER = r"(?P<number>\d{2,3}(?:\.\d{1,2})?)(?![\d.]*\d)(?!\s?/\s?\d|\s?%)"
_DEGREES = r"\s?(?:°|º|degrees?|deg)?\s?(?P<scale>celsius|centigrade|fahrenheit|[cf]\b)?"
_TEMPERATURE = re.compile(rf"\b(?<!room )(?<!water )(?:body )?temp(?:erature)?s?\b{_LINK}{_NUMBER}{_DEGREES}")
_BEATS = r"\s?(?:bpm|beats (?:per|a) min(?:ute)?)\b"
_PULSE = re.compile(
    rf"\b(?:hr|heart ?rate|pulse(?: rate)?|heart ?beat)\b{_LINK}{_NUMBER}|(?<![\d.,/-])(?P<beats>\d{{2,3}}){_BEATS}"
)
_FAHRENHEIT_FROM = 77  # no body is as warm in Celsius
_LEAST, _MOST = Decimal(25), Decimal(45)  # Celsius; anything else is no body temperature
_COLD_BELOW, _FEVER_FROM = Decimal(35), Decimal(38)
_FAST_FROM, _MOST_PULSE = 120, 260  # beats a minute

Sign = Callable[[re.Match[str]], str | None]


def vital_alarms(reading: Reading) -> list[Fact]:
    """The signs that numbers of temperature and heart rate are. Their figures are marked as used."""
    return [*_signs(reading, _TEMPERATURE, _by_temperature), *_signs(reading, _PULSE, _by_pulse)]


def _signs(reading: Reading, pattern: re.Pattern[str], sign: Sign) -> list[Fact]:
    facts = []
    for match in pattern.finditer(reading.folded):
        concept = sign(match)
        span = Span(*match.span())
        reading.used.update(figure.digits.start for figure in reading.figures_in(span))
        if concept is None:
            continue
        fact = reading.fact(concept, Kind.SYMPTOM, span)
        if fact.subject is not Subject.RELATIVE and fact.presence is Presence.PRESENT:
            facts.append(fact)
    return facts


def _by_temperature(match: re.Match[str]) -> str | None:
    value, scale = Decimal(match["number"]), match["scale"] or ""
    if scale.startswith("f") or (not scale and value >= _FAHRENHEIT_FROM):
        value = (value - 32) * 5 / 9
    if not _LEAST <= value <= _MOST:
        return None
    if value < _COLD_BELOW:
        return "hypothermia"
    return "fever" if value >= _FEVER_FROM else None


def _by_pulse(match: re.Match[str]) -> str | None:
    return "fast_pulse" if _FAST_FROM <= Decimal(match["number"] or match["beats"]) <= _MOST_PULSE else None
