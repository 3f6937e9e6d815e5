"""The figures notice what changes the meaning of a claim, and are the same for the same texts."""

from __future__ import annotations

from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.verification.aid.alignment import align
from bedside.verification.aid.features import features
from bedside.verification.aid.meaning import meaning_of
from bedside.verification.aid.rarity import LEAST, RAREST, weight

CLAIM = "Drug reduces mortality in 20% of patients with stroke."


def changed(one: str, other: str, evidence: str) -> dict[str, float]:
    """The figures that differ between two claims on one evidence, as the second less the first."""
    first, second = features(one, evidence), features(other, evidence)
    return {name: second[name] - first[name] for name in first if second[name] != first[name]}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=300))
def test_the_figures_have_the_same_names_for_any_texts(claim, evidence):
    """And are numbers."""
    found = features(claim, evidence)
    assert list(found) == list(features("a", "b"))
    assert all(isfinite(each) for each in found.values())


def test_a_claim_against_itself_is_covered_and_opposes_nothing():
    """All words found, none missing, no number replaced, nothing turned."""
    found = features(CLAIM, CLAIM)
    assert found["coverage"] == pytest.approx(1)
    assert found["missing, rarest"] == found["numbers replaced"] == found["opposites"] == found["order turned"] == 0
    assert found["numbers found"] == 1
    assert found["turns, closest"] > 0


def test_a_negation_in_the_claim_is_noticed():
    """It changes the parity of negations and turns the direction round."""
    moved = changed(CLAIM, CLAIM.replace("reduces", "does not reduce"), CLAIM)
    assert moved["negations, parity"] == 1
    assert moved["turns, closest"] < 0
    assert moved["direction product"] < 0


def test_an_opposite_word_is_noticed():
    """A direction turned round is an opposite, and the aligned directions disagree."""
    moved = changed(CLAIM, CLAIM.replace("reduces", "increases"), CLAIM)
    assert moved["opposites"] >= 1
    assert moved["turns, closest"] < 0


def test_another_number_is_noticed():
    """A percentage that the evidence gives otherwise is replaced, and no longer found."""
    moved = changed(CLAIM, CLAIM.replace("20%", "40%"), CLAIM)
    assert moved["numbers replaced"] == 1
    assert moved["numbers found"] == -1


def test_a_bound_is_held_against_the_numbers_of_the_evidence():
    """More than 10% holds of 20%, and more than 30% does not."""
    held = features("More than 10% of patients died.", "Of the patients, 20% died.")
    broken = features("More than 30% of patients died.", "Of the patients, 20% died.")
    assert (held["bounds held"], held["bounds broken"]) == (1, 0)
    assert (broken["bounds held"], broken["bounds broken"]) == (0, 1)


def test_near_synonyms_and_word_forms_are_near():
    """A word of the same group or the same beginning counts in part; an unrelated one not at all."""
    laid = align("renal cirrhosis headache", "kidney; cirrhotic; fracture")
    assert [round(each, 1) for each in laid.kept.values()] == [0.8, 0.8, 0.0]


def test_exclusion_turns_who_is_admitted():
    """A line below the exclusion criteria speaks against a claim that such patients are eligible."""
    criteria = "Inclusion Criteria:\nadults with stroke\nExclusion Criteria:\npregnant women"
    assert features("Pregnant women are eligible.", criteria)["admitted"] == -1
    assert features("Pregnant women are excluded.", criteria)["admitted"] == 1
    assert features("Adults with stroke are eligible.", criteria)["admitted"] == 1


def test_rare_terms_weigh_more_and_unseen_ones_most():
    """A word of most medical texts weighs little; what was never counted weighs most."""
    assert LEAST < weight("patient") < weight("kidney") < weight("xyzzy") == RAREST + LEAST


def test_meaning_of_the_same_vector_is_one_and_the_mean_leans_to_the_nearest():
    """Cosines, and a mean in which the sentence nearest to the claim counts most."""
    found = meaning_of([2.0, 0.0], [[0.0, 1.0], [3.0, 0.0]])
    assert found.figures["meaning of best"] == pytest.approx(1)
    assert found.figures["meaning, place"] == 0.5
    assert found.figures["meaning of mean"] > found.figures["meaning of all"]
    assert meaning_of([0.0, 0.0], [[0.0, 0.0]]).figures["meaning of best"] == 0
