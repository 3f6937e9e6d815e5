"""A level and shots that are not named: vitamin B12 where it is named or nothing else is."""

import pytest

from tests.facts.lines import lines


@pytest.mark.parametrize(
    "text",
    [
        "my testosterone level is 45, how many shots do I need?",
        "testosterone level 45 and I get shots every two weeks",
        "My TSH level is 4.5",
        "my hcg level was 45 and then 100",
        "My A1c level was 12, shots of insulin",
        "My lithium level is 0.6 and it was 0.8",
        "My oestradiol level is 200 pg/mL",
        "My ferritin is 12. The level was 40 last year",
        "When I was a kid I had rickets. Now 40 and level is 41 ng/mL",
        "My vit d level 18, how many shots",
        "I take warfarin, the level was 45 last month",
        "what is the chance to survive if level 4",
        "My skin is fair, level 2 on my arms",
        "I needed transfusions and shots for the bleeding. I think it's expensive",
        "the level of my thyroid hormone is 45",
    ],
)
def test_a_level_of_something_else_is_no_b12(read, text):
    """What is said to be of something else, or stands beside another test or medicine, is not taken for B12."""
    assert not [line for line in lines(read(text)) if "b12" in line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My level is 268, is it low?", {"total_b12 268"}),
        ("My level is 268 pg/mL, I take metformin", {"total_b12 268 pg/mL", "metformin"}),
        ("I get injections every 8 weeks, level 190 ng/L", {"total_b12 190 ng/L", "b12_im_unspecified"}),
        ("Pernicious anaemia. I have shots every 3 months", {"b12_im_unspecified"}),
        ("On B12 shots for years, my level is 450", {"b12_im_unspecified", "total_b12 450"}),
    ],
)
def test_a_level_of_nothing_else_is(read, text, expected):
    """Named, in a unit of B12, or with nothing else it could be of."""
    assert expected <= lines(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "my level is 22 ng/ml, my friend says I need 50,000 units a week",
        "my level is 54.9 nmol/L, my friend says I need 50,000 units a week",
        "my level is 22 ug/L, my friend says I need 50,000 units a week",
        "When I was a kid I had rickets. Now 40 and level is 41 ng/mL",
    ],
)
def test_a_level_beside_what_only_vitamin_d_has_is_vitamin_d(read, text):
    """Thousands of international units beside ng/mL, or rickets."""
    assert "vitamin_d_25oh" in {fact.concept for fact in read(text).items if fact.quantity}
