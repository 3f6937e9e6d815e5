"""A demand is met by the words it names and by nothing else."""

from __future__ import annotations

import pytest

from bedside.evaluation.answers_questions import Demand
from bedside.evaluation.answers_words import folded, met


def says(alternative: str, *lines: str) -> bool:
    return met(Demand((alternative,)), map(folded, lines))


@pytest.mark.parametrize(
    ("alternative", "line"),
    [
        ("transfus", "A transfusion is considered."),
        ("iron deficiency", "This points to Iron-deficiency."),
        ("ferrous + once a day", "Take ferrous sulfate no more than once a day."),
        ("haemoglobin", "The hemoglobin decides."),
        ("hemoglobin", "The haemoglobin decides."),
        ("oesophag", "Esophageal varices"),
        ("300,000", "about 300000 IU in all"),
        ("300000", "about 300,000 IU in all"),
        ("10 micrograms", "10 mcg (400 IU) daily"),
        ("10 mcg", "10 µg daily"),
        ("same day", "Same-day advice"),
        ("GP", "Ask your GP."),
        ("period", "Heavy periods are a cause."),
        ("don't stop", "Don’t stop it."),
        ("5 mg", "take 5 mg."),
        ("GP", "Both GPs said so."),
        ("ulcers", "No ulcers."),
        (">=10", "TSH ≥10 mIU/L"),
    ],
)
def test_words_are_found(alternative, line):
    """In any case, with or without hyphens, in either spelling; and a word may go on."""
    assert says(alternative, line)


@pytest.mark.parametrize(
    ("alternative", "line"),
    [
        ("ferrous + once a day", "Ferrous sulfate twice a day."),
        ("12", "a ferritin of 120"),
        ("5 mg", "take 2.5 mg"),
        ("1.6", "1.65 micrograms"),
        ("no", "a normal result"),
        ("GP", "GPT was raised"),
        ("renal", "adrenal glands"),
        ("fit", "fitting shoes"),
        ("iron tablet", "iron"),
    ],
)
def test_other_words_are_not(alternative, line):
    """A number does not go on, nor does a short word, and a word is not found inside another."""
    assert not says(alternative, line)


def test_joined_words_stand_in_one_line():
    """Each of them in one and the same."""
    assert not says("stop + vitamin d", "Stop.", "Vitamin D is a vitamin.")
    assert says("stop + vitamin d", "Nothing.", "Vitamin D is to be stopped.")


def test_one_alternative_is_enough():
    """The others may be missing."""
    assert met(Demand(("no such word", "kidney")), [folded("Your kidneys are well.")])
    assert not met(Demand(("no such word", "liver")), [folded("Your kidneys are well.")])


def test_an_alternative_without_words_is_refused():
    """It would be met by anything."""
    with pytest.raises(ValueError, match="without words"):
        says(" ", "anything")
