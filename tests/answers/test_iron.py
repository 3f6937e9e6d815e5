"""Iron deficiency on whole answers: the controls of its hazards, and two topics in one answer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bedside.answer import Answer, AnswerKind
from bedside.article.article import SectionKey
from bedside.desk import Desk
from bedside.ingest.compiled import CompiledContent
from bedside.protocol.protocol import Effect
from bedside.question.question import Reader, Region
from tests.answers.outcomes import rows, shown

IRON, B12 = "iron-deficiency", "vitamin-b12"
DOSES = {f"{IRON}/{name}" for name in ("one-tablet-daily-gb", "once-a-day-at-most-us")}


def firing(result: Answer, topic: str = IRON) -> set[str]:
    return {o.rule.id for run in result.runs if run.protocol.id == topic for o in run.firing()}


def band(result: Answer) -> str:
    return next(b.band for run in result.runs for b in run.bands if b.measure == "ferritin")


def pattern(result: Answer, topic: str = IRON) -> str:
    return next(run.pattern.id for run in result.runs if run.protocol.id == topic and run.pattern is not None)


# The question the topic is for ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", list(Reader))
def test_a_ferritin_of_12_is_answered_and_asks_for_the_haemoglobin(desk: Desk, reader: Reader) -> None:
    """Low by every limit; what follows hangs on the haemoglobin, which is asked for first; nothing failed the check."""
    result = desk.ask("My ferritin is 12, what now?", reader=reader)
    assert (result.kind, result.question.topics, band(result)) == (AnswerKind.ANSWERED, (IRON,), "depleted")
    assert next(m.ask.id for m in result.runs[0].missing) == "haemoglobin"
    assert not result.report.withheld


@pytest.mark.parametrize(("unit", "other"), [("ug/L", "ng/mL")])
@pytest.mark.parametrize("value", ["8", "14.9", "15", "29", "30", "44", "45", "99", "100", "299", "300", "900"])
def test_both_units_of_ferritin_are_one_number(desk: Desk, value: str, unit: str, other: str) -> None:
    """ug/L and ng/mL give the same class and the same rules at every edge."""
    here, there = (desk.ask(f"Ferritin {value} {each}. What now?", reader="clinician") for each in (unit, other))
    assert band(here) == band(there)
    assert firing(here) == firing(there)
    assert desk.ask(f"Ferritin {value}. What now?", reader="clinician").runs[0].bands[0].band == band(here)


def test_haemoglobin_in_g_per_dl_and_g_per_l_lead_to_the_same_rules(desk: Desk) -> None:
    """9.8 g/dL is 98 g/L."""
    one, other = (desk.ask(f"64 year old man, ferritin 9 ug/L, Hb {hb}. Next?") for hb in ("98 g/L", "9.8 g/dL"))
    assert firing(one) == firing(other)


# Hazards --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Man of 58, ferritin 12 ug/L, Hb 108 g/L. What should be done?",
        "67 yr old woman, feritin 8 ng/ml, Hb 9.8 g/dL. What next?",
        "postmenopausal woman, iron deficiency anaemia. What investigations?",
    ],
)
def test_men_and_postmenopausal_women_with_anaemia_have_the_gut_looked_at(desk: Desk, text: str) -> None:
    """In both countries' wording, each with its own verb."""
    result = desk.ask(text, reader="clinician", region=Region.BOTH)
    assert {"CA4-GB", "CA4-US", "CA5-GB"} <= firing(result)
    said = shown(result)
    assert {f"{IRON}/urgent-gut-investigation-gb", f"{IRON}/endoscopy-men-postmenopausal-us"} <= said
    strengths = {s.statement: str(s.strength) for s in result.article.sentences() if s.statement}
    assert strengths[f"{IRON}/urgent-gut-investigation-gb"] == "consider"
    assert strengths[f"{IRON}/endoscopy-men-postmenopausal-us"] == "do"


@pytest.mark.parametrize(
    "text",
    [
        "Ferritin 11 ug/L, Hb 150 g/L, 40 year old man. Do I need an endoscopy?",
        "I'm 28, heavy periods, ferritin 11, haemoglobin 131 g/L. Do I need a colonoscopy?",
    ],
)
def test_low_ferritin_without_anaemia_makes_no_endoscopy_and_no_tablet_a_must(desk: Desk, text: str) -> None:
    """Neither is advised; that a clinician decides is said."""
    result = desk.ask(text, reader="clinician")
    assert f"{IRON}/anaemia-decides" in shown(result, SectionKey.LEAD)
    unwanted = {f"{IRON}/endoscopy-men-postmenopausal-us", f"{IRON}/endoscopy-premenopausal-us"} | DOSES
    assert not unwanted & shown(result, SectionKey.TESTS, SectionKey.TREATMENT, SectionKey.DO_NOW, SectionKey.LEAD)


@pytest.mark.parametrize("cause", ["CRP 48 mg/L", "rheumatoid arthritis flare with inflammation", "Crohn's disease"])
def test_a_ferritin_of_60_with_inflammation_is_not_called_enough(desk: Desk, cause: str) -> None:
    """The limits for inflammation are shown, with the warning that ferritin rises with it."""
    result = desk.ask(f"35 year old woman, {cause}, ferritin 60 ug/L. Is iron deficiency excluded?", reader="clinician")
    assert {"FE1", "FE4-US", "FE10", "DIS2"} <= firing(result)
    assert f"{IRON}/ferritin-who" in shown(result, SectionKey.LEAD)


@pytest.mark.parametrize("text", ["Ferritin 9 ug/L, Hb 104 g/L.", "Ferritin 9 ug/L, Hb 104 g/L, 20 weeks pregnant."])
def test_iron_overload_gets_no_iron(desk: Desk, text: str) -> None:
    """With haemochromatosis nothing starts or doses iron; in a relative it changes nothing."""
    result = desk.ask(f"I have haemochromatosis. {text} Should I take iron?", reader="clinician")
    assert result.kind is AnswerKind.DECLINED
    assert not DOSES & shown(result)
    relative = desk.ask(f"My father has haemochromatosis. {text} Should I take iron?", reader="clinician")
    assert relative.kind is AnswerKind.ANSWERED


def test_a_raised_ferritin_is_not_treated_with_iron(desk: Desk) -> None:
    """It is said not to be covered, and not to take iron for it."""
    result = desk.ask("My ferritin is 640 ug/L. Should I take iron?")
    assert pattern(result) == "high"
    assert f"{IRON}/ferritin-high-not-covered" in shown(result, SectionKey.LEAD)
    assert not DOSES & shown(result)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("I take ferrous sulfate 200 mg four times a day for low iron", "above-label"),
        ("ferrous sulphate 200mg qds, ferritin 9 ug/L, Hb 100 g/L", "above-label"),
        ("ferrous sulphate 200mg tds, ferritin 9 ug/L", "dose"),
        ("ferrous sulfate 325 mg twice daily for iron deficiency", "dose"),
    ],
)
def test_a_dose_above_what_sources_give_is_said(desk: Desk, text: str, lead: str) -> None:
    """More than one tablet is asked about; more than three are above the label: the answer begins with it."""
    result = desk.ask(text)
    assert "TR6" in firing(result)
    assert pattern(result) == lead
    assert f"{IRON}/ask-about-dose" in shown(result, SectionKey.LEAD)


def test_one_tablet_a_day_is_not_questioned(desk: Desk) -> None:
    """UK and US tablets both hold 65 mg of iron."""
    for dose in ("200 mg", "325 mg"):
        assert "TR6" not in firing(desk.ask(f"I take ferrous sulfate {dose} once a day for low iron"))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Ferritin 6, Hb 62 g/L, exhausted. What should I do?", "RF4"),
        ("Ferritin 6 ug/L, Hb 7.6 g/dL. What now?", "RF4"),
        ("ferritin 9 ug/L and I keep fainting", "RF3"),
        ("low iron, losing weight without trying. What next?", "RF5"),
    ],
)
def test_a_red_flag_of_iron_deficiency_comes_first(desk: Desk, text: str, row: str) -> None:
    """Before the lead, unfolded, in both wordings."""
    for reader in ("patient", "clinician"):
        result = desk.ask(text, reader=reader)
        assert row in rows(result, Effect.RED_FLAG)
        assert result.article.sections[0].key is SectionKey.RED_FLAGS
        assert not any(s.folded for s in result.article.sections[0].sentences)


@pytest.mark.parametrize(
    "text", ["No chest pain, not breathless at rest", "I had chest pain in 2015", "my father had chest pain"]
)
def test_a_denied_past_or_other_persons_sign_is_no_emergency(desk: Desk, text: str) -> None:
    """Chest pain that is not the patient's now raises no alarm."""
    assert "RF3" not in rows(desk.ask(f"Ferritin 9 ug/L. {text}. What now?"), Effect.RED_FLAG)


def test_a_child_gets_no_iron_dose_and_no_limits(desk: Desk) -> None:
    """Nor any band."""
    result = desk.ask("My daughter is 4 and her ferritin is 8 ug/L. What dose of iron does she need?")
    assert result.kind is AnswerKind.DECLINED
    assert not any(run.bands for run in result.runs)
    assert not DOSES & shown(result)


def test_a_child_who_swallowed_iron_is_an_emergency(desk: Desk) -> None:
    """Before everything else, though children are not covered."""
    assert desk.ask("My son is 3 and swallowed some of my iron tablets").kind is AnswerKind.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "10 weeks pregnant, ferritin 9 ug/L, Hb 102 g/L. How is this treated?",
        "I am pregnant and iron tablets make me sick. Every other day?",
        "20 weeks pregnant, Hb 95 g/L, ferritin 6, no response to oral iron. Next?",
    ],
)
def test_pregnancy_has_its_own_advice_and_limits(desk: Desk, text: str) -> None:
    """The dose for others is not shown, in either country; the maternity team is asked now."""
    result = desk.ask(text, reader="clinician", region=Region.BOTH)
    assert {"SP8", "HB2-GB"} <= firing(result)
    assert not (DOSES | {f"{IRON}/iv-iron-when-us"}) & shown(result)
    assert f"{IRON}/pregnancy-ask-team" in shown(result, SectionKey.LEAD)


def test_iron_by_vein_in_early_pregnancy_is_warned_of(desk: Desk) -> None:
    """Not in the first trimester."""
    result = desk.ask("10 weeks pregnant, ferritin 9 ug/L, Hb 90 g/L. IV iron?", reader="clinician")
    assert f"{IRON}/iv-iron-safety-gb" in shown(result, SectionKey.LEAD)


def test_contraindications_of_tablets_stand_beside_the_dose(desk: Desk) -> None:
    """Wherever a dose is read unfolded, so is what it is not for, in either country."""
    text = "70 year old woman, ferritin 9 ug/L, Hb 101 g/L. How should this be treated?"
    for region, dose in ((Region.GB, "one-tablet-daily-gb"), (Region.US, "once-a-day-at-most-us")):
        result = desk.ask(text, reader="clinician", region=region)
        sentences = {s.statement: s for s in result.article.sentences() if s.statement}
        assert not sentences[f"{IRON}/{dose}"].folded
        assert not sentences[f"{IRON}/ask-before-iron"].folded


@pytest.mark.parametrize(
    "cause", ["active stomach ulcer", "ulcerative colitis", "Crohn's disease", "repeated transfusions"]
)
def test_with_an_ulcer_or_bowel_disease_no_tablet_is_advised(desk: Desk, cause: str) -> None:
    """Neither in the lead nor below; to ask first is said at the top."""
    result = desk.ask(
        f"Woman of 70 with {cause}, ferritin 9 ug/L, Hb 101 g/L. How is this treated?", reader="clinician"
    )
    assert not DOSES & shown(result)
    caution = next(s for s in result.article.sentences() if s.statement == f"{IRON}/ask-before-iron")
    # Beside a second topic (Crohn's disease is one of B12 too) the first screen is shared.
    assert not caution.folded or len(result.runs) > 1


def test_a_pregnant_reader_in_the_us_is_sent_to_the_team(desk: Desk) -> None:
    """There is no checked US advice on treatment: to ask now is said."""
    result = desk.ask("16 weeks pregnant, ferritin 8 ng/mL, hemoglobin 9.9 g/dL. Treatment?", region=Region.US)
    assert f"{IRON}/pregnancy-ask-team" in shown(result, SectionKey.LEAD)


@pytest.mark.parametrize("text", ["I take iron tablets and my poo is black", "on iron pills, my stools are black"])
def test_black_stools_are_no_ethnicity(desk: Desk, text: str) -> None:
    """What iron does to stools is answered, with the signs of bleeding."""
    result = desk.ask(text)
    assert "ethnicity_black" not in {fact.concept for fact in result.facts.items}
    assert f"{IRON}/dark-stools-on-iron" in shown(result)


def test_an_emergency_beside_iron_does_not_speak_of_b12(desk: Desk) -> None:
    """The words of an emergency fit every topic."""
    result = desk.ask("My iron is low and I have black tarry stools")
    assert result.kind is AnswerKind.EMERGENCY
    assert not any("B12" in s.plain for s in result.article.section(SectionKey.RED_FLAGS).sentences)


@pytest.mark.parametrize("text", ["Is 25 a normal ferritin?", "low ferritin 22", "ferritin of 29 low?"])
def test_a_ferritin_in_few_words_keeps_its_number(desk: Desk, text: str) -> None:
    """The number is the result."""
    assert band(desk.ask(text)) == "deficient"


def test_several_tablets_without_a_name_are_asked_about(desk: Desk) -> None:
    """What they are called is not needed to ask whether one is enough."""
    assert "TR6" in firing(desk.ask("I take 4 iron tablets a day, is that too much?"))
    assert "TR6" not in firing(desk.ask("I take 1 iron tablet a day, is that too much?"))


def test_no_dose_by_vein_is_given(desk: Desk) -> None:
    """The answer is on its safety, and the scope says that the dose is not covered."""
    result = desk.ask("What dose of Ferinject will I get? I weigh 70 kg")
    assert f"{IRON}/iv-iron-safety-gb" in shown(result, SectionKey.LEAD)
    assert "no doses of iron into a vein" in result.runs[0].protocol.scope_wording.plain
    assert not DOSES & shown(result)


def test_an_anticoagulant_is_not_stopped_for_a_low_ferritin(desk: Desk) -> None:
    """Nor does it explain the anaemia away."""
    result = desk.ask("Man of 72 on apixaban, ferritin 9 ug/L, Hb 101 g/L. Should he stop it?", reader="clinician")
    assert {"CA17", "CA4-US"} <= firing(result)
    assert f"{IRON}/do-not-stop-thinners" in shown(result, SectionKey.LEAD)


# Two topics -----------------------------------------------------------------------------------------------------------


def test_each_topic_answers_its_own_question(desk: Desk) -> None:
    """A question on one runs that protocol only."""
    assert [r.protocol.id for r in desk.ask("My ferritin is 12 ug/L. What now?").runs] == [IRON]
    assert [r.protocol.id for r in desk.ask("My B12 is 150 ng/L. What now?").runs] == [B12]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("My ferritin is 8 ug/L and my B12 is 150 ng/L. What should I do?", (IRON, B12)),
        ("My B12 is 150 ng/L and my ferritin is 8 ug/L. What should I do?", (B12, IRON)),
    ],
)
def test_a_question_on_both_is_answered_by_both(desk: Desk, text: str, order: tuple[str, ...]) -> None:
    """The one named first leads; each brings the rules it has alone; nothing is said twice."""
    result = desk.ask(text, reader="clinician")
    assert result.question.topics == order
    assert "low ferritin" in result.article.title.clinical.lower()
    assert "low b12" in result.article.title.clinical.lower()
    for topic, alone in ((IRON, "Ferritin 8 ug/L. What should I do?"), (B12, "B12 150 ng/L. What should I do?")):
        assert firing(result, topic) == firing(desk.ask(alone, reader="clinician"), topic)
    ids = [s.id for section in result.article.sections for s in section.sentences]
    assert len(ids) == len(set(ids))
    assert not result.report.withheld
    unknown = result.article.section(SectionKey.UNKNOWN)
    assert unknown is not None
    assert {"ask/haemoglobin", "ask/neuro_signs"} <= {s.id for s in unknown.sentences if not s.folded}


def test_a_topic_that_abstains_does_not_silence_the_other(desk: Desk) -> None:
    """A B12 whose unit is missing is asked about; the iron beside it is answered, and no B12 is."""
    result = desk.ask("B12 268, ferritin 12 ug/L, Hb 100 g/L, woman of 30, not on B12. What now?", reader="clinician")
    assert result.kind is AnswerKind.ANSWERED
    assert f"{B12}/abstain-result-unclear" in shown(result, SectionKey.LEAD)
    assert f"{IRON}/one-tablet-daily-gb" in shown(result)
    advice = shown(result, SectionKey.TREATMENT, SectionKey.TESTS, SectionKey.FOLLOW_UP, SectionKey.CAUSES)
    assert advice
    assert not {name for name in advice if name.startswith(B12)}


def test_both_abstaining_is_a_decline(desk: Desk) -> None:
    """With nothing left to advise, nothing is advised."""
    result = desk.ask("B12 268. Ferritin 9 ug/L with haemochromatosis. What now?", reader="clinician")
    assert result.kind is AnswerKind.DECLINED
    assert {f"{B12}/abstain-result-unclear", f"{IRON}/ferritin-high-not-covered"} <= shown(result)


def test_a_limit_stated_by_the_tables_is_the_limit_of_the_wording(desk: Desk) -> None:
    """The parameters and the statements that say them carry the same numbers."""
    limits = desk.ask("Ferritin 12 ug/L", reader="clinician").runs[0].protocol.parameters
    numbers = {p.name: p.values["ug/L"] for p in limits if "ug/L" in p.values}
    for name, statement in (
        ("ferritin_depleted_below", "ferritin-who"),
        ("ferritin_inflammation_below", "ferritin-who"),
        ("ferritin_low_below", "ferritin-below-30-gb"),
        ("ferritin_us_below", "ferritin-below-45-us"),
        ("ferritin_doubtful_below", "ferritin-from-30"),
        ("ferritin_high_from", "ferritin-high-not-covered"),
    ):
        assert f"{Decimal(numbers[name])} ug/L" in desk.content.statements(IRON)[f"{IRON}/{statement}"].clinical


# What the shortened topic must still say ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Can I take my iron tablet together with levothyroxine?", "tea-coffee-antacids"),
        ("How long do I take iron tablets for?", "recheck-and-continue-gb"),
        ("Iron tablets make me constipated. Can I take them every other day?", "not-tolerated-gb"),
        ("I have thalassaemia trait and my ferritin is 18. Should I take iron?", "ask-before-iron"),
        ("My ferritin is 400. Is that too much iron?", "ferritin-high-not-covered"),
        ("Can low iron make me tired?", "symptoms-without-anaemia"),
        ("Should I have a blood transfusion for iron deficiency? Hb 85", "hb-80-same-day"),
        ("gastric bypass 2 years ago, ferritin 9, hemoglobin 10.5", "iv-iron-when-us"),
        ("Can I take iron every other day with orange juice?", "once-a-day-at-most-us"),
        ("I've taken iron for 3 months and my haemoglobin has not gone up", "no-response-check"),
        ("chronic kidney disease stage 4, ferritin 180 ug/L, Hb 95 g/L", "ckd-tests-gb"),
    ],
)
def test_the_answer_begins_with_what_was_asked(desk: Desk, text: str, statement: str) -> None:
    """Not with what the topic says to everybody."""
    assert f"{IRON}/{statement}" in shown(desk.ask(text), SectionKey.LEAD)


def test_a_question_whether_it_is_iron_deficiency_states_none(desk: Desk) -> None:
    """With a ferritin that is not low no tablet is advised on the word alone."""
    result = desk.ask("CKD stage 4, ferritin 180 ug/L, Hb 95 g/L. Iron deficient?", reader="clinician")
    assert not DOSES & shown(result)


def test_a_toddler_who_ate_iron_is_told_of_nothing_else_first(desk: Desk) -> None:
    """The red flag of the topic fires, and the answer does not begin with follow-up."""
    result = desk.ask("I think my toddler ate some of my iron tablets")
    assert result.kind is AnswerKind.EMERGENCY
    assert "RF6" in rows(result, Effect.RED_FLAG)
    assert pattern(result) == "red-flag"


def test_iron_and_the_thyroid_topic_say_the_same_hours() -> None:
    """Between iron and levothyroxine."""
    content = CompiledContent.open()
    here = content.statements(IRON)[f"{IRON}/tea-coffee-antacids"]
    there = content.statements("thyroid")["thyroid/take-apart"]
    assert "at least 4 hours" in here.clinical
    assert "at least 4 hours" in there.clinical


def test_the_topic_stays_short() -> None:
    """At most 40 statements: each costs a reviewer's time."""
    assert len(CompiledContent.open().statements(IRON)) <= 40
