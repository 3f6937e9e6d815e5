"""Words that stand for more than they say: years on a medicine, short names, figures of speech, what is over."""

from __future__ import annotations

import pytest

from bedside.facts.read import read_facts
from tests.facts.test_iron import line


def told(text: str, vocabulary) -> set[str]:
    return {line(fact) for fact in read_facts(text, vocabulary).items}


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Mg 0.5 on omeprazole 6y, K 4.2", None),
        ("on ramipril 12 y, K 5.7", None),
        ("Boy 6y, on ramipril, K 5.7", "6"),
        ("my son is on omeprazole, 6y, potassium 4.2", "6"),
        ("on ramipril 71y, K 5.7", "71"),
    ],
)
def test_years_behind_a_medicine_are_no_age(text: str, age: str | None, vocabulary) -> None:
    """But behind a comma they are, and nobody has taken anything for 71 years."""
    found = read_facts(text, vocabulary).current("age_years")
    assert (None if found is None else str(found.quantity.value)) == age


@pytest.mark.parametrize(
    ("text", "expected", "other"),
    [
        ("NVAF, HF, vasc dz", {"atrial_fibrillation", "heart_failure", "vascular_disease"}, set()),
        ("no HF, no vasc disease", {"not heart_failure", "not vascular_disease"}, {"heart_failure"}),
        (
            "on riva, then apix, then edox, then dabig",
            {"rivaroxaban", "apixaban", "edoxaban", "dabigatran", "doac"},
            set(),
        ),
        ("his driving gives me a heart attack", set(), {"cardiovascular_disease", "vascular_disease"}),
        ("I had a heart attack in 2019", {"cardiovascular_disease", "vascular_disease"}, set()),
        ("I passed out from low sugar in 2018", {"past syncope", "past hypoglycaemia"}, {"syncope"}),
        ("I passed out from low sugar", {"syncope", "hypoglycaemia"}, set()),
        ("was on glyburide, off it now. On metformin", {"past sulfonylurea", "metformin"}, {"sulfonylurea"}),
        ("AF and high bp, 72", {"hypertension"}, {"systolic_bp 72 mmHg"}),
        ("high bp, 182 this morning", {"systolic_bp 182 mmHg"}, set()),
        ("6 days after my c-section, bad head", {"postpartum", "severe_headache"}, set()),
        ("6 days after my hip operation", set(), {"postpartum"}),
        ("a bad head cold", set(), {"severe_headache"}),
    ],
)
def test_what_is_read_and_what_is_not(text: str, expected: set[str], other: set[str], vocabulary) -> None:
    """Short names and dated events are read; a figure of speech, a denial and another matter are not."""
    found = told(text, vocabulary)
    assert expected <= found
    assert not other & found
