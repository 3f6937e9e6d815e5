"""What the potassium protocol needs to read: the result in every spelling, a doubtful sample, signs, medicines."""

from __future__ import annotations

import pytest

from bedside.facts.read import read_facts
from tests.facts.test_iron import line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("K+ 5.8", {"potassium 5.8"}),
        ("K 6.1 mEq/L", {"potassium 6.1 mEq/L"}),
        ("serum potassium of 5.9mmol/l", {"potassium 5.9 mmol/L"}),
        ("Potasium 6.2", {"potassium 6.2"}),
        ("high potassium of 6.8", {"potassium 6.8"}),
        ("I have high potassium", {"potassium raised"}),
        ("no high potassium", set()),
        ("potassium went from 5.2 to 6.9", {"past potassium 5.2", "potassium 6.9"}),
        ("potassium 6\u00b78", {"potassium 6.8"}),
        ("hyperkalemia (K 6.3)", {"hyperkalaemia", "potassium 6.3"}),
        ("no hyperkalaemia", {"not hyperkalaemia"}),
        ("k 6.6 on bloods", {"potassium 6.6"}),
        ("k+ 5.7 on bloods", {"potassium 5.7"}),
        ("ok, 6.6 thanks k", set()),
        ("special k 2.5 bowls", set()),
        ("Vitamin K 5", {"phytomenadione"}),
        ("losartan potassium 50 mg", {"angiotensin_receptor_blocker", "antihypertensive"}),
        ("the lab said the sample was haemolysed", {"haemolysed_sample"}),
        ("the sample was not hemolyzed", {"not haemolysed_sample"}),
        ("I missed my dialysis session", {"missed_dialysis"}),
        ("EKG shows peaked T waves and a wide QRS", {"hyperkalaemia_ecg"}),
        ("hardly any urine", {"low_urine"}),
        ("on Bactrim DS for a UTI", {"antibiotic", "trimethoprim", "urinary_infection"}),
        (
            "co-trimoxazole and eplerenone",
            {"antibiotic", "trimethoprim", "antihypertensive", "mineralocorticoid_antagonist"},
        ),
        ("I take K-Dur", {"potassium_product", "potassium_supplement"}),
        ("on Veltassa", {"potassium_binder"}),
        ("on Entresto", {"arni", "angiotensin_receptor_blocker"}),
        ("amiloride and tacrolimus", {"diuretic", "potassium_sparing_diuretic", "calcineurin_inhibitor"}),
    ],
)
def test_words_of_potassium_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Potassium was 6.2 last month, now 4.8", {"past potassium 6.2", "potassium 4.8"}),
        ("Potassium 6.2 in October, 4.8 today", {"past potassium 6.2", "potassium 4.8"}),
        ("potassium 5.1 last week, 6.8 today", {"potassium 5.1", "potassium 6.8"}),
        ("K 5.1 -> 5.8", {"past potassium 5.1", "potassium 5.8"}),
        ("K 5.8, 2.5 mg ramipril", {"potassium 5.8", "ace_inhibitor 2.5 mg", "antihypertensive"}),
        ("K 5.8, for 2.5 weeks", {"potassium 5.8"}),
        ("K 5.8, creatinine 180", {"potassium 5.8", "creatinine 180"}),
    ],
)
def test_a_bare_decimal_behind_a_decimal_is_the_next_value(text: str, expected: set[str], vocabulary) -> None:
    """Small decimals go on a series as large numbers do; a dose, a time and another test do not."""
    found = {line(fact) for fact in read_facts(text, vocabulary).items if not fact.concept.endswith("_duration")}
    assert found == expected
