"""Doses worked out: a measure times an amount for each unit of it, rounded, and refused above the ceiling."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, Decimal
from typing import TYPE_CHECKING

from bedside.facts.fact import Comparator
from bedside.facts.units import UnknownUnit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedside.facts.fact import Quantity
    from bedside.protocol.outcome import Outcome
    from bedside.protocol.protocol import Sum
    from bedside.protocol.situation import Situation


@dataclass(frozen=True, slots=True)
class Worked:
    """One sum with all its numbers. ``result`` is None where the product lies above the ceiling: no dose is given.

    ``value`` is the measure in ``unit``; ``each``, ``product``, ``step``, ``result`` and ``ceiling`` are in
    ``dose_unit``.
    """

    rule: str
    measure: str
    value: Decimal
    unit: str
    each: Decimal
    product: Decimal
    step: Decimal
    ceiling: Decimal
    dose_unit: str
    result: Decimal | None


def worked_sums(outcomes: Iterable[Outcome], situation: Situation) -> tuple[Worked, ...]:
    """The sums of the rules that fire, where the measure has one plain value."""
    firing = {outcome.rule.id: outcome.rule for outcome in outcomes if outcome.fires}
    found = (_worked(each, situation) for each in situation.protocol.sums if each.rule in firing)
    return tuple(worked for worked in found if worked is not None)


def _worked(asked: Sum, situation: Situation) -> Worked | None:
    quantity = situation.value(asked.of)
    if quantity is None or quantity.upper is not None or quantity.comparator is not Comparator.EQUAL:
        return None
    value = _in_unit(quantity, asked, situation)
    numbers = [_number(name, asked, situation) for name in (asked.each, asked.step, asked.ceiling)]
    if value is None or any(number is None for number in numbers):
        return None
    (unit, each), (_, step), (_, ceiling) = (number for number in numbers if number is not None)
    product = value * each
    # Half way between two steps the lower one is taken.
    result = (product / step).quantize(Decimal(1), rounding=ROUND_HALF_DOWN) * step
    return Worked(
        rule=asked.rule,
        measure=asked.of,
        value=value,
        unit=asked.unit,
        each=each,
        product=product,
        step=step,
        ceiling=ceiling,
        dose_unit=unit,
        result=result if product <= ceiling and result <= ceiling and result > 0 else None,
    )


def _in_unit(quantity: Quantity, asked: Sum, situation: Situation) -> Decimal | None:
    """The measure in the unit of the sum, to one decimal place."""
    try:
        there = situation.units.convert(quantity, asked.unit, situation.analyte(asked.of))
    except UnknownUnit:
        return None
    return there.value.quantize(Decimal("0.1")) if there.value % 1 else there.value.quantize(Decimal(1))


def _number(name: str, asked: Sum, situation: Situation) -> tuple[str, Decimal] | None:
    """The parameter of that name for the country of the rule, with its unit."""
    where = situation.protocol.rule(asked.rule).jurisdiction
    parameter = situation.parameter(name, where)
    return None if parameter is None else next(iter(parameter.values.items()))
