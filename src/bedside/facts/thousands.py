"""Thousands marks that can be read two ways: "1.000 pg/mL", "1,000 mcg" (section 2.2 of the B12 specification)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bedside.facts.fact import Concern, ConcernKind, Fact, Kind, Quantity
from bedside.facts.reading import Reading
from bedside.facts.units import Units
from bedside.text.numbers import read_figure

# Doses of B12 by mouth or needle lie between these (a 10 microgram tablet, the 5 g antidote).
_LEAST_DOSE, _MOST_DOSE = Decimal(10), Decimal(10_000)
_B12 = ("cyanocobalamin", "hydroxocobalamin", "methylcobalamin", "adenosylcobalamin", "b12_")


def settled(facts: tuple[Fact, ...], reading: Reading) -> tuple[tuple[Fact, ...], tuple[Concern, ...]]:
    """Take the reading that lies in the plausible range; where both or neither does, keep the usual one and ask."""
    units = reading.vocabulary.units
    chosen: list[Fact] = []
    doubts: list[Concern] = []
    for fact in facts:
        other = _other(fact)
        if fact.quantity is None or other is None:
            chosen.append(fact)
            continue
        usual, second = _plausible(fact, fact.quantity, units), _plausible(fact, other, units)
        chosen.append(replace(fact, quantity=other) if second and not usual else fact)
        if usual == second and _read_with_doubt(fact):
            doubts.append(Concern(ConcernKind.THOUSANDS_AMBIGUOUS, fact.concept, fact.quantity.written, fact.span))
    return tuple(chosen), tuple(doubts)


def _read_with_doubt(fact: Fact) -> bool:
    return fact.concept in ("total_b12", "active_b12") or fact.concept.startswith(_B12)


def _other(fact: Fact) -> Quantity | None:
    if fact.quantity is None or not fact.quantity.written[:1].isdigit() or fact.kind not in (Kind.LAB, Kind.DRUG):
        return None
    other = read_figure(fact.quantity.written)[1]
    return None if other is None else replace(fact.quantity, value=other)


def _plausible(fact: Fact, amount: Quantity, units: Units) -> bool:
    analyte = units.analytes.get(fact.concept)
    if analyte is not None and analyte.plausible is not None:
        unit = amount.unit or analyte.assumed_unit(amount.value)
        return analyte.plausible.holds(units.convert(replace(amount, unit=unit), analyte.unit, fact.concept).value)
    micrograms = units.scale(amount, "mcg")
    if micrograms is not None and fact.concept.startswith(_B12):
        return _LEAST_DOSE <= micrograms.value <= _MOST_DOSE
    # Elsewhere the usual reading stands: a comma groups thousands, a point is a decimal point.
    return amount.value == (fact.quantity.value if fact.quantity else None)
