"""What the protocol of pneumonia needs to read: scores, urea, danger signs, allergy, severity, antibiotics."""

from __future__ import annotations

import pytest

from bedside.facts.read import read_facts
from tests.facts.test_iron import line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CRB-65 of 2", {"crb65 2 points"}),
        ("CURB65 = 3", {"curb65 3 points"}),
        ("curb-65 score 1", {"curb65 1 points"}),
        ("BUN 28 mg/dL", {"bun 28 mg/dL"}),
        ("urea 9.4 mmol/L", {"urea 9.4 mmol/L"}),
        ("urea 6.1 mmol/L, sodium 138 mmol/L", {"urea 6.1 mmol/L", "sodium 138 mmol/L"}),
        ("hair in a bun", set()),
        ("urea breath test", set()),
        ("CAP", {"pneumonia"}),
        ("a baseball cap", set()),
        ("no pneumonia", {"not pneumonia"}),
        ("pneumonia vaccine", set()),
        ("high-severity CAP", {"severe_pneumonia", "pneumonia"}),
        ("nonsevere pneumonia", set()),
        ("NKDA", {"not penicillin_allergy"}),
        ("allergic to penicillin", {"penicillin_allergy"}),
        ("no penicillin allergy", {"not penicillin_allergy"}),
        ("on a Z-pack", {"azithromycin", "macrolide", "antibiotic"}),
        ("taking Augmentin", {"co_amoxiclav", "antibiotic"}),
        ("given doxycycline", {"doxycycline", "antibiotic"}),
        ("rusty sputum", {"coloured_sputum"}),
        ("my lips are blue", {"blue_lips"}),
        ("no blue lips", {"not blue_lips"}),
        ("cannot finish a sentence", {"breath_for_words"}),
        ("otherwise healthy", {"not comorbidity", "no_stroke_risk"}),
        ("breathing 34 times a minute", {"respiratory_rate 34 /min"}),
    ],
)
def test_words_of_pneumonia_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected
