"""The thyroid on whole answers: the controls of its hazards, its limits at every edge, and the worked sum."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, Decimal
from functools import partial

import pytest

from bedside.answer import Answer, AnswerKind
from bedside.article.article import Role, SectionKey
from bedside.desk import Desk
from bedside.protocol.protocol import Effect
from bedside.question.question import Reader, Region
from tests.answers import outcomes
from tests.answers.outcomes import assert_red_flag_first, rows, shown

TOPIC = "thyroid"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
band = partial(outcomes.band, measure="tsh")
DOSES = {f"{TOPIC}/{name}" for name in ("dose-under-65-gb", "dose-65-gb", "dose-us")}
OVERT = "TSH 40 mIU/L, free T4 6 pmol/L (10-22). What starting dose of levothyroxine?"


def sums(result: Answer) -> list[Decimal | None]:
    return [worked.result for run in result.runs for worked in run.sums]


# Limits ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["mIU/L", "uIU/mL", ""])
@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("0.09", "suppressed"),
        ("0.1", "below_usual"),
        ("0.39", "below_usual"),
        ("0.4", "usual"),
        ("4.0", "usual"),
        ("4.1", "above_usual"),
        ("9.9", "above_usual"),
        ("10", "ten_or_more"),
        ("20", "ten_or_more"),
        ("20.1", "above_20"),
    ],
)
def test_every_edge_of_tsh_in_every_unit(desk: Desk, value: str, name: str, unit: str) -> None:
    """mIU/L, uIU/mL and a bare number are one number."""
    assert band(desk.ask(f"My TSH is {value} {unit}. What now?", reader="clinician")) == name


def test_every_limit_is_in_force_on_the_date_of_the_content(desk: Desk) -> None:
    """A limit that begins after the release would silently not be compared."""
    parameters = desk.ask("My TSH is 7").runs[0].protocol.parameters
    assert parameters
    assert all(parameter.since <= desk.content.date for parameter in parameters)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("My TSH is 4.6 (range 0.3-5.0). Ok?", "usual"),
        ("My TSH is 3.8 (range 0.3-3.5). Ok?", "mild"),
        ("My TSH is 0.3 (range 0.27-4.2). Ok?", "usual"),
    ],
)
def test_the_laboratorys_own_range_decides(desk: Desk, text: str, chosen: str) -> None:
    """The usual limits only stand in for a range that was not told."""
    assert pattern(desk.ask(text)) == chosen


# Hazards --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["4.6", "7.5", "7.8", "8.5", "9.9"])
@pytest.mark.parametrize("reader", list(Reader))
def test_one_mildly_raised_tsh_is_repeated_and_not_treated(desk: Desk, value: str, reader: Reader) -> None:
    """The same answer to every value of the range, no dose, and both positions."""
    result = desk.ask(f"I'm 52, I feel well and my TSH is {value}. Do I need tablets?", reader=reader)
    assert (result.kind, pattern(result)) == (AnswerKind.ANSWERED, "mild")
    lead = result.article.section(SectionKey.LEAD)
    assert lead is not None
    assert lead.sentences[0].statement == f"{TOPIC}/repeat-first"
    assert {f"{TOPIC}/sch-trial-gb", f"{TOPIC}/bmj-against"} <= shown(result)
    assert not DOSES & shown(result)
    assert not result.report.withheld


def test_treatment_is_considered_from_ten_only_when_it_stays(desk: Desk) -> None:
    """One TSH of 12 is repeated; 12 twice with a free T4 in range is considered, in the source's own verb."""
    once = desk.ask("TSH 12, free T4 normal, first blood test. Treat?", reader="clinician")
    assert "SC1-GB" not in firing(once)
    twice = desk.ask("TSH 12 on two occasions, 3 months apart, free T4 normal. Treat?", reader="clinician")
    assert "SC1-GB" in firing(twice)
    said = next(s for s in twice.article.sentences() if s.statement == f"{TOPIC}/sch-10-gb")
    assert str(said.strength) == "consider"


@pytest.mark.parametrize("kg", [40, 47, 55, 62, 70, 71, 86, 101, 117, 125])
def test_the_sum_is_right_and_shown_with_all_its_numbers(desk: Desk, kg: int) -> None:
    """1.6 mcg for each kg, to the nearest 25 mcg, under the ceiling; the line stands behind its statement."""
    result = desk.ask(f"45 year old woman, {kg} kg, no heart disease, {OVERT}", reader="clinician")
    product = Decimal("1.6") * kg
    expected = (product / 25).quantize(Decimal(1), rounding=ROUND_HALF_DOWN) * 25
    assert sums(result) == [expected]
    said = next(s for s in result.article.sentences() if s.id == "frame/sum-worked/HY3-GB")
    assert said.role is Role.PATIENT
    assert all(part in said.clinical for part in (f"{kg} kg", "1.6 mcg", "25 mcg", f"{expected} mcg", "200 mcg"))
    assert not result.report.withheld


def test_above_the_ceiling_no_dose_is_worked_out(desk: Desk) -> None:
    """126 kg x 1.6 mcg is more than 200 mcg."""
    result = desk.ask(f"45 year old woman, 126 kg, no heart disease, {OVERT}", reader="clinician")
    assert sums(result) == [None]
    assert any(s.id == "frame/sum-refused/HY3-GB" for s in result.article.sentences())


@pytest.mark.parametrize(
    "text",
    [
        f"45 year old woman, no heart disease, {OVERT}",
        f"45 year old woman, 70 kg, {OVERT}",
        f"70 kg woman, no heart disease, {OVERT}",
        f"65 year old woman, 70 kg, no heart disease, {OVERT}",
        f"45 year old woman, 70 kg, previous heart attack, {OVERT}",
        f"45 year old woman, 70 kg, atrial fibrillation, no heart disease, {OVERT}",
        f"I have adrenal insufficiency. I am 45 years old and weigh 70 kg. I have no heart disease. {OVERT}",
        f"45 year old woman, 70 kg, no heart disease, 8 weeks pregnant, {OVERT}",
        "45 year old woman, 70 kg, no heart disease, TSH 8 mIU/L, free T4 normal. Starting dose of levothyroxine?",
        "45 year old woman, 70 kg, no heart disease, subclinical hypothyroidism, TSH 8. Dose of levothyroxine?",
        "45 year old woman, 70 kg, no heart disease, TSH 12 mIU/L. Starting dose of levothyroxine?",
        "45 year old woman, 70 kg, no heart disease, TSH 40 mIU/L, free T4 6 pmol/L. Starting dose of levothyroxine?",
    ],
)
def test_no_sum_where_an_input_is_missing_or_forbids_it(desk: Desk, text: str) -> None:
    """Age, weight and a healthy heart have to be told; pregnancy, adrenal failure and mild disease have no sum."""
    for reader in ("clinician", "patient"):
        assert not sums(desk.ask(text, reader=reader))


@pytest.mark.parametrize("danger", ["Addison's disease", "adrenal insufficiency", "hypopituitarism"])
def test_adrenal_failure_comes_first_and_no_dose_is_shown(desk: Desk, danger: str) -> None:
    """The label's caution leads what to do now."""
    result = desk.ask(f"I have {danger}. My TSH is 40 and free T4 is low. What dose of levothyroxine?")
    assert "HY7-GB" in firing(result)
    assert not DOSES & shown(result)


def test_a_low_free_t4_without_a_raised_tsh_is_not_started(desk: Desk) -> None:
    """It may be the pituitary."""
    result = desk.ask("TSH 1.4 mIU/L, FT4 7.5 pmol/L (9-19). Start thyroxine?", reader="clinician")
    assert (pattern(result), "HY11" in firing(result)) == ("central", True)
    assert not DOSES & shown(result)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("I have hypothyroidism, I am confused, very cold to the touch and drowsy", "RF1"),
        ("Graves' disease, high fever, heart racing and very agitated", "RF2"),
        ("hyperthyroid, stopped my methimazole, now fever, vomiting and heart racing", "RF2"),
        ("taking levothyroxine and now have chest pain", "RF3"),
        ("heart racing since my levothyroxine was increased", "RF4"),
        ("on carbimazole, sore throat since yesterday", "RF5"),
        ("mouth ulcers on propylthiouracil", "RF5"),
        ("on propylthiouracil, yellow eyes and dark urine", "RF5"),
        ("8 weeks pregnant, TSH 7", "RF6"),
        ("I am pregnant and take carbimazole", "RF7"),
        ("I took too many levothyroxine tablets", "RF8"),
        ("I took 10 thyroxine tablets by mistake", "RF8"),
        ("hypothyroid mum is confused", "RF1"),
        ("my temperature is 33.5 C, I have hypothyroidism", "RF1"),
        ("TSH <0.01, heart rate 150, temp 40 C, agitated", "RF2"),
        ("overactive thyroid, heart 130 bpm", "RF4"),
        ("I take methimazole, my temp is 101.2 F", "RF5"),
        ("B12 150 ng/L, hypothyroid, now drowsy and very cold to the touch", "RF1"),
        ("Vitamin D 18 nmol/L, on levothyroxine, heart racing", "RF4"),
    ],
)
def test_a_red_flag_of_the_thyroid_comes_first(desk: Desk, text: str, row: str) -> None:
    """Before the lead, unfolded, in both wordings."""
    assert_red_flag_first(desk, text, row)


@pytest.mark.parametrize(
    "text",
    [
        "TSH 7, no chest pain, no fever, no palpitations",
        "On carbimazole, no sore throat, no fever, no mouth ulcers",
        "On levothyroxine, I had chest pain in 2009",
        "My TSH is 6 and my boss gives me a heart attack",
        "Hypothyroid, temp 36.4 C, pulse 72",
        "My TSH is 6, no temp above 38, heart rate 119",
        "B12 150 ng/L, hypothyroid, no palpitations",
    ],
)
def test_a_denied_past_or_figurative_sign_is_no_emergency(desk: Desk, text: str) -> None:
    """Nothing is called a red flag."""
    assert not rows(desk.ask(f"{text}. What now?"), Effect.RED_FLAG)


def test_a_childs_tsh_gets_no_limits_and_no_dose(desk: Desk) -> None:
    """Nor any band."""
    result = desk.ask("My daughter is 9 and her TSH is 12. What dose does she need?")
    assert result.kind is AnswerKind.DECLINED
    assert not any(run.bands for run in result.runs)
    assert not DOSES & shown(result)


def test_each_country_has_its_own_pregnancy_advice(desk: Desk) -> None:
    """The UK's step for the UK, the US target for the US, and neither for a man."""
    question = "I'm 6 weeks pregnant and take levothyroxine 100 mcg, what now?"
    here, there = desk.ask(question, region=Region.GB), desk.ask(question, region=Region.US)
    assert f"{TOPIC}/pregnancy-dose-gb" in shown(here) - shown(there)
    assert f"{TOPIC}/pregnancy-us" in shown(there) - shown(here)


@pytest.mark.parametrize("region", list(Region))
@pytest.mark.parametrize(
    "text", ["I just found out I'm pregnant, should I stop my levothyroxine?", "can i stop synthroid while pregnant?"]
)
def test_levothyroxine_goes_on_in_pregnancy(desk: Desk, text: str, region: Region) -> None:
    """The first sentence of the answer, in every region, and no dose of the US that was not read."""
    lead = desk.ask(text, region=region).article.section(SectionKey.LEAD)
    assert lead is not None
    assert lead.sentences[0].statement == f"{TOPIC}/pregnancy-keep"
    assert not any("2.5" in s.plain for s in lead.sentences if s.statement == f"{TOPIC}/pregnancy-us")


@pytest.mark.parametrize("region", list(Region))
def test_a_very_high_tsh_does_not_wait_for_a_repeat(desk: Desk, region: Region) -> None:
    """Above 20 mIU/L without a free T4 it is asked for within the week; at 20, or with one in range, repeated."""
    for text, chosen in (("TSH 85", "very-high"), ("TSH 20.1", "very-high"), ("TSH 20", "ten")):
        assert pattern(desk.ask(f"My {text}, what does it mean?", region=region)) == chosen
    assert pattern(desk.ask("My TSH is 25 and free T4 normal, what now?", region=region)) == "ten"


def test_a_low_tsh_on_levothyroxine_is_too_much_of_it(desk: Desk) -> None:
    """And no disease of the gland."""
    result = desk.ask("78F on Synthroid 150 mcg, TSH <0.01 uIU/mL", reader="clinician", region=Region.US)
    assert (pattern(result), "LO5" in firing(result)) == ("too-much", True)
    assert not {"LO3-US", "LO4-US"} & firing(result)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("I missed my levothyroxine for 3 days, what do I do?", "levothyroxine_missed"),
        ("Can levothyroxine help me lose weight?", "levothyroxine_weight"),
    ],
)
def test_what_has_nothing_checked_is_said_to_be_a_gap(desk: Desk, text: str, subject: str) -> None:
    """Nothing of the other advice stands in for it."""
    assert desk.ask(text).question.gaps == (subject,)


def test_nodules_and_cancer_are_not_covered(desk: Desk) -> None:
    """No rule of the thyroid speaks."""
    assert not desk.ask("I have a thyroid nodule, should I have a biopsy?").runs


def test_grades_of_reflux_are_no_graves_disease(desk: Desk) -> None:
    """One letter apart."""
    assert not desk.ask("Should patients with grades C and D reflux esophagitis have an endoscopy?").runs


# Beside other topics --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("B12 150 ng/L and I have hypothyroidism, on levothyroxine. Injections?", ("vitamin-b12",)),
        ("Ferritin 9, on levothyroxine, can I take iron with it?", ("iron-deficiency",)),
        ("B12 150 ng/L, TSH 2.1. What now?", ("vitamin-b12",)),
        ("My TSH is 2.1. Is that normal?", (TOPIC,)),
        ("I have an underactive thyroid. What now?", (TOPIC,)),
    ],
)
def test_an_underactive_thyroid_beside_another_question_is_no_question_of_its_own(
    desk: Desk, text: str, topics: tuple[str, ...]
) -> None:
    """A faint word counts only where nothing speaks of another topic."""
    assert desk.ask(text).question.topics == topics


def test_two_topics_answer_side_by_side(desk: Desk) -> None:
    """Each runs its own protocol, and none withholds anything."""
    result = desk.ask("Vitamin D 18 nmol/L, TSH 9.4 mIU/L. What should I do?", reader="clinician")
    assert {run.protocol.id for run in result.runs} == {"vitamin-d", TOPIC}
    assert not result.report.withheld
