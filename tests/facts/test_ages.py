"""Ages in every wording, and numbers that are none."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "District nurse: housebound lady of 88, dementia, B12 150 ng/L",
            {"sex female", "age_years 88 years", "dementia", "total_b12 150 ng/L"},
        ),
        (
            (
                "Grandma (84, from Glasgow) suddenly confused and psychotic this week, B12 141 "
                "ng/L, falls too. I'm her granddaughter and carer."
            ),
            {
                "sex female",
                "age_years 84 years",
                "jurisdiction UK",
                "confusion",
                "psychosis",
                "total_b12 141 ng/L",
                "falls",
            },
        ),
        ("I'm a retired teacher, 71, and I try not to bother anyone.", {"age_years 71 years"}),
        ("A gentleman of 66 with B12 200 ng/L", {"sex male", "age_years 66 years", "total_b12 200 ng/L"}),
        ("A farmer, 59, with numb feet and B12 150 ng/L", {"age_years 59 years", "numbness", "total_b12 150 ng/L"}),
        ("woman of 64 years, vegan", {"sex female", "age_years 64 years", "vegan_diet"}),
        ("Dad (79) is forgetful", {"sex male", "age_years 79 years", "memory_loss"}),
        (
            "My wife, 45, is exhausted. B12 210 ng/L",
            {"sex female", "age_years 45 years", "fatigue", "total_b12 210 ng/L"},
        ),
        ("I turned 50 last month, B12 180 pg/mL", {"age_years 50 years", "total_b12 180 pg/mL"}),
        ("45/F, B12 190 ng/L", {"age_years 45 years", "sex female", "total_b12 190 ng/L"}),
        ("F/45, B12 190 ng/L", {"sex female", "age_years 45 years", "total_b12 190 ng/L"}),
        ("female, 45, B12 190 ng/L", {"sex female", "age_years 45 years", "total_b12 190 ng/L"}),
        ("Age=62, B12 210 ng/L", {"age_years 62 years", "total_b12 210 ng/L"}),
        ("My nan is 91 and unsteady", {"sex female", "age_years 91 years", "gait_ataxia"}),
        ("Me: 34, vegan, tired", {"age_years 34 years", "vegan_diet", "fatigue"}),
        ("He's a retired bus driver, 68. B12 170 ng/L", {"sex male", "age_years 68 years", "total_b12 170 ng/L"}),
        ("My B12 is 1,500", {"total_b12 1500"}),
        ("MMA is 0.268", {"mma_serum 0.268"}),
        ("eGFR is 90, ferritin 30", {"egfr 90 mL/min/1.73m2", "ferritin 30"}),
        ("Patient's eGFR is 90, B12 300 ng/L", {"egfr 90 mL/min/1.73m2", "total_b12 300 ng/L"}),
        ("I'm 1,500 miles away, B12 200 ng/L", {"total_b12 200 ng/L"}),
        ("A low ferritin, 12, and B12 200", {"ferritin 12", "total_b12 200"}),
        ("The patient is 72, B12 150 ng/L", {"age_years 72 years", "total_b12 150 ng/L"}),
        ("She is on metformin, 85, and omeprazole", {"sex female", "metformin", "omeprazole"}),
        ("lady in her 80s with B12 of 150 ng/L", {"sex female", "total_b12 150 ng/L"}),
        ("I am 0.268", set()),
        ("his ferritin is 90, hb 130", {"sex male", "ferritin 90", "haemoglobin 130"}),
        ("The man is 1,500 km away", {"sex male"}),
        ("I take a tablet, 50, a day", set()),
        ("I'm 45/F, B12 200 ng/L", {"age_years 45 years", "sex female", "total_b12 200 ng/L"}),
        ("A blood sugar, 11, and B12 200 ng/L", {"glucose 11", "total_b12 200 ng/L"}),
    ],
)
def test_an_age(read, text, expected):
    """An age is read from each wording, and never from a result."""
    assert lines(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("F 36, B12 150 ng/L", {"sex female", "age_years 36 years"}),
        ("36F B12 150 ng/L", {"sex female", "age_years 36 years"}),
        ("M/72 B12 150 ng/L", {"sex male", "age_years 72 years"}),
        ("72 yo M B12 150 ng/L", {"sex male", "age_years 72 years"}),
    ],
)
def test_age_and_sex_in_short(read, text, expected):
    """The short forms of a letter, whatever follows."""
    assert expected <= lines(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "I am 10 yrs out from my bypass, B12 is 180 pg/mL",
        "I'm 5 years post sleeve, B12 180 pg/mL",
        "She is 3 yrs into her treatment, B12 180 pg/mL",
    ],
)
def test_years_since_something_are_no_age(read, text):
    """Ten years "out from" an operation are no child of ten."""
    assert not [line for line in lines(read(text)) if line.startswith("age")]
