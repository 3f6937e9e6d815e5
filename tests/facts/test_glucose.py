"""What the glucose protocol needs to read: HbA1c and glucose in both unit systems, ketones, medicines, signs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bedside.facts.fact import Quantity
from bedside.facts.read import read_facts
from tests.facts.test_iron import line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my a1c is 5.9", {"hba1c 5.9"}),
        ("HbA1c 48 mmol/mol", {"hba1c 48 mmol/mol"}),
        ("three month sugar 6.8%", {"hba1c 6.8 %"}),
        (
            "HbA1c 53 -> 61 mmol/mol on metformin",
            {"past hba1c 53 mmol/mol", "hba1c 61 mmol/mol", "metformin", "biguanide"},
        ),
        ("a1c was 7.8% last year, now 6.9%", {"past hba1c 7.8 %", "hba1c 6.9 %"}),
        ("FBS 132 mg/dl", {"glucose_fasting 132 mg/dL"}),
        ("fasting blood sugar was 118", {"glucose_fasting 118"}),
        ("random blood sugar of 13.4 mmol/l", {"glucose 13.4 mmol/L"}),
        ("blood sugar 7.8", {"glucose 7.8"}),
        ("BM 3.2", {"glucose 3.2"}),
        ("fasting glucose: 6.3, OGTT 2h 9.4", {"glucose_fasting 6.3", "glucose_2h 9.4"}),
        ("Glucose 110 mg/dL fasting", {"glucose 110 mg/dL", "fasting_state"}),
        ("ketones 0.3", {"ketones 0.3 mmol/L"}),
        ("no ketones", set()),
        (
            "I take metformin 1 g bd, eGFR 38",
            {"metformin 1 g", "metformin_frequency twice daily", "biguanide", "egfr 38 mL/min/1.73m2"},
        ),
        ("on Glucophage and Jardiance", {"metformin", "biguanide", "sglt2_inhibitor"}),
        ("gliclazide, Ozempic and Lantus", {"sulfonylurea", "glp1_agonist", "insulin"}),
        ("no insulin resistance", set()),
        ("breath smells of pear drops", {"fruity_breath"}),
        ("My mother has diabetes. My own HbA1c is 44 mmol/mol", {"family diabetes", "hba1c 44 mmol/mol"}),
        ("I don't have diabetes", {"not diabetes"}),
        ("drinking loads and wetting the bed", {"thirst_polyuria"}),
        ("urine MMA 3.6 mmol/mol", {"mma_urine_creatinine 3.6 mmol/mol creatinine"}),
        ("MMA 3.6 mmol/mol", {"mma_urine_creatinine 3.6 mmol/mol creatinine"}),
    ],
)
def test_words_of_glucose_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected


@pytest.mark.parametrize(("percent", "mmol"), [("6.5", "47.545"), ("7", "53.01"), ("5.7", "38.801"), ("10", "85.8")])
def test_per_cent_is_converted_by_the_master_equation_both_ways(percent: str, mmol: str, vocabulary) -> None:
    """HbA1c (mmol/mol) = 10.93 x HbA1c (%) - 23.5: for display and the ranges, never for a limit."""
    units = vocabulary.units
    there = units.convert(Quantity(Decimal(percent), "%"), "mmol/mol", "hba1c")
    assert there.value == Decimal(mmol)
    back = units.convert(there, "%", "hba1c")
    assert back.value == Decimal(percent)


def test_glucose_is_converted_by_eighteen(vocabulary) -> None:
    """1 mmol/L is 18 mg/dL."""
    assert vocabulary.units.convert(Quantity(Decimal(126), "mg/dL"), "mmol/L", "glucose").value == Decimal(7)
