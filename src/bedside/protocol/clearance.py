"""Creatinine clearance by the formula of Cockcroft and Gault (Nephron 1976;16:31-41), with the actual body weight.

With creatinine in umol/L the factor is 1.23 for men and 1.04 for women; in mg/dL the product is divided by 72, times
0.85 for women. Nothing is converted: each unit has its own constants, as in the sources that print them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from bedside.facts.fact import Comparator, Fact, Facts, Kind, Origin, Quantity
from bedside.facts.units import UnknownUnit

if TYPE_CHECKING:
    from bedside.protocol.situation import Situation

CONCEPT = "creatinine_clearance"
INPUTS = ("age_years", "weight", "sex", "creatinine")
"""The facts it is worked out from."""
WORKED_OUT = "worked out"
"""The source of a clearance that nobody stated."""

_UNIT = "mL/min"
_ADULT, _OLDEST = 18, 110
_LIGHTEST, _HEAVIEST = 30, 250  # kg
_CREATININE = {"umol/L": (Decimal(20), Decimal(2000)), "mg/dL": (Decimal("0.2"), Decimal(22))}
_BY_SEX = {
    ("umol/L", "male"): Decimal("1.23"),
    ("umol/L", "female"): Decimal("1.04"),
    ("mg/dL", "male"): Decimal(1),
    ("mg/dL", "female"): Decimal("0.85"),
}
_DIVISOR = {"umol/L": Decimal(1), "mg/dL": Decimal(72)}
_YEAR = 140


@dataclass(frozen=True, slots=True)
class Clearance:
    """One clearance with all its numbers; ``result`` is in mL/min, to one decimal place."""

    age: Decimal
    weight: Decimal
    factor: Decimal
    divisor: Decimal
    creatinine: Decimal
    unit: str
    result: Decimal


def with_clearance(situation: Situation) -> Facts:
    """The facts, with the clearance worked out where it can be and nobody stated it."""
    facts = situation.facts
    if any(fact.origin.source == WORKED_OUT for fact in facts.of(CONCEPT)):
        kept = tuple(fact for fact in facts.items if fact.origin.source != WORKED_OUT)
        facts = Facts(kept, facts.concerns)
    worked = clearance(situation)
    if worked is None or facts.current(CONCEPT) is not None:
        return facts
    quantity = Quantity(worked.result, _UNIT)
    return facts.with_fact(Fact(CONCEPT, Kind.LAB, quantity=quantity, origin=Origin(WORKED_OUT), internal=True))


def clearance(situation: Situation) -> Clearance | None:
    """The clearance, or None where one of its inputs is missing, not one plain number, or outside what an adult has."""
    age, weight = _plain(situation, "age_years"), _plain(situation, "weight")
    creatinine, sex = _plain(situation, "creatinine"), situation.facts.current("sex")
    if age is None or weight is None or creatinine is None or sex is None:
        return None
    kilograms = situation.units.scale(weight, "kg")
    years = situation.units.scale(age, "years")
    measured = _as_printed(situation, creatinine)
    if kilograms is None or years is None or measured is None or (measured.unit, sex.result) not in _BY_SEX:
        return None
    least, most = _CREATININE[measured.unit]
    if not (
        _ADULT <= years.value <= _OLDEST
        and _LIGHTEST <= kilograms.value <= _HEAVIEST
        and least <= measured.value <= most
    ):
        return None
    kg = kilograms.value.quantize(Decimal("0.1"))
    factor, divisor = _BY_SEX[measured.unit, sex.result], _DIVISOR[measured.unit]
    whole_years = years.value.to_integral_value(ROUND_FLOOR)
    result = ((_YEAR - whole_years) * kg * factor / (divisor * measured.value)).quantize(Decimal("0.1"))
    return Clearance(whole_years, kg, factor, divisor, measured.value, measured.unit, result)


def _plain(situation: Situation, name: str) -> Quantity | None:
    quantity = situation.value(name)
    if quantity is None or quantity.upper is not None or quantity.comparator is not Comparator.EQUAL:
        return None
    return quantity


def _as_printed(situation: Situation, quantity: Quantity) -> Quantity | None:
    """A creatinine in one of the two units that have constants, scaled but never converted."""
    for unit in _CREATININE:
        try:
            scaled = situation.units.scale(quantity, unit)
        except UnknownUnit:
            scaled = None
        if scaled is not None:
            return replace(scaled, unit=unit)
    return None
