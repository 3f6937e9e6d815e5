"""The dose a day of a medicine: dose times frequency, exact, in micrograms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from bedside.facts.fact import Fact, Facts, Quantity
from bedside.facts.units import Units, UnknownUnit

_PER_DAY = {"daily": Decimal(1), "twice daily": Decimal(2), "three times daily": Decimal(3)}
_PER_WEEK = {"weekly": Decimal(1), "twice a week": Decimal(2), "three times a week": Decimal(3)}
_COUNT = re.compile(r"(\d+) per day")
_EVERY = re.compile(r"every (\d+) (days|weeks|months)")
_DAYS = {"days": Decimal(1), "weeks": Decimal(7), "months": Decimal("30.4375")}  # a month is 365.25/12 days
_WEEK = Decimal(7)
_PLACES = 9  # a seventh of a weekly dose is no exact decimal: seven of them are the weekly dose again


@dataclass(frozen=True, slots=True)
class DailyDose:
    """Micrograms a day. ``assumed`` says that no frequency was written and one dose a day was taken."""

    quantity: Quantity
    assumed: bool


def daily_dose(facts: Facts, concepts: Iterable[str], units: Units | None = None) -> DailyDose | None:
    """The dose a day of all of *concepts* that the patient takes now, added up; None when none has a dose.

    A dose by mouth without a frequency is taken as once a day, and the result says so (``assumed``). An injection or
    spray without a frequency, or a frequency in words that are not a number, gives no daily dose: None.
    *units* scales other mass units, and reads international units where the medicine has a named factor; without it
    micrograms, milligrams and grams are understood.
    """
    total, assumed, found = Decimal(0), False, False
    for concept in concepts:
        fact = facts.current(concept)
        if fact is None or fact.quantity is None:
            continue
        micrograms = _micrograms(fact.quantity, concept, units)
        often, guessed = _per_day(facts, fact)
        if micrograms is None or often is None:
            return None
        total, assumed, found = total + micrograms * often, assumed or guessed, True
    return DailyDose(Quantity(_plain(total), "mcg"), assumed) if found else None


_MASS = {"mcg": Decimal(1), "mg": Decimal(1000), "g": Decimal(1_000_000)}


def _micrograms(amount: Quantity, concept: str, units: Units | None) -> Decimal | None:
    if amount.unit in _MASS:
        return amount.value * _MASS[amount.unit]
    try:
        return units.convert(amount, "mcg", concept).value if units is not None else None
    except UnknownUnit:
        return None


def _per_day(facts: Facts, fact: Fact) -> tuple[Decimal | None, bool]:
    frequency = facts.current(f"{fact.concept}_frequency")
    if frequency is None:
        return (Decimal(1), True) if "_oral" in fact.concept else (None, False)
    return times_a_day(frequency.result), False


def times_a_day(frequency: str) -> Decimal | None:
    """How many times a day a frequency of section 20 means, or None for words that say no number."""
    if frequency in _PER_DAY:
        return _PER_DAY[frequency]
    with localcontext() as context:
        context.prec = 28
        if frequency in _PER_WEEK:
            return _PER_WEEK[frequency] / _WEEK
        if frequency == "alternate days":
            return Decimal(1) / 2
        if frequency == "monthly":
            return 1 / _DAYS["months"]
        if match := _COUNT.fullmatch(frequency):
            return Decimal(match[1])
        if match := _EVERY.fullmatch(frequency):
            return 1 / (Decimal(match[1]) * _DAYS[match[2]])
    return None


def _plain(value: Decimal) -> Decimal:
    value = round(value, _PLACES)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
