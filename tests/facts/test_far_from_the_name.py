"""A number stated away from the name of its test, and where a supposition ends."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I swallow 1 000 micrograms of methylcobalamin daily, and the lab says 1,420 pg/mL. Too high?",
            {"methylcobalamin_oral 1000 mcg", "methylcobalamin_oral_frequency daily", "total_b12 1420 pg/mL"},
        ),
        (
            (
                "The nurse read out the B12 over the phone: two hundred and something, then she "
                "corrected herself, 214 ng/L."
            ),
            {"total_b12 214 ng/L"},
        ),
        ("My B12 was checked last week. It came back at 198. What now?", {"total_b12 198"}),
        ("I have pernicious anaemia and the letter shows 640 pg/mL.", {"pernicious_anaemia", "total_b12 640 pg/mL"}),
        ("Had my vitamin B12 tested. 153 pmol/L. Worried.", {"total_b12 153 pmol/L"}),
        ("Finally got the B12 done. The GP said it was 310 pg/mL which is fine apparently.", {"total_b12 310 pg/mL"}),
        (
            "I take B12 tablets. The receptionist told me 187 ng/L and said no action.",
            {"b12_oral_unspecified", "total_b12 187 ng/L"},
        ),
        ("B12 test done in May. They said 233.", {"total_b12 233"}),
        ("My husband rang for my B12: he says 190 ng/L", {"total_b12 190 ng/L"}),
        (
            "The B12 blood test, which I had on Tuesday because my feet tingle, came back as 176 pg/mL.",
            {"paraesthesia", "total_b12 176 pg/mL"},
        ),
        ("I read that the normal range for B12 is 200 to 900 pg/mL. What is normal?", set()),
        ("B12 deficiency: most labs use 200 pg/mL as the cut-off. Is that right?", set()),
        ("My B12 was tested. Ferritin too. The latter was 40 ng/L.", set()),
        ("Should B12 be above 500 pg/mL?", set()),
        (
            "What if my level were 150 pg/mL instead of the 360 pg/mL they found? Just curious.",
            {"hypothetical_total_b12 150 pg/mL", "total_b12 360 pg/mL"},
        ),
        ("What if my B12 was 100 instead of 268 pg/mL?", {"hypothetical_total_b12 100 pg/mL", "total_b12 268 pg/mL"}),
        ("If it had been 150 ng/L rather than the 360 ng/L I have, would I need injections?", {"total_b12 360 ng/L"}),
        (
            "Suppose my B12 were 120 pg/mL, but it is 310 pg/mL.",
            {"hypothetical_total_b12 120 pg/mL", "total_b12 310 pg/mL"},
        ),
        (
            "Imagine a B12 of 100 ng/L. In reality mine is 250 ng/L.",
            {"hypothetical_total_b12 100 ng/L", "total_b12 250 ng/L"},
        ),
        (
            "If my B12 dropped to 140 ng/L compared with the 300 ng/L now, what changes?",
            {"hypothetical_total_b12 140 ng/L", "total_b12 300 ng/L"},
        ),
    ],
)
def test_a_result_away_from_its_name(read, text, expected):
    """A quantity that can only be B12 is B12; a limit, a range or another test's number is not."""
    assert lines(read(text)) == expected
