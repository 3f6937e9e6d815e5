"""Results of antibodies in words, near the name and far from it."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Blood taken for anti-IF this morning came back positive. B12 100 ng/L",
            {"anti_intrinsic_factor positive", "total_b12 100 ng/L"},
        ),
        ("The intrinsic factor antibodies, sent last month, came back negative", {"anti_intrinsic_factor negative"}),
        ("Intrinsic factor antibody test that the GP ordered was positive", {"anti_intrinsic_factor positive"}),
        ("Tested positive for intrinsic factor antibodies", {"anti_intrinsic_factor positive"}),
        ("Positive result for anti-parietal cell antibodies", {"anti_parietal_cell positive"}),
        ("She was positive on the intrinsic factor test", {"sex female", "anti_intrinsic_factor positive"}),
        (
            "Anti-IF and parietal cell antibodies both came back negative",
            {"anti_intrinsic_factor negative", "anti_parietal_cell negative"},
        ),
        ("Anti-IF not back yet. B12 150 ng/L", {"total_b12 150 ng/L"}),
        ("Awaiting anti-IF, coeliac screen negative", {"ttg_iga negative"}),
        ("IF antibodies: the result is positive", {"anti_intrinsic_factor positive"}),
        ("anti-TTG, which we did because of the anaemia, is negative", {"ttg_iga negative"}),
        ("Coeliac test done in January by the previous surgery came back clear", {"ttg_iga normal"}),
        ("H pylori breath test last week was positive", {"h_pylori positive"}),
        ("Bloods for intrinsic factor antibodies returned as weakly positive", {"anti_intrinsic_factor positive"}),
        (
            "Intrinsic factor antibodies negative and parietal cell antibodies positive",
            {"anti_intrinsic_factor negative", "anti_parietal_cell positive"},
        ),
        ("IF antibody and TTG negative", {"anti_intrinsic_factor negative", "ttg_iga negative"}),
        ("If antibodies are positive what then? B12 200", {"total_b12 200"}),
        (
            "Intrinsic factor antibodies and folate pending, ferritin 30, TTG negative",
            {"ferritin 30", "ttg_iga negative"},
        ),
    ],
)
def test_a_result_in_words(read, text, expected):
    """Each test has its own result, and a condition or a wait has none."""
    assert lines(read(text)) == expected
