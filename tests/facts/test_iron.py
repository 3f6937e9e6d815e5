"""What the iron protocol needs to read: products, tests, units, causes and their denials, whose they are and when."""

from __future__ import annotations

import pytest

from bedside.facts.fact import Fact, Presence, Subject, When
from bedside.facts.read import read_facts


def line(fact: Fact) -> str:
    """A fact as a short line, internal ones too: "not heavy_periods", "fit 12 ug/g", "family haemochromatosis"."""
    parts = ["not"] if fact.presence is Presence.ABSENT else []
    parts += ["family"] if fact.subject is Subject.RELATIVE else []
    parts += [fact.when.value] if fact.when is not When.CURRENT else []
    parts.append(fact.concept)
    if fact.quantity is not None:
        parts.append(f"{fact.quantity.value} {fact.quantity.unit}".strip())
    elif fact.result:
        parts.append(fact.result)
    return " ".join(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My ferritin is 12", {"ferritin 12"}),
        ("feritin 8 ng/ml", {"ferritin 8 ng/mL"}),
        ("Ferritin 9 ug/L, Hb 98 g/L, MCV 71", {"ferritin 9 ug/L", "haemoglobin 98 g/L", "mcv 71 fL"}),
        ("Hgb 9.8 g/dL, ferritin 7 ng/mL", {"haemoglobin 9.8 g/dL", "ferritin 7 ng/mL"}),
        ("transferrin saturation 12%", {"transferrin_saturation 12 %"}),
        ("TSAT 15 %, CRP 48 mg/L", {"transferrin_saturation 15 %", "crp 48 mg/L"}),
        ("FIT 22 ug/g", {"fit 22 ug/g"}),
        ("qFIT 4 micrograms/g", {"fit 4 ug/g"}),
        ("ferrous sulphate 200 mg od", {"ferrous_sulfate 200 mg", "ferrous_sulfate_frequency daily", "oral_iron"}),
        ("I take Feosol", {"ferrous_sulfate", "oral_iron"}),
        ("on Fersamal", {"ferrous_fumarate", "oral_iron"}),
        ("taking iron tablets", {"other_oral_iron", "oral_iron"}),
        ("I take iron pills and feel sick", {"other_oral_iron", "oral_iron"}),
        ("been on iron for 3 months", {"iron", "iron_duration 3 months"}),
        ("had a Ferinject infusion", {"iv_iron"}),
        ("periods are very heavy", {"heavy_periods"}),
        ("postmenopausal", {"postmenopausal"}),
        ("she is premenopausal", {"sex female", "not postmenopausal"}),
        ("blood in my stool", {"rectal_bleeding"}),
        ("no rectal bleeding", {"not rectal_bleeding"}),
        ("craving ice", {"pica"}),
        ("My father has haemochromatosis. My own ferritin is 10.", {"family haemochromatosis", "ferritin 10"}),
        ("iron deficiency anaemia", {"iron_deficiency", "anaemia"}),
        ("my ferritin hasnt gone up", {"iron_no_response"}),
        ("Should I take iron?", set()),
        ("I am fit and well", {"asymptomatic"}),
        ("Is 25 a normal ferritin?", {"ferritin 25"}),
        ("She is 25. Normal ferritin?", {"sex female", "age_years 25 years", "ferritin normal"}),
        ("low ferritin 22", {"ferritin 22"}),
        (
            "4 iron tablets a day",
            {"several_iron_tablets", "several_iron_tablets_frequency daily", "oral_iron"},
        ),
        ("my poo is black", set()),
        ("I have black stools", {"melaena"}),
        ("I am Black and my ferritin is 9", {"ethnicity_black", "ferritin 9"}),
        ("active stomach ulcer", {"peptic_ulcer"}),
    ],
)
def test_words_of_iron_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected
