"""What the vitamin D protocol needs to read: the test and the medicine of one name, both unit systems, cautions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bedside.facts.daily import daily_dose
from bedside.facts.read import read_facts
from tests.facts.test_iron import line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My vitamin D is 20", {"vitamin_d_25oh 20"}),
        ("vitamn D 18 nmol/l", {"vitamin_d_25oh 18 nmol/L"}),
        ("Vit D 14.4 ng/mL", {"vitamin_d_25oh 14.4 ng/mL"}),
        ("25-OH vitamin D 22 nmol/L", {"vitamin_d_25oh 22 nmol/L"}),
        ("25(OH)D 12 ng/ml", {"vitamin_d_25oh 12 ng/mL"}),
        ("25OHD 31 nmol/l, adjusted calcium 2.45 mmol/L", {"vitamin_d_25oh 31 nmol/L", "calcium 2.45 mmol/L"}),
        ("25-hydroxyvitamin D level of 310 nmol/L", {"vitamin_d_25oh 310 nmol/L"}),
        ("My vitamin D is low", {"vitamin_d_25oh low"}),
        ("vitamin D deficiency", {"vitamin_d_deficiency"}),
        ("I take vitamin D 1000 IU daily", {"vitamin_d 1000 IU", "vitamin_d_frequency daily"}),
        ("4000 units of vitamin D a day", {"vitamin_d 4000 IU", "vitamin_d_frequency daily"}),
        ("vitamin d 25 micrograms daily", {"vitamin_d 25 mcg", "vitamin_d_frequency daily"}),
        ("I take vitamin D", {"vitamin_d"}),
        ("on Fultium D3 20000 units", {"vitamin_d 20000 IU"}),
        (
            "colecalciferol 50,000 IU weekly for 6 weeks",
            {"vitamin_d 50000 IU", "vitamin_d_frequency weekly", "vitamin_d_duration 6 weeks"},
        ),
        ("low vit d 9 ng/ml", {"vitamin_d_25oh 9 ng/mL"}),
        ("vitamin D deficiency (18 nmol/L)", {"vitamin_d_deficiency", "vitamin_d_25oh 18 nmol/L"}),
        ("vitamin D deficiency and ferritin 9 ng/mL", {"vitamin_d_deficiency", "ferritin 9 ng/mL"}),
        ("Should I take vitamin D?", set()),
        ("taking vitamin D 2000 IU, level 140 ng/mL", {"vitamin_d 2000 IU", "vitamin_d_25oh 140 ng/mL"}),
        ("I took vitamin D tablets in 2019", {"past vitamin_d"}),
        ("1,25-dihydroxyvitamin D 60 pg/mL", set()),
        ("25-hydroxyvitamin D 18 nmol/L, 1,25(OH)2D 44 pmol/L", {"vitamin_d_25oh 18 nmol/L"}),
        ("calcium 10.9 mg/dL", {"calcium 10.9 mg/dL"}),
        ("calcium is high", {"hypercalcaemia"}),
        ("no kidney stones", {"not kidney_stones"}),
        (
            "My mother has sarcoidosis. My own vitamin D is 15 nmol/L",
            {"family granulomatous_disease", "vitamin_d_25oh 15 nmol/L"},
        ),
        ("bendroflumethiazide and digoxin", {"thiazide", "diuretic", "digoxin"}),
        ("very thirsty and constipated", {"thirst_polyuria", "constipation"}),
        ("D-dimer 600", set()),
    ],
)
def test_words_of_vitamin_d_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected


@pytest.mark.parametrize(
    ("text", "micrograms"),
    [
        ("vitamin D 4000 IU daily", "100"),
        ("vitamin D 100 mcg daily", "100"),
        ("vitamin D 2000 IU twice a day", "100"),
        ("vitamin D 7000 IU weekly", "25"),
        ("vitamin D 0.1 mg daily", "100"),
    ],
)
def test_international_units_and_micrograms_are_one_dose(text: str, micrograms: str, vocabulary) -> None:
    """40 IU are 1 microgram of vitamin D, of no other medicine."""
    facts = read_facts(text, vocabulary)
    dose = daily_dose(facts, ["vitamin_d"], vocabulary.units)
    assert dose is not None
    assert (dose.quantity.value, dose.quantity.unit) == (Decimal(micrograms), "mcg")


def test_units_of_another_medicine_are_no_micrograms(vocabulary) -> None:
    """Without a named factor there is no dose a day."""
    facts = read_facts("cyanocobalamin 1000 IU daily by mouth", vocabulary)
    assert daily_dose(facts, ["cyanocobalamin_oral"], vocabulary.units) is None


def test_the_level_is_b12_where_b12_is_named(vocabulary) -> None:
    """In a text that names both, "my level" stays the B12 level."""
    facts = read_facts("I take vitamin D and B12 tablets. My level is 300 pg/mL", vocabulary)
    assert "total_b12 300 pg/mL" in {line(fact) for fact in facts.items}
