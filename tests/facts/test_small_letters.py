"""Notes without a capital, relatives behind a greeting, and an age in twelfths."""

from __future__ import annotations

import pytest

from bedside.facts.fact import Subject


def own(facts):
    """The concepts read as the patient's own and present or not."""
    return {fact.concept for fact in facts.items if fact.subject is Subject.PATIENT}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("82f af starting apixaban", "atrial_fibrillation"),
        ("told i have af on a tracing", "atrial_fibrillation"),
        ("52f cap, not confused, rr 20, bp 126/78", "pneumonia"),
        ("cdi day 2, wcc 31", "c_difficile"),
        ("gdm on insulin", "gestational_diabetes"),
        ("hypotyhroid and drowsy", "hypothyroidism"),
        ("Hp+ on EGD", "h_pylori_infection"),
        ("home preg test + today", "pregnancy"),
    ],
)
def test_an_abbreviation_in_small_letters_is_read(read, text, concept):
    """In a note of a clinician, or where the words around it leave no doubt."""
    assert concept in own(read(text))


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("so tired af all the time, ferritin 9", "atrial_fibrillation"),
        ("lost my cap on the bus", "pneumonia"),
        ("my jumper does not fit, bp 120/80, hr 60", "fit_test"),
        ("we exclusively breastfed her", "breastfeeding"),
    ],
)
def test_the_same_letters_as_a_word_are_not(read, text, concept):
    """Slang, clothes, and what a baby was fed."""
    assert concept not in own(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Hi there! Quick question. dad 76 water infection, now shaking and muddled",
        "Hello, I hope you can help me. my dad has a water infection, now muddled",
        "my late husband had a stroke. mum 81 has a water infection, she is muddled",
    ],
)
def test_a_relative_behind_a_greeting_is_who_is_asked_about(read, text):
    """The illness is the patient's, not family history."""
    assert "confusion" in own(read(text))
    assert "stroke" not in own(read(text))
    assert "urinary_infection" in own(read(text))
