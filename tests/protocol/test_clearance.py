"""The creatinine clearance: constants of each unit, and none where an input is missing, doubtful or stated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bedside.facts.fact import Comparator, Fact, Facts, Kind, Quantity
from bedside.facts.units import Units
from bedside.protocol.clearance import CONCEPT, clearance
from bedside.protocol.condition import Has, Not
from bedside.protocol.protocol import Measure, Score, ScoreItem, Wording
from bedside.protocol.scores import scored
from bedside.protocol.situation import Situation
from tests.protocol import toy

UNITS = Units.from_mapping(
    {
        "atoms": {},
        "units": {
            "kg": {"dimension": "body_weight", "factor": "1"},
            "lb": {"dimension": "body_weight", "factor": "0.45359237"},
            "years": {"dimension": "time", "factor": "8766"},
            "umol/L": {"dimension": "molar", "factor": "1"},
            "mg/dL": {"dimension": "mass", "factor": "1"},
            "mL/min": {"dimension": "clearance", "factor": "1"},
        },
    }
)
WHOLE = {"age_years": "82 years", "weight": "58 kg", "creatinine": "140 umol/L", "sex": "male"}


def situation(**changes: str) -> Situation:
    """A patient with everything the formula needs, changed; "" leaves a fact out."""
    facts = Facts()
    for name, text in (WHOLE | changes).items():
        number, _, unit = text.partition(" ")
        if text and name == "sex":
            facts = facts.with_fact(Fact(name, Kind.DEMOGRAPHIC, result=text))
        elif text:
            sign = Comparator.ABOVE if number.startswith(">") else Comparator.EQUAL
            quantity = Quantity(Decimal(number.lstrip(">")), unit, sign)
            facts = facts.with_fact(Fact(name, Kind.LAB, quantity=quantity))
    measures = {CONCEPT: Measure(CONCEPT, cockcroft_gault=("toy/crcl",))}
    protocol: Any = replace(toy.protocol(), measures=measures)
    return Situation(protocol, facts, frozenset(), UNITS)


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({}, "29.6"),
        ({"sex": "female"}, "25.0"),
        ({"weight": "127.9 lb"}, "29.6"),
        ({"creatinine": "1.6 mg/dL"}, "29.2"),
        ({"creatinine": "1.6 mg/dL", "sex": "female"}, "24.8"),
    ],
)
def test_each_unit_has_its_own_constants(changes: dict[str, str], result: str) -> None:
    """1.23 and 1.04 with umol/L; divided by 72, and 0.85 for women, with mg/dL."""
    here = situation(**changes)
    assert clearance(here).result == Decimal(result)
    assert here.value(CONCEPT).value == Decimal(result)


@pytest.mark.parametrize(
    "changes",
    [
        *({name: ""} for name in WHOLE),
        {"creatinine": ">140 umol/L"},
        {"creatinine": "140 "},
        {"creatinine": "5 umol/L"},
        {"age_years": "17 years"},
        {"weight": "20 kg"},
    ],
)
def test_nothing_is_worked_out_from_a_missing_or_doubtful_input(changes: dict[str, str]) -> None:
    """Neither a clearance nor a value for conditions."""
    here = situation(**changes)
    assert clearance(here) is None
    assert not here.known(CONCEPT)


def test_a_stated_clearance_stands() -> None:
    """What was reported is not replaced, and what was worked out follows its inputs."""
    stated = situation(**{CONCEPT: "33 mL/min"})
    assert stated.value(CONCEPT).value == Decimal(33)
    lighter = situation().facts.with_fact(Fact("weight", Kind.LAB, quantity=Quantity(Decimal(50), "kg"), order=1))
    assert situation().with_facts(lighter).value(CONCEPT).value == Decimal("25.5")


def test_a_score_lies_between_what_is_sure_and_what_is_possible() -> None:
    """Two points for one item; what is denied counts nothing, what nobody told stays open."""
    name = Wording("Score", "Score")
    items = (ScoreItem(2, Has("stroke"), name), ScoreItem(1, Has("gout"), name), ScoreItem(1, Not(Has("cold")), name))
    protocol: Any = replace(toy.protocol(), scores=(Score("s", name, items, ()),))
    facts = Facts().with_fact(Fact("stroke", Kind.CONDITION)).with_fact(Fact("cold", Kind.CONDITION))
    (found,) = scored(Situation(protocol, facts, frozenset(), UNITS))
    assert (found.low, found.high) == (2, 3)
    assert scored(Situation(protocol, Facts(), frozenset(), UNITS)) == ()
