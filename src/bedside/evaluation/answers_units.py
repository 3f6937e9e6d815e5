"""The numbers of a question in another unit of the same analyte, so exactly that they read back as they were."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from bedside.facts.fact import Comparator, Fact, Quantity
from bedside.facts.read import read_facts
from bedside.facts.units import Units, UnknownUnit
from bedside.facts.vocabulary import Vocabulary

_DOSES = {"mcg": ("mg",), "mg": ("mcg", "g"), "g": ("mg",), "IU": ("mcg",)}
_PLACES = 6
_NEAR = Decimal("0.0005")
_SPAN = 1000
"""A number under 1/SPAN of the usual size, or over SPAN, is nobody's way of writing it."""


def in_other_units(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The text with one number in another unit, for each number with a unit and each other unit of its analyte."""
    seen = set()
    for fact in read_facts(text, vocabulary).items:
        for change, other in _of(fact, text, vocabulary.units):
            if other not in seen:
                seen.add(other)
                yield change, other


def _of(fact: Fact, text: str, units: Units) -> Iterator[tuple[str, str]]:
    quantity = fact.quantity
    if (
        quantity is None
        or not quantity.unit
        or quantity.upper is not None
        or quantity.comparator is not Comparator.EQUAL
    ):
        return
    start = text.find(quantity.written, fact.span.start, fact.span.end) if quantity.written else -1
    begin = start + len(quantity.written)
    written_unit = text[begin : fact.span.end]
    if start < 0 or units.normalise(written_unit.strip()) != quantity.unit:
        return
    for unit in _others(fact, units):
        number = _converted(quantity, unit, fact.concept, units)
        if number is not None:
            change = f"{fact.concept}: {quantity.written}{written_unit} as {number} {unit}"
            yield change, f"{text[:start]}{number} {unit}{text[fact.span.end :]}"


def _others(fact: Fact, units: Units) -> tuple[str, ...]:
    unit = fact.quantity.unit if fact.quantity else ""
    if fact.concept in units.analytes:
        return tuple(sorted(units.analytes[fact.concept].units - {unit}))
    return _DOSES.get(unit, ())


def _converted(quantity: Quantity, unit: str, analyte: str, units: Units) -> str | None:
    """The number in *unit* with as few decimal places as give the first number back; None where there is no such."""
    try:
        exact = units.convert(quantity, unit, analyte).value
    except UnknownUnit:
        return None
    if not (Decimal(1) / _SPAN < exact / quantity.value < _SPAN):
        return None
    for places in range(_PLACES + 1):
        short = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
        back = units.convert(Quantity(short, unit), quantity.unit, analyte).value
        if short and abs(back - quantity.value) <= quantity.value * _NEAR:
            return f"{short.normalize():f}"
    return None
