"""Body weight: "72 kg", "11 stone 4", "160 lbs", of the patient and now, not what was lost or gained."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bedside.facts.context import Status
from bedside.facts.fact import Fact, Kind, Quantity, Subject
from bedside.facts.reading import Reading
from bedside.text.span import Span

_STONE = 14  # pounds
_NUMBER = r"(?<![\d.,/<>-])(?P<{}>\d{{2,3}}(?:\.\d)?)"
_WEIGHT = re.compile(
    rf"{_NUMBER.format('kg')}\s?(?:kgs?|kilos?|kilogram(?:me)?s?)\b(?!\s?/|\s?(?:more|less|over|lighter|heavier))"
    r"|(?<![\d.,/<>-])(?P<stone>\d{1,2})\s?(?:st|stones?)\b(?:\s?(?:and\s)?(?P<more>\d{1,2})(?:\s?(?:lbs?|pounds?))?\b)?"
    rf"|{_NUMBER.format('lb')}\s?(?:lbs?|pounds?)\b(?!\s?/|\s?(?:more|less|over|lighter|heavier))"
)
_CHANGE = re.compile(
    r"\b(?:lost|lose|losing|gain(?:ed|ing)?|put on|putting on|dropped|shed|by|about|another|extra|over)\b[^.;]{0,14}$"
)
_SAID = re.compile(r"\b(?:weigh(?:s|ing|ed)?|weight|wt|body ?weight)\b[^.;]{0,12}$")
_BEFORE = 24  # characters before the number in which its verb stands
_LEAST = {"kg": 30, "lb": 70, "stone": 5}


def weights(reading: Reading) -> list[Fact]:
    """The patient's weight as one fact, or none. Stones and pounds are given in pounds; a number of stones alone is a
    weight only where the text says that it weighs something."""
    for match in _WEIGHT.finditer(reading.folded):
        kind = next(name for name in ("kg", "lb", "stone") if match[name])
        before = reading.folded[max(0, match.start() - _BEFORE) : match.start()]
        said = _SAID.search(before) is not None
        if (_CHANGE.search(before) and not said) or Decimal(match[kind]) < _LEAST[kind]:
            continue
        if kind == "stone" and not said and "stone" not in match.group() and not match["more"]:
            continue
        span = Span(*match.span())
        if reading.context.subject(span) is not Subject.PATIENT:
            continue
        reading.used.update(figure.digits.start for figure in reading.figures_in(span))
        fact = reading.fact("weight", Kind.DEMOGRAPHIC, span, Status())
        return [replace(fact, quantity=_quantity(match, kind))]
    return []


def _quantity(match: re.Match[str], kind: str) -> Quantity:
    if kind == "stone":
        return Quantity(Decimal(match["stone"]) * _STONE + Decimal(match["more"] or 0), "lb")
    return Quantity(Decimal(match[kind]), kind)
