"""Whose body it is: a carer's relative, a relative in passing, and what a pronoun points back to."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "My boyfriend uses laughing gas every day. I've never touched it. My B12 is 450 ng/L",
            {"not nitrous_oxide", "total_b12 450 ng/L"},
        ),
        (
            "My flatmate does balloons. I have never tried them. B12 200 ng/L, my feet tingle",
            {"not nitrous_oxide", "total_b12 200 ng/L", "paraesthesia"},
        ),
        ("My mum takes metformin. I've never taken it. My B12 is 210", {"not metformin", "total_b12 210"}),
        ("My brother is on omeprazole but I don't take it. My B12 is 210", {"not omeprazole", "total_b12 210"}),
        (
            "Everyone at the party did NOS, I've not used any. My B12 is 190 ng/L",
            {"not nitrous_oxide", "total_b12 190 ng/L"},
        ),
        ("My husband has pernicious anaemia. I'm tired and my B12 is 300 ng/L", {"fatigue", "total_b12 300 ng/L"}),
        (
            "My mum is 82, B12 150 ng/L, and has tingling. My sister has vitiligo.",
            {"sex female", "age_years 82 years", "total_b12 150 ng/L", "paraesthesia", "family_history_vitiligo"},
        ),
        (
            "B12 150 ng/L, vegan for 3 years. My mum has pernicious anaemia.",
            {"total_b12 150 ng/L", "vegan_diet", "vegan_diet_duration 3 years", "family_history_pernicious_anaemia"},
        ),
        (
            "My dad's B12 is 140 ng/L. He takes metformin. He had a TIA in 2019.",
            {"sex male", "total_b12 140 ng/L", "metformin", "past_tia"},
        ),
        (
            "Caring for my gran: she is 90, B12 120 ng/L, no numbness",
            {"sex female", "age_years 90 years", "total_b12 120 ng/L", "not numbness"},
        ),
        (
            "My son is 4, picky eater, B12 160 ng/L. My brother has coeliac disease",
            {
                "sex male",
                "age_years 4 years",
                "restricted_diet",
                "total_b12 160 ng/L",
                "family_history_coeliac_disease",
            },
        ),
        (
            (
                "Cousin says don't have cyanocobalamin if Leber's runs in the family (it does: "
                "my mum has Leber hereditary optic neuropathy). The hospital plans cyanocobalamin injections."
            ),
            {"family_history_leber_hereditary_optic_neuropathy", "planned_cyanocobalamin_im"},
        ),
        (
            "Pernicious anaemia runs in the family: my gran and my aunt had it. I'm tired.",
            {"family_history_pernicious_anaemia", "fatigue"},
        ),
        (
            "Does it run in families? My dad has pernicious anaemia and I am tired",
            {"family_history_pernicious_anaemia", "fatigue"},
        ),
    ],
)
def test_whose_it_is(read, text, expected):
    """The person asked about is the patient; a relative in passing is not."""
    assert lines(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("husband B12 150 ng/L, numb feet. what now?", {"total_b12 150 ng/L", "numbness"}),
        ("wife on metformin, B12 150 ng/L", {"metformin", "total_b12 150 ng/L"}),
        ("Hubby has tingling feet and a B12 of 150 ng/L", {"paraesthesia", "total_b12 150 ng/L"}),
        ("dad on metformin with numb feet", {"metformin", "numbness"}),
        ("husband 72 on metformin, numb feet, what should I do", {"metformin", "numbness"}),
    ],
)
def test_a_person_named_at_the_beginning_is_asked_about(read, text, expected):
    """A "husband ..." without "my" opens the text: he is the patient."""
    assert expected <= lines(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Husband has pernicious anaemia. I'm tired and my B12 is 300 ng/L",
        "Wife takes metformin, I don't. I am 40, B12 190 ng/L",
        "I have numb feet. Husband says it is nothing, he takes metformin",
        "Family history of pernicious anaemia, B12 190 ng/L",
    ],
)
def test_a_person_beside_somebody_who_speaks_of_themself_is_not(read, text):
    """Whoever speaks of their own body is the patient."""
    assert not {"pernicious_anaemia", "metformin"} & lines(read(text))
