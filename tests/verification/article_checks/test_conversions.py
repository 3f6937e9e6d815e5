"""Printed pairs recomputed, and what must be left alone."""

import pytest

from bedside.verification.article_checks.conversions import conversions
from bedside.verification.article_checks.finding import Weight


def judged(read, text):
    return [found.weight for found in conversions(read(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Vitamin B12 below 258 pmol/L (350 pg/mL) is a grey zone.",
        "Serum B12 (target > 300 pmol/L or approximately > 400 pg/mL).",
        "Take 1 mg (1000 mcg) each day.",
        "Give 0.5 g (500 mg) of paracetamol.",
        "Haemoglobin below 100 g/L (10 g/dL) is treated.",
        "Homocysteine of 15 umol/L (2.03 mg/L) is raised.",
        "Total B12 of 180 to 350 ng/L (133 to 258 pmol/L) is a grey zone.",
        "Review after 3 months (12 weeks).",
    ],
)
def test_a_correct_pair_is_said_to_be_correct(read, text):
    """Rounding is allowed for, ranges are compared at both ends."""
    assert judged(read, text) == [Weight.CORRECT]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Vitamin B12 below 258 pmol/L (450 pg/mL) is a grey zone.", "349.7 pg/mL"),
        ("Take 1 mg (100 mcg) each day.", "1000 mcg"),
        ("Take 2.5 mg, that is 25 micrograms, each day.", "2500 mcg"),
        ("Haemoglobin below 100 g/L (1 g/dL) is treated.", "10 g/dL"),
        ("A ferritin of 30 ug/L (300 ng/mL) is low.", "30 ng/mL"),
    ],
)
def test_a_wrong_pair_is_a_fault_and_the_right_value_is_said(read, text, right):
    """The message has what the first figure is in the unit of the second."""
    [found] = conversions(read(text))
    assert found.weight is Weight.FAULT
    assert right in found.message


def test_limits_with_opposite_signs_are_a_fault(read):
    """Below in one unit and above in the other is not one limit."""
    [found] = conversions(read("Serum B12 (< 258 pmol/L or > 350 pg/mL) needs a second test."))
    assert found.weight is Weight.FAULT
    assert "signs differ" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "Take 500 mg or 1 g of paracetamol.",
        "Take 1 mg daily, at most 4 mg a day.",
        "Treat for 2 years (6 months of them in hospital).",
        "Give 5 mg in 10 mL of water.",
        "Aged 18 years and 6 months.",
        "Samples were taken at 0 h, 15 min and 2 h.",
        "Between 5 mg and 10 mg.",
    ],
)
def test_two_quantities_side_by_side_are_no_pair(read, text):
    """Alternatives, schemes and parts of a whole are not conversions."""
    assert judged(read, text) == []


def test_a_test_without_a_known_factor_is_noted_and_not_judged(read):
    """Magnesium has no factor in the content; its figure is not taken for another test's."""
    assert judged(read, "Magnesium below 1.7 mg/dL (0.7 mmol/L) is low.") == [Weight.NOTE]


def test_a_factor_of_the_content_is_judged_by(read):
    """Glucose has one: 18 mg/dL are 1 mmol/L."""
    assert judged(read, "Fasting glucose above 126 mg/dL (7.0 mmol/L) is diabetes.") == [Weight.CORRECT]


def test_changing_either_figure_of_a_correct_pair_makes_it_wrong(read):
    """A metamorphic relation: correct stays correct only for the pair printed."""
    for first, second in ((258, 350), (133, 180), (200, 271)):
        assert judged(read, f"A total B12 of {first} pmol/L ({second} pg/mL).") == [Weight.CORRECT]
        assert judged(read, f"A total B12 of {first * 2} pmol/L ({second} pg/mL).") == [Weight.FAULT]
        assert judged(read, f"A total B12 of {first} pmol/L ({second + 60} pg/mL).") == [Weight.FAULT]
