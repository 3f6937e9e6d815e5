"""What the blood pressure protocol needs to read: two numbers of one reading, where it was taken, which one counts."""

from __future__ import annotations

import pytest

from bedside.facts.fact import Comparator
from bedside.facts.read import read_facts
from tests.facts.test_iron import line


def pair(systolic: int, diastolic: int, prefix: str = "") -> set[str]:
    return {f"{prefix}systolic_bp {systolic} mmHg", f"{prefix}diastolic_bp {diastolic} mmHg"}


def home(systolic: int, diastolic: int) -> set[str]:
    return pair(systolic, diastolic, "home_")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My blood pressure is 152/96", pair(152, 96)),
        ("BP 152 over 96", pair(152, 96)),
        ("bp was 152 on 96 at the surgery", pair(152, 96)),
        ("BP 152 / 96 mm Hg, pulse 88", pair(152, 96) | {"heart_rate 88 /min"}),
        ("152/96", pair(152, 96)),
        ("clinic 152/96 and 138/86 at home", pair(152, 96) | home(138, 86)),
        ("GP got 160/100 but my own machine says 134/84", pair(160, 100) | home(134, 84)),
        ("bp 145 over 92 yesterday at the pharmacy and 139/85 this morning at home", pair(145, 92) | home(139, 85)),
        ("ABPM daytime average 146/91 mmHg", home(146, 91)),
        ("systolic 165, diastolic 82", pair(165, 82)),
        ("top number 165 bottom number 82", pair(165, 82)),
        ("bp is around 150", {"systolic_bp 150 mmHg"}),
        ("diastolic of 112", {"diastolic_bp 112 mmHg"}),
        ("My target is 140/90 but my BP is 156/92", pair(156, 92)),
        ("normal bp is 120/80", {"blood_pressure normal"}),
        ("Seretide 250/50, BP 128/76", pair(128, 76)),
        ("I was born 12/10/1984 and my bp is 138/84", pair(138, 84)),
        ("24/7 on call, bp fine", {"blood_pressure normal"}),
        ("Echo: PA systolic 50", set()),
        ("I got 75/100 in my exam", set()),
        ("last year my bp was 152/96, now it's 128/78", {f"past {each}" for each in pair(152, 96)} | pair(128, 78)),
        ("what if my blood pressure goes above 180/120?", {f"hypothetical {each}" for each in pair(180, 120)}),
        ("72F, ACR 80 mg/mmol, QRISK 14%", {"age_years 72 years", "sex female", "acr 80 mg/mmol", "qrisk 14 %"}),
        ("PREVENT 8.2%", {"prevent_risk 8.2 %"}),
        ("I take Zestril", {"ace_inhibitor", "antihypertensive"}),
        ("on Cozaar and Norvasc", {"angiotensin_receptor_blocker", "calcium_channel_blocker", "antihypertensive"}),
        ("bisoprolol and doxazosin", {"beta_blocker", "alpha_blocker", "antihypertensive"}),
        ("pulmonary hypertension", set()),
    ],
)
def test_words_of_blood_pressure_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected


@pytest.mark.parametrize(
    ("text", "systolic"),
    [
        ("bp 151/92, 160/99, 149/91", 149),  # nothing said of time: the last
        ("bp 192/124 monday, 150/90 tuesday, 148/88 wednesday", 192),  # a severe one is not passed over
        ("BP 186/122 then 172/108 five minutes later", 172),  # said to be later
        ("bp 151/92 160/99 149/91, average 153/94", 153),
        ("bp: average 153/94, today 149/91", 149),  # said to be today's
    ],
)
def test_one_of_several_readings_counts(text: str, systolic: int, vocabulary) -> None:
    """Both numbers come from the same reading."""
    facts = read_facts(text, vocabulary)
    top, bottom = facts.current("systolic_bp"), facts.current("diastolic_bp")
    assert top is not None
    assert bottom is not None
    assert top.quantity is not None
    assert (top.quantity.value, bottom.span) == (systolic, top.span)


def test_a_comparator_belongs_to_both_numbers(vocabulary) -> None:
    """Both are above, in "always over 140/90"."""
    facts = read_facts("my bp is always over 140/90", vocabulary)
    assert {fact.quantity.comparator for fact in facts.items if fact.quantity} == {Comparator.ABOVE}


def test_a_mothers_pressure_is_not_the_patients(vocabulary) -> None:
    """A relative's reading is theirs."""
    facts = read_facts("My mother's blood pressure is 190/110. My own is 128/78.", vocabulary)
    top = facts.current("systolic_bp")
    assert top is not None
    assert top.quantity is not None
    assert top.quantity.value == 128


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("I'm 34 weeks, bp 150/95", "34"),
        ("34 weeks bp 150/95", "34"),
        ("she's 31+4 weeks and bp 148/92", "31"),
        ("36/40 BP 162/100", "36"),
        ("I am 6 weeks on iron, bp 150/90", None),
        ("she is 3 weeks old, bp 60/40", None),
        ("I'm 10 weeks post op, bp 150/90", None),
        ("bp 150/95 for 34 weeks", None),
    ],
)
def test_a_week_of_pregnancy_is_read_without_the_word(vocabulary, text, week):
    """But not weeks on a tablet, of an infant, or of anything else."""
    found = read_facts(text, vocabulary).current("gestation_weeks")
    assert (None if found is None else str(found.quantity.value)) == week
