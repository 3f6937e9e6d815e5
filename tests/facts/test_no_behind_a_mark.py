"""A "no" behind a mark: the answer to what stands before it, or the denial of what follows."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What should I do? No numbness, my B12 is 150 ng/L", {"not numbness", "total_b12 150 ng/L"}),
        (
            "Is this low? no tingling or numbness. B12 150 ng/L",
            {"not numbness", "not paraesthesia", "total_b12 150 ng/L"},
        ),
        ("Symptoms: no numbness. B12 150 ng/L", {"not numbness", "total_b12 150 ng/L"}),
        ("B12 150 ng/L - no numbness, no tingling", {"not numbness", "not paraesthesia", "total_b12 150 ng/L"}),
        ("Can I take iron tablets? No bleeding seen, no tiredness", {"not fatigue"}),
        ("What now? No known coeliac disease", {"not coeliac_disease"}),
    ],
)
def test_it_denies_what_follows(read, text, expected):
    """Something follows in the same breath: that is what is denied, and the question before it is no symptom."""
    assert expected <= lines(read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Any numbness? No. B12 150 ng/L", {"not numbness"}),
        ("Numbness? No, tingling? yes", {"not numbness", "paraesthesia"}),
        ("Numbness: no\nTingling: yes", {"not numbness", "paraesthesia"}),
        ("numbness? no I don't think so", {"not numbness"}),
        ("Numbness: no Tingling: yes Vegan: yes", {"not numbness", "paraesthesia", "vegan_diet"}),
        ("Numbness: no but tired", {"not numbness", "fatigue"}),
    ],
)
def test_it_answers_what_stands_before(read, text, expected):
    """The answer is closed, or goes on about itself, or the next item of a form follows."""
    assert expected <= lines(read(text))
