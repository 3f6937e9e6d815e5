"""Vitamin D on whole answers: the controls of its hazards, and its limits at every edge."""

from __future__ import annotations

from functools import partial

import pytest

from bedside.answer import AnswerKind
from bedside.article.article import SectionKey
from bedside.desk import Desk
from bedside.protocol.protocol import Effect
from bedside.question.question import Reader, Region
from tests.answers import outcomes
from tests.answers.outcomes import assert_red_flag_first, rows, shown

TOPIC = "vitamin-d"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
band = partial(outcomes.band, measure="vitamin_d_25oh")
HIGH_DOSE = {f"{TOPIC}/loading-gb", f"{TOPIC}/loading-sum-gb"}
DOSES = HIGH_DOSE | {f"{TOPIC}/{name}" for name in ("maintenance-gb", "treat-below-25-gb", "supplement-winter-gb")}


# Units ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", list(Reader))
def test_a_result_without_a_unit_is_asked_for_it_first(desk: Desk, reader: Reader) -> None:
    """20 is deficient in one unit and enough in the other: neither is said, and nothing failed the check."""
    result = desk.ask("My vitamin D is 20, is that low?", reader=reader)
    assert (result.kind, band(result), pattern(result)) == (AnswerKind.ANSWERED, "ask unit", "no-unit")
    assert next(m.ask.id for m in result.runs[0].missing) == "level"
    assert not DOSES & shown(result)
    assert not result.report.withheld


@pytest.mark.parametrize(
    ("nmol", "ng", "name"),
    [
        ("24.9", "9.9", "deficient"),
        ("25", "10", "inadequate"),
        ("49.9", "19.9", "inadequate"),
        ("50", "20", "sufficient"),
        ("125", "50", "sufficient"),
        ("126", "50.4", "raised"),
        ("249", "99.6", "raised"),
        ("250", "100", "high"),
        ("400", "160", "high"),
    ],
)
def test_both_units_give_one_class_at_every_edge(desk: Desk, nmol: str, ng: str, name: str) -> None:
    """nmol/L and ng/mL are each compared with the limit published in that unit."""
    here, there = (desk.ask(f"Vitamin D {v}. What now?", reader="clinician") for v in (f"{nmol} nmol/L", f"{ng} ng/mL"))
    assert band(here) == band(there) == name
    assert firing(here) == firing(there)


def test_every_limit_is_in_force_on_the_date_of_the_content(desk: Desk) -> None:
    """A limit that begins after the release would silently not be compared."""
    parameters = desk.ask("Vitamin D 30 nmol/L").runs[0].protocol.parameters
    assert parameters
    assert all(parameter.since <= desk.content.date for parameter in parameters)


@pytest.mark.parametrize("calcium", ["2.8", "2.8 mmol/L", "11.2 mg/dL", "11.2"])
def test_a_high_calcium_in_any_unit_stops_loading(desk: Desk, calcium: str) -> None:
    """A bare number is read in the only unit it can be in."""
    result = desk.ask(f"Bone pain, vitamin D 15 nmol/L, calcium {calcium}. Treatment?", reader="clinician")
    assert "TR7" in firing(result)
    assert not DOSES & shown(result)


# Hazards --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "caution",
    [
        "I have sarcoidosis",
        "I have had kidney stones",
        "I have primary hyperparathyroidism",
        "my calcium is high",
        "my eGFR is 22",
        "I am on dialysis",
        "I take alfacalcidol",
        "I am 20 weeks pregnant",
        "I am breastfeeding",
        "I have tuberculosis",
        "I have lymphoma",
        "I have hypoparathyroidism",
        "calcium 2.75 mmol/L",
    ],
)
def test_no_loading_dose_where_it_can_harm(desk: Desk, caution: str) -> None:
    """The caution leads, unfolded, and no high dose is shown to any reader."""
    for reader in ("patient", "clinician"):
        result = desk.ask(f"{caution}. My vitamin D is 15 nmol/L and my bones ache. What should I do?", reader=reader)
        assert "TR7" in firing(result)
        assert not HIGH_DOSE & shown(result)
        said = next(s for s in result.article.sentences() if s.statement == f"{TOPIC}/no-loading-without-specialist")
        assert not said.folded


@pytest.mark.parametrize("illness", ["sarcoidosis", "kidney stones", "hyperparathyroidism", "dialysis"])
def test_a_question_whether_it_goes_with_an_illness_gets_no_supplement_advice(desk: Desk, illness: str) -> None:
    """Asked about and not stated: the caution is said all the same."""
    result = desk.ask(f"Can I take vitamin D with {illness}?")
    assert "TR7" in firing(result)
    assert f"{TOPIC}/supplement-winter-gb" not in shown(result)


def test_a_denied_illness_is_no_caution(desk: Desk) -> None:
    """No kidney stones and a normal calcium leave the usual answer."""
    result = desk.ask("Vitamin D 15 nmol/L, no kidney stones, calcium normal. What now?", reader="clinician")
    assert "TR7" not in firing(result)
    assert "TR1-GB" in firing(result)


def test_loading_needs_a_number_and_a_reason(desk: Desk) -> None:
    """Neither "low" nor a low number alone loads; with bone pain it stands with its sum, its limits and the checks."""
    for text in (
        "My vitamin D is low and my bones ache.",
        "My vitamin D is 15 nmol/L.",
        "Vitamin D 14 ng/mL, bone pain.",
    ):
        assert "TR3-GB" not in firing(desk.ask(f"{text} What now?", reader="clinician"))
    result = desk.ask("Vitamin D 15 nmol/L, bone pain. What now?", reader="clinician")
    assert {"TR3-GB", "TR3-sum-GB", "TR3-not", "TR6-GB", "MO1-GB"} <= firing(result)
    sentences = {s.statement: s for s in result.article.sentences() if s.statement}
    assert not sentences[f"{TOPIC}/label-not-with-gb"].folded
    assert not sentences[f"{TOPIC}/no-loading-without-specialist"].folded
    assert "300,000 IU" in sentences[f"{TOPIC}/loading-sum-gb"].clinical


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize(
    "text",
    [
        "My vitamin D is 18 nmol/L what should I take?",
        "I am 30, vitamin D 22 nmol/L, I might be pregnant. Should I load?",
    ],
)
def test_a_loading_dose_is_never_shown_without_what_forbids_it(desk: Desk, text: str, reader: Reader) -> None:
    """Also while it is an open branch only, to every reader; and the caution stands unfolded before it."""
    said = [s.statement for section in desk.ask(text, reader=reader).article.sections for s in section.sentences]
    assert f"{TOPIC}/loading-gb" in said
    assert said.index(f"{TOPIC}/no-loading-without-specialist") < said.index(f"{TOPIC}/loading-gb")


@pytest.mark.parametrize(
    "text",
    [
        "I'm 14 weeks pregnant, level 19 nmol/L, my bones ache. Can I take a loading dose?",
        "my testosterone level is 12 nmol/L, ok?",
    ],
)
def test_a_level_in_units_that_b12_has_not_is_no_b12_level(desk: Desk, text: str) -> None:
    """Neither vitamin is named: nothing is answered about either, least of all that B12 is high."""
    result = desk.ask(text)
    assert result.kind is AnswerKind.DECLINED
    assert not any(run.bands for run in result.runs)


def test_a_level_in_ng_ml_beside_thousands_of_units_is_vitamin_d(desk: Desk) -> None:
    """Both together are used of nothing else that is covered; the test is shown by its name among the facts."""
    result = desk.ask("Doctor gave me 50,000 IU weekly for 8 weeks, my level was 12 ng/mL. Is that safe?")
    assert {fact.concept for fact in result.facts.items if fact.quantity} >= {"vitamin_d_25oh"}
    assert not any("b12" in fact.concept for fact in result.facts.items)


def test_a_level_in_a_unit_of_b12_beside_a_dose_in_iu_is_read_as_before(desk: Desk) -> None:
    """Vitamin E in IU says nothing of the test."""
    result = desk.ask("my level is 200 ng/L and I take vitamin E 400 IU, is it low?")
    assert any(b.measure == "total_b12" for run in result.runs for b in run.bands)


@pytest.mark.parametrize("text", ["Ca breast 2019", "CA 125 was 35", "CA 15-3 is 22", "ca 3 months ago"])
def test_a_tumour_marker_is_no_calcium(desk: Desk, text: str) -> None:
    """Nor is a cancer, nor a "ca" that means about."""
    assert not desk.ask(f"Vitamin D 18 nmol/L. {text}.", reader="clinician").facts.of("calcium")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("I gave my baby 10 times the vitamin D drops by mistake", "red-flag"),
        ("I accidentally took my vitamin D twice today", "red-flag"),
        ("I want to take all my vitamin D tablets to kill myself", "red-flag"),
        ("Does vitamin D prevent falls in the elderly?", "prevention"),
        ("Can vitamin D cause kidney stones?", "too-much"),
        ("Is it safe to take 50000 IU vitamin D3 weekly?", "too-much"),
    ],
)
def test_a_slip_a_harm_and_a_benefit_that_are_asked_about(desk: Desk, text: str, chosen: str) -> None:
    """None of them is answered with the supplement for healthy people first; a slip is a red flag, also a child's."""
    result = desk.ask(text)
    assert pattern(result) == chosen
    assert ("RF4" in rows(result, Effect.RED_FLAG)) is (chosen == "red-flag")
    if chosen == "red-flag":
        assert f"{TOPIC}/overdose-same-day" in shown(result)
        assert f"{TOPIC}/supplement-winter-gb" not in shown(result)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("Should I take K2 with vitamin D?", "vitamin_d_companions"),
        ("How much sun do I need for vitamin D?", "vitamin_d_sunlight"),
    ],
)
def test_what_is_not_covered_is_said(desk: Desk, text: str, gap: str) -> None:
    """Before the general advice."""
    assert gap in desk.ask(text).question.gaps


def test_the_list_of_signs_is_no_weaker_than_the_red_flags(desk: Desk) -> None:
    """Hand spasms, a seizure and confusion are emergencies in both."""
    signs = desk.content.statements(TOPIC)[f"{TOPIC}/same-day-signs"]
    for wording in (signs.clinical, signs.plain):
        emergency = wording.split("same")[0]
        assert "emergency care now" in emergency
        assert all(word in emergency for word in ("spasms", "seizure", "confusion"))


def test_no_loading_dose_is_given_for_the_us(desk: Desk) -> None:
    """The UK course is not shown to a US reader; that no current US one is known is said."""
    result = desk.ask("Vitamin D 6 ng/mL, bone pain. Treatment?", reader="clinician", region=Region.US)
    assert not DOSES & shown(result)
    assert f"{TOPIC}/no-level-no-dose-us" in shown(result)


@pytest.mark.parametrize(
    ("dose", "above"),
    [
        ("4000 IU daily", False),
        ("100 micrograms daily", False),
        ("7000 IU weekly", False),
        ("5000 IU daily", True),
        ("125 micrograms daily", True),
        ("2500 IU twice a day", True),
        ("10,000 IU", True),
        ("50,000 IU weekly", True),
    ],
)
def test_a_dose_above_the_upper_limit_is_said_on_the_first_screen(desk: Desk, dose: str, above: bool) -> None:
    """In either unit, added up over the day."""
    result = desk.ask(f"I take vitamin D {dose}. Is that ok?")
    assert ("SU8" in firing(result)) is above
    if above:
        caution = next(s for s in result.article.sentences() if s.statement == f"{TOPIC}/above-upper-limit")
        assert not caution.folded


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Vitamin D 11 nmol/L and hand spasms since this morning", "RF1"),
        ("vitamin D deficiency, calcium 1.75 mmol/L", "RF1"),
        ("vitamin D 320 nmol/L and confused", "RF2"),
        ("calcium 3.7 mmol/L on vitamin D tablets", "RF2"),
        ("taking 10,000 IU vitamin D daily, very thirsty and vomiting", "RF3"),
        ("vitamin D level 300 nmol/L, feel fine", "RF5"),
    ],
)
def test_a_red_flag_of_vitamin_d_comes_first(desk: Desk, text: str, row: str) -> None:
    """Before the lead, unfolded, in both wordings."""
    assert_red_flag_first(desk, text, row)


@pytest.mark.parametrize(
    "text", ["No spasms, no seizures", "I had a seizure in 2009", "my mother had a seizure", "no thirst, not confused"]
)
def test_a_denied_past_or_other_persons_sign_of_calcium_is_no_emergency(desk: Desk, text: str) -> None:
    """Nor is a level in range with thirst alone."""
    assert not rows(desk.ask(f"Vitamin D 18 nmol/L. {text}. What now?"), Effect.RED_FLAG)
    assert not rows(desk.ask("Vitamin D 60 nmol/L, very thirsty. What now?"), Effect.RED_FLAG)


def test_a_childs_vitamin_d_gets_no_limits_and_no_dose(desk: Desk) -> None:
    """Nor any band."""
    result = desk.ask("My daughter is 4 and her vitamin D is 18 nmol/L. What dose does she need?")
    assert result.kind is AnswerKind.DECLINED
    assert not any(run.bands for run in result.runs)
    assert not DOSES & shown(result)


def test_another_form_of_the_vitamin_is_no_level(desk: Desk) -> None:
    """1,25-dihydroxyvitamin D says nothing of the store."""
    result = desk.ask("1,25-dihydroxyvitamin D 60 pg/mL. What now?", reader="clinician")
    assert not any(run.bands for run in result.runs)


def test_a_healthy_adult_is_not_sent_for_a_test(desk: Desk) -> None:
    """Each country with its own strength; symptoms change it."""
    result = desk.ask("I'm 42 and healthy. Should I get my vitamin D tested?", reader="clinician")
    assert {"TS2-GB", "TS3-US"} <= firing(result)
    strengths = {s.statement: str(s.strength) for s in result.article.sentences() if s.statement}
    assert strengths[f"{TOPIC}/no-routine-test-gb"] == "do-not"
    assert strengths[f"{TOPIC}/no-routine-test-us"] == "consider"
    ill = desk.ask("My bones ache and I struggle with stairs. Should I get my vitamin D tested?", reader="clinician")
    assert "TS1-GB" in firing(ill)
    assert not {"TS2-GB", "TS3-US"} & firing(ill)


def test_other_uses_are_said_to_be_a_gap(desk: Desk) -> None:
    """Nothing of bone advice stands in for an answer on infections."""
    result = desk.ask("Can vitamin D help with covid?")
    assert result.question.gaps == ("vitamin_d_other_uses",)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("What is the normal range for vitamin D?", "limits"),
        ("What dose of vitamin D for osteomalacia?", "said-low"),
        ("Do I have vitamin D deficiency? I'm always tired", "said-low"),
        ("Can you overdose on vitamin D?", "too-much"),
        ("Should I take vitamin D in winter?", "general"),
        ("I have kidney stones, should I take vitamin D in winter?", "caution"),
        ("I take colecalciferol 20,000 IU twice a week for 7 weeks, is this safe?", "course"),
    ],
)
def test_general_questions_find_their_own_answer(desk: Desk, text: str, chosen: str) -> None:
    """A question of illness is not answered with the supplement for healthy people, nor is a limit with a dose."""
    result = desk.ask(text)
    assert pattern(result) == chosen
    if chosen in ("said-low", "caution"):
        assert f"{TOPIC}/supplement-winter-gb" not in shown(result)


def test_uk_and_us_limits_stand_as_a_pair(desk: Desk) -> None:
    """The disagreement names both, each with its own country."""
    result = desk.ask("Vitamin D 38 nmol/L. Is that low?", reader="clinician", region=Region.BOTH)
    assert {f"{TOPIC}/level-below-25-gb", f"{TOPIC}/no-level-no-dose-us"} <= shown(result)


# Beside other topics --------------------------------------------------------------------------------------------------


def test_three_topics_answer_side_by_side(desk: Desk) -> None:
    """Each runs its own protocol, and none withholds anything."""
    result = desk.ask("B12 150 ng/L, ferritin 9 ug/L, vitamin D 18 nmol/L. What should I do?", reader="clinician")
    assert {run.protocol.id for run in result.runs} == {"vitamin-b12", "iron-deficiency", TOPIC}
    assert not result.report.withheld


def test_vitamin_d_alone_runs_alone(desk: Desk) -> None:
    """A question on one runs that protocol only."""
    assert [run.protocol.id for run in desk.ask("My vitamin D is 18 nmol/L. What now?").runs] == [TOPIC]


def test_what_is_asked_is_asked_once(desk: Desk) -> None:
    """A question that decides with several others stands once in its group."""
    result = desk.ask("Should I take vitamin D in winter?")
    unknown = result.article.section(SectionKey.UNKNOWN)
    assert unknown is not None
    assert all(s.plain.count("Any hand spasms") <= 1 for s in unknown.sentences)
