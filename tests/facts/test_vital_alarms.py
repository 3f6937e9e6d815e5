"""Temperature and heart rate in numbers: the sign they are, at every edge, and what is no sign."""

from __future__ import annotations

import pytest

from bedside.facts.read import read_facts
from tests.facts.test_iron import line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("temperature 34.9 C", {"hypothermia"}),
        ("temp 35 C", set()),
        ("temp is 37.9", set()),
        ("temp 38.0", {"fever"}),
        ("my temperature was 100.4 F", {"fever"}),
        ("temp 100.3F", set()),
        ("temp 101F today", {"fever"}),
        ("temp 101 F, sore throat", {"fever", "sore_throat"}),
        ("72F, temp 101 F", {"age_years 72 years", "sex female", "fever"}),
        ("temp 94.9", {"hypothermia"}),
        ("Temperature: 39.2 °C", {"fever"}),
        ("temp 20 C", set()),
        ("room temperature 28 C", set()),
        ("HR 120", {"fast_pulse"}),
        ("heart rate of 119", set()),
        ("pulse 140/min", {"fast_pulse"}),
        ("pulse 1000", set()),
        ("130 bpm", {"fast_pulse"}),
        ("I am well, my sister's temp was 39.5", {"asymptomatic"}),
    ],
)
def test_vital_signs_in_numbers(text: str, expected: set[str], vocabulary) -> None:
    """A number within the usual range gives no fact."""
    measured = {"temperature", "heart_rate"}
    assert {line(fact) for fact in read_facts(text, vocabulary).items if fact.concept not in measured} == expected
