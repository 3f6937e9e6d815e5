"""Atrial fibrillation on whole answers: the controls of its hazards, both labels at every edge, scores with sums."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest

from bedside.answer import AnswerKind
from bedside.desk import Desk
from bedside.protocol.protocol import Effect
from bedside.question.question import Region
from tests.answers import outcomes
from tests.answers.outcomes import assert_red_flag_first, rows, shown

TOPIC = "atrial-fibrillation"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
DOSES = {f"DO{number}-{country}" for number in range(1, 7) for country in ("GB", "US")}
FOR_CLINICIANS = {"hold-gb", "hold-us"} | {
    f"{name}-{country}"
    for name in ("apixaban-full", "apixaban-low", "rivaroxaban-full", "rivaroxaban-low", "edoxaban", "dabigatran")
    for country in ("gb", "us")
}


def ids(result) -> set[str]:
    """The topic's statements that are shown, without the topic's name."""
    return {each.removeprefix(f"{TOPIC}/") for each in shown(result)}


# Doses ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "weight", "creatinine", "low"),
    [
        (80, "60 kg", "132 umol/L", True),
        (80, "61 kg", "133 umol/L", True),
        (80, "61 kg", "132 umol/L", False),
        (79, "60 kg", "132 umol/L", False),
        (79, "61 kg", "133 umol/L", False),
        (79, "60 kg", "133 umol/L", True),
        (80, "61 kg", "1.5 mg/dL", True),
        (80, "61 kg", "1.4 mg/dL", False),
        (80, "9 stone 6", "1.4 mg/dL", True),
    ],
)
def test_apixaban_is_lowered_at_two_criteria_and_no_fewer(
    desk: Desk, age: int, weight: str, creatinine: str, low: bool
) -> None:
    """Every edge of the three criteria, in both units of creatinine."""
    text = f"{age} year old man with AF, {weight}, creatinine {creatinine}. What dose of apixaban?"
    result = desk.ask(text, reader="clinician", region=Region.BOTH)
    assert firing(result) & DOSES == ({"DO2-GB", "DO2-US"} if low else {"DO1-GB", "DO1-US"})
    assert not result.report.withheld


@pytest.mark.parametrize(
    ("text", "gb", "us"),
    [
        ("AF, rivaroxaban, CrCl 14 mL/min. Dose?", {"rivaroxaban-low-gb"}, set()),
        ("AF, rivaroxaban, CrCl 15 dose?", {"rivaroxaban-low-gb"}, {"rivaroxaban-low-us"}),
        ("85F AF 50 kg creatinine 350 umol/L apixaban dose?", {"apixaban-low-gb"}, set()),
        ("AF on haemodialysis, apixaban dose?", {"apixaban-low-gb"}, set()),
        ("AF, rivaroxaban, CrCl 49 mL/min. Dose?", {"rivaroxaban-low-gb"}, {"rivaroxaban-low-us"}),
        ("AF, rivaroxaban, CrCl 50 mL/min. Dose?", {"rivaroxaban-full-gb"}, {"rivaroxaban-low-us"}),
        ("AF, rivaroxaban, CrCl 51 mL/min. Dose?", {"rivaroxaban-full-gb"}, {"rivaroxaban-full-us"}),
        ("AF, edoxaban, CrCl 110. Dose?", {"edoxaban-gb"}, {"edoxaban-us"}),
        ("AF, dabigatran, age 81, CrCl 28. Dose?", {"dabigatran-gb"}, {"dabigatran-us"}),
        ("78F AF 70 kg creatinine 180 umol/L apixaban dose?", {"apixaban-low-gb"}, {"apixaban-full-us"}),
    ],
)
def test_each_country_has_its_own_label(desk: Desk, text: str, gb: set[str], us: set[str]) -> None:
    """A reader of one country is shown nothing of the other's label."""
    for region, expected in ((Region.GB, gb), (Region.US, us)):
        assert ids(desk.ask(text, reader="clinician", region=region)) & FOR_CLINICIANS == expected


def test_no_dose_without_every_fact_of_the_label(desk: Desk) -> None:
    """An age or a weight alone decides nothing and the rest is asked for; with nothing known the table is shown."""
    for text in (
        "I am 82 with AF. What dose of apixaban?",
        "AF, 55 kg, apixaban dose?",
        "85 year old man with AF, 80 kg. Apixaban dose?",
        "70F AF 80 kg rivaroxaban dose?",
    ):
        result = desk.ask(text, reader="clinician")
        assert not firing(result) & DOSES
        assert pattern(result) == "dose"
        assert {"age", "weight", "kidney"} & {m.ask.id for m in result.runs[0].missing}
    table = desk.ask("What dose of apixaban is used for AF?", reader="clinician", region=Region.GB)
    assert {"apixaban-full-gb", "apixaban-low-gb", "crcl"} <= ids(table)


def test_an_egfr_is_no_clearance(desk: Desk) -> None:
    """With an eGFR alone no dose is chosen, and "ml/min" behind a clearance is no eGFR."""
    assert not firing(desk.ask("Rivaroxaban dose for AF with eGFR 42 ml/min?", reader="clinician")) & DOSES
    assert firing(desk.ask("Rivaroxaban dose for AF with CrCl 42 ml/min?", reader="clinician")) & DOSES


def test_the_clearance_stands_as_a_worked_line(desk: Desk) -> None:
    """In each unit with its own constants, with actual weight, to one decimal place; a stated one is not worked out."""
    micro = desk.ask("82M AF, 58 kg, creatinine 140 umol/L, apixaban dose?", reader="clinician")
    assert micro.runs[0].clearance.result == Decimal("29.6")
    text = " ".join(s.clinical for s in micro.article.sentences())
    assert "(140 - 82) x 58 kg x 1.23 / (140 umol/L) = 29.6 mL/min" in text
    assert "age 80 or over 1 + weight 60 kg or less 1 + creatinine at or above the limit 1 = 3" in text
    milli = desk.ask("70 year old woman, AF, 80 kg, creatinine 1.1 mg/dL, dabigatran dose?", reader="clinician")
    assert milli.runs[0].clearance.result == Decimal("60.1")
    assert desk.ask("82M AF 58 kg creatinine 140 umol/L CrCl 33, apixaban dose?").runs[0].clearance is None


@pytest.mark.parametrize("reader", ["patient", "carer"])
@pytest.mark.parametrize(
    "text",
    [
        "82 year old man with AF, 58 kg, creatinine 140 umol/L. What dose of apixaban?",
        "What dose of rivaroxaban should I take for afib?",
        "When do I stop Eliquis before my colonoscopy?",
        "Knee replacement next month, I take Xarelto. When do I stop it?",
    ],
)
def test_no_patient_is_shown_a_dose_or_a_day_to_stop(desk: Desk, text: str, reader: str) -> None:
    """What clinicians decide, only they are shown; patients are told not to stop alone, or to ask."""
    result = desk.ask(text, reader=reader, region=Region.BOTH)
    assert not FOR_CLINICIANS & ids(result)
    assert "no-self-stop" in ids(result)
    assert not any(f"{dose} mg" in s.plain for dose in ("2.5", "5", "15", "20") for s in result.article.sentences())


def test_holding_stands_as_a_pair_and_does_not_move_with_the_words(desk: Desk) -> None:
    """Apixaban before a colonoscopy: the same answer with and without a clearance of 30 to 50."""
    answers = [
        desk.ask(text, reader="clinician", region=Region.BOTH)
        for text in (
            "When should apixaban be held before a colonoscopy?",
            "Should Eliquis be stopped before a colonoscopy, CrCl 40 mL/min?",
        )
    ]
    assert all({"hold-gb", "hold-us", "no-self-stop"} <= ids(each) for each in answers)
    assert len({frozenset(firing(each)) for each in answers}) == 1
    dental = desk.ask("Tooth extraction on apixaban: do I stop it?", reader="clinician", region=Region.GB)
    assert "dental-gb" in ids(dental)
    assert not {"hold-gb", "hold-us"} & ids(dental)


# Scores ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("76F with AF, hypertension, diabetes and a TIA in 2019. Anticoagulate?", 7, 9),
        ("68M AF and hypertension. Anticoagulate?", 2, 7),
        ("58M AF, no other risk factors. Anticoagulate?", 0, 0),
        ("66F AF, no other risk factors. Anticoagulate?", 2, 2),
        ("58M AF, no heart failure, no htn, no diabetes, no stroke, no vascular disease. Anticoagulate?", 0, 2),
        ("64 year old man with AF and a heart attack in 2015. Anticoagulate?", 1, 6),
    ],
)
def test_the_score_is_shown_as_a_sum_or_a_range(desk: Desk, text: str, low: int, high: int) -> None:
    """What counts is named with its points; what nobody told keeps the score open."""
    result = desk.ask(text, reader="clinician")
    found = next(each for run in result.runs for each in run.scores if each.score.id == "stroke_score")
    assert (found.low, found.high) == (low, high)
    assert any(s.id.endswith("/stroke_score") for s in result.article.sentences())


def test_an_incomplete_score_is_never_low(desk: Desk) -> None:
    """Advice against an anticoagulant needs every item decided; a stated score is taken as it is."""
    assert "SC4-GB" not in firing(desk.ask("50 year old man with AF. Do I need a blood thinner?"))
    assert "SC4-GB" in firing(desk.ask("50 year old man with AF, CHA2DS2-VASc 0. Do I need a blood thinner?"))


@pytest.mark.parametrize(
    ("text", "gb", "us"),
    [
        ("AF, male, CHA2DS2-VASc 0", {"low-gb"}, set()),
        ("AF, male, CHA2DS2-VASc 1", {"consider-gb"}, {"reasonable-us"}),
        ("AF, male, CHA2DS2-VASc 2", {"offer-gb"}, {"recommend-us"}),
        ("AF, female, CHA2DS2-VASc 1", {"low-gb"}, set()),
        ("AF, female, CHA2DS2-VASc 2", {"offer-gb"}, {"reasonable-us"}),
        ("AF, female, CHA2DS2-VASc 3", {"offer-gb"}, {"recommend-us"}),
        ("AF, female, CHA₂DS₂-VASc 3", {"offer-gb"}, {"recommend-us"}),
    ],
)
def test_each_country_has_its_own_threshold_by_sex(desk: Desk, text: str, gb: set[str], us: set[str]) -> None:
    """The first sentences of the answer are the country's own; the European position stands beside them."""
    steps = {"low-gb", "consider-gb", "offer-gb", "reasonable-us", "recommend-us"}
    for region, expected in ((Region.GB, gb), (Region.US, us)):
        result = desk.ask(f"{text}. Anticoagulation?", reader="clinician", region=region)
        lead = {s.statement.removeprefix(f"{TOPIC}/") for s in result.article.sections[1].sentences if s.statement}
        assert lead & steps == expected
        assert "esc-va" in ids(result)


def test_a_history_that_was_denied_is_not_asked_for(desk: Desk) -> None:
    """No other risk factors: that answers the question after the history; a sum carries the region of its statement."""
    result = desk.ask("58M AF, no other risk factors. Anticoagulate?", reader="clinician", region=Region.GB)
    assert "history" not in {m.ask.id for m in result.runs[0].missing}
    sums = [s for s in result.article.sentences() if s.id.startswith("frame/score")]
    assert sums
    assert all(s.jurisdiction in ("GB", "INT") for s in sums)


def test_aspirin_falls_and_screening_are_answered(desk: Desk) -> None:
    """By each body that speaks of them."""
    aspirin = desk.ask("Should I take aspirin instead of a blood thinner for my afib?", region=Region.BOTH)
    assert {"aspirin-gb", "aspirin-us"} <= ids(aspirin)
    assert "age-falls-gb" in ids(desk.ask("I have afib and keep falling. Should I still take a blood thinner?"))
    assert "screening-us" in ids(desk.ask("Should I be screened for AF at 65?", region=Region.US))


# Hazards --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Mechanical mitral valve and AF", "AF with severe mitral stenosis, 78F"])
def test_a_valve_takes_doses_and_offers_away(desk: Desk, text: str) -> None:
    """Only the valve is spoken of."""
    result = desk.ask(f"{text}: apixaban instead of warfarin?", reader="clinician", region=Region.BOTH)
    assert pattern(result) == "valve"
    assert {"valve-gb", "valve-us"} <= ids(result)
    assert not ({"offer-gb", "recommend-us"} | FOR_CLINICIANS) & ids(result)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("I have afib with chest pain", "RF1"),
        ("irregular heartbeat, pulse 165", "RF1"),
        ("AF and my face has dropped, slurred speech", "RF1"),
        ("I take apixaban and hit my head an hour ago but feel fine", "RF2"),
        ("black stools on xarelto", "RF2"),
        ("blood in my urine on eliquis", "RF3"),
        ("new onset AF since this morning, no chest pain", "RF3"),
        ("I took two eliquis by mistake", "RF3"),
        ("I accidentally took 2 xarelto", "RF3"),
        ("AF, pulse was 165 yesterday, fine now", "RF3"),
        ("AF, pulse was 165 yesterday and still not fine", "RF1"),
        ("my heart is racing at 170, afib", "RF1"),
        ("sudden blurred vision in one eye and AF", "RF1"),
    ],
)
def test_a_red_flag_of_atrial_fibrillation_comes_first(desk: Desk, text: str, row: str) -> None:
    """Before the lead, unfolded, in both wordings; no dose and no day to stop beside it."""
    assert_red_flag_first(desk, text, row)
    assert not FOR_CLINICIANS & ids(desk.ask(f"{text}. What should I do?", reader="clinician"))


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain, no fainting, no bleeding",
        "I hit my head in 2015",
        "my father had a stroke and black stools",
        "I had chest pain last year",
        "I missed two doses of apixaban",
        "I fall a lot, frequent falls, is that a reason against apixaban",
    ],
)
def test_a_denied_past_or_other_persons_sign_is_no_emergency(desk: Desk, text: str) -> None:
    """Atrial fibrillation on apixaban with it is answered."""
    assert not rows(desk.ask(f"I have AF and take apixaban, {text}. Is my dose right?"), Effect.RED_FLAG)


@pytest.mark.parametrize(
    ("text", "declined"),
    [
        ("I am 12 weeks pregnant and on rivaroxaban for AF. What dose?", True),
        ("My daughter is 15 and has AF. Apixaban dose?", True),
        ("I am breastfeeding and on rivaroxaban for AF. What dose?", True),
        ("72M AF, bioprosthetic aortic valve, 80 kg, creatinine 90 umol/L. Rivaroxaban dose?", False),
        ("70M AF 80 kg creatinine 90 umol/L on ritonavir. Apixaban dose?", False),
        ("70M AF 80 kg creatinine 90 umol/L, cirrhosis. Apixaban dose?", False),
        ("Apixaban for a clot in my leg, 82 years old, 55 kg, creatinine 150 umol/L. Dose?", False),
    ],
)
def test_those_it_is_not_for_get_no_dose(desk: Desk, text: str, declined: bool) -> None:
    """Pregnancy and children are handed on; a clot alone has other doses."""
    result = desk.ask(text, reader="clinician", region=Region.BOTH)
    assert (result.kind is AnswerKind.DECLINED) is declined
    assert not FOR_CLINICIANS & ids(result)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("I have AF and take apixaban. My B12 is 150 ng/L, what now?", {"vitamin-b12"}),
        ("AF on warfarin, INR 6, no bleeding. What now?", {"high-inr"}),
        ("76M with AF on Eliquis, potassium 5.8 on ramipril. What now?", {"potassium"}),
        ("BP 182/110, AF. What now?", {"blood-pressure"}),
        ("I have AF and high blood pressure. Do I need a blood thinner?", {TOPIC}),
    ],
)
def test_atrial_fibrillation_in_passing_leaves_the_question_to_its_topic(desk: Desk, text: str, topics: set) -> None:
    """The rhythm and the medicine alone name the topic only where nothing else does."""
    assert {run.protocol.id for run in desk.ask(text).runs if not run.beside} == topics


def test_every_limit_is_in_force_on_the_date_of_the_content(desk: Desk) -> None:
    """A limit that begins after the release would silently not be compared."""
    parameters = desk.ask("apixaban dose in AF").runs[0].protocol.parameters
    assert parameters
    assert all(parameter.since <= desk.content.date for parameter in parameters)
