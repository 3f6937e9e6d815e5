"""Glucose and HbA1c on whole answers: the controls of its hazards, and its limits at every edge."""

from __future__ import annotations

from functools import partial

import pytest

from bedside.answer import AnswerKind
from bedside.article.article import SectionKey
from bedside.desk import Desk
from bedside.protocol.protocol import Effect
from bedside.question.question import Reader, Region
from tests.answers import outcomes
from tests.answers.outcomes import assert_red_flag_first, band, rows, shown

TOPIC = "glucose"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
DOSES = {f"{TOPIC}/{name}" for name in ("metformin-30-44-gb", "metformin-45-up-gb", "metformin-start-us")}


# Units ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "mmol", "name"),
    [
        ("5.6", "38", "lower"),
        ("5.7", "39", "us_band"),
        ("5.9", "41", "us_band"),
        ("6.0", "42", "both_bands"),
        ("6.4", "47", "both_bands"),
        ("6.5", "48", "diabetes_range"),
        ("12.0", "108", "diabetes_range"),
    ],
)
def test_per_cent_and_mmol_per_mol_give_one_class_at_every_edge(desk: Desk, percent: str, mmol: str, name: str) -> None:
    """Each unit is compared with the limit published in it; also without a unit, where only one is possible."""
    texts = (f"HbA1c {percent} %", f"HbA1c {mmol} mmol/mol", f"HbA1c {percent}", f"HbA1c {mmol}")
    answers = [desk.ask(f"{text}. What now?", reader="clinician") for text in texts]
    assert {band(answer, "hba1c") for answer in answers} == {name}
    assert len({frozenset(firing(answer)) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("mmol", "mg", "name"),
    [
        ("3.9", "69", "low"),
        ("4.0", "72", "lower"),
        ("5.4", "99", "lower"),
        ("5.6", "100", "raised"),
        ("6.9", "125", "raised"),
        ("7.0", "126", "diabetes_range"),
    ],
)
def test_a_fasting_glucose_has_one_class_in_both_units(desk: Desk, mmol: str, mg: str, name: str) -> None:
    """mmol/L and mg/dL, with the unit and without it."""
    texts = (f"{mmol} mmol/L", f"{mg} mg/dL", mmol, mg)
    answers = [desk.ask(f"Fasting glucose {text}. What now?", reader="clinician") for text in texts]
    assert {band(answer, "glucose_fasting") for answer in answers} == {name}


@pytest.mark.parametrize("reader", list(Reader))
def test_a_number_that_either_unit_allows_is_asked_for_its_unit(desk: Desk, reader: Reader) -> None:
    """17 is no HbA1c until its unit is known; no class and no treatment is said."""
    result = desk.ask("HbA1c 17, what does it mean?", reader=reader)
    assert (band(result, "hba1c"), pattern(result)) == ("ask unit", "no-unit")
    assert not DOSES & shown(result)


def test_a_bare_glucose_that_is_dangerous_in_either_unit_is_an_emergency(desk: Desk) -> None:
    """40 mg/dL is a severe low, 40 mmol/L a severe high."""
    result = desk.ask("glucose 40, what should I do?")
    assert {"RF2", "LI0"} <= firing(result)
    assert result.article.sections[0].key is SectionKey.RED_FLAGS


def test_every_limit_is_in_force_on_the_date_of_the_content(desk: Desk) -> None:
    """A limit that begins after the release would silently not be compared."""
    parameters = desk.ask("HbA1c 50 mmol/mol").runs[0].protocol.parameters
    assert parameters
    assert all(parameter.since <= desk.content.date for parameter in parameters)


# Metformin and the kidneys --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("egfr", "rule", "chosen"),
    [
        ("12", "ME1-GB", "metformin-below-30"),
        ("29", "ME1-GB", "metformin-below-30"),
        ("30", "ME2-GB", "metformin-30-44"),
        ("44", "ME2-GB", "metformin-30-44"),
        ("45", "ME3-GB", "metformin-45-up"),
        ("59", "ME3-GB", "metformin-45-up"),
        ("60", "ME3-GB", "metformin-45-up"),
    ],
)
def test_metformin_goes_by_the_egfr(desk: Desk, egfr: str, rule: str, chosen: str) -> None:
    """One rule a band, each end where the sources have it."""
    result = desk.ask(f"I take metformin 500 mg once daily and my eGFR is {egfr}. Is it safe?")
    assert pattern(result) == chosen
    assert {"ME1-GB", "ME2-GB", "ME3-GB"} & firing(result) == {rule}


@pytest.mark.parametrize("region", list(Region))
def test_no_dose_of_metformin_is_shown_below_30(desk: Desk, region: Region) -> None:
    """Nor with dialysis: neither a highest dose nor a starting dose, whatever is asked."""
    for kidneys in ("my eGFR is 22", "I am on dialysis"):
        for reader in ("patient", "clinician"):
            result = desk.ask(
                f"I take metformin and {kidneys}. What dose should I start with?", reader=reader, region=region
            )
            assert not DOSES & shown(result)


@pytest.mark.parametrize(
    ("egfr", "dose", "above"),
    [
        ("38", "500 mg twice a day", False),
        ("38", "850 mg twice a day", True),
        ("38", "1 g twice daily", True),
        ("52", "1000 mg twice a day", False),
        ("52", "1 g three times a day", True),
        ("75", "1 g three times a day", False),
        ("75", "850 mg four times a day", True),
    ],
)
def test_a_daily_dose_above_its_ceiling_is_said_on_the_first_screen(
    desk: Desk, egfr: str, dose: str, above: bool
) -> None:
    """Added up over the day and held against the ceiling of the band."""
    result = desk.ask(f"I take metformin {dose}, eGFR {egfr}. Is that ok?")
    assert ("ME5" in firing(result)) is above
    if above:
        said = next(s for s in result.article.sentences() if s.statement == f"{TOPIC}/above-ceiling")
        assert not said.folded


@pytest.mark.parametrize("egfr", ["22", "38"])
def test_the_us_starting_dose_is_not_shown_where_starting_is_not_recommended(desk: Desk, egfr: str) -> None:
    """Below an eGFR of 45 the kidney limits lead, also where a first treatment is asked for."""
    for text in (
        f"Newly diagnosed type 2 diabetes, eGFR {egfr}. What is the first treatment?",
        f"Type 2 diabetes, eGFR {egfr}. What is the starting dose of metformin?",
    ):
        result = desk.ask(text, reader="clinician", region=Region.US)
        assert f"{TOPIC}/metformin-start-us" not in shown(result)
        assert f"{TOPIC}/metformin-egfr-us" in shown(result)


def test_a_creatinine_alone_is_asked_for_the_egfr(desk: Desk) -> None:
    """No band and no dose from creatinine."""
    result = desk.ask("I take metformin and my creatinine is 160 umol/L. Is it safe?")
    assert pattern(result) == "metformin-kidney"
    assert "ME6" in firing(result)
    assert not DOSES & shown(result)


# Hazards --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("ketones 3.4 mmol/L, sugar 14", "RF1"),
        ("urine ketones 3+ and sugar 18 mmol/L", "RF1"),
        ("I'm on Forxiga and I've been vomiting all day, my sugar is 8", "RF1"),
        ("type 1 diabetes, vomiting, breath smells of pear drops", "RF1"),
        ("on metformin, very drowsy and breathing fast", "RF1"),
        ("blood sugar 33 mmol/L", "RF2"),
        ("glucose 612 mg/dL", "RF2"),
        ("my meter says hi", "RF2"),
        ("sugar 2.6 mmol/L on insulin and confused", "RF3"),
        ("blood sugar 2.8, on insulin, shaky", "RF4"),
        ("glucose 52 mg/dL", "RF4"),
        ("always thirsty, peeing a lot and lost weight", "RF5"),
        ("very thirsty, blood sugar 240 mg/dL", "RF5"),
        ("type 1 diabetic, ketones 1.9 mmol/L", "RF7"),
        ("I have type 2 diabetes and have been vomiting since yesterday", "RF7"),
        ("my dad is diabetic and keeps throwing up", "RF7"),
        ("type 2 on ozempic, vomiting all day", "RF7"),
        ("Type 1 diabetic and can't keep food down", "RF1"),
        ("very thirsty, peeing all the time and vomiting", "RF1"),
        ("my mum is 78, diabetic, confused since last night and drinking loads", "RF1"),
        ("sugar 24 mmol/L, no diabetes known", "RF7"),
    ],
)
def test_a_red_flag_of_glucose_comes_first(desk: Desk, text: str, row: str) -> None:
    """Before the lead, unfolded, in both wordings."""
    assert_red_flag_first(desk, text, row)


@pytest.mark.parametrize(
    "text",
    [
        "HbA1c 61 mmol/mol, no vomiting, no ketones, not thirsty",
        "My mother is diabetic and she was vomiting. My own HbA1c is 44 mmol/mol",
        "I had ketoacidosis in 2019, now well, HbA1c 60 mmol/mol",
        "Blood sugar 12.3 mmol/L after lunch, no vomiting, not drowsy",
        "Type 2 diabetes on metformin, HbA1c 7.2 %",
        "My job is a sugar rush. Fasting glucose 5.2 mmol/L",
    ],
)
def test_a_denied_past_or_other_persons_sign_is_no_emergency(desk: Desk, text: str) -> None:
    """Nor is a result in the diabetes range by itself."""
    assert not rows(desk.ask(f"{text}. What now?"), Effect.RED_FLAG)


def test_a_childs_thirst_is_seen_the_same_day_and_gets_no_limits(desk: Desk) -> None:
    """Declined, with the red flag before it, and no band."""
    result = desk.ask("My 9 year old is drinking loads, wetting the bed and losing weight. What should I do?")
    assert result.kind is AnswerKind.DECLINED
    assert "RF6" in rows(result, Effect.RED_FLAG)
    assert not any(run.bands for run in result.runs)


@pytest.mark.parametrize("text", ["How much insulin should I take for a sugar of 15?", "Should I increase my insulin?"])
def test_no_insulin_dose_is_given(desk: Desk, text: str) -> None:
    """That is said as a gap; nothing tells anybody to stop it."""
    result = desk.ask(text)
    assert "insulin_dose" in result.question.gaps
    said = " ".join(s.plain for s in result.article.sentences())
    assert "stop insulin" not in said.replace("not stop insulin", "")


def test_metformin_is_paused_and_insulin_is_not_on_a_sick_day(desk: Desk) -> None:
    """The sentence on insulin stands in the one on pausing."""
    result = desk.ask("I have a stomach bug with diarrhoea. I take metformin and insulin. What should I do?")
    assert "ME9-GB" in firing(result)
    advice = next(s for s in result.article.sentences() if s.statement == f"{TOPIC}/sick-day-gb")
    assert "Insulin is never stopped" in advice.plain


@pytest.mark.parametrize(
    "reason",
    ["I am 20 weeks pregnant", "I have sickle cell trait", "I have iron deficiency", "I had a blood transfusion"],
)
def test_hba1c_is_not_trusted_where_it_misleads(desk: Desk, reason: str) -> None:
    """The caution fires in both countries; in pregnancy no band of prediabetes and no target is said."""
    result = desk.ask(f"{reason}. My HbA1c is 44 mmol/mol. Is that ok?", reader="clinician", region=Region.BOTH)
    assert {"VA1-GB", "VA2-US"} <= firing(result)
    if "pregnant" in reason:
        assert pattern(result) == "pregnancy"
        assert not {"LI5-GB", "PR1-GB", "TA1-GB"} & firing(result)


def test_one_result_without_symptoms_is_not_called_diabetes(desk: Desk) -> None:
    """It is repeated; known diabetes is not diagnosed again."""
    once = desk.ask("HbA1c 50 mmol/mol, no symptoms. What now?", reader="clinician")
    assert {"LI3-GB", "LI4-US"} <= firing(once)
    known = desk.ask("Type 2 diabetes, HbA1c 50 mmol/mol. What now?", reader="clinician")
    assert pattern(known) == "target"
    assert not {"LI3-GB", "LI4-US", "LI5-GB"} & firing(known)


def test_uk_and_us_prediabetes_stand_as_a_pair(desk: Desk) -> None:
    """40 mmol/mol is prediabetes in one country and below the band of the other."""
    result = desk.ask("HbA1c 40 mmol/mol. Is that prediabetes?", reader="clinician", region=Region.BOTH)
    assert {f"{TOPIC}/prediabetes-gb", f"{TOPIC}/prediabetes-us"} <= shown(result)
    assert "DIS1" in firing(result)
    assert "PR1-GB" not in firing(result)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("What is the normal range for HbA1c?", "limits"),
        ("What is the first line treatment for type 2 diabetes?", "treatment"),
        ("Should I get tested for diabetes? I'm 45 and overweight", "screening"),
        ("What should my HbA1c target be on gliclazide?", "target"),
        ("Metformin gives me stomach upset, is slow release better?", "gut"),
        ("I take metformin and have a CT with contrast next week", "contrast"),
        ("My blood sugar is 7.8", "one-value"),
        ("Is my A1c reliable with thalassaemia?", "hba1c-misleads"),
        ("What is prediabetes?", "general"),
    ],
)
def test_general_questions_find_their_own_answer(desk: Desk, text: str, chosen: str) -> None:
    """Each pattern by the words people use."""
    assert pattern(desk.ask(text)) == chosen


@pytest.mark.parametrize(
    "text",
    [
        "I take metformin 1 g twice daily and have acute kidney injury, eGFR was 62 last month. Do I stop it?",
        "I drink a lot of alcohol. What dose of metformin do I take?",
        "I have cirrhosis. How do I start metformin?",
        "I am breastfeeding. What dose of metformin do I start with?",
    ],
)
def test_no_dose_of_metformin_is_shown_where_something_speaks_against_it(desk: Desk, text: str) -> None:
    """What speaks against it leads; an eGFR from before an acute injury gives no ceiling."""
    for reader in ("patient", "clinician"):
        result = desk.ask(text, reader=reader, region=Region.BOTH)
        assert not DOSES & shown(result)
        assert f"{TOPIC}/metformin-below-30-gb" in shown(result)


@pytest.mark.parametrize(
    "text", ["My a1c is 5.6 on metformin. Can I stop it now?", "HbA1c 44 mmol/mol on gliclazide, should I stop it?"]
)
def test_a_good_result_is_no_reason_to_stop_a_medicine(desk: Desk, text: str) -> None:
    """That leads the answer, in every region."""
    for region in Region:
        result = desk.ask(text, region=region)
        assert pattern(result) == "stopping"
        assert f"{TOPIC}/what-to-tell" in shown(result)


def test_a_low_of_the_past_is_not_treated_as_one_now(desk: Desk) -> None:
    """Beside a result it brings no sugar and no definition of a low."""
    result = desk.ask("I had a hypo last year, my HbA1c is 52 mmol/mol. What now?")
    assert not {"HY1-GB", "HY2-US", "HY3"} & firing(result)
    assert f"{TOPIC}/hypo-now" not in shown(result)


# Beside other topics --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("I take metformin. My B12 is 150 ng/L. What now?", {"vitamin-b12"}),
        ("Type 2 diabetic, ferritin 12 ug/L. What now?", {"iron-deficiency"}),
        ("Vitamin D 60 nmol/L, very thirsty. What now?", {"vitamin-d"}),
        ("HbA1c 45 mmol/mol and ferritin 8 ug/L. What now?", {"glucose", "iron-deficiency"}),
        ("My HbA1c is 45 mmol/mol. What now?", {"glucose"}),
    ],
)
def test_a_medicine_or_an_illness_does_not_take_another_topics_question(
    desk: Desk, text: str, topics: set[str]
) -> None:
    """Words that stand beside other topics count only where no topic is named."""
    result = desk.ask(text)
    assert {run.protocol.id for run in result.runs} == topics
    assert not result.report.withheld


@pytest.mark.parametrize(
    "text",
    [
        "I have diabetes. Can I have the covid vaccine?",
        "Can I take colace while on antibiotics and metformin?",
        "I have diabetes insipidus. What is the outlook?",
        "Do I have diabetes insipidus? I am very thirsty and peeing a lot",
        "diabetes insipidus and desmopressin, vomiting, sodium 128",
        "Is the pain in her legs from diabetic neuropathy?",
        "What type of bacteria causes vomiting?",
        "Does alcoholism cause diabetes?",
        "I drink lots of water and pee after sex, does that prevent cystitis?",
        "Is sugar bad for my teeth?",
    ],
)
def test_diabetes_beside_another_question_claims_no_coverage(desk: Desk, text: str) -> None:
    """No rule of this topic is shown as if it answered."""
    assert not any(run.protocol.id == TOPIC for run in desk.ask(text).runs)


@pytest.mark.parametrize("text", ["My sugar is borderline", "Glucose abnormal", "My HbA1c is normal"])
def test_a_result_in_words_is_no_dangerous_number(desk: Desk, text: str) -> None:
    """Only a bare number is asked for its unit."""
    assert not {"RF2", "LI0"} & firing(desk.ask(f"{text}. What now?"))
