"""Treatment that is planned, and advice that is no denial."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My doctor plans hydroxocobalamin injections.", {"planned_hydroxocobalamin_im"}),
        ("They are planning B12 injections for me", {"planned_b12_im_unspecified"}),
        ("Forum says don't take folic acid. I am vegan.", {"vegan_diet"}),
        ("The leaflet says to avoid metformin. B12 210 ng/L", {"total_b12 210 ng/L"}),
        ("I don't have numbness and I don't take metformin", {"not numbness", "not metformin"}),
        ("I was told not to take omeprazole but I do take ranitidine", {"not omeprazole", "ranitidine"}),
        ("You should not have cyanocobalamin if you have Leber's. Is that right?", set()),
        ("Don't have any tingling. B12 190 ng/L", {"not paraesthesia", "total_b12 190 ng/L"}),
    ],
)
def test_a_plan_or_advice(read, text, expected):
    """A plan is planned; what somebody advised against is not denied."""
    assert lines(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "do I require injections? B12 150 ng/L",
        "B12 150 ng/L. Does she require injections?",
        "B12 150 ng/L, should I start B12 tablets?",
        "B12 150 ng/L. do we require shots or tablets",
    ],
)
def test_whether_it_is_required_is_no_having_it(read, text):
    """What is asked about is not being taken."""
    assert lines(read(text)) - {"sex female"} == {"total_b12 150 ng/L"}


def test_whether_iron_is_required_is_no_having_it(read):
    """The same of iron."""
    assert not [fact for fact in read("ferritin 12, do I require iron pills?").items if "iron" in fact.concept]
