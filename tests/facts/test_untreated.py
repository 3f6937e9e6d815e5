"""Nobody has given B12 yet."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "B12 95 pg/mL, not yet treated. What should be done?",
            {"total_b12 95 pg/mL"},
        ),
        (
            "gait ataxia, B12 95 pg/mL, untreated",
            {"gait_ataxia", "total_b12 95 pg/mL"},
        ),
        (
            "B12 95 pg/mL, no treatment so far",
            {"total_b12 95 pg/mL"},
        ),
        ("Treatment naive, B12 120 ng/L", {"total_b12 120 ng/L"}),
        (
            "I'm not on any B12 treatment, B12 190 ng/L",
            {"not b12_im_unspecified", "not b12_oral_unspecified", "total_b12 190 ng/L"},
        ),
        (
            "Not on any B12 supplements. B12 190 ng/L",
            {"not b12_im_unspecified", "not b12_oral_unspecified", "total_b12 190 ng/L"},
        ),
        (
            "Not on any B12. level 190 ng/L",
            {"not b12_im_unspecified", "not b12_oral_unspecified", "total_b12 190 ng/L"},
        ),
        (
            "Never had B12 treatment, B12 170 ng/L",
            {"not b12_im_unspecified", "not b12_oral_unspecified", "total_b12 170 ng/L"},
        ),
        (
            "B12 170 ng/L and she has never been treated",
            {"total_b12 170 ng/L", "sex female"},
        ),
        (
            "I don't take any B12. Result 180 ng/L of B12",
            {"not b12_im_unspecified", "not b12_oral_unspecified", "total_b12 180 ng/L"},
        ),
        ("What happens if B12 deficiency is left untreated?", set()),
        ("Untreated coeliac disease, B12 170 ng/L", {"coeliac_disease", "total_b12 170 ng/L"}),
        ("untreated hypothyroidism, B12 170 ng/L", {"thyroid_disease", "total_b12 170 ng/L"}),
        ("No treatment for her diabetes, B12 170 ng/L", {"sex female", "total_b12 170 ng/L"}),
        (
            "On hydroxocobalamin 1 mg IM every 3 months, previously untreated for years",
            {"hydroxocobalamin_im 1 mg", "hydroxocobalamin_im_frequency every 3 months"},
        ),
        ("Can untreated B12 deficiency cause dementia?", set()),
        (
            "My mum was never treated for pernicious anaemia. I'm 40 and tired",
            {"family_history_pernicious_anaemia", "age_years 40 years", "fatigue"},
        ),
        (
            "B12 188 ng/L, treatment has not been started",
            {"total_b12 188 ng/L"},
        ),
        (
            "Untreated pernicious anaemia, B12 80 ng/L",
            {"pernicious_anaemia", "total_b12 80 ng/L"},
        ),
        (
            "My wife, 45, has never had B12. B12 150 ng/L",
            {
                "sex female",
                "age_years 45 years",
                "not b12_oral_unspecified",
                "not b12_im_unspecified",
                "total_b12 150 ng/L",
            },
        ),
        ("B12 level of 250 ng/L. If untreated, what could happen?", {"total_b12 250 ng/L"}),
        (
            "Not on B12 and not on metformin. B12 190",
            {"not b12_im_unspecified", "not b12_oral_unspecified", "not metformin", "total_b12 190"},
        ),
        (
            "B12 1000 mcg daily. B12 300 ng/L. Not on any other treatment",
            {"b12_oral_unspecified 1000 mcg", "b12_oral_unspecified_frequency daily", "total_b12 300 ng/L"},
        ),
        (
            "I have never had B12 injections but take B12 tablets 1 mg daily",
            {"not b12_im_unspecified", "b12_oral_unspecified 1 mg", "b12_oral_unspecified_frequency daily"},
        ),
        ("never had b12 injections, B12 150 ng/L", {"not b12_im_unspecified", "total_b12 150 ng/L"}),
        ("No treatment helps. B12 150 ng/L", {"total_b12 150 ng/L"}),
        ("The GP said no treatment is needed, B12 350 ng/L", {"total_b12 350 ng/L"}),
        ("My hip was not replaced, B12 350 ng/L", {"total_b12 350 ng/L"}),
    ],
)
def test_no_treatment_yet(read, text, expected):
    """Words for no treatment deny tablets and injections; another illness untreated does not."""
    assert lines(read(text)) == expected
