"""Results of antibodies in words, near the name and far from it."""

import pytest

from bedside.facts.fact import Kind, When
from bedside.facts.read import read_facts
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
        ("Coeliac screen (+), ferritin 30", {"ttg_iga positive", "ferritin 30"}),
        ("H pylori +. Rx?", {"h_pylori positive"}),
        ("Coeliac screen + ferritin sent", set()),
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


@pytest.mark.parametrize("text", ["is my b12 ok", "Is my B12 normal?", "was my b12 ok?", "Are my iron and b12 fine?"])
def test_a_result_that_is_asked_for_is_not_told(text, vocabulary):
    assert not read_facts(text, vocabulary).of("total_b12")


@pytest.mark.parametrize("text", ["my b12 is ok", "B12 normal, now what?", "The B12 came back normal. Is that right?"])
def test_a_result_that_is_told_is_read(text, vocabulary):
    assert [fact.result for fact in read_facts(text, vocabulary).of("total_b12")] == ["normal"]


@pytest.mark.parametrize("text", ["IM OHCbl?", "Oral or IM cyanocobalamin?", "B12 120 ng/L. IM hydroxocobalamin?"])
def test_a_medicine_that_is_asked_about_by_name_alone_is_not_taken(text, vocabulary):
    assert not [fact for fact in read_facts(text, vocabulary).items if fact.kind is Kind.DRUG]


@pytest.mark.parametrize(
    "text",
    ["I take hydroxocobalamin injections but ran out 2 months ago", "I ran out of hydroxocobalamin injections in May"],
)
def test_what_ran_out_is_not_taken_now(text, vocabulary):
    assert read_facts(text, vocabulary).of("hydroxocobalamin_im")[0].when is When.PAST
