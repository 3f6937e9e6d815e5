"""Blood pressure on whole answers: the controls of its hazards, and its limits at every edge."""

from __future__ import annotations

from functools import partial

import pytest

from bedside.answer import AnswerKind
from bedside.article.article import SectionKey
from bedside.desk import Desk
from bedside.protocol.protocol import Effect
from bedside.question.question import Reader, Region
from tests.answers import outcomes
from tests.answers.outcomes import band, rows, shown

TOPIC = "blood-pressure"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
OFFERS = ("treat-stage1-gb", "treat-stage2-gb", "step1-acei-gb", "step1-ccb-gb", "treat-us")
DRUGS = {f"{TOPIC}/{name}" for name in OFFERS}


# Classes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "top", "bottom"),
    [
        ("119/79", "normal", "below_80"),
        ("120/80", "elevated", "from_80"),
        ("129/89", "elevated", "from_80"),
        ("130/90", "from_130", "from_90"),
        ("139/99", "from_130", "from_90"),
        ("140/100", "from_140", "from_100"),
        ("159/119", "from_140", "from_100"),
        ("160/120", "from_160", "severe"),
        ("179/100", "from_160", "from_100"),
        ("180/100", "severe", "from_100"),
        ("89/60", "low", "below_80"),
        ("90/60", "normal", "below_80"),
    ],
)
def test_every_edge_of_both_numbers(desk: Desk, reading: str, top: str, bottom: str) -> None:
    """Each number falls in its own band."""
    result = desk.ask(f"Blood pressure {reading}. What now?", reader="clinician")
    assert (band(result, "systolic_bp"), band(result, "diastolic_bp")) == (top, bottom)


@pytest.mark.parametrize("reading", ["141/70", "120/91", "141/91"])
def test_either_number_makes_it_high(desk: Desk, reading: str) -> None:
    """OR, not AND."""
    assert pattern(desk.ask(f"My blood pressure is {reading}. What now?")) == "high-clinic"


def test_one_number_below_the_limit_is_not_called_normal(desk: Desk) -> None:
    """The other number is asked for."""
    result = desk.ask("My systolic is 118. Is that ok?")
    assert "CL6-GB" not in firing(result)
    assert pattern(result) == "half-reading"


@pytest.mark.parametrize("reader", list(Reader))
def test_uk_and_us_classes_stand_side_by_side(desk: Desk, reader: Reader) -> None:
    """134/84 is hypertension in one country and not in the other."""
    result = desk.ask("My blood pressure is 134/84. Is that high?", reader=reader, region=Region.BOTH)
    assert {f"{TOPIC}/below-140-gb", f"{TOPIC}/classes-us"} <= shown(result)
    assert not result.report.withheld
    # Advice of the other country is not shown; its class is, as the other side of the disagreement.
    for region, advice in ((Region.GB, {"treat-us", "lifestyle-us"}), (Region.US, {"below-140-gb"})):
        alone = shown(desk.ask("My blood pressure is 134/84. Is that high?", reader=reader, region=region))
        assert not {f"{TOPIC}/{name}" for name in advice} & alone
        assert {f"{TOPIC}/stages-gb", f"{TOPIC}/classes-us"} <= alone


def test_every_limit_is_in_force_on_the_date_of_the_content(desk: Desk) -> None:
    """A limit that begins after the release would silently not be compared."""
    parameters = desk.ask("Blood pressure 150/90").runs[0].protocol.parameters
    assert parameters
    assert all(parameter.since <= desk.content.date for parameter in parameters)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("160/95 at the doctors but 125/78 at home", "white-coat"),
        ("bp 128/78 in clinic but home average 138/86", "masked"),
        ("home average bp 138/86", "stage-1"),
        ("home average bp 134/84", "between"),
        ("home average bp 150/86", "stage-2"),
        ("24 hour monitor average 151/82", "stage-2"),
    ],
)
def test_home_readings_have_limits_of_their_own(desk: Desk, text: str, chosen: str) -> None:
    """Nothing is confirmed by a clinic reading alone, and a normal home average stops UK drug advice."""
    result = desk.ask(f"{text}. What should I do?")
    assert pattern(result) == chosen
    if chosen == "white-coat":
        assert not DRUGS & shown(result)


# Urgency --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("reading", ["186/104", "150/122", "200/130"])
def test_a_severe_number_without_signs_is_no_emergency_and_has_a_plan(desk: Desk, reading: str, reader: Reader) -> None:
    """No red flag fires; the plan stands in the lead, with the signs beside it, and no drug is named."""
    result = desk.ask(f"BP {reading}, feel fine, no chest pain, no headache. What now?", reader=reader)
    assert result.kind is AnswerKind.ANSWERED
    assert not rows(result, Effect.RED_FLAG)
    assert {"SV1", "SV2-GB", "SV3-US", "SV4"} <= firing(result)
    lead = result.article.section(SectionKey.LEAD)
    assert lead is not None
    assert lead.sentences[0].statement == f"{TOPIC}/severe-recheck"
    assert f"{TOPIC}/same-day-signs" in shown(result)
    assert not DRUGS & shown(result)


@pytest.mark.parametrize(
    "sign",
    [
        "chest pain",
        "breathless",
        "confused",
        "slurred speech",
        "my vision has changed",
        "worst headache of my life",
        "tearing back pain",
        "had a seizure",
        "my left arm is weak",
        "my arm has gone numb",
        "talking funny",
        "back pain",
        "my sight went in one eye",
    ],
)
def test_a_severe_number_with_a_sign_is_an_emergency(desk: Desk, sign: str) -> None:
    """It comes before everything else, unfolded, and nothing suggests to wait."""
    for reader in ("patient", "clinician"):
        result = desk.ask(f"BP 192/124 and {sign}. What should I do?", reader=reader)
        assert "RF1" in rows(result, Effect.RED_FLAG)
        assert result.article.sections[0].key is SectionKey.RED_FLAGS
        assert not any(s.folded for s in result.article.sections[0].sentences)
        assert f"{TOPIC}/severe-recheck" not in shown(result)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("30 weeks pregnant, bp 146/94", "RF4"),
        ("26 weeks pregnant, BP 150/95 and a bad headache", "RF3"),
        ("31 weeks pregnant, bp 162/100", "RF3"),
        ("gave birth 10 days ago, bp 158/112", "RF3"),
        ("7 weeks pregnant and I take ramipril for blood pressure", "RF6"),
        ("I take lisinopril for blood pressure and my lips are swelling", "RF5"),
        ("BP 190/122, bleeding at the back of the eye", "RF2"),
        ("bp 84/50 and I fainted", "RF7"),
        ("bp 84/50 with fever and shaking", "RF9"),
        ("My husband's bp is 142/88 and his left arm is weak since this morning", "RF8"),
        ("bp 150/95 and slurred speech since an hour", "RF8"),
        ("I'm 34 weeks, bp 150/95", "RF4"),
        ("36/40 BP 162/100", "RF3"),
        ("suspected phaeochromocytoma, bp 152/94", "RF2"),
    ],
)
def test_a_red_flag_of_blood_pressure_comes_first(desk: Desk, text: str, row: str) -> None:
    """In both wordings; adult classes and drugs are not told in pregnancy."""
    for reader in ("patient", "clinician"):
        result = desk.ask(f"{text}. What should I do?", reader=reader)
        assert row in rows(result, Effect.RED_FLAG)
        assert result.article.sections[0].key is SectionKey.RED_FLAGS
        if "pregnant" in text or "birth" in text:
            assert not (DRUGS | {f"{TOPIC}/classes-us", f"{TOPIC}/stages-gb", f"{TOPIC}/target-gb"}) & shown(result)


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize(
    "text",
    [
        "28 weeks pregnant, blood pressure 165/112",
        "26 weeks pregnant, BP 150/95 and a bad headache",
        "gave birth 10 days ago, bp 158/112",
    ],
)
def test_a_severe_pressure_in_pregnancy_is_called_an_emergency(desk: Desk, text: str, reader: Reader) -> None:
    """The title says so, and nothing under it tells to call today, to measure again or of the limits for others."""
    result = desk.ask(f"{text}. What now?", reader=reader)
    assert pattern(result) == "pregnant-emergency"
    assert result.article.title.plain.startswith("Emergency")
    assert result.article.sections[0].sentences[0].statement == f"{TOPIC}/pregnant-signs-now"
    later = {f"{TOPIC}/{name}" for name in ("pregnant-high-same-day", "one-reading", "same-day-signs")}
    assert not later & shown(result)


@pytest.mark.parametrize(
    "text",
    [
        "BP 152/94. No chest pain, not breathless, no confusion",
        "BP 152/94. My father had a stroke at 60",
        "BP 152/94. I had chest pain in 2019",
        "BP 152/94. My boss gives me a headache",
        "My sister had pre-eclampsia. My own blood pressure is 144/92",
        "I was pregnant in 2015. BP 150/92 now",
        "BP 152/94, no weakness in the arm, speech normal",
        "BP 152/90, my arm aches after the cuff",
        "I have been 6 weeks on iron. BP 152/94",
        "The GP looked up malignant hypertension. My bp is 152/94",
    ],
)
def test_a_denied_past_or_other_persons_sign_is_no_emergency(desk: Desk, text: str) -> None:
    """Nor is a high number alone."""
    assert not rows(desk.ask(f"{text}. What now?"), Effect.RED_FLAG)


# Treatment ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("48 years old, white, no diabetes", "TR5-GB"),
        ("54 years old, white, no diabetes", "TR5-GB"),
        ("55 years old, no diabetes", "TR6-GB"),
        ("40 years old, black African, no diabetes", "TR6-GB"),
        ("71 years old with type 2 diabetes", "TR5-GB"),
    ],
)
def test_the_first_drug_depends_on_age_family_origin_and_diabetes(desk: Desk, who: str, first: str) -> None:
    """Exactly one of the two rows of the UK guideline; what is not said stays open."""
    result = desk.ask(f"{who}, home average bp 154/96. Which tablet?", reader="clinician", region=Region.GB)
    other = {"TR5-GB": "TR6-GB", "TR6-GB": "TR5-GB"}[first]
    assert other not in firing(result)
    assert first in firing(result) or "white" in who


@pytest.mark.parametrize("who", ["trying to get pregnant", "trying for a baby", "breastfeeding"])
def test_no_first_drug_is_named_where_it_may_harm(desk: Desk, who: str) -> None:
    """Before a planned pregnancy the caution stands instead of the UK rows; while breastfeeding they are left out."""
    result = desk.ask(f"32 years old, {who}, white, no diabetes, home average bp 154/96. Which tablet?")
    assert not {"TR5-GB", "TR6-GB"} & firing(result)
    assert f"{TOPIC}/ace-pregnancy-same-day" in shown(result)


def test_from_140_drugs_are_for_all_adults_in_the_us(desk: Desk) -> None:
    """The months of lifestyle change first are for lower readings only."""
    result = desk.ask("BP 152/96. What now?", region=Region.US)
    said = next(s for s in result.article.sentences() if s.statement == f"{TOPIC}/treat-us")
    assert "140/90 mmHg or higher" in said.plain
    assert "all adults" in said.plain


def test_no_dose_of_any_drug_is_given(desk: Desk) -> None:
    """Neither a starting dose nor a change of one."""
    for text in (
        "home average bp 158/98, aged 62, which dose of amlodipine?",
        "BP 156/92 on ramipril 5 mg, double it?",
    ):
        result = desk.ask(text, reader="clinician")
        claims = [s for s in result.article.sentences() if s.statement and s.statement.startswith(TOPIC)]
        assert not any(word in s.clinical for s in claims for word in (" mg daily", "5 mg", "10 mg"))


@pytest.mark.parametrize(
    ("age", "reading", "missed"),
    [(79, "140/80", True), (79, "138/84", False), (80, "148/88", False), (80, "150/88", True)],
)
def test_the_uk_target_depends_on_age(desk: Desk, age: int, reading: str, missed: bool) -> None:
    """From 80 years a treated 148/88 asks for no further drug."""
    result = desk.ask(f"{age} year old man on amlodipine, blood pressure {reading}. Next step?", reader="clinician")
    assert ("TR7-GB" in firing(result)) is missed
    assert {"TR11-GB", "TR12-US"} <= firing(result)


def test_potassium_salt_is_not_advised_where_it_harms(desk: Desk) -> None:
    """The UK caution stands beside the US sentence."""
    result = desk.ask("I take losartan for high blood pressure. Can I use a salt substitute?")
    assert {f"{TOPIC}/salt-substitute-gb", f"{TOPIC}/salt-substitute-us"} <= shown(result)
    assert "LI1-GB" in firing(result)


def test_an_ace_inhibitor_with_an_arb_is_refused(desk: Desk) -> None:
    """Both at once are named as what not to combine."""
    result = desk.ask("I take ramipril and losartan for my blood pressure. Is that right?")
    assert pattern(result) == "both-ras"
    assert "TR10-GB" in firing(result)


def test_illness_on_tablets_is_asked_about_and_nothing_is_stopped(desk: Desk) -> None:
    """Ask the same day; "stop" is not said."""
    result = desk.ask("On candesartan for blood pressure, vomiting and diarrhoea since yesterday. Do I keep taking it?")
    assert "TR14" in firing(result)
    said = next(s for s in result.article.sentences() if s.statement == f"{TOPIC}/sick-day-ask")
    assert not said.folded
    assert "stop" not in said.plain.lower()


# Beside other topics --------------------------------------------------------------------------------------------------


def test_a_childs_pressure_gets_no_adult_class(desk: Desk) -> None:
    """Nor any band."""
    result = desk.ask("My daughter is 9 and her blood pressure is 130/85. Is that high?")
    assert result.kind is AnswerKind.DECLINED
    assert not any(run.bands for run in result.runs)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("B12 150 ng/L, BP 128/76, HR 72. What now?", {"vitamin-b12"}),
        ("My B12 is 150 ng/L and I take ramipril. What now?", {"vitamin-b12"}),
        ("vitamin D 18 nmol/L, BP 162/98. What now?", {"vitamin-d", TOPIC}),
        ("BP 128/76, is that ok?", {TOPIC}),
        ("My mother has pulmonary hypertension. What can be done?", set()),
        ("pulmonary arterial hypertension, mean pressure 45 mmHg, which treatment?", set()),
        ("What can be done for idiopathic intracranial hypertension?", set()),
        ("Which test finds renovascular hypertension?", set()),
        ("65 year old with diabetes, hypertension, elevated lipids and low back pain: a nerve stimulator?", set()),
        ("He has a grade 2 systolic murmur. Should he have an echocardiogram?", set()),
        ("How is diastolic dysfunction treated?", set()),
        ("Which antihypertensives are safe while breastfeeding?", set()),
        ("How do you read ankle brachial blood pressure indices?", set()),
    ],
)
def test_a_question_of_another_topic_is_left_to_it(desk: Desk, text: str, topics: set[str]) -> None:
    """A normal pressure among other observations, or a tablet for it, is no question about it."""
    assert {run.protocol.id for run in desk.ask(text, reader="clinician").runs} == topics


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("What is a normal blood pressure?", "limits"),
        ("How do I measure my blood pressure at home?", "measuring"),
        ("How can I lower my blood pressure without tablets?", "lifestyle"),
        ("Which antihypertensive first for a 48 year old with hypertension?", "first-drug"),
        ("Annoying dry cough since I started Zestril for blood pressure", "not-tolerated"),
        ("82, on blood pressure tablets, dizzy when I stand up", "postural"),
        ("Low blood pressure, what should I do?", "low"),
        ("Can I take Sudafed with high blood pressure?", "raising"),
        ("My bp is 118/70 on amlodipine. Should I stop it?", "stopping"),
        ("vomiting on lisinopril, should I take it", "sick-day"),
        ("I'm trying to get pregnant and take lisinopril for blood pressure", "planned"),
    ],
)
def test_general_questions_find_their_own_answer(desk: Desk, text: str, chosen: str) -> None:
    """By the words of the question."""
    assert pattern(desk.ask(text)) == chosen


@pytest.mark.parametrize(
    "text",
    [
        "My blood pressure is 152/96. What should I do?",
        "my bp was 152 over 96, what now",
        "blodd pressure 152/96 what shoud i do",
        "systolic 152 diastolic 96 - what should I do?",
        "What should I do? BP 152/96 mmHg",
    ],
)
def test_rewordings_have_one_answer(desk: Desk, text: str) -> None:
    """Same rules, same pattern."""
    first = desk.ask("My blood pressure is 152/96. What should I do?")
    again = desk.ask(text)
    assert (firing(again), pattern(again)) == (firing(first), pattern(first))
