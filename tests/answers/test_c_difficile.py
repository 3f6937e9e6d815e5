"""C. difficile infection on whole answers: the controls of its hazards, and its limits at every edge."""

from __future__ import annotations

from functools import partial

import pytest

from bedside.answer import Answer, AnswerKind
from bedside.article.article import SectionKey
from bedside.desk import Desk
from bedside.question.question import Region
from tests.answers import outcomes
from tests.answers.outcomes import assert_red_flag_first, shown

TOPIC = "c-difficile"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
CLINICIANS = ("dose-gb", "dose-us", "metronidazole-us", "pulse-us", "life-threatening-gb", "fulminant-us")
DOSES = {f"{TOPIC}/{name}" for name in CLINICIANS}
FIRST = "First episode of C. diff, diarrhoea, toxin positive"


def says(result: Answer, *names: str) -> bool:
    return {f"{TOPIC}/{name}" for name in names} <= shown(result)


# Danger ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("I have C. diff and my tummy is swollen and very painful", "RF1"),
        ("c diff and I fainted twice", "RF1"),
        ("my dad is in intensive care with c diff", "RF1"),
        ("no diarrhoea but my belly is hard and very painful since clindamycin, is it c diff", "RF1"),
        ("c diff neg but still diarrhoea after clindamycin, tummy very swollen", "RF1"),
        ("CDI, toxin positive, BP 82/50", "RF1"),
        ("watery diarrhoea since clindamycin, severe stomach pain", "RF1"),
        ("I have c diff and there is blood in my stool", "RF2"),
        ("C. difficile, temperature 38.9, loose stools", "RF2"),
        ("c diff 5 weeks ago, tummy rock hard and swollen, not been to the loo for a day", "RF1"),
        ("c diff, agony in my stomach", "RF1"),
        ("Cdiff. Stopped pooing, belly huge", "RF1"),
        ("she has c. diff and is not making sense", "RF1"),
        ("mum is always confused but much worse today, c diff", "RF1"),
        ("my belly is really swollen after antibiotics and the diarrhoea stopped", "RF1"),
        ("C diff toxin negative GDH negative, severe tummy pain and diarrhoea after clindamycin", "RF1"),
        ("79 year old woman, c diff, SBP 89, WCC 12", "RF1"),
        ("c diff, she is hypotensive", "RF1"),
        ("my mum has sepsis from c diff", "RF1"),
        ("amoxicillin last week, now watery diarrhoea 10 times a day, fever of 39.5", "RF2"),
        ("c diff, 38.6 temperature no pain", "RF2"),
        ("nan is 91, c diff in a care home, hasn't passed urine since yesterday", "RF2"),
        ("c diff with bloody diarrhoea", "RF2"),
        ("C difficile toxin +, WCC 22", "RF2"),
        ("I'm 85 with c diff, not drinking and barely peeing", "RF2"),
        ("c diff, vomiting everything, cant keep the vancomycin down", "RF2"),
    ],
)
def test_danger_comes_first_for_every_reader(desk: Desk, text: str, row: str) -> None:
    """Also in suspected infection, before everything else and unfolded."""
    assert_red_flag_first(desk, text, row)


@pytest.mark.parametrize(
    ("text", "emergency"),
    [
        ("c diff, my face is swollen after vancomycin", True),
        ("took vancomycin for c diff and now my face is swelling", True),
        ("c diff, no swelling of face or tongue after vancomycin", False),
        ("I take antibiotics for a tooth abscess, my face is swollen, INR 3.5", False),
        ("penicillin allergy as a child, face swelled up then. INR 6 now", False),
    ],
)
def test_a_face_that_swells_after_the_antibiotic_is_an_emergency(desk: Desk, text: str, emergency: bool) -> None:
    assert (desk.ask(text).kind is AnswerKind.EMERGENCY) == emergency


@pytest.mark.parametrize(
    "text",
    [
        "My mum has dementia and is always confused, she has c diff and diarrhoea",
        "I had c diff 10 years ago and feel drowsy after a night shift",
        "I had c diff 2 years ago and have a fever of 38.2 with a cough",
        "i had c diff in april and was in icu for a week. completely well since, work wants a clear test",
        "mum was in intensive care with c diff last year, she feels fine now. can she have co-amoxiclav",
    ],
)
def test_what_is_usual_or_long_ago_is_no_red_flag(desk: Desk, text: str) -> None:
    assert not {"RF1", "RF2"} & firing(desk.ask(text))


def test_life_threatening_infection_gets_no_ordinary_dose(desk: Desk) -> None:
    """The doses of life-threatening infection stand alone."""
    result = desk.ask("C. diff, BP 78/40, ileus, WBC 34. Treatment?", reader="clinician", region=Region.BOTH)
    assert says(result, "life-threatening-gb", "fulminant-us")
    assert not says(result, "dose-gb")
    assert not says(result, "dose-us")
    assert not {"TR1-GB", "TR1-US", "TR5-GB", "TR5-US", "TR7-US"} & firing(result)


# Choice and dose ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "own", "other"), [(Region.GB, "first-gb", "first-us"), (Region.US, "first-us", "first-gb")]
)
@pytest.mark.parametrize("reader", ["patient", "clinician"])
def test_each_country_gets_its_first_choice_and_the_other_as_a_pair(
    desk: Desk, region: Region, own: str, other: str, reader: str
) -> None:
    """The other position stands among the disagreements only."""
    result = desk.ask(f"{FIRST}, WCC 12, creatinine 80 umol/L. Which antibiotic?", reader=reader, region=region)
    assert f"{TOPIC}/{own}" in shown(result, SectionKey.LEAD) | shown(result, SectionKey.TREATMENT)
    assert f"{TOPIC}/{other}" in shown(result, SectionKey.DISAGREEMENTS)
    assert f"{TOPIC}/{other}" not in shown(result, SectionKey.LEAD, SectionKey.TREATMENT)


def test_no_dose_without_severity(desk: Desk) -> None:
    """The answer asks, and gives the doses once something of severity is told."""
    blind = desk.ask(f"70 year old man. {FIRST}. Dose?", reader="clinician")
    assert "AB2" in firing(blind)
    assert not DOSES & shown(blind)
    for text in ("Patient with C diff on the ward, dose please", "my gp gave me metronidazole for c diff, what dose?"):
        assert not DOSES & shown(desk.ask(text, reader="clinician"))
    told = desk.ask(f"70 year old man. {FIRST}, WCC 11, creatinine 85 umol/L. Dose?", reader="clinician")
    assert says(told, "dose-gb", "dose-us")
    assert "AB2" not in firing(told)


@pytest.mark.parametrize("reader", ["patient", "carer"])
@pytest.mark.parametrize(
    "text",
    [f"{FIRST}, WCC 12. Which dose?", "What treats C. diff?", "C. diff, BP 78/40, ileus. Treatment?"],
)
def test_patients_are_given_no_dose(desk: Desk, reader: str, text: str) -> None:
    assert not DOSES & shown(desk.ask(text, reader=reader))


@pytest.mark.parametrize(
    ("weeks", "fires", "not_fires"),
    [
        ("5 weeks", {"TR2-GB", "TR2-US"}, {"TR3-GB", "TR3-US", "TR1-GB"}),
        ("8 weeks", {"TR2-GB", "TR2-US"}, {"TR3-GB", "TR3-US"}),
        ("9 weeks", {"TR2-GB", "TR3-US"}, {"TR3-GB", "TR2-US"}),
        ("12 weeks", {"TR2-GB", "TR3-US"}, {"TR3-GB", "TR2-US"}),
        ("13 weeks", {"TR3-GB", "TR3-US"}, {"TR2-GB", "TR2-US"}),
        ("5 months", {"TR3-GB", "TR3-US"}, {"TR2-GB", "TR2-US", "TR1-US"}),
    ],
)
def test_weeks_since_the_last_episode_decide(desk: Desk, weeks: str, fires: set[str], not_fires: set[str]) -> None:
    result = desk.ask(f"I had c diff {weeks} ago and the diarrhoea is back. What now?")
    assert fires <= firing(result)
    assert not not_fires & firing(result)


@pytest.mark.parametrize(
    ("values", "severe", "metronidazole"),
    [
        ("WBC 14.9 x10^9/L, creatinine 1.4 mg/dL", False, True),
        ("WBC 14900 /uL, creatinine 120 umol/L", False, True),
        ("WBC 15 x10^9/L, creatinine 1.4 mg/dL", True, False),
        ("WBC 15,000, creatinine 1.4 mg/dL", True, False),
        ("WBC 12, creatinine 1.5 mg/dL", False, False),
        ("WBC 12, creatinine 1.6 mg/dL", True, False),
        ("WBC 12, creatinine 132 umol/L", False, True),
        ("WBC 12, creatinine 133 umol/L", True, False),
        ("WBC 12, creatinine 120 umol/L (baseline 80)", False, True),
        ("WBC 12, creatinine 121 umol/L (baseline 80)", True, True),
    ],
)
def test_every_edge_of_severity(desk: Desk, values: str, severe: bool, metronidazole: bool) -> None:
    """UK and US limits in both units: severe results are seen the same day, metronidazole is for the others."""
    fired = firing(desk.ask(f"{FIRST}, {values}. Treatment?", reader="clinician"))
    assert ("RF2" in fired, "TR7-US" in fired) == (severe, metronidazole)


def test_every_limit_is_in_force_on_the_date_of_the_content(desk: Desk) -> None:
    """A limit that begins after the release would silently not be compared."""
    parameters = desk.ask("I have C. diff").runs[0].protocol.parameters
    assert parameters
    assert all(parameter.since <= desk.content.date for parameter in parameters)


# What not to do -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Can I take Imodium for C diff?",
        "I have c diff and diarrhoea. What should I do?",
        "had c diff 5 weeks ago, diarrhoea again. What should I do?",
        "watery diarrhoea since finishing antibiotics. Could it be c diff?",
    ],
)
def test_loperamide_is_warned_of(desk: Desk, text: str) -> None:
    result = desk.ask(text)
    assert any(s.statement == f"{TOPIC}/no-loperamide" and not s.folded for s in result.article.sentences())


@pytest.mark.parametrize(
    "text",
    [
        "PCR positive, toxin negative for C difficile, no diarrhoea. Treat?",
        "C. diff toxin positive but stools are formed. Which antibiotic?",
        "my c diff test is GDH positive but toxin negative. What does it mean?",
    ],
)
def test_carriage_gets_no_treatment(desk: Desk, text: str) -> None:
    result = desk.ask(text, reader="clinician")
    assert pattern(result) == "carriage"
    assert not {rule for rule in firing(result) if rule.startswith("TR")}
    assert not DOSES & shown(result)


def test_no_test_of_cure(desk: Desk) -> None:
    result = desk.ask("Do I need a test of cure after C diff treatment?")
    assert pattern(result) == "clearance"
    assert says(result, "no-clearance-gb", "no-repeat-us")


@pytest.mark.parametrize(
    "text",
    [
        "25F 20 weeks pregnant with C. diff, WCC 11. Dose of vancomycin?",
        "C. diff in ulcerative colitis, WCC 11. Which dose?",
        "kidney transplant, c diff, WCC 9. Which antibiotic?",
        "My 5 year old has c diff. What dose?",
        "I have a new baby and c diff, is it safe to breastfeed on vancomycin?",
        "c diff while on chemo, WCC 9. Which dose?",
        "neutropenic, c diff, WCC 1. Which dose?",
        "Patient on ciclosporin for transplant, C diff, WCC 9. Which dose?",
        "C diff, WCC 9, first episode, allergic to vancomycin. Which dose?",
    ],
)
def test_special_groups_get_no_dose(desk: Desk, text: str) -> None:
    result = desk.ask(text, reader="clinician")
    assert result.kind is AnswerKind.DECLINED
    assert "AB1" in firing(result)
    assert not DOSES & shown(result)


def test_the_antibiotic_is_stopped_by_its_prescriber(desk: Desk) -> None:
    for text in ("should I stop my vancomycin for c diff, I feel well", "I have c diff, can I stop my clindamycin?"):
        assert pattern(desk.ask(text)) == "stopping"
    result = desk.ask("should I stop my amoxicillin, I have diarrhoea and worry about c diff")
    assert "CA3" in firing(result)
    assert says(result, "ask-prescriber")


# Beside other topics --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("CBC with diff normal, ferritin 9 ug/L. What next?", {"iron-deficiency"}),
        ("I take amoxicillin. B12 150 ng/L, what now?", {"vitamin-b12"}),
        ("My INR went from 2.5 to 5.8 after antibiotics. What now?", {"high-inr"}),
        ("covid PCR positive, ferritin 9 ug/L. What next?", {"iron-deficiency"}),
        ("Shiga toxin positive in my stool, what now?", set()),
        ("giardia on stool microscopy, C diff neg. Treat the partner?", set()),
        ("C. diff negative, norovirus found, how long off work?", set()),
        ("C. diff toxin positive, norovirus negative, loose stools. Treat?", {"c-difficile"}),
        ("this hepatitis c difficult to treat, what next?", set()),
        ("botulinum toxin for migraine, is it safe?", set()),
        ("CDT positive, what does it mean?", set()),
        ("stool PCR positive for norovirus, watery diarrhoea", set()),
        ("Metformin gives me diarrhoea, HbA1c 52 mmol/mol. What now?", {"glucose"}),
    ],
)
def test_other_questions_stay_their_own(desk: Desk, text: str, ids: set[str]) -> None:
    assert {run.protocol.id for run in desk.ask(text).runs} == ids


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Is C. diff contagious? Can I go back to work?", "spread"),
        ("Should I take probiotics to prevent c diff?", "probiotics"),
        ("Is bezlotoxumab still available for recurrent CDI?", "bezlotoxumab"),
        ("Is a faecal transplant possible for c diff?", "transplant"),
        ("What are the criteria for fulminant C. difficile?", "severity"),
        ("How is severe C. difficile treated?", "treatment"),
        ("my c diff came back for the 4th time", "multiple"),
        ("C. diff finished vanc 3 days ago, diarrhoea again", "relapse"),
        ("c diff, can I take pepto bismol", "loperamide"),
        ("c diff test negative but still have diarrhoea after antibiotics", "negative"),
        ("c diff on vancomycin day 8 and still have diarrhoea", "not-better"),
        ("stool test c diff positive but my poo is normal now", "carriage"),
        ("told my c diff is gone, shall I do a test to be sure", "clearance"),
        ("can I pass c diff to my wife", "spread"),
        ("I had c diff last month, no diarrhoea now, can I go back to work?", "spread"),
        ("took leftover vancomycin for c diff, should I double it", "stopping"),
        ("what is c diff", "general"),
        ("had c diff 3 years ago, my dentist wants to prescribe clindamycin", "next-antibiotic"),
        ("i had c diff last spring. on amoxicillin now for a chest infection", "next-antibiotic"),
        ("no diarrhoea, normal stools, took amoxicillin. could it be c diff", "no-diarrhoea"),
        ("toxin positive again, loose stools 6 weeks after finishing vancomycin", "relapse"),
    ],
)
def test_other_patterns_are_reached_through_the_desk(desk: Desk, text: str, name: str) -> None:
    assert pattern(desk.ask(text)) == name
