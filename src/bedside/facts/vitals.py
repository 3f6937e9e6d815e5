"""Vital signs but for blood pressure, height and body mass index: each with its unit, its time, and whose it is.

A number is a vital sign behind its name ("HR 104", "temperature of 38.5"), before its unit ("104 bpm"), or behind a
capital letter in a list of them ("T 38.9, P 110"). Beyond what a living person has it is none. A temperature without a
scale is Celsius up to 45 and Fahrenheit from 86; the same temperature in the other scale in brackets is not repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bedside.facts import vital_words as words
from bedside.facts.context import Status
from bedside.facts.fact import Fact, Kind, Presence, Quantity, When
from bedside.facts.reading import Reading
from bedside.text.span import Span

_CELSIUS, _FAHRENHEIT = "Cel", "degF"
_BEFORE = 60  # characters before a name that may say that it is a limit
_INCHES, _CM = 12, 100  # in a foot; in a metre


@dataclass(frozen=True, slots=True)
class _Sign:
    concept: str
    unit: str
    lowest: Decimal
    highest: Decimal
    patterns: tuple[re.Pattern[str], ...]


_SIGNS = (
    _Sign("oxygen_saturation", "%", Decimal(50), Decimal(100), (words.OXYGEN,)),
    _Sign("heart_rate", "/min", Decimal(20), Decimal(300), (words.HEART, words.HEART_AT, words.HEART_BEHIND)),
    _Sign("respiratory_rate", "/min", Decimal(4), Decimal(90), words.ALL_BREATHS),
    _Sign("temperature", "", Decimal(25), Decimal(113), words.ALL_TEMPERATURES),
    _Sign("bmi", "kg/m2", Decimal(10), Decimal(90), (words.BMI,)),
)
_TEMPERATURES = {_CELSIUS: (Decimal(25), Decimal(45)), _FAHRENHEIT: (Decimal(86), Decimal(113))}


def vitals(reading: Reading) -> list[Fact]:
    """Every vital sign, height and body mass index as facts; their digits are marked as used."""
    if not any(character.isdigit() for character in reading.folded):
        return []
    found = [fact for sign in _SIGNS for fact in _in_order(_signs(reading, sign))]
    return [*found, *_height(reading)]


def _signs(reading: Reading, sign: _Sign) -> list[Fact]:
    taken: list[Span] = []
    facts: list[Fact] = []
    for text, pattern in _patterns(reading, sign):
        for match in pattern.finditer(text):
            start = match.start("value")
            if any(start < span.end and span.start < match.end() for span in taken) or start in reading.used:
                continue
            quantity = _quantity(sign, match)
            if quantity is None or words.LIMIT.search(reading.folded[max(0, match.start() - _BEFORE) : match.start()]):
                continue
            between = reading.folded[match.start() : start]
            normal = words.NORMAL.search(reading.folded, max(0, match.start() - _BEFORE), match.start())
            if words.LIMIT.search(between) or (normal and " of" not in between):
                continue
            taken.append(Span(match.start(), match.end()))
            run = [(Span(start, match.end()), quantity), *_onward(reading, sign, quantity, match.end())]
            taken.append(Span(start, run[-1][0].end))
            facts.extend(_run(reading, sign, run, Span(match.start(), match.end())))
    return sorted(facts, key=lambda fact: fact.span)


def _patterns(reading: Reading, sign: _Sign) -> Iterator[tuple[str, re.Pattern[str]]]:
    for pattern in sign.patterns:
        yield reading.folded, pattern
    if (
        sign.concept in words.LETTERS
        and len(reading.text) == len(reading.folded)
        and words.NAMED.search(reading.folded)
    ):
        yield reading.text, words.LETTERS[sign.concept]


def _quantity(sign: _Sign, match: re.Match[str], unit: str = "") -> Quantity | None:
    value = Decimal(match["value"])
    if not sign.lowest <= value <= sign.highest:
        return None
    if sign.unit:
        return Quantity(value, sign.unit, written=match["value"])
    scale = (match.groupdict().get("scale") or "").lower()
    told = {"c": _CELSIUS, "f": _FAHRENHEIT}.get(scale, unit)
    for name, (low, high) in _TEMPERATURES.items():
        if low <= value <= high and told in ("", name):
            return Quantity(value, name, written=match["value"])
    return None


def _onward(reading: Reading, sign: _Sign, first: Quantity, end: int) -> Iterator[tuple[Span, Quantity]]:
    """Further values of one trend: "39.3 to 37.6", "130 -> 96", "39.5 yesterday but 37.1 today"."""
    while match := words.ONWARD.match(reading.folded, end):
        behind = re.compile(r"[ ]?(?:today|now|tonight|this morning)\b").match(reading.folded, match.end())
        quantity = _quantity(sign, match, first.unit if not sign.unit else "")
        if (
            quantity is None
            or not (words.MOVED.search(match.group()) or behind)
            or match.start("value") in reading.used
        ):
            return
        yield Span(match.start("value"), match.end()), quantity
        end = match.end()


def _run(reading: Reading, sign: _Sign, run: list[tuple[Span, Quantity]], named: Span) -> Iterator[Fact]:
    for index, (span, quantity) in enumerate(run):
        reading.used.update(range(span.start, span.end))  # its scale too: "102.4 F" names no woman
        whole = named if index == 0 else span
        kind = Kind.DEMOGRAPHIC if sign.concept == "bmi" else Kind.LAB
        fact = reading.fact(sign.concept, kind, whole)
        when = fact.when if fact.when in (When.PAST, When.HYPOTHETICAL) else When.CURRENT
        when = When.PAST if index < len(run) - 1 else When.CURRENT if len(run) > 1 else when
        yield replace(fact, presence=Presence.PRESENT, when=when, quantity=quantity)


def _in_order(facts: list[Fact]) -> list[Fact]:
    """The facts of one sign, the later in the text the newer, without a value that only repeats one in brackets."""
    kept: list[Fact] = []
    for fact in facts:
        before = kept[-1] if kept else None
        twin = before is not None and fact.span.start - before.span.end <= len(" (") and _other_scale(before, fact)
        if not twin:
            kept.append(fact)
    return [replace(fact, order=order) for order, fact in enumerate(kept)]


def _other_scale(one: Fact, other: Fact) -> bool:
    return bool(one.quantity and other.quantity and one.quantity.unit != other.quantity.unit)


def _height(reading: Reading) -> list[Fact]:
    """The patient's height as one fact, or none; feet and inches in inches, metres in centimetres."""
    text = reading.folded
    weighed = words.WEIGHED.search(text) is not None
    for match in words.HEIGHT.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if words.NOT_HEIGHT.search(before) or match.start() in reading.used:
            continue
        named = words.HEIGHT_NAMED.search(before) is not None or words.TALL.match(text, match.end()) is not None
        quantity = _tall(match, named=named or weighed)
        if match["only"] and not named:
            continue
        if quantity is None or not (named or weighed or match["inches"] or match["inches_"]):
            continue
        span = Span(*match.span())
        reading.used.update(figure.digits.start for figure in reading.figures_in(span))
        status = reading.status(span)
        return [
            replace(reading.fact("height", Kind.DEMOGRAPHIC, span, Status(subject=status.subject)), quantity=quantity)
        ]
    return []


_LOWEST, _HIGHEST = {"cm": Decimal(45), "inches": Decimal(36)}, {"cm": Decimal(230), "inches": Decimal(90)}
_LEAST_UNNAMED = Decimal(120)  # cm: a smaller length measures something else where nothing says that it is a height


def _tall(match: re.Match[str], *, named: bool) -> Quantity | None:
    feet, inches = match["feet"] or match["feet_"], match["inches"] or match["inches_"]
    if match["only"]:
        value, unit = Decimal(match["only"]), "inches"
    elif feet:
        if int(inches or 0) >= _INCHES:
            return None
        value, unit = Decimal(feet) * _INCHES + Decimal(inches or 0), "inches"
    else:
        value = Decimal(match["m"]) * _CM if match["m"] else Decimal(match["cm"] or match["bare"])
        unit = "cm"
    least = _LOWEST[unit] if named and unit == "inches" else _LEAST_UNNAMED if unit == "cm" else _LOWEST[unit]
    if not least <= value <= _HIGHEST[unit]:
        return None
    plain = value.to_integral_value() if value == value.to_integral_value() else value.normalize()
    return Quantity(plain, unit)
