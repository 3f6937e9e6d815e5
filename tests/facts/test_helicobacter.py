"""What the protocol on Helicobacter pylori needs to read: the test and its kind, allergy, earlier antibiotics."""

from __future__ import annotations

import pytest

from bedside.facts.read import read_facts
from tests.facts.test_iron import line

ACTIVE = "h_pylori_active_test"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I tested positive for H. pylori", {"h_pylori positive"}),
        ("H pylori stool antigen negative", {"h_pylori negative", f"not {ACTIVE}"}),
        ("my breath test came back positive", {"h_pylori positive", ACTIVE}),
        ("hydrogen breath test positive", set()),
        ("CLO test positive", {"h_pylori positive", ACTIVE}),
        ("I have H. pylori", {"h_pylori_infection"}),
        ("do I have H. pylori?", set()),
        ("h pylori IgG positive", {"h_pylori_serology positive", "h_pylori_blood_test"}),
        ("penicillin allergy", {"penicillin_allergy"}),
        ("I'm allergic to amoxicillin", {"penicillin_allergy"}),
        ("allergies: penicillin", {"penicillin_allergy"}),
        ("no penicillin allergy", {"not penicillin_allergy"}),
        ("NKDA", {"not penicillin_allergy"}),
        ("pen allergy no", {"not penicillin_allergy"}),
        ("aspirin allergy", {"salicylate_allergy"}),
        ("she might be pregnant", {"sex female", "pregnancy_possible"}),
        ("H pylori failed Prevpac", {"eradication_failed", "eradication_treatment"}),
        ("not allergic to penicillin", {"not penicillin_allergy"}),
        ("I have H. pylori. My mother is allergic to penicillin.", {"h_pylori_infection"}),
        ("previous clarithromycin", {"macrolide_exposure"}),
        ("never had clarithromycin", {"not macrolide_exposure"}),
        ("had clarithromycin and metronidazole before", {"macrolide_exposure", "metronidazole_exposure"}),
        ("no previous quinolone", {"not quinolone_exposure"}),
        ("first line", {"not eradication_before"}),
        ("finished H. pylori treatment", {"eradication_before"}),
        ("on Flagyl", {"metronidazole", "antibiotic"}),
        ("taking Pylera", {"bismuth", "eradication_treatment"}),
        ("my achilles hurts", {"tendon_pain"}),
    ],
)
def test_words_of_helicobacter_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected


@pytest.mark.parametrize("text", ["severe upper abdominal pain", "severe diarrhoea", "keeps vomiting"])
def test_a_severe_sign_leaves_the_sign_itself_to_the_other_topics(text: str, vocabulary) -> None:
    """The word that makes it severe takes nothing away."""
    concepts = {fact.concept for fact in read_facts(text, vocabulary).items}
    assert concepts & {"upper_abdominal_pain", "diarrhoea", "vomiting"}
    assert concepts & {"severe_abdominal_pain", "severe_diarrhoea", "recurrent_vomiting"}


def test_an_untreated_lack_of_b12_is_still_read(vocabulary) -> None:
    """Words for an earlier course of antibiotics do not use up "never treated"."""
    found = {line(fact) for fact in read_facts("B12 88 ng/L, never treated before", vocabulary).items}
    assert "not b12_oral_unspecified" in found
