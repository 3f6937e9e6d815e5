"""Questions about people in general, and about starting something."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Does everybody over 75 need a B12 supplement?", set()),
        (
            "58 yo woman admitted with stroke, B12 162 pg/mL. Start B12?",
            {"age_years 58 years", "sex female", "stroke", "total_b12 162 pg/mL"},
        ),
        ("Should people over 60 take B12 tablets?", set()),
        ("Do all vegans need 1000 mcg B12 tablets daily?", set()),
        ("Give hydroxocobalamin 1 mg?", set()),
        ("Is metformin for 4 years a cause of low B12 in adults?", set()),
        ("How often should patients on metformin for 5 years be tested?", set()),
        ("Which B12 supplement is best for anyone over 50?", set()),
        ("Add folic acid 5 mg?", set()),
        ("Need injections?", set()),
        ("Any role for B12 tablets?", set()),
        ("Should B12 be above 500 pg/mL?", set()),
        ("Try oral cyanocobalamin 1000 mcg?", set()),
        ("Do people with diabetes for 10 years go numb?", set()),
        ("B12 162 pg/mL. Worth starting B12 tablets?", {"total_b12 162 pg/mL"}),
        ("Stop metformin?", {"metformin"}),
        ("Better on B12 tablets but still numb?", {"b12_oral_unspecified", "numbness"}),
        (
            "Need advice: B12 150 ng/L, on metformin 1 g bd, 70 year old?",
            {"total_b12 150 ng/L", "metformin 1 g", "metformin_frequency twice daily", "age_years 70 years"},
        ),
    ],
)
def test_a_question_in_general(read, text, expected):
    """A question in general gives no fact about anybody."""
    assert lines(read(text)) == expected
