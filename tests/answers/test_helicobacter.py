"""Helicobacter pylori on whole answers: the controls of its hazards, and one regimen for equal facts in any words."""

from __future__ import annotations

from functools import partial

import pytest

from bedside.answer import AnswerKind
from bedside.desk import Desk
from bedside.protocol.protocol import Effect
from bedside.question.question import Region
from tests.answers import outcomes
from tests.answers.outcomes import assert_red_flag_first, rows, shown

TOPIC = "helicobacter"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
PENICILLIN = {
    f"{TOPIC}/{name}" for name in ("first-gb", "second-gb", "second-exposed-gb", "rifabutin-us", "vonoprazan-us")
}
REGIMENS = PENICILLIN | {
    f"{TOPIC}/{name}" for name in ("allergy-gb", "allergy-exposed-gb", "second-allergy-gb", "bqt-us", "ppi-doses-gb")
}
OF_GB = {"TR2-GB", "TR3-GB", "TR4-GB", "TR5-GB", "TR6-GB", "TR7-GB"}
OF_US = {"TR11-US", "TR12-US", "TR13-US"}


# One regimen for equal facts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "gb", "us"),
    [
        ("first line, no penicillin allergy", {"TR2-GB"}, {"TR11-US", "TR12-US", "TR13-US"}),
        ("first line, penicillin allergic, no previous clarithromycin", {"TR3-GB"}, {"TR11-US"}),
        ("first line, penicillin allergic, previous clarithromycin", {"TR4-GB"}, {"TR11-US"}),
        ("first line, penicillin allergic", set(), {"TR11-US"}),
        ("NKDA, never had clarithromycin or metronidazole", {"TR2-GB"}, {"TR11-US", "TR12-US", "TR13-US"}),
        ("NKDA, no prior antibiotics", {"TR2-GB"}, {"TR11-US", "TR12-US", "TR13-US"}),
        ("NKDA, no prior antibiotics in the last 4 weeks", set(), set()),
        ("still positive after treatment, no penicillin allergy", {"TR5-GB"}, {"TR11-US"}),
        (
            "still positive, previous clarithromycin and metronidazole, no penicillin allergy",
            {"TR6-GB"},
            {"TR11-US"},
        ),
        ("still positive after treatment, penicillin allergy, no previous quinolone", {"TR7-GB"}, {"TR11-US"}),
        ("still positive after treatment, penicillin allergy, previous levofloxacin", {"TR4-GB"}, {"TR11-US"}),
        ("failed bismuth quadruple therapy, no penicillin allergy", {"TR5-GB"}, {"TR12-US"}),
        ("failed bismuth quadruple therapy, penicillin allergy", set(), set()),
        ("two failed courses, no penicillin allergy", set(), set()),
    ],
)
def test_allergy_and_earlier_treatment_choose_one_regimen(desk: Desk, text: str, gb: set[str], us: set[str]) -> None:
    """Each country its own, and nothing of it fails the check."""
    for region, expected in ((Region.GB, gb), (Region.US, us)):
        result = desk.ask(f"H. pylori positive on breath test, {text}. Regimen?", reader="clinician", region=region)
        assert firing(result) & (OF_GB | OF_US) == expected
        assert not result.report.withheld


@pytest.mark.parametrize("region", [Region.GB, Region.US])
def test_the_same_question_always_gets_the_same_answer(desk: Desk, region: Region) -> None:
    """Penicillin allergy in any words: one answer, and the same as yesterday's."""
    answers = [
        desk.ask(text, reader="clinician", region=region)
        for text in (
            "H. pylori positive, penicillin allergy, first line, no previous clarithromycin. Treatment?",
            "Treatment? Helicobacter pylori positive, allergic to penicillin, treatment naive, no macrolides before.",
            "hpylori positive, pen allergic, never treated before, never had clarithromycin. rx?",
        )
    ]
    assert len({frozenset(firing(each)) for each in answers}) == 1
    assert {pattern(each) for each in answers} == {"first-with-allergy"}


def test_the_countries_stand_as_a_pair(desk: Desk) -> None:
    """A general question on penicillin allergy names both."""
    result = desk.ask("What is the H. pylori treatment in penicillin allergy?", reader="clinician", region=Region.BOTH)
    assert f"{TOPIC}/dis-allergy" in shown(result)
    assert not PENICILLIN & shown(result)
    plain = desk.ask("I have H. pylori. How is it treated?", region=Region.BOTH)
    assert {f"{TOPIC}/dis-treatment", f"{TOPIC}/dis-allergy"} <= shown(plain)


# Hazards --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("region", [Region.GB, Region.US])
@pytest.mark.parametrize(
    "text",
    [
        "H. pylori positive, penicillin allergy, first line",
        "I'm allergic to amoxicillin, H. pylori positive, first treatment, no previous clarithromycin",
        "still positive for H. pylori after treatment, penicillin anaphylaxis",
        "treatment-naive H. pylori, PCN anaphylaxis",
        "failed bismuth quadruple therapy for H. pylori, pen allergic",
    ],
)
def test_no_penicillin_is_named_with_an_allergy(desk: Desk, text: str, region: Region) -> None:
    """Neither amoxicillin nor a product that holds it, in the UK or the US."""
    result = desk.ask(f"{text}. Regimen?", reader="clinician", region=region)
    assert not PENICILLIN & shown(result)


@pytest.mark.parametrize(
    "text",
    [
        "H. pylori positive. Regimen?",
        "H. pylori positive, no penicillin allergy. Regimen?",
        "H. pylori positive, first line. Regimen?",
        "How is H. pylori treated?",
    ],
)
def test_no_regimen_before_allergy_and_earlier_treatment_are_known(desk: Desk, text: str) -> None:
    """What is missing is asked for instead."""
    for region in (Region.GB, Region.US):
        result = desk.ask(text, reader="clinician", region=region)
        assert "TR0" in firing(result)
        assert not REGIMENS & shown(result)
    assert {"allergy", "before"} & {m.ask.id for m in result.runs[0].missing}


@pytest.mark.parametrize("region", [Region.GB, Region.US])
@pytest.mark.parametrize("reader", ["patient", "carer"])
def test_no_patient_is_shown_a_regimen(desk: Desk, reader: str, region: Region) -> None:
    """The rules that fire are the same; whom to ask stands first."""
    text = "H. pylori positive on breath test, no penicillin allergy, first treatment. What now?"
    plain = desk.ask(text, reader=reader, region=region)
    assert firing(plain) == firing(desk.ask(text, reader="clinician", region=region))
    assert not REGIMENS & shown(plain)
    assert not any(" mg" in s.plain for s in plain.article.sentences())
    assert f"{TOPIC}/positive-next" in shown(plain)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("I have H. pylori and have been vomiting blood", "RF1"),
        ("H. pylori, black tarry poo since yesterday", "RF1"),
        ("H pylori DU, sudden severe epigastric pain 3h ago, rigid abd", "RF1"),
        ("H pylori +, board-like abdomen", "RF1"),
        ("H. pylori positive, guarding and rebound on examination", "RF1"),
        ("I take Pepto-Bismol for H. pylori and have black stools", "RF1"),
        ("being treated for H. pylori, sudden severe pain in my stomach", "RF1"),
        ("taking amoxicillin and clarithromycin for H. pylori, my lips are swelling", "RF1"),
        ("first day of H. pylori tablets and my face is swollen", "RF1"),
        ("H. pylori positive, first line, no penicillin allergy, black stools", "RF1"),
        ("on triple therapy for H. pylori and I have hives", "RF2"),
        ("on metronidazole for H. pylori and my feet are numb", "RF2"),
        ("H. pylori antibiotics, severe diarrhoea since Monday", "RF2"),
        ("levofloxacin for H. pylori and my achilles hurts", "RF2"),
        ("H. pylori positive and food gets stuck", "RF3"),
        ("H. pylori positive, I have lost weight", "RF3"),
    ],
)
def test_a_red_flag_comes_first(desk: Desk, text: str, row: str) -> None:
    """Before the lead, unfolded, in both wordings."""
    assert_red_flag_first(desk, text, row)


@pytest.mark.parametrize(
    "text",
    [
        "no black stools, no weight loss",
        "I vomited blood in 2015",
        "my brother vomits blood",
        "no severe pain",
        "no guarding or rebound",
    ],
)
def test_a_denied_past_or_other_persons_sign_is_no_emergency(desk: Desk, text: str) -> None:
    """The answer stays with the germ."""
    assert not rows(desk.ask(f"H. pylori breath test positive, {text}. What now?"), Effect.RED_FLAG)


@pytest.mark.parametrize(
    ("age", "gb", "us"), [("54", False, False), ("55", True, False), ("59", True, False), ("60", True, True)]
)
def test_alarm_features_come_before_the_germ(desk: Desk, age: str, gb: bool, us: bool) -> None:
    """Each country at its own age, and no antibiotics lead."""
    text = f"I am {age}, I have indigestion and lost weight. Should I be tested for H. pylori?"
    result = desk.ask(text, region=Region.BOTH)
    assert pattern(result) == "alarm"
    assert ("TS3-GB" in firing(result), "TS2-US" in firing(result)) == (gb, us)


def test_a_blood_test_alone_is_not_treated(desk: Desk) -> None:
    """A breath or stool test is asked for, in every region; beside a positive breath test it says nothing."""
    for text in ("My H. pylori blood test is positive", "h pylori IgG positive", "H. pylori serology was positive"):
        result = desk.ask(f"{text}. Which antibiotics?", region=Region.BOTH)
        assert pattern(result) == "serology"
        assert not {"TR0", "TR1"} & firing(result)
    both = desk.ask("H. pylori IgG positive, H. pylori breath test positive. What now?", reader="clinician")
    assert "TS8" not in firing(both)


def test_a_negative_test_is_not_trusted_on_acid_tablets(desk: Desk) -> None:
    """The weeks without a PPI, antibiotics and bismuth stand with it, and no treatment does."""
    result = desk.ask("My H. pylori breath test was negative, I take lansoprazole. Am I clear?")
    assert pattern(result) == "negative"
    said = " ".join(s.plain for s in result.article.sentences() if s.statement == f"{TOPIC}/repeat-negative")
    assert "2 weeks" in said
    assert "4 weeks" in said
    assert "TR1" not in firing(result)


def test_nobody_is_told_to_stop_a_ppi_alone(desk: Desk) -> None:
    """The prescriber decides whether it can be paused, in both countries."""
    result = desk.ask("Should I stop omeprazole before my H. pylori breath test?", region=Region.BOTH)
    assert pattern(result) == "preparation"
    for name in ("washout-gb", "washout-us"):
        said = next(s.plain for s in result.article.sentences() if s.statement == f"{TOPIC}/{name}")
        assert "prescriber decides" in said


@pytest.mark.parametrize(
    "text",
    [
        "14 weeks pregnant, H. pylori positive, no penicillin allergy, first line",
        "I am breastfeeding and have H. pylori, first treatment, no penicillin allergy",
        "H. pylori positive, eGFR 42, no penicillin allergy, first line",
        "cirrhosis, H. pylori positive, no penicillin allergy, first line",
        "H. pylori positive, first line, no penicillin allergy, CKD",
        "H. pylori positive, first line, no penicillin allergy and pregnant",
        "H. pylori positive, first line, no penicillin allergy, might be pregnant",
        "AKI, H. pylori positive, no penicillin allergy, first line",
        "creatinine 250 umol/L, H. pylori positive, no penicillin allergy, first line",
        "creatinine 1.5 mg/dL, H. pylori positive, no penicillin allergy, first line",
        "My daughter is 9 and has H. pylori",
    ],
)
def test_those_it_is_not_for_get_no_regimen(desk: Desk, text: str) -> None:
    """Where to turn, and nothing else."""
    result = desk.ask(f"{text}. Which medicines?", reader="clinician", region=Region.BOTH)
    assert result.kind is AnswerKind.DECLINED
    assert not REGIMENS & shown(result)


def test_a_finished_course_is_no_failed_one(desk: Desk) -> None:
    """The retest comes next; each country has its own rule for whom."""
    result = desk.ask("I finished H. pylori treatment 3 weeks ago, no penicillin allergy. Retest?", reader="clinician")
    assert pattern(result) == "retest"
    assert not (OF_GB | OF_US) & firing(result)
    for region, name in ((Region.GB, "cure-gb"), (Region.US, "cure-us")):
        own = desk.ask("When should I be retested after H. pylori treatment?", region=region)
        assert {f"{TOPIC}/cure-gb", f"{TOPIC}/cure-us"} & shown(own) == {f"{TOPIC}/{name}"}


def test_clarithromycin_stands_with_its_interactions(desk: Desk) -> None:
    """Beside every regimen that holds it, and when it is asked about."""
    for text in (
        "H. pylori positive, no penicillin allergy, first line. Regimen?",
        "H. pylori positive, penicillin allergy, first line, no previous clarithromycin. Regimen?",
        "I take colchicine. Is clarithromycin for H. pylori safe with it?",
    ):
        assert f"{TOPIC}/clarithromycin-caution" in shown(desk.ask(text, reader="clinician", region=Region.GB))


def test_levofloxacin_stands_with_its_warning(desk: Desk) -> None:
    """In the UK it is never shown without the regulator's limit; US readers are told not to use it untested."""
    text = "H. pylori still positive after treatment, penicillin allergy, no previous quinolone. Regimen?"
    uk = desk.ask(text, reader="clinician", region=Region.GB)
    assert {f"{TOPIC}/second-allergy-gb", f"{TOPIC}/fluoroquinolone-gb"} <= shown(uk)
    us = desk.ask(text, reader="clinician", region=Region.US)
    assert f"{TOPIC}/no-clarithromycin-us" in shown(us)
    assert not any(name.endswith("-gb") for name in shown(us))


def test_alcohol_with_metronidazole_is_answered(desk: Desk) -> None:
    """Asked alone, and beside every regimen that may hold it."""
    assert pattern(desk.ask("Can I drink alcohol with metronidazole for H. pylori?")) == "alcohol"
    regimen = desk.ask("H. pylori positive, no penicillin allergy, first line. Regimen?", reader="clinician")
    assert f"{TOPIC}/metronidazole-alcohol" in shown(regimen)


def test_bismuth_subsalicylate_is_not_named_with_aspirin_allergy(desk: Desk) -> None:
    """The one UK regimen that holds it gives way to a specialist."""
    text = "H. pylori positive, first treatment, previous clarithromycin, penicillin allergy, aspirin allergy. Regimen?"
    result = desk.ask(text, reader="clinician", region=Region.GB)
    assert not REGIMENS & shown(result)
    assert f"{TOPIC}/specialist-gb" in shown(result)


def test_the_two_doses_of_clarithromycin_stand_together(desk: Desk) -> None:
    """NHS formularies differ with metronidazole; none of the two is given as the only one."""
    text = "H. pylori positive, penicillin allergy, first line, no previous clarithromycin. Regimen?"
    result = desk.ask(text, reader="clinician", region=Region.GB)
    said = next(s.clinical for s in result.article.sentences() if s.statement == f"{TOPIC}/allergy-gb")
    assert "500 mg" in said
    assert "250 mg" in said


def test_rifabutin_stands_with_what_it_must_not_be_given_with(desk: Desk) -> None:
    """It is shown, and its label's limits with it."""
    result = desk.ask("H. pylori positive, NKDA, never treated. Regimen?", reader="clinician", region=Region.US)
    said = " ".join(s.clinical for s in result.article.sentences() if s.statement == f"{TOPIC}/rifabutin-us")
    assert all(word in said for word in ("voriconazole", "rilpivirine", "contraceptives"))


@pytest.mark.parametrize("age", ["60", "72"])
def test_from_60_the_us_answer_does_not_begin_with_those_under_60(desk: Desk, age: str) -> None:
    """Endoscopy leads there."""
    result = desk.ask(f"Age {age}, dyspepsia. Test for H. pylori?", reader="clinician", region=Region.US)
    assert f"{TOPIC}/endoscopy-us" in shown(result)
    assert f"{TOPIC}/test-dyspepsia-us" not in shown(result)


# Beside other topics --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("My ferritin is 8 ug/L, H. pylori negative. What now?", {"iron-deficiency"}),
        ("B12 150 ng/L, I had H. pylori years ago. What now?", {"vitamin-b12"}),
        ("I take omeprazole and my B12 is 150 ng/L", {"vitamin-b12"}),
        ("H. pylori positive, penicillin allergy. Treatment?", {TOPIC}),
    ],
)
def test_the_germ_named_among_results_leaves_the_question_to_its_topic(desk: Desk, text: str, ids: set[str]) -> None:
    """And a question on the germ runs alone."""
    result = desk.ask(text)
    assert {run.protocol.id for run in result.runs} == ids
    assert not result.report.withheld


@pytest.mark.parametrize(
    "text", ["My husband has H. pylori. What should he do?", "food gets stuck, H. pylori positive"]
)
def test_a_relative_or_stuck_food_is_no_question_on_families_or_diets(desk: Desk, text: str) -> None:
    """Nothing is said of what was not asked."""
    assert not desk.ask(text).question.gaps


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("Is H. pylori contagious?", "h_pylori_family"),
        ("Can probiotics cure H. pylori?", "h_pylori_diet"),
        ("I missed two doses of my H. pylori antibiotics", "h_pylori_missed"),
    ],
)
def test_what_is_not_covered_is_said(desk: Desk, text: str, gap: str) -> None:
    """Before the rest."""
    assert gap in desk.ask(text).question.gaps
