"""What the protocol of C. difficile infection needs to read: the infection, its episodes, tests and times."""

from __future__ import annotations

import pytest

from bedside.facts.read import read_facts
from tests.facts.test_iron import line


def lines(text: str, vocabulary) -> set[str]:
    return {line(fact) for fact in read_facts(text, vocabulary).items}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I have C. diff", {"c_difficile"}),
        ("c diff, 8 loose stools a day", {"c_difficile", "diarrhoea"}),
        ("CDI, WBC 16.2 x10^9/L", {"c_difficile", "wbc 16.2 10^9/L"}),
        ("cbc with diff", set()),
        ("recurrent C. difficile", {"c_difficile_again", "c_difficile", "cdi_recurrent"}),
        ("severe c diff", {"c_difficile_severe", "c_difficile", "cdi_severe"}),
        ("non-severe c diff", {"c_difficile_mild", "c_difficile", "cdi_nonsevere"}),
        ("toxin negative, PCR positive", {"cdi_toxin negative", "stool_pcr positive"}),
        ("GDH positive, toxin EIA positive", {"cdi_gdh positive", "cdi_toxin positive"}),
        ("my c diff test came back negative", {"cdi_test negative"}),
        ("c diff negative", {"not c_difficile"}),
        ("on Dificid", {"fidaxomicin"}),
        ("taking Imodium", {"antimotility_drug"}),
        ("on Vancocin", {"vancomycin"}),
        ("tummy is swollen", {"abdominal_distension"}),
        ("my poo is watery", {"watery_stools"}),
    ],
)
def test_words_of_c_difficile_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert lines(text, vocabulary) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("had c diff 5 weeks ago", "5 weeks"),
        ("C. diff came back 10 weeks after finishing vancomycin", "10 weeks"),
        ("recurrent CDI, last episode four months ago", "4 months"),
        ("finished fidaxomicin for c diff 3 weeks ago", "3 weeks"),
        ("c diff, took amoxicillin 3 weeks ago", None),
        ("tested positive for c diff 2 days ago", None),
        ("I finished a course of antibiotics 3 weeks ago and now have c diff", None),
        ("B12 low, last injection 5 weeks ago", None),
    ],
)
def test_the_time_since_the_last_episode_is_read(text: str, expected: str | None, vocabulary) -> None:
    """The time of the last episode or its treatment, not of other antibiotics, tests or injections."""
    found = [each for each in lines(text, vocabulary) if each.startswith("weeks_since_episode")]
    assert found == ([f"weeks_since_episode {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("creatinine 180 umol/L (baseline 90)", "100 %"),
        ("creatinine 180 umol/L baseline 90", "100 %"),
        ("creatinine is 2.1, usually 1.4 mg/dL", "50 %"),
        ("baseline creatinine 80, now 140", "75 %"),
        ("creatinine rose from 80 to 140 umol/L", "75 %"),
        ("creatinine has doubled", "100 %"),
        ("creatinine 180 umol/L", None),
        ("creatinine 90, eGFR 60", None),
    ],
)
def test_a_rise_of_creatinine_is_worked_out(text: str, expected: str | None, vocabulary) -> None:
    """Only from two values, or where it is said to have doubled."""
    found = [each for each in lines(text, vocabulary) if each.startswith("creatinine_rise")]
    assert found == ([f"creatinine_rise {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("there is blood in my urine", "haematuria"),
        ("I noticed blood in my stools", "rectal_bleeding"),
        ("I have seen blood in my poo", "rectal_bleeding"),
        ("severe abdominal pain", "abdominal_pain"),
        ("severe stomach pain", "dyspepsia"),
        ("cant stop vomiting", "vomiting"),
        ("neutropenic", "cytopenia"),
        ("stool pcr positive for norovirus", "dehydrating_illness"),
        ("hepatitis c pcr positive", "liver_disease"),
        ("she has sepsis", "inflammation"),
    ],
)
def test_its_words_take_nothing_from_other_topics(text: str, told: str, vocabulary) -> None:
    """Words added for this infection may be longer than those of others, and would hide them."""
    assert told in lines(text, vocabulary)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("she has a 38.6 temperature", "temperature 38.6 Cel"),
        ("with 101.5 F fever", "temperature 101.5 degF"),
        ("ferritin 38 fever", "ferritin 38"),
        ("SBP 89", "systolic_bp 89 mmHg"),
        ("hasn't passed urine since yesterday", "low_urine"),
    ],
)
def test_signs_in_other_orders_are_read(text: str, expected: str, vocabulary) -> None:
    assert expected in lines(text, vocabulary)
