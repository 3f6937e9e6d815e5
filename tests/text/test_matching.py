"""The matching form and the figures of a sentence."""

import pytest

from bedside.text.matching import UnitTokens, figures, matching_form, unit_key

UNITS = UnitTokens(
    {
        "ng/L": "ng/L",
        "pg/mL": "pg/mL",
        "mg": "mg",
        "mcg": "mcg",
        "month": "months",
        "months": "months",
        "doses": "doses",
        "10^9/L": "10^9/L",
        "x10^9/l": "10^9/L",
        "years": "years",
        "%": "%",
        "weeks": "weeks",
    }
)


def seen(text):
    """Value, top, sign and unit of each figure."""
    return [(str(f.value), str(f.upper or ""), f.sign, f.unit) for f in figures(text, UNITS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A total B12 of 180 to 350 ng/L is indeterminate (NG239).", [("180", "350", "=", "ng/L")]),
        (
            "1 mg every 2 to 3 months, 6 doses",
            [("1", "", "=", "mg"), ("2", "3", "=", "months"), ("6", "", "=", "doses")],
        ),
        ("platelets 150 x10^9/L", [("150", "", "=", "10^9/L")]),
        ("neutrophils in 10^9/L", []),
        ("eGFR >=60", [("60", "", ">=", "")]),
        ("older than 75 years", [("75", "", ">", "years")]),
        ("75 years or more", [("75", "", ">=", "years")]),
        ("up to 4 mg", [("4", "", "<=", "mg")]),
        ("between 250 and 300 pg per mL", [("250", "300", "=", "pg/mL")]),
        ("250-300pg/ml", [("250", "300", "=", "pg/mL")]),
        ("Cochrane CD004655, T2, vitamin B12", []),
        ("two months", [("2", "", "=", "months")]),
        ("one of the tests", []),
        ("section 1.2.5", []),
    ],
)
def test_figures_carry_comparator_range_and_unit(text, expected):
    """A figure is its number, its sign, its range and its unit; names are not figures."""
    assert seen(text) == expected


def test_a_figure_covers_its_sign_and_unit():
    """The span of a figure is all that was written for it."""
    text = "a level of less than 50 ng/L today"
    [figure] = figures(text, UNITS)
    assert figure.span.of(text) == "less than 50 ng/L"
    assert figure.digits.of(text) == "50"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Don't give it.", "do not give it"),
        ("It cannot exclude", "it can not exclude"),
        ("\u2265 60", ">= 60"),
        ("1,000 \u00b5g", "1000 \u03bcg"),
        ("Sj\u00f6gren\u2019s", "sjogren s"),
    ],
)
def test_the_form_drops_ornament(a, b):
    """Two spellings of one thing have one form."""
    assert matching_form(a) == matching_form(b)


@pytest.mark.parametrize(
    ("a", "b"), [("<60", ">60"), ("0.5", "5"), ("do", "do not"), ("5%", "5"), (">=60", ">60"), ("1 mg", "1 mcg")]
)
def test_the_form_keeps_what_changes_the_meaning(a, b):
    """Comparators, decimal points, percent, units and "not" survive."""
    assert matching_form(a) != matching_form(b)


def test_units_compare_without_spaces_and_with_per_as_a_slash():
    """The spellings "pg per mL" and "PG / ml" are one key."""
    assert unit_key("pg per mL") == unit_key("PG / ml") == unit_key("pg/mL")
