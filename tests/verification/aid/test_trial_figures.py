"""A claim on a trial record is held against its counts, results and criteria."""

from __future__ import annotations

from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.verification.aid.claim_aid import claim_aid
from bedside.verification.aid.trial_clauses import Scope, clauses, on_trials
from bedside.verification.aid.trial_figures import trial_figures
from bedside.verification.aid.trial_record import read_record
from bedside.verification.aid.trial_stance import LIKELY, UNLIKELY, trial_support

EVENTS = """The primary trial:
Adverse Events 1:
Total: 12/60 (20.00%)
Anaemia * 6/60 (10.00%)
Nausea [1]3/60 (5.00%)
Sepsis 0/60 (0.00%)
Adverse Events 2:
Total: 3/30 (10.00%)
Anaemia * 1/30 (3.33%)
Nausea 20/30 (0.00%)
Sepsis 2/30 (6.67%)"""

RESULTS = """The primary trial:
Outcome Measurement:
Overall response rate
Results 1:
Arm/Group Title: Letrozole
Overall Number of Participants Analyzed: 50
Measure Type: Number
Unit of Measure: participants  20
Results 2:
Arm/Group Title: Letrozole and Palbociclib
Overall Number of Participants Analyzed: 40
Measure Type: Number
Unit of Measure: participants  30"""

CRITERIA = """The primary trial:
Inclusion Criteria:
Women with breast cancer
Able to swallow tablets
Exclusion Criteria:
Brain metastases
Pregnancy"""

GIVEN = """The primary trial:
INTERVENTION 1:
Capecitabine
Capecitabine 825 mg/m2 taken orally twice daily
INTERVENTION 2:
Control
Saline by intravenous infusion"""


def figure(name: str, claim: str, evidence: str) -> float:
    """One figure of a claim on a record."""
    return dict(trial_figures(claim, evidence))[f"trial: {name}"]


def test_a_record_is_read_with_its_arms_counts_and_values():
    """A footnote's number before a count is told apart by the printed share."""
    [trial] = read_record(EVENTS)
    assert [arm.total for arm in trial.arms] == [(12, 60), (3, 30)]
    assert [event.count for event in trial.arms[1].events] == [1, 0, 2]
    [trial] = read_record(RESULTS)
    assert [arm.shares() for arm in trial.arms] == [(40.0,), (75.0,)]
    [trial] = read_record(CRITERIA)
    assert (len(trial.admitting), len(trial.barring)) == (3, 3)
    assert read_record("Anaemia was common.") == ()


def test_two_trials_are_kept_apart():
    """Each with its own section."""
    both = read_record(f"{EVENTS}\n{RESULTS.replace('primary', 'secondary')}")
    assert [len(trial.arms) for trial in both] == [2, 2]
    assert both[0].arms[0].events
    assert not both[1].arms[0].events


def test_a_sentence_that_speaks_of_no_trial_is_left_out():
    """A definition that was put beside the claim changes nothing of what is asked."""
    claim = "Nausea was seen in cohort 2 of the primary trial."
    assert on_trials(f"A box is a vessel of cardboard. {claim}") == claim
    assert clauses(f"A box is a vessel of cardboard. {claim}") == clauses(claim)
    assert on_trials("A box is a vessel.") == "A box is a vessel."


def test_scopes_are_the_arms_and_trials_named():
    """An arm belongs to the trial named after it."""
    [clause] = clauses("Cohort 1 of the primary trial had more sepsis than cohort 2 of the secondary trial.")
    assert (clause.first, clause.second, clause.compared) == ((Scope(0, 1),), (Scope(1, 2),), 1)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("commonest", "Anaemia was the most common adverse event in the primary trial.",
         "Sepsis was the most common adverse event in the primary trial."),
        ("happened", "There were no cases of sepsis in cohort 1 of the primary trial.",
         "There were no cases of sepsis in cohort 2 of the primary trial."),
        ("counted", "Three patients in cohort 1 of the primary trial had nausea.",
         "Nine patients in cohort 1 of the primary trial had nausea."),
        ("counted", "More than 15% of patients in cohort 1 of the primary trial had an adverse event.",
         "Less than 15% of patients in cohort 1 of the primary trial had an adverse event."),
        ("kinds", "Three different types of adverse events are listed in the primary trial.",
         "Seven different types of adverse events are listed in the primary trial."),
        ("only", "Cases of sepsis were only seen in cohort 2 of the primary trial.",
         "Cases of anaemia were only seen in cohort 2 of the primary trial."),
        ("each", "No adverse event in the primary trial affected more than 6 patients.",
         "No adverse event in the primary trial affected more than 4 patients."),
        ("more events", "Cohort 1 of the primary trial had more cases of anaemia than cohort 2.",
         "Cohort 1 of the primary trial had more cases of sepsis than cohort 2."),
        ("more events", "In cohort 1 of the primary trial there were more cases of anaemia than nausea.",
         "In cohort 1 of the primary trial there were more cases of nausea than anaemia."),
    ],
)  # fmt: skip
def test_claims_on_events_are_answered_from_the_counts(name, right, wrong):
    """+1 where the counts agree, -1 where they do not."""
    assert (figure(name, right, EVENTS), figure(name, wrong, EVENTS)) == (1, -1)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("better results", "Cohort 2 of the primary trial had a higher response rate than cohort 1.",
         "Cohort 1 of the primary trial had a higher response rate than cohort 2."),
        ("result numbers", "75% of patients in cohort 2 of the primary trial responded.",
         "35% of patients in cohort 2 of the primary trial responded."),
        ("difference", "Cohort 2 of the primary trial had 10 more responders than cohort 1.",
         "Cohort 2 of the primary trial had 25 more responders than cohort 1."),
    ],
)  # fmt: skip
def test_claims_on_results_are_answered_from_the_values(name, right, wrong):
    """Shares are computed from counts and the number analysed."""
    assert (figure(name, right, RESULTS), figure(name, wrong, RESULTS)) == (1, -1)


def test_criteria_admit_or_bar():
    """What stands under the exclusions bars; saying that it bars is right, saying that it admits is not."""
    barred = "Patients with brain metastases are excluded from the primary trial."
    admitted = "Patients with brain metastases are eligible for the primary trial."
    assert figure("criterion", barred, CRITERIA) > 0 > figure("criterion", admitted, CRITERIA)


def test_routes_and_doses_are_looked_for_in_what_is_given():
    """In the arm that is named."""
    right = "Cohort 1 of the primary trial receives capecitabine orally, 825 mg/m2."
    wrong = "Cohort 1 of the primary trial receives capecitabine by infusion, 300 mg/m2."
    assert (figure("given", right, GIVEN), figure("given", wrong, GIVEN)) == (1, -1)
    assert (figure("dosed", right, GIVEN), figure("dosed", wrong, GIVEN)) == (1, -1)


def test_the_aid_judges_a_record_by_these_rules_and_other_evidence_by_what_it_learnt():
    """Nothing was learnt from a record, so the learned part is not asked of one."""
    wrong = "Sepsis was the most common adverse event in the primary trial."
    right = "Anaemia was the most common adverse event in the primary trial."
    assert (trial_support(right, EVENTS), trial_support(wrong, EVENTS)) == (LIKELY, UNLIKELY)
    judged = claim_aid().judge(wrong, EVENTS)
    assert (judged.support, judged.neutral) == (UNLIKELY, 0)
    assert trial_support(right, "Anaemia was common.") is None
    assert claim_aid().judge(right, "The bat genome was sequenced.").neutral > 0


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.sampled_from([EVENTS, RESULTS, CRITERIA, GIVEN, "", "The primary trial:"]))
def test_any_claim_has_the_same_finite_figures(claim, evidence):
    """Whatever is asked, of whatever record."""
    found = dict(trial_figures(claim, evidence))
    assert list(found) == list(dict(trial_figures("a", "b")))
    assert all(isfinite(each) for each in found.values())


def test_what_is_no_record_has_only_noughts():
    """So that the figures of other evidence are not changed by these."""
    assert not any(dict(trial_figures("Anaemia was the most common adverse event.", "Anaemia 6/60")).values())
