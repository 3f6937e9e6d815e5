"""What the protocol of a high INR needs to read: results without a unit, series of them, medicines, bleeding."""

from __future__ import annotations

import pytest

from bedside.facts.read import read_facts
from tests.facts.test_iron import line

WARFARIN = {"warfarin", "vitamin_k_antagonist", "anticoagulant"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My INR is 6", {"inr 6 INR"}),
        ("INR=6.2", {"inr 6.2 INR"}),
        ("INR 6,2", {"inr 6.2 INR"}),
        ("my CoaguChek says 8.4", {"inr 8.4 INR"}),
        ("my INR is high", {"inr raised"}),
        ("INR 5.5 (target 2.5)", {"inr 5.5 INR"}),
        ("target INR 2.5, INR 5.5", {"inr 5.5 INR"}),
        ("INR 3.4, target range 2-3", {"inr 3.4 INR"}),
        ("INR 6 and PT 65 seconds", {"inr 6 INR"}),
        ("prothrombin time 38 seconds", {"prothrombin_time 38 seconds"}),
        ("INR 6, 3 bruises", {"inr 6 INR", "bleeding"}),
        ("on warfrin", WARFARIN),
        ("I take Coumadin", WARFARIN),
        ("Sinthrome", {"acenocoumarol", "other_vitamin_k_antagonist", "vitamin_k_antagonist", "anticoagulant"}),
        ("not on warfarin", {"not warfarin", "not vitamin_k_antagonist", "not anticoagulant"}),
        ("on apixaban", {"apixaban", "doac", "anticoagulant"}),
        ("metal heart valve", {"mechanical_valve"}),
        ("tissue valve", set()),
        ("my gums bleed", {"bleeding"}),
        ("my nose has been bleeding for 20 minutes", {"long_nosebleed"}),
        ("blood in my wee", {"haematuria"}),
        ("I hit my head", {"head_injury"}),
        ("no head injury", {"not head_injury"}),
        ("using Daktarin gel", {"miconazole"}),
        ("took a double dose of warfarin", {"vka_overdose"}),
    ],
)
def test_words_of_a_high_inr_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("My INR went from 2.5 to 5.8", "5.8"),
        ("INR rose from 2.5 to 5.8", "5.8"),
        ("my INR was 2.4 in March and is 6.1 today", "6.1"),
        ("INR 2.5 last month, now 5.8", "5.8"),
        ("INR 2.5 then 5.8", "5.8"),
        ("INR 2.5 on Monday, 5.8 today", "5.8"),
        ("INR 5.8 (previously 2.6)", "5.8"),
    ],
)
def test_the_latest_of_several_inrs_counts(text: str, now: str, vocabulary) -> None:
    """A small number without a unit goes on the series of a test that has no unit; the earlier one is past."""
    lines = {line(fact) for fact in read_facts(text, vocabulary).items}
    assert f"inr {now} INR" in lines
    assert {each for each in lines if each.startswith("inr ")} == {f"inr {now} INR"}


def test_small_numbers_behind_other_tests_still_count_something_else(vocabulary) -> None:
    """Only a test without a unit goes on in small numbers."""
    lines = {line(fact) for fact in read_facts("ferritin 25 then 8 weeks, now 5", vocabulary).items}
    assert "ferritin 5" not in lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no bleeding, mechanical mitral valve", {"not bleeding", "mechanical_valve"}),
        ("no bleeding, no mechanical valve", {"not bleeding", "not mechanical_valve"}),
        ("no bleeding, St Jude valve", {"not bleeding", "mechanical_valve"}),
        ("no bleeding, AVR (mechanical)", {"not bleeding", "mechanical_valve"}),
        ("no melaena, prosthetic mitral valve", {"not melaena", "mechanical_valve"}),
        ("no bleeding or mechanical valve", {"not bleeding", "not mechanical_valve"}),
        ("no bleeding on warfarin", {"not bleeding"} | WARFARIN),
        ("no bleeding, coumadin since 2019", {"not bleeding"} | WARFARIN),
        ("not currently on warfarin", {"not warfarin", "not vitamin_k_antagonist", "not anticoagulant"}),
        ("never took warfarin", {"not warfarin", "not vitamin_k_antagonist", "not anticoagulant"}),
        ("not on blood thinners INR 1.5 jaundice", {"not anticoagulant", "inr 1.5 INR", "jaundice"}),
        ("I had a nosebleed last winter", {"past bleeding"}),
        ("I fell asleep", set()),
        ("I fell this morning", {"accident", "symptoms"}),
        ("bumped my forehead", {"head_injury"}),
        ("INR 12 blood in stool", {"inr 12 INR", "rectal_bleeding"}),
        ("INR was 4.2, repeat 9.1", {"past inr 4.2 INR", "inr 9.1 INR"}),
        ("INR was 4.2, rechecked today 9.1", {"past inr 4.2 INR", "inr 9.1 INR"}),
    ],
)
def test_a_denial_and_a_date_reach_no_further_than_they_say(text: str, expected: set[str], vocabulary) -> None:
    """Denied bleeding leaves the valve and the medicine alone; what is over or figurative is no sign now."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected


@pytest.mark.parametrize(
    "text",
    [
        "hit his head on the door, husband 72 on coumadin",
        "husband 72 on coumadin hit his head",
        "husband 72 on coumadin hit his head, should I take him to hospital",
        "My husband hit his head, he is 72 and on coumadin",
    ],
)
def test_a_husband_is_the_patient_in_any_order_of_words(text: str, vocabulary) -> None:
    """What was hit, how old he is and what he takes are his, whoever is named first."""
    lines = {line(fact) for fact in read_facts(text, vocabulary).items}
    assert {"head_injury", "warfarin", "age_years 72 years"} <= lines


def test_a_husband_named_beside_somebodys_own_story_is_not_the_patient(vocabulary) -> None:
    """The writer asks for themselves."""
    text = "Husband 72 on coumadin, but this is about me: INR 1.1"
    lines = {line(fact) for fact in read_facts(text, vocabulary).items}
    assert "warfarin" not in lines
