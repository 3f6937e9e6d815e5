"""Raised potassium on whole answers: the controls of its hazards, and its limits at every edge."""

from __future__ import annotations

from functools import partial

import pytest

from bedside.answer import Answer, AnswerKind
from bedside.article.article import SectionKey
from bedside.desk import Desk
from bedside.question.question import Reader, Region
from tests.answers import outcomes
from tests.answers.outcomes import assert_red_flag_first, shown

TOPIC = "potassium"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
band = partial(outcomes.band, measure="potassium")
READERS = ("patient", "clinician")


def first_screen(result: Answer, name: str) -> bool:
    return any(s.statement == f"{TOPIC}/{name}" and not s.folded for s in result.article.sentences())


# Limits ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("2.4", "very_low"),
        ("2.5", "below_range"),
        ("3.4", "below_range"),
        ("3.5", "usual"),
        ("5.0", "usual"),
        ("5.1", "borderline"),
        ("5.4", "borderline"),
        ("5.5", "mild"),
        ("5.9", "mild"),
        ("6.0", "moderate"),
        ("6.4", "moderate"),
        ("6.5", "severe"),
        ("9.4", "severe"),
    ],
)
def test_both_units_and_none_give_one_class_at_every_edge(desk: Desk, value: str, name: str) -> None:
    """mmol/L and mEq/L are the same number, and a bare number is either."""
    texts = (f"Potassium {value}{unit}. What now?" for unit in (" mmol/L", " mEq/L", ""))
    bare, *others = (desk.ask(text, reader="clinician") for text in texts)
    assert band(bare) == name
    assert all((band(each), firing(each)) == (name, firing(bare)) for each in others)


def test_every_limit_is_in_force_on_the_date_of_the_content(desk: Desk) -> None:
    """A limit that begins after the release would silently not be compared."""
    parameters = desk.ask("Potassium 5.8 mmol/L").runs[0].protocol.parameters
    assert parameters
    assert all(parameter.since <= desk.content.date for parameter in parameters)


@pytest.mark.parametrize("value", ["6.5", "6.8", "9.0"])
def test_the_range_of_the_highest_class_begins_at_its_limit(desk: Desk, value: str) -> None:
    """What lies beyond the values laboratories report does not end it."""
    held = next(held for run in desk.ask(f"K {value} mmol/L. What now?").runs for held in run.holds)
    assert (held.low, held.low_inclusive, held.high) == ("6.5", True, None)


# Red flags ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("my potassium is 6.8 but I feel fine", "RF1"),
        ("K 6.7 mEq/L, sample haemolysed", "RF1"),
        ("Potassium 5.1 last week, 6.8 today", "RF1"),
        ("high potassium of 7.0", "RF1"),
        ("potassium 12 mmol/L", "RF1"),
        ("serum potassium 6\u00b78", "RF1"),
        ("potassium went from 5.2 to 6.9", "RF1"),
        ("potassium 5.1 2 weeks ago, 6.8 now", "RF1"),
        ("potassium between 6.5 and 6.8", "RF1"),
        ("My son's 12, potassium 6.7", "RF1"),
        ("potassium 5.8 and my heart feels like it's fluttering", "RF2"),
        ("potassium 5.9 and my legs feel like jelly", "RF2"),
        ("potassium 5.9 and very little pee since yesterday", "RF3"),
        ("I forgot dialysis on Monday", "RF4"),
        ("K 2.9, weak legs, on furosemide", "RF5"),
        ("potassium 5.6 and heart palpitations", "RF2"),
        ("hyperkalemia and I feel very weak", "RF2"),
        ("K 5.9, EKG shows peaked T waves", "RF2"),
        ("potassium 5.7, acute kidney injury", "RF3"),
        ("potassium 6.1 and hardly any urine since yesterday", "RF3"),
        ("potassium 6.2 with vomiting for two days", "RF3"),
        ("I missed my dialysis on Friday", "RF4"),
        ("potassium 2.3", "RF5"),
    ],
)
def test_a_red_flag_of_potassium_comes_first(desk: Desk, text: str, row: str) -> None:
    """Before the lead, unfolded, in both wordings."""
    assert_red_flag_first(desk, text, row)


@pytest.mark.parametrize(
    "text",
    [
        "Potassium 5.6, no chest pain, no palpitations, no weakness",
        "Potassium 5.6. I had palpitations in 2015",
        "Potassium 4.6 and palpitations",
        "I haven't missed dialysis, potassium 5.2",
        "No high potassium on my last test, palpitations",
        "Potassium 6.2 last month, 4.8 today",
    ],
)
def test_a_denied_or_past_sign_or_a_usual_potassium_is_no_emergency(desk: Desk, text: str) -> None:
    """Denied, past, or beside a usual potassium: no row of red flags of this topic."""
    assert not {each for each in firing(desk.ask(f"{text}. What now?")) if each.startswith("RF")}


@pytest.mark.parametrize("region", [None, Region.US])
def test_six_to_6_4_is_for_today_in_every_country(desk: Desk, region: Region | None) -> None:
    """An ECG and a repeat test today, also when well, on the first screen; US readers have no UK times."""
    for reader in READERS:
        result = desk.ask("My potassium is 6.1 and I feel well. What now?", reader=reader, region=region)
        assert pattern(result) == "moderate"
        assert first_screen(result, "moderate-today")
        assert (f"{TOPIC}/moderate-gb" in shown(result)) is (region is None)


def test_an_emergency_is_not_told_to_wait_three_days(desk: Desk) -> None:
    """The times for well people are silent beside an emergency, and so is what speaks for keeping the drug."""
    result = desk.ask("Potassium 5.8 and palpitations, on ramipril. What now?")
    assert "RF2" in firing(result)
    assert not {"LV12", "LV3-GB", "DR6"} & firing(result)
    severe = desk.ask("Potassium 6.8 on ramipril. Should I stop it?", reader="clinician")
    assert "DR15-GB" in firing(severe)
    assert not {"DR6", "DIS2"} & firing(severe)


@pytest.mark.parametrize("text", ["husband's potassium is 6.6", "my friend's potassium is 6.9", "how high is too high"])
def test_the_emergency_limit_is_named_where_no_value_is_used(desk: Desk, text: str) -> None:
    """Another person's value is not read; the first box says from where on it is an emergency."""
    result = desk.ask(f"Potassium: {text}?")
    first = result.article.sections[0]
    assert first.key is SectionKey.RED_FLAGS
    assert any("6.5 mmol/L" in s.plain for s in first.sentences)


# A false result -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["haemolysed", "hemolyzed"])
def test_a_haemolysed_sample_reassures_nobody(desk: Desk, word: str) -> None:
    """It is repeated by level, and takes no red flag away."""
    result = desk.ask(f"Potassium 5.7, the lab said the sample was {word}. Is it real?")
    assert pattern(result) == "doubtful"
    assert first_screen(result, "repeat-doubtful")
    assert {"LV10", "RF1"} <= firing(desk.ask(f"Potassium 6.6, the sample was {word}. Is it real?"))


# Medicines ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "drug", ["ramipril", "lisinopril", "losartan", "spironolactone", "Inspra", "Entresto", "Aldactone"]
)
@pytest.mark.parametrize("level", ["5.3", "5.8", "6.2"])
def test_nobody_is_told_to_stop_a_heart_medicine_alone(desk: Desk, drug: str, level: str) -> None:
    """The caution stands on the first screen at every raised level."""
    result = desk.ask(f"My potassium is {level} and I take {drug}. Should I stop it?")
    assert "DR9" in firing(result)
    assert first_screen(result, "not-alone")
    assert not result.report.withheld


def test_uk_and_international_positions_on_the_drug_stand_as_a_pair(desk: Desk) -> None:
    """From 6.0 on: stop in CKD (UK) and lower potassium first (KDIGO), each labelled; below 6.0 no stop is said."""
    result = desk.ask("CKD stage 4, K 6.1 mmol/L on ramipril. Manage?", reader="clinician")
    assert {"DR2-GB", "DR6", "DIS2"} <= firing(result)
    assert {f"{TOPIC}/stop-gb", f"{TOPIC}/keep-drug"} <= shown(result)
    assert "DR2-GB" not in firing(desk.ask("CKD stage 4, K 5.9 mmol/L on ramipril. Manage?", reader="clinician"))


def test_the_us_limits_of_an_mra_are_shown_to_us_readers_and_no_uk_ones(desk: Desk) -> None:
    """5.5 mEq/L in the US, 5.5 and 6.0 mmol/L in the UK: never mixed."""
    result = desk.ask("HFrEF on Aldactone, K 5.7 mEq/L. Next?", reader="clinician", region=Region.US)
    assert f"{TOPIC}/mra-stop-us" in shown(result)
    treatment = shown(result, SectionKey.TREATMENT)
    assert f"{TOPIC}/mra-gb" not in treatment


@pytest.mark.parametrize(
    "text",
    [
        "I take ramipril and my doctor prescribed trimethoprim",
        "Can I take Bactrim with lisinopril?",
        "on spironolactone, given co-trimoxazole",
        "losartan and Septrin together?",
        "Can I take Septra with Diovan?",
        "Can I take potassium supplements with lisinopril?",
        "I take Sando-K and losartan",
    ],
)
def test_trimethoprim_with_these_medicines_is_asked_about_the_same_day(desk: Desk, text: str) -> None:
    """Also where only the question names them."""
    result = desk.ask(f"{text}. Is that safe?")
    assert "DR12" in firing(result)
    assert first_screen(result, "trimethoprim-ask")


@pytest.mark.parametrize(
    "text", ["Can I use LoSalt if I take losartan?", "I use a salt substitute and take ramipril. OK?"]
)
def test_a_potassium_salt_is_not_for_people_on_these_medicines(desk: Desk, text: str) -> None:
    """The caution leads."""
    result = desk.ask(text)
    assert pattern(result) == "salt"
    assert f"{TOPIC}/salt-substitute" in shown(result)


def test_an_illness_with_fluid_loss_asks_the_same_day_and_stops_nothing(desk: Desk) -> None:
    """Ask whether to pause; no order to stop."""
    result = desk.ask(
        "My potassium is 5.2. I take ramipril and spironolactone and have vomiting and diarrhoea. Should I stop them?"
    )
    assert {"DR14", "DR9"} <= firing(result)
    assert first_screen(result, "sick-day")


# Treatment ------------------------------------------------------------------------------------------------------------


def test_no_dose_of_an_emergency_treatment_is_given(desk: Desk) -> None:
    """What insulin, calcium and salbutamol do, and the warning on low glucose; no units, grams or millilitres."""
    result = desk.ask("K 6.9 mmol/L, broad QRS. Insulin-glucose dose?", reader="clinician")
    assert {f"{TOPIC}/emergency-treatment", f"{TOPIC}/insulin-glucose-gb"} <= shown(result)
    said = " ".join(s.clinical for s in result.article.sentences() if (s.statement or "").startswith(f"{TOPIC}/"))
    assert not any(f" {unit} " in f" {said} " for unit in ("units", "g", "mg", "mL", "ml"))


def test_a_binder_is_no_emergency_treatment_in_the_us(desk: Desk) -> None:
    """The label's limit leads for US readers."""
    result = desk.ask("Can Lokelma treat a potassium emergency?", reader="clinician", region=Region.US)
    assert f"{TOPIC}/binders-us" in shown(result)


# Who, and what else ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    [
        "My 6 year old's potassium is 5.8",
        "My baby is 3 months old, potassium 5.8",
        "I am 25 weeks pregnant, potassium 5.8",
    ],
)
def test_children_and_pregnancy_get_no_advice(desk: Desk, who: str) -> None:
    """An abstention, with the red flags only."""
    result = desk.ask(f"{who}. What now?")
    assert (result.kind, "AB1" in firing(result)) == (AnswerKind.DECLINED, True)
    assert f"{TOPIC}/mild-gb" not in shown(result)


@pytest.mark.parametrize(
    "text",
    [
        "Do I need potassium tablets with my B12 injections?",
        "Hydroxocobalamin day 3, potassium 2.8 mmol/L and palpitations",
        "B12 150 ng/L, K 4.2 mmol/L, tired",
        "My ferritin is 12 and potassium 4.4",
        "My vitamin D is 18 nmol/L and potassium 4.0",
        "Lithium 0.8 and K 4.2",
        "vitamin K with ramipril",
    ],
)
def test_another_topics_question_stays_its_own(desk: Desk, text: str) -> None:
    """Potassium beside another topic is answered here only when it is raised."""
    assert TOPIC not in desk.ask(text).question.topics


def test_a_raised_potassium_beside_another_topic_is_answered_too(desk: Desk) -> None:
    """Both protocols run."""
    assert set(desk.ask("B12 150 ng/L and potassium 6.7. What now?").question.topics) == {"vitamin-b12", TOPIC}


@pytest.mark.parametrize("text", ["is losartan potassium safe for my kidneys", "I take ramipril, is it a good drug?"])
def test_a_medicine_alone_is_no_question_on_potassium(desk: Desk, text: str) -> None:
    """The salt in a medicine's name, or the medicine alone, brings no answer on potassium."""
    assert desk.ask(text).question.topics == ()


def test_foods_are_a_gap_that_is_said(desk: Desk) -> None:
    """No checked statement on diets."""
    assert "potassium_foods" in desk.ask("Can I eat bananas with high potassium?").question.gaps


@pytest.mark.parametrize("reader", list(Reader))
def test_nothing_of_a_full_answer_fails_its_check(desk: Desk, reader: Reader) -> None:
    """The answers with most sentences lose none."""
    for text in (
        "CKD and heart failure, K 6.2 mmol/L on ramipril, spironolactone and trimethoprim, uses LoSalt. Treat?",
        "K 6.8 mmol/L, sample haemolysed, on Lokelma. Treat?",
        "Should spironolactone be started with potassium 5.2 in HFrEF?",
        "low potassium 2.8",
        "Potassium 5.7 with a fever on losartan",
    ):
        assert not desk.ask(text, reader=reader).report.withheld
