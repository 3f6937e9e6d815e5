"""Emergency wording, measured on labelled lines in both directions."""

from __future__ import annotations

import pytest

from bedside.question.question import DeclineReason
from tests.question.material import asked, fact, labelled, shipped

LINES = labelled("emergencies")


@pytest.mark.parametrize("line", LINES["emergencies"], ids=lambda line: line["text"][:50])
def test_an_emergency_is_seen(line):
    """Words that cannot wait are found, with the category they belong to, in patients' and clinicians' wording."""
    assert line["kind"] in [emergency.kind for emergency in asked(line["text"]).emergencies]


@pytest.mark.parametrize("text", LINES["not_emergencies"], ids=lambda text: text[:50])
def test_what_is_no_emergency_raises_no_alarm(text):
    """Denied, past, general, figurative and look-alike words give no emergency: a false alarm costs trust."""
    assert asked(text).emergencies == ()


def test_both_sides_are_measured_on_enough_lines():
    """Under- and over-triage are each measured on at least 80 lines, and every category has one."""
    assert len(LINES["emergencies"]) >= 80
    assert len(LINES["not_emergencies"]) >= 80
    kinds = {line["kind"] for line in LINES["emergencies"]}
    assert kinds == {category["id"] for category in shipped("emergency")["categories"]}


def test_the_words_are_shown_where_they_stand():
    """An emergency carries the words that say so and their place in the text as asked."""
    text = "B12 was 200 last week and I have crushing chest pain"
    [emergency] = asked(text).emergencies
    assert emergency.span.of(text) == emergency.text
    assert "crushing chest" in emergency.text


def test_somebody_elses_emergency_is_one():
    """It makes no difference who has it."""
    for person in ("My husband has", "The patient has", "My neighbour has", "I have", "My daughter, 6, has"):
        assert asked(f"{person} crushing chest pain").emergencies, person


def test_the_most_urgent_comes_first():
    """What is immediate stands before what can wait for the day, whatever the order of the words."""
    kinds = [e.kind for e in asked("Sudden loss of vision in my left eye, and crushing chest pain").emergencies]
    assert kinds == ["chest-pain", "sight"]


def test_each_category_is_named_once():
    """The same sign said twice is one emergency."""
    assert len(asked("chest pain, chest pain! I have CHEST PAIN").emergencies) == 1


def test_a_child_with_an_emergency_gets_the_emergency_advice():
    """The emergency is shown although the question about a child is declined; no adult advice follows it."""
    question = asked("My 9 year old daughter has crushing chest pain, B12 120", (fact("age_years 9 years"),))
    assert question.emergencies
    assert question.decline is DeclineReason.CHILD


@pytest.mark.parametrize(
    "text", ["I want to die", "chest pain", "ik heb pijn. I can't breathe", "hello I can't breathe"]
)
def test_an_emergency_is_never_answered_with_not_covered(text):
    """No refusal of subject, language or form stands beside an emergency."""
    assert asked(text).emergencies
    assert asked(text).decline is None


def test_an_animals_emergency_calls_no_ambulance_for_people():
    """The seizure of a cat is a question for a veterinary surgeon; suicidal words beside a dead dog are not."""
    assert asked("my cat collapsed and is having a seizure").emergencies == ()
    assert asked("My dog died and I want to kill myself").emergencies


@pytest.mark.parametrize(
    ("plain", "denied"),
    [
        ("He has chest pain", "He has no chest pain"),
        ("black stools", "no black stools"),
        ("She is suicidal", "She is not suicidal"),
        ("saddle numbness", "denies saddle numbness"),
        ("I can't move my legs", "If I can't move my legs, what should I do?"),
        ("vomiting blood", "vomited blood in 2009"),
    ],
)
def test_a_denial_or_an_if_makes_the_difference(plain, denied):
    """The same words with and without a denial, an "if" or a year fall on different sides."""
    assert asked(plain).emergencies
    assert not asked(denied).emergencies


@pytest.mark.parametrize(
    "slip",
    [
        "unconcious",
        "suicdal",
        "vommiting blood",
        "seziure right now, having a seziure",
        "chest pian",
        "sudden leg weaknes",
    ],
)
def test_a_slip_of_the_finger_hides_nothing(slip):
    """One wrong, missing, added or swapped letter in a long word still finds the emergency."""
    assert asked(f"My mother is {slip}").emergencies


def test_words_in_capitals_and_typographic_marks_are_the_same_words():
    """Case, curly apostrophes and line breaks inside a phrase change nothing."""
    for text in ("I CAN'T BREATHE", "I can’t breathe", "I can't\nbreathe"):
        assert [e.kind for e in asked(text).emergencies] == ["breathing"], text
