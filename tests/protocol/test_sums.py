"""The worked sum: rounding, units, the ceiling, and nothing where an input is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bedside.facts.fact import Comparator, Fact, Facts, Kind, Quantity
from bedside.facts.units import Units
from bedside.protocol.condition import ALWAYS
from bedside.protocol.outcome import Outcome
from bedside.protocol.protocol import Parameter, Sum
from bedside.protocol.situation import Situation
from bedside.protocol.strength import Jurisdiction
from bedside.protocol.sums import Worked, worked_sums
from bedside.protocol.truth import Truth
from tests.protocol import toy

UNITS = Units.from_mapping(
    {
        "atoms": {},
        "units": {
            "kg": {"dimension": "body_weight", "factor": "1"},
            "lb": {"dimension": "body_weight", "factor": "0.45359237"},
        },
    }
)


def worked(value: str, unit: str = "kg", *, fires: bool = True, comparator: str = "=") -> tuple[Worked, ...]:
    """The sums of a protocol with one, for a weight."""
    rule = replace(toy.rule("R1"), given=ALWAYS, when=ALWAYS)
    numbers = {"each": "1.6", "step": "25", "ceiling": "200"}
    parameters = tuple(
        Parameter(name, Jurisdiction.INT, "2020-01-01", {"mcg": Decimal(number)}, "s", "")
        for name, number in numbers.items()
    )
    protocol: Any = replace(
        toy.protocol(rules=(rule,)), parameters=parameters, sums=(Sum("R1", "weight", "kg", "each", "step", "ceiling"),)
    )
    fact = Fact("weight", Kind.DEMOGRAPHIC, quantity=Quantity(Decimal(value), unit, Comparator(comparator)))
    situation = Situation(protocol, Facts((fact,)), frozenset(), UNITS)
    outcome = Outcome(rule, Truth.of(fires), True, "", ())
    return worked_sums((outcome,), situation)


@pytest.mark.parametrize(
    ("weight", "dose"),
    [("39", "50"), ("40", "75"), ("70", "100"), ("70.3125", "100"), ("71", "125"), ("125", "200"), ("125.1", None)],
)
def test_the_nearest_step_is_taken_and_the_ceiling_holds(weight: str, dose: str | None) -> None:
    """Half way between two steps the lower one is taken."""
    (result,) = worked(weight)
    assert result.result == (None if dose is None else Decimal(dose))


def test_another_unit_is_converted_first() -> None:
    """160 lb are 72.6 kg."""
    (result,) = worked("160", "lb")
    assert (result.value, result.product, result.result) == (Decimal("72.6"), Decimal("116.16"), Decimal(125))


@pytest.mark.parametrize("case", [{"fires": False}, {"comparator": "<"}, {"unit": ""}])
def test_nothing_is_worked_out_without_a_plain_value_or_its_rule(case: dict[str, Any]) -> None:
    """A rule that does not fire, a weight "below 70 kg", a weight without a unit."""
    assert worked("70", **case) == ()
