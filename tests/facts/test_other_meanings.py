"""Abbreviations and phrases with another meaning, and operations that are easily confused."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CT: main PA 32 mm, no PE. Does that need follow-up?", set()),
        ("PA pressure 45 mmHg, B12 300", {"total_b12 300"}),
        ("Seen by the PA, B12 150 ng/L", {"total_b12 150 ng/L"}),
        ("PA chest x-ray normal; B12 150 ng/L", {"total_b12 150 ng/L"}),
        (
            "PA on hydroxocobalamin 1 mg every 12 weeks",
            {"pernicious_anaemia", "hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_frequency every 12 weeks"},
        ),
        ("PA diagnosed 2010, B12 400 ng/L", {"pernicious_anaemia", "total_b12 400 ng/L"}),
        ("Echo: PA systolic 50", set()),
        ("He had a stroke of luck finding this site! My B12 is 190", {"total_b12 190"}),
        ("On the stroke unit, B12 162 pg/mL", {"total_b12 162 pg/mL"}),
        ("It was a stroke of genius, B12 162 pg/mL", {"total_b12 162 pg/mL"}),
        ("swimming breast stroke hurts, B12 162 pg/mL", {"total_b12 162 pg/mL"}),
        ("I drink black coffee, B12 162 pg/mL", {"total_b12 162 pg/mL"}),
        ("gastric balloon in 2020, B12 162 pg/mL", {"total_b12 162 pg/mL"}),
        ("fh PA, B12 200 ng/L", {"family_history_pernicious_anaemia", "total_b12 200 ng/L"}),
    ],
)
def test_another_meaning(read, text, expected):
    """The words are read only where they mean the illness."""
    assert lines(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Had gas and air in labour last week, B12 180 ng/L", {"total_b12 180 ng/L"}),
        ("Entonox for my dressing changes, B12 180 ng/L", {"total_b12 180 ng/L"}),
        ("right hemicolectomy in 2015, B12 150 ng/L", {"total_b12 150 ng/L"}),
        ("small bowel resection 2012, B12 150 ng/L", {"total_b12 150 ng/L"}),
        ("had my stomach removed in 2015, B12 150 ng/L", {"total_b12 150 ng/L"}),
        ("had my whole stomach removed in 2015, B12 150 ng/L", {"total_gastrectomy", "total_b12 150 ng/L"}),
        ("ileocaecal resection for Crohn's, B12 150 ng/L", {"ileal_resection", "crohns_disease", "total_b12 150 ng/L"}),
        ("weight loss surgery in 2019, B12 150 ng/L", {"total_b12 150 ng/L"}),
        ("gastrectomy 2010, B12 150 ng/L", {"total_b12 150 ng/L"}),
    ],
)
def test_an_operation_or_a_gas(read, text, expected):
    """Only what is surely meant is read: no part for the whole, no pain relief for use as a drug."""
    assert lines(read(text)) == expected


def test_an_operation_not_further_described_is_kept_apart(read):
    """A removed stomach and weight-loss surgery are known to the rules under names that say no more than that."""
    assert read("had my stomach removed in 2015, B12 150").current("gastrectomy").internal
    assert read("weight loss surgery in 2019, B12 150").current("bariatric_surgery").internal


def test_gas_and_air_is_kept_apart(read):
    """Gas and air in labour is known as what it is, and not as nitrous oxide used for pleasure."""
    facts = read("gas and air in labour last week, B12 180")
    assert facts.of("entonox")
    assert not facts.of("nitrous_oxide")
