"""How far a denial goes over a list: on behind its own items, and not over what is told anew."""

import pytest

from tests.facts.test_iron import line


def told(facts):
    """Every fact of the patient as a line."""
    return {line(fact) for fact in facts.items}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "not diabetic, pregnant or breastfeeding. B12 200 ng/L",
            {"not pregnancy", "not breastfeeding", "not diabetes"},
        ),
        ("I'm not diabetic, pregnant, or breastfeeding", {"not pregnancy", "not breastfeeding"}),
        ("I am not vegan, vegetarian or pregnant", {"not vegan_diet", "not vegetarian_diet", "not pregnancy"}),
        ("denies numbness, gait change, chest pain, dyspnea", {"not numbness", "not chest_pain", "not breathlessness"}),
        ("denies chest pain, severe headache or fainting", {"not chest_pain", "not severe_headache", "not syncope"}),
        ("denies SOB, mild headache, chest pain or syncope", {"not breathlessness", "not chest_pain", "not syncope"}),
    ],
)
def test_it_goes_on_over_its_own_list(read, text, expected):
    """What ends on "or", and what a professional lists as denied, is one list."""
    assert expected <= told(read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not diabetic, pregnant, vitamin D 22 nmol/L", {"not diabetes", "pregnancy"}),
        ("not diabetic, pregnant 20 weeks or so", {"not diabetes", "pregnancy"}),
        ("denies numbness, gait unsteady, chest pain", {"not numbness", "gait_ataxia", "chest_pain"}),
        ("no numbness, severe headache or so", {"not numbness", "severe_headache"}),
        ("denies chest pain, severe headache since noon", {"not chest_pain", "severe_headache"}),
    ],
)
def test_it_ends_before_what_is_told_anew(read, text, expected):
    """In doubt a danger is taken as there."""
    assert expected <= told(read(text))


@pytest.mark.parametrize(
    "text", ["Mum tripped over the dog and banged her head", "I slipped off my horse, hit my head"]
)
def test_an_animal_that_was_in_the_way_is_no_patient(read, text):
    """Who fell is the patient."""
    assert "head_injury" in told(read(text))


def test_an_animal_that_is_ill_is_the_patient(read):
    """Its facts are not a person's."""
    assert not told(read("my cat hit her head, she is on warfarin"))


def test_who_tells_is_not_who_is_ill(read):
    """A wife who says that the asker is muddled gives the asker no sex."""
    assert "sex female" not in told(read("my wife says im muddled, vitamin D 400 nmol/L"))
    assert "sex female" in told(read("my wife is muddled, vitamin D 400 nmol/L"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vit D was 40 nmol", "vitamin_d_25oh 40 nmol/L"),
        ("active b12 30 pmol", "active_b12 30 pmol/L"),
        ("INR stable 2.4 on warfarin", "inr 2.4 INR"),
        ("TSH 7.9 and 8.2 12 weeks apart", "tsh_confirmed"),
    ],
)
def test_a_result_written_short(read, text, expected):
    """As people write them."""
    assert expected in told(read(text))


def test_a_fever_that_is_a_name_is_no_fever(read):
    """A jab against yellow fever is not a temperature."""
    assert "fever" not in told(read("yellow fever jab and warfarin"))
    assert "fever" in told(read("fever and warfarin"))
