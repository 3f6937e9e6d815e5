"""Pneumonia on whole answers: the controls of its hazards, every limit of the scores, and both countries' doses."""

from __future__ import annotations

from functools import partial

import pytest

from bedside.answer import AnswerKind
from bedside.desk import Desk
from bedside.protocol.protocol import Effect
from bedside.question.question import Region
from tests.answers import outcomes
from tests.answers.outcomes import assert_red_flag_first, rows, shown

TOPIC = "pneumonia"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
DOSES = {
    f"{TOPIC}/{name}"
    for name in (
        *("amoxicillin-gb", "allergy-gb", "high-gb"),
        *("healthy-us", "allergy-us", "comorbid-us", "quinolone-us", "inpatient-us"),
    )
}
PLACES = {"PL0-GB", "PL1-GB", "PL2-GB", "PL3-GB"}


def sums(desk: Desk, text: str) -> dict[str, tuple[int, int]]:
    """The scores of an answer, each with its lowest and highest sum."""
    runs = desk.ask(text, reader="clinician").runs
    return {each.score.id: (each.low, each.high) for run in runs for each in run.scores}


# Scores and place of care ---------------------------------------------------------------------------------------------

WHOLE = "CAP, age {age}, BP {bp}, RR {rr}, {mind}. Where to treat?"


@pytest.mark.parametrize(
    ("age", "bp", "rr", "mind", "total", "place"),
    [
        (64, "90/61", 29, "not confused", 0, "PL0-GB"),
        (65, "90/61", 29, "not confused", 1, "PL1-GB"),
        (64, "120/60", 29, "not confused", 1, "PL1-GB"),
        (64, "89/61", 29, "not confused", 1, ""),
        (64, "90/61", 30, "not confused", 1, ""),
        (65, "90/60", 29, "not confused", 2, "PL2-GB"),
        (80, "84/50", 34, "confused", 4, "PL2-GB"),
    ],
)
def test_every_item_of_the_score_has_its_edge(
    desk: Desk, age: int, bp: str, rr: int, mind: str, total: int, place: str
) -> None:
    """The sum and the UK place of care; beside an emergency sign no lower place is named."""
    text = WHOLE.format(age=age, bp=bp, rr=rr, mind=mind)
    assert sums(desk, text)["crb65_sum"] == (total, total)
    assert firing(desk.ask(text, reader="clinician")) & PLACES == ({place} if place else set())


@pytest.mark.parametrize(
    ("urea", "total"),
    [
        ("urea 7 mmol/L", 1),
        ("urea 7.1 mmol/L", 2),
        ("BUN 19 mg/dL", 1),
        ("BUN 20 mg/dL", 2),
        ("urea 40 mg/dL", 1),
        ("urea 45 mg/dL", 2),
    ],
)
def test_urea_counts_in_the_unit_it_was_given_in(desk: Desk, urea: str, total: int) -> None:
    """Urea in mg/dL is not blood urea nitrogen in mg/dL."""
    text = f"CAP, age 70, BP 120/70, RR 18, not confused, {urea}. Where to treat?"
    assert sums(desk, text)["curb65_sum"] == (total, total)


@pytest.mark.parametrize("reader", ["patient", "clinician"])
@pytest.mark.parametrize("text", ["CAP, age 40. Treat at home?", "pneumonia, RR 16, BP 120/74. Can I stay home?"])
def test_an_incomplete_score_never_gives_a_lower_level_of_care(desk: Desk, text: str, reader: str) -> None:
    """It is told as a range, and the missing items are asked for."""
    result = desk.ask(text, reader=reader)
    assert not firing(result) & PLACES
    assert f"{TOPIC}/incomplete" in shown(result)
    (run,) = (each for each in result.runs if each.protocol.id == TOPIC)
    (scored,) = (each for each in run.scores if each.score.id == "crb65_sum")
    assert scored.low < scored.high
    assert "confusion" in [missing.ask.id for missing in run.missing]
    assert any("the score lies from" in s.clinical for s in result.article.sentences())


def test_a_certain_two_is_enough_for_hospital(desk: Desk) -> None:
    """More points can only raise it."""
    assert "PL2-GB" in firing(desk.ask("CAP, 80 year old, BP 84/62. Where to treat?", reader="clinician"))


# Doses ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "gb", "us"),
    [
        # Healthy outpatients: both countries, as a pair.
        ("mild pneumonia, otherwise healthy, NKDA", {"amoxicillin-gb", "healthy-us"}, {"amoxicillin-gb", "healthy-us"}),
        ("mild pneumonia, diabetes, NKDA", {"amoxicillin-gb"}, {"comorbid-us"}),
        ("moderate pneumonia, COPD, NKDA", {"amoxicillin-gb"}, {"comorbid-us"}),
        ("mild pneumonia, otherwise healthy, penicillin allergy", {"allergy-gb"}, {"allergy-us"}),
        ("moderate pneumonia, COPD, penicillin allergy", {"allergy-gb"}, {"quinolone-us"}),
        ("severe pneumonia, NKDA", {"high-gb"}, {"inpatient-us"}),
        ("severe pneumonia, penicillin allergy", set(), set()),
        ("moderate pneumonia, inpatient, NKDA", {"amoxicillin-gb"}, {"inpatient-us"}),
        ("mild pneumonia", set(), set()),
        ("pneumonia, NKDA", set(), set()),
        ("mild pneumonia, NKDA, 20 weeks pregnant", set(), set()),
        ("mild pneumonia, NKDA, CKD stage 4", set(), set()),
        ("mild pneumonia, NKDA, on chemotherapy", set(), set()),
        ("mild pneumonia, otherwise healthy, NKDA, creatinine 240 umol/L", set(), set()),
        ("mild pneumonia, otherwise healthy, NKDA, on methotrexate", set(), set()),
        ("mild pneumonia, otherwise healthy, NKDA, prior MRSA", set(), set()),
    ],
)
def test_a_dose_needs_severity_and_allergy(desk: Desk, text: str, gb: set[str], us: set[str]) -> None:
    """Each country its own, to clinicians only; without what it needs there is none, and it is asked for."""
    for region, expected in ((Region.GB, gb), (Region.US, us)):
        question = f"45 year old, {text}. Which antibiotic?"
        result = desk.ask(question, reader="clinician", region=region)
        assert shown(result) & DOSES == {f"{TOPIC}/{name}" for name in expected}
        assert not result.report.withheld
        for reader in ("patient", "carer"):
            assert not shown(desk.ask(question, reader=reader, region=region)) & DOSES


def test_the_countries_doses_stand_as_a_pair(desk: Desk) -> None:
    """500 mg and 1 g of amoxicillin, each with its country."""
    text = "45M, mild pneumonia, otherwise healthy, NKDA. Which antibiotic?"
    result = desk.ask(text, reader="clinician", region=Region.BOTH)
    assert {f"{TOPIC}/amoxicillin-gb", f"{TOPIC}/healthy-us"} <= shown(result)
    assert "DIS2" in firing(result)


@pytest.mark.parametrize(
    "text", ["mild pneumonia, penicillin allergy, which antibiotic?", "clarithromycin for pneumonia and simvastatin?"]
)
def test_clarithromycin_stands_with_its_caution(desk: Desk, text: str) -> None:
    """Statins, colchicine, QT and warfarin, beside the dose or the question."""
    assert f"{TOPIC}/macrolide" in shown(desk.ask(text, reader="clinician"))


@pytest.mark.parametrize(
    "text",
    [
        "moderate CAP, NKDA, QTc prolonged. Antibiotic?",
        "mild CAP, diabetes, penicillin allergy, long QT. Antibiotic?",
        "moderate CAP, penicillin allergic, on colchicine. Antibiotic?",
    ],
)
def test_a_medicine_or_heart_tracing_that_forbids_it_comes_before_the_dose(desk: Desk, text: str) -> None:
    """The caution leads where a macrolide or a fluoroquinolone would be the answer."""
    result = desk.ask(text, reader="clinician")
    assert pattern(result) == "macrolide"
    assert not result.report.withheld


def test_whom_to_ask_comes_before_how_few_days(desk: Desk) -> None:
    """A patient who feels well is not told of 3 days first."""
    result = desk.ask("can I stop my Augmentin for pneumonia, day 3 and I feel fine", region=Region.US)
    (days,) = [s for s in result.article.sentences() if s.statement == f"{TOPIC}/duration-us"]
    assert days.plain.startswith("Ask your prescriber before you stop.")


# Red flags ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("I have pneumonia and my lips are blue", "RF1"),
        ("my husband has pneumonia and cannot finish a sentence", "RF1"),
        ("my mum has pneumonia and is drowsy", "RF1"),
        ("pneumonia, 32 breaths a minute", "RF1"),
        ("I have pneumonia and I am hardly peeing", "RF1"),
        ("I have a cough, green phlegm and fever, oxygen 90%", "RF2"),
        ("I have pneumonia and COPD, oxygen 86%", "RF2"),
        # COPD alone sets no lower target; a pneumonia that is not covered is in danger all the same.
        ("I have pneumonia and COPD, oxygen 89%", "RF2"),
        ("covid pneumonia, oxygen 85%", "RF2"),
        ("pneumonia and sepsis", "RF1"),
        ("I have pneumonia and my skin is mottled", "RF1"),
        ("I have a chest infection and fainted today", "RF1"),
        ("my CRB65 score is 3", "RF1"),
        ("CURB65 of 4", "RF1"),
        ("I am 72, on amoxicillin for pneumonia, BP 110/58", "RF3"),
        ("CRB65 of 2", "RF3"),
        ("I am 70 with a cough, a fever and green phlegm", "RF3"),
        ("I think I have a chest infection and I have heart failure", "RF3"),
        ("I have pneumonia, 4 days of doxycycline and getting worse", "RF4"),
        ("I'm on day 6 of Levaquin for pneumonia and my Achilles hurts", "RF4"),
        ("I am 20 weeks pregnant and have pneumonia", "RF5"),
        ("82F care home, new confusion, RR 32, BP 84/48, creps L base", "RF1"),
        ("I had pneumonia last month, the antibiotics are finished, now I am coughing up blood and drowsy", "RF1"),
    ],
)
def test_a_red_flag_of_pneumonia_comes_first(desk: Desk, text: str, row: str) -> None:
    """Before the lead, unfolded, in both wordings."""
    assert_red_flag_first(desk, text, row)


@pytest.mark.parametrize(
    "text",
    [
        "no confusion, not drowsy, no chest pain, no blue lips",
        "my brother coughs up blood",
        "oxygen 96%",
        "COPD, target 88-92%, oxygen 89%",
        "sepsis ruled out",
        "AMT 9/10",
        "24 breaths a minute",
    ],
)
def test_a_denied_or_other_persons_sign_is_no_emergency(desk: Desk, text: str) -> None:
    """Pneumonia with it stays with the doctor who treats it."""
    result = desk.ask(f"I have pneumonia, {text}. What now?")
    assert not {"RF1", "RF2", "RF4"} & rows(result, Effect.RED_FLAG)


# Course ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "chosen", "statements"),
    [
        ("How many days of antibiotics for pneumonia?", "duration", {"duration-gb", "duration-us"}),
        ("Steroids in severe CAP?", "steroids", {"steroids-gb", "steroids-us"}),
        ("Do I need another chest x-ray after pneumonia?", "x-ray", {"xray-gb", "xray-us"}),
    ],
)
def test_where_countries_differ_both_stand(desk: Desk, text: str, chosen: str, statements: set[str]) -> None:
    """In one answer, in the lead."""
    result = desk.ask(text, reader="clinician", region=Region.BOTH)
    assert pattern(result) == chosen
    assert {f"{TOPIC}/{name}" for name in statements} <= shown(result)


@pytest.mark.parametrize(
    "text",
    [
        "not pneumonia they checked, it is pulmonary fibrosis, can I halve my nintedanib?",
        "70M heart failure, bibasal crackles, RR 18, BP 130/80. furosemide dose?",
    ],
)
def test_another_illness_of_the_lungs_is_no_pneumonia(desk: Desk, text: str) -> None:
    """Pneumonia that is ruled out, or crackles on both sides, draw no answer on pneumonia."""
    assert not any(run.protocol.id == TOPIC for run in desk.ask(text, reader="clinician").runs)


def test_recovery_is_told_with_when_to_come_back(desk: Desk) -> None:
    """Weeks and months, and the same day when it gets worse."""
    result = desk.ask("My doctor said I have pneumonia. How long until I am better?")
    assert {f"{TOPIC}/recovery-gb", f"{TOPIC}/no-better"} <= shown(result)


def test_every_limit_is_in_force_on_the_date_of_the_content(desk: Desk) -> None:
    """A limit that begins after the release would silently not be compared."""
    parameters = desk.ask("CURB65 for pneumonia").runs[0].protocol.parameters
    assert parameters
    assert all(parameter.since <= desk.content.date for parameter in parameters)


# Beside other topics --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Potassium 5.8 on ramipril, in hospital with pneumonia. What should I do?", {"potassium"}),
        ("INR 6 on warfarin, I take clarithromycin for a chest infection", {"high-inr"}),
        ("My ferritin is 9 and I had pneumonia last month", {"iron-deficiency"}),
        ("I take ramipril and have a dry cough. Is it the tablet?", {"blood-pressure"}),
        # A pressure among the observations is no question on the pressure; a severe one is.
        ("No chest pain, sats 96%, RR 18, BP 120/80, age 50. Pneumonia, do I need hospital?", {"pneumonia"}),
        ("CAP, RR 20, BP 165/95, not confused. Home?", {"pneumonia"}),
        ("Pneumonia. RR 22. BP 185/125. Not confused.", {"blood-pressure", "pneumonia"}),
        ("BP 150/95 HR 80 RR 16 sats 98, what now?", {"blood-pressure"}),
    ],
)
def test_pneumonia_told_beside_another_question_leaves_it_to_its_topic(desk: Desk, text: str, ids: set[str]) -> None:
    """It says nothing there."""
    result = desk.ask(text)
    assert {run.protocol.id for run in result.runs if not run.beside} == ids


@pytest.mark.parametrize(
    "text",
    [
        "My son is 6 and has pneumonia, which antibiotic?",
        "Hospital acquired pneumonia, which antibiotic?",
        "Aspiration pneumonia in a care home resident, which antibiotic?",
        "Pneumonia in a patient with HIV, which antibiotic?",
        "I have a cough, no fever, not breathless. Do I need amoxicillin?",
        "Should I get the pneumonia vaccine?",
    ],
)
def test_those_it_is_not_for_get_no_advice_on_antibiotics(desk: Desk, text: str) -> None:
    """Children, other kinds of pneumonia, a weak immune system and a cough alone: where to turn, and nothing else."""
    result = desk.ask(text, reader="clinician", region=Region.BOTH)
    assert result.kind is AnswerKind.DECLINED
    assert not shown(result) & DOSES
