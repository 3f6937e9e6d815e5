"""An old value and today's in sentences of their own, and a value of one's own behind a relative's."""

import pytest


def _value(facts, concept="potassium"):
    fact = facts.current(concept)
    return None if fact is None or fact.quantity is None else str(fact.quantity.value)


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("two years ago I was in the ER with potassium 7. today 4.9", "4.9"),
        ("Two years ago I was in the ER with a potassium of 7. Today it was 4.9, I feel great.", "4.9"),
        ("In 2019 my potassium was 7.1 in hospital. Now it is 4.4", "4.4"),
        ("potassium was 7 when I was in hospital two years ago. Now 4.9", "4.9"),
        ("Potassium 6.9 last March; 4.6 today", "4.6"),
        ("last year potassium 6.8, this week 4.7", "4.7"),
        ("potassium 4.9 today. Two years ago it was 7.", "4.9"),
        ("two years ago I was in the ER with potassium 4.9. today 7", "7"),
        ("potassium was 5.1 last month. This morning it was 6.7.", "6.7"),
        # What follows is no potassium.
        ("potassium 6.8 yesterday. Today 12 tablets", "6.8"),
        ("My potassium is 5.2. Now 62, retired", "5.2"),
        ("potassium 6.7. Today BP 140/80", "6.7"),
    ],
)
def test_the_value_of_today(read, text, now):
    """A sentence that begins with its time has the newest value, or the older one."""
    assert _value(read(text)) == now


@pytest.mark.parametrize(
    "text",
    [
        "My mother's potassium is 6.6. What should she do?",
        "husband's potassium 6.6",
        "husband potassium 6.6",
        "my husband potassium 6.6",
        "hi, husband's potassium 6.6",
        "Hi. husband potassium 6.6 what now",
        "wife's potassium came back 6.6",
        "my mother in law has potassium 6.6",
        "I got a call: my mum's potassium is 6.6",
        "I was told my dad's potassium is 6.6, do I take him to A&E?",
        "Do I need to take my mum to hospital? her potassium is 6.6",
        "Should I take my wife to A&E, K 6.6",
        "My husband's potassium 6.6 - will I need to call 999?",
        "I have to give my dad ramipril, his potassium is 6.6",
        "the potassium of my mother is 6.6",
        "potassium of my husband came back 6.6",
        "I'm worried about my husband, potassium 6.6",
    ],
)
def test_the_person_asked_about(read, text):
    """The value is the patient's, with and without "my", whatever the asker does about it."""
    assert _value(read(text)) == "6.6"


@pytest.mark.parametrize(
    "text",
    [
        "my father had potassium 6.6 years ago",
        "my father had a potassium of 6.6 five years ago. I take ramipril and my potassium is 4.6",
        "my husband had potassium 6.6 last year. Should I worry about my potassium of 4.6?",
        "my husband has potassium 6.6, mine is 4.6",
        "my sister's K was 6.6, mine came back 4.6",
        "my father's heart stopped because of potassium 8. mine is 4.6 on ramipril. do i have to stop ramipril?",
        "my mum has high potassium, mine is 4.6. ok?",
        "the potassium of my friend is 6.6",
        "Should I take my mum's tablets? Her potassium is 6.6",
    ],
)
def test_a_relative_in_passing(read, text):
    """A relative's value is not the asker's; "mine" is."""
    assert _value(read(text)) in (None, "4.6")
    assert "4.6" not in text or _value(read(text)) == "4.6"
