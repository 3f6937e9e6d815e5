"""Topics: from words, from facts, and from neither."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.facts.fact import Kind, Subject
from tests.question.material import asked, fact

B12 = ("vitamin-b12",)


NAMES = (
    "B12, b-12, vit B 12, Vitamin B12, cobalamin, pernicious anemia, pernicious anaemia, hydroxocobalamin, "
    "hydroxycobalamin, cyanocobalmin, methylcobalamin, MMA, intrinsic factor, holoTC, SACD, megaloblastic anaemia"
)


@pytest.mark.parametrize("words", NAMES.split(", "))
def test_a_word_of_the_topic_is_enough(words):
    """Every name people use, misspelt or not, leads to the topic."""
    assert asked(f"Should I be worried about {words}?").topics == B12


@pytest.mark.parametrize(
    "text", ["Who sits in seat B12?", "bed B12 is free", "MMA training tips", "Is vitamin B 6 low?", "vitamin C 20"]
)
def test_a_look_alike_is_not(text):
    """A seat, a sport and another vitamin share letters with the topic and nothing else."""
    assert asked(text).topics == ()


def test_a_fact_of_the_topic_is_enough():
    """A result read from the text makes it the topic's, whatever the words."""
    assert asked("what next?", (fact("total_b12 140 ng/L"),)).topics == B12


def test_a_sign_and_a_risk_together_are_enough():
    """One sign with one risk factor is a question about B12 (rule T1); either alone is not."""
    sign, risk = fact("paraesthesia"), fact("vegan_diet")
    assert asked("what next?", (sign, risk)).topics == B12
    assert asked("what next?", (sign,)).topics == ()
    assert asked("what next?", (risk,)).topics == ()


def test_large_red_cells_are_enough_and_normal_ones_are_not():
    """An MCV above 100 fL (limit AN2) belongs to the topic, one at the limit does not."""
    assert asked("what next?", (fact("mcv 101 fL"),)).topics == B12
    assert asked("what next?", (fact("mcv 100 fL"),)).topics == ()


def test_another_persons_fact_is_not():
    """A neighbour's result does not make the question one about B12."""
    assert asked("what next?", (fact("total_b12 140 ng/L", subject=Subject.OTHER),)).topics == ()


@pytest.mark.parametrize(
    ("text", "facts", "topics"),
    [
        ("K 4.4, on amlodipine. ok to eat bananas?", ("potassium 4.4 mmol/L",), ("potassium",)),
        ("home average 128/79. ok?", ("home_systolic_bp 128 mmHg", "home_diastolic_bp 79 mmHg"), ("blood-pressure",)),
        ("K+ 4.9 today, anything to worry about?", ("potassium 4.9 mmol/L",), ("potassium",)),
        ("it was 118/76, is that healthy?", ("systolic_bp 118 mmHg", "diastolic_bp 76 mmHg"), ("blood-pressure",)),
        ("K 4.4, sodium 128, ok?", ("potassium 4.4 mmol/L",), ()),
        ("K 4.4 and troponin raised, dangerous?", ("potassium 4.4 mmol/L",), ()),
        ("118/76, K 4.4, ok?", ("systolic_bp 118 mmHg", "potassium 4.4 mmol/L"), ()),
        ("K 4.4. Dose of mycophenolate in lupus?", ("potassium 4.4 mmol/L",), ()),
        ("is the film good?", (), ()),
    ],
)
def test_a_value_that_is_asked_about_is_the_topic_of_its_test(text, facts, topics):
    """A value in range speaks of its topic where it is the only one measured and is itself asked about."""
    assert asked(text, tuple(replace(fact(each), kind=Kind.LAB) for each in facts)).topics == topics


@pytest.mark.parametrize(
    "text",
    [
        "I take metformin. What is the highest dose?",
        "I take metformin. What is the maximum?",
        "I'm on metformin. Can the dose go on?",
        "My doctor gave me glucophage. How much can I take a day, what is the max dose?",
        "Metformin for a year now. When should I stop it?",
    ],
)
def test_a_question_that_names_nothing_is_about_what_was_named_before(text):
    """The subject of the sentence before carries over."""
    assert asked(text).topics == ("glucose",)


@pytest.mark.parametrize(
    "text",
    [
        "I take metformin. What is the highest dose of mycophenolate?",
        "I take metformin. What is the dose for gout?",
        "I take metformin. My knee hurts. What is the highest dose of ibuprofen?",
        "I take metformin. Can I drive?",
    ],
)
def test_a_question_that_names_something_else_is_not(text):
    """Where the later sentence has a subject of its own, the sentence before lends it none."""
    assert asked(text).topics == ()


@pytest.mark.parametrize(
    "text",
    [
        "B12 normal, what dose of magnesium for cramps",
        "ferritin 150 so not low. Pramipexole dose for restless legs?",
        "vit d level is ok. What dose of zinc for colds?",
        "incidental thyroid nodule, TSH is normal, biopsy or follow up?",
    ],
)
def test_a_result_that_is_right_beside_another_question_is_no_topic(text):
    """The topic was told as settled, and something else is asked."""
    value = (fact("tsh 2.1 mIU/L"),) if "thyroid" in text else ()
    question = asked(text, value)
    assert question.topics == ()
    assert question.beside, "its red flags are heard all the same"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("ferritin low at 11, pramipexole dose or iron first?", "iron-deficiency"),
        ("B12 110 ng/L and numb feet, folate normal, gabapentin dose?", "vitamin-b12"),
        ("vitamin D 18 nmol/L, calcium ok, what dose of magnesium beside it?", "vitamin-d"),
    ],
)
def test_a_result_that_is_not_right_stays_the_topic(text, topic):
    """What is fine there is another test, or nothing is."""
    assert topic in asked(text).topics
