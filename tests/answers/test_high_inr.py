"""A high INR on whole answers: the controls of its hazards, and both countries' limits at every edge."""

from __future__ import annotations

import re
from functools import partial

import pytest

from bedside.answer import AnswerKind
from bedside.article.article import SectionKey
from bedside.desk import Desk
from bedside.protocol.protocol import Effect
from bedside.question.question import Reader, Region
from tests.answers import outcomes
from tests.answers.outcomes import assert_red_flag_first, rows, shown

TOPIC = "high-inr"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
FOR_CLINICIANS = {
    f"{TOPIC}/{name}"
    for name in (
        "oral-k-gb",
        "non-major-bleeding-gb",
        "major-bleeding-gb",
        "major-bleeding-us",
        "pcc-low-us",
        "pcc-mid-us",
        "pcc-high-us",
    )
}


# Limits ---------------------------------------------------------------------------------------------------------------

STEPS = {"HI1", "HI2", "HI3", "HI4-GB", "HI5-GB", "HI4-US", "HI5-US", "HI7-US", "RF4"}


@pytest.mark.parametrize(
    ("inr", "gb", "us"),
    [
        ("1.9", {"HI1"}, {"HI1"}),
        ("3.0", {"HI1"}, {"HI1"}),
        ("3.1", {"HI2"}, {"HI2", "HI7-US"}),
        ("3.5", {"HI2"}, {"HI2", "HI7-US"}),
        ("3.6", {"HI2"}, {"HI2"}),
        ("4.4", {"HI2"}, {"HI2"}),
        ("4.5", {"HI3"}, {"HI3", "HI4-US"}),
        ("5.0", {"HI3", "HI4-GB"}, {"HI3", "HI4-US"}),
        ("5.6", {"HI3", "HI4-GB"}, {"HI3", "HI4-US"}),
        ("6", {"HI3", "HI4-GB"}, {"HI3", "HI4-US"}),
        ("6.4", {"HI3", "HI4-GB"}, {"HI3", "HI4-US"}),
        ("8.0", {"HI3", "HI4-GB"}, {"HI3", "HI4-US"}),
        ("8.1", {"RF4", "HI5-GB"}, {"RF4", "HI4-US"}),
        ("10", {"RF4", "HI5-GB"}, {"RF4", "HI4-US"}),
        ("10.1", {"RF4", "HI5-GB"}, {"RF4", "HI5-US"}),
    ],
)
def test_each_country_has_its_own_steps_at_every_edge(desk: Desk, inr: str, gb: set[str], us: set[str]) -> None:
    """Nothing of one country is said by the limits of the other, and nothing fails the check."""
    for region, expected in ((Region.GB, gb), (Region.US, us)):
        result = desk.ask(f"INR {inr} on warfarin, no bleeding. What now?", region=region)
        assert firing(result) & STEPS == expected
        assert not result.report.withheld


@pytest.mark.parametrize("reader", ["patient", "clinician"])
@pytest.mark.parametrize("region", [Region.GB, Region.US])
def test_the_same_inr_always_gets_the_same_answer(desk: Desk, reader: str, region: Region) -> None:
    """INR 5.6, 6 and 6.4, in any words: withheld, without routine vitamin K."""
    answers = [
        desk.ask(text, reader=reader, region=region)
        for text in (
            "INR 5.6 on warfarin, no bleeding. What should be done?",
            "My INR is 6 on warfarin and I'm not bleeding. What should be done?",
            "inr 6.4 on Coumadin, no bleeding. What should be done?",
        )
    ]
    assert len({frozenset(firing(each)) for each in answers}) == 1
    assert {pattern(each) for each in answers} == {"high"}
    assert not any(FOR_CLINICIANS & shown(each) for each in answers)


def test_every_limit_is_in_force_on_the_date_of_the_content(desk: Desk) -> None:
    """A limit that begins after the release would silently not be compared."""
    parameters = desk.ask("INR 6 on warfarin").runs[0].protocol.parameters
    assert parameters
    assert all(parameter.since <= desk.content.date for parameter in parameters)


def test_the_countries_stand_as_a_pair(desk: Desk) -> None:
    """From which INR vitamin K is given differs, and both are named."""
    result = desk.ask("INR 9 on warfarin, no bleeding. Vitamin K?", reader="clinician", region=Region.BOTH)
    assert {f"{TOPIC}/dis-limit-gb", f"{TOPIC}/dis-limit-us"} <= shown(result)


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("text", ["INR 6 on warfarin, no bleeding", "INR 8.9 on warfarin", "INR 3.4 on warfarin"])
def test_an_inr_is_a_number_without_a_unit(desk: Desk, text: str, reader: Reader) -> None:
    """Neither where it is said back nor in the range over which the advice holds."""
    result = desk.ask(text, reader=reader)
    assert result.article.section(SectionKey.HOLDS)
    sentences = result.article.sentences()
    assert not [
        s.id for s in sentences for words in (s.clinical, s.plain, s.carer) if re.search(r"\d INR\b|  | \.", words)
    ]


# Hazards --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("region", [Region.GB, Region.US, Region.BOTH])
@pytest.mark.parametrize("reader", ["patient", "carer"])
@pytest.mark.parametrize(
    "text", ["INR 12 on warfarin", "INR 9 on warfarin and my gums bleed", "on warfarin, INR 7, severe headache"]
)
def test_no_patient_is_shown_a_dose_of_vitamin_k_or_clotting_factors(
    desk: Desk, text: str, reader: str, region: Region
) -> None:
    """What only clinicians give, only clinicians are shown; the rules that fire are the same."""
    plain = desk.ask(f"{text}. What should I do?", reader=reader, region=region)
    clinical = desk.ask(f"{text}. What should I do?", reader="clinician", region=region)
    assert firing(plain) == firing(clinical)
    assert not FOR_CLINICIANS & shown(plain)
    assert not any(" mg" in s.plain or "units/kg" in s.plain or "IU/kg" in s.plain for s in plain.article.sentences())
    if region is not Region.US or "headache" in text:
        assert FOR_CLINICIANS & shown(clinical)


def test_nobody_is_told_to_take_vitamin_k_by_themselves(desk: Desk) -> None:
    """Asked outright, with and without a number."""
    for text in ("Should I take vitamin K to bring my INR down?", "INR 6 on warfarin, can I take vitamin K tablets?"):
        result = desk.ask(text)
        assert "HI8" in firing(result)
        assert f"{TOPIC}/no-self-vitamin-k" in shown(result)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("I take warfarin and I hit my head this morning but feel fine", "RF2"),
        ("bumped my head, on Sintrom, no symptoms", "RF2"),
        ("hit his head on the door, husband 72 on coumadin", "RF2"),
        ("husband 72 on coumadin hit his head", "RF2"),
        ("concussion on Jantoven", "RF2"),
        ("nosebleed won't stop on warfarin", "RF1"),
        ("INR 9 no bleeding on warfarin", "RF4"),
        ("I slipped on the ice, on warfarin", "RF3"),
        ("on warfarin with a severe headache since this morning", "RF1"),
        ("INR 7 and I have been coughing blood", "RF1"),
        ("on warfarin, blood in my wee since yesterday", "RF3"),
        ("on warfarin, nose has been bleeding for 20 minutes", "RF3"),
        ("INR 5.5 and lots of bruises", "RF3"),
        ("I fell over yesterday, I'm on warfarin", "RF3"),
        ("INR 8.4 on warfarin, feel fine", "RF4"),
        ("INR >8 on warfarin", "RF4"),
        ("INR 2.1 without warfarin, skin is yellow", "RF5"),
    ],
)
def test_a_red_flag_of_a_high_inr_comes_first(desk: Desk, text: str, row: str) -> None:
    """Before the lead, unfolded, in both wordings."""
    assert_red_flag_first(desk, text, row)


@pytest.mark.parametrize(
    "text",
    [
        "no bleeding, no head injury, no headache",
        "I hit my head in 2015",
        "my brother coughs up blood",
        "my gums bled a little years ago",
        "I had a long nosebleed last winter",
        "it gives me no headache",
    ],
)
def test_a_denied_past_or_other_persons_sign_is_no_emergency(desk: Desk, text: str) -> None:
    """An INR of 4 with it stays with the clinic."""
    assert not rows(desk.ask(f"INR 4 on warfarin, {text}. What now?"), Effect.RED_FLAG)


def test_a_mechanical_valve_takes_vitamin_k_away(desk: Desk) -> None:
    """Stated, no dose is shown to anybody; not stated, the warning stands beside the dose; it is asked for."""
    for region in (Region.GB, Region.US):
        stated = desk.ask("Metal heart valve, INR 11, no bleeding. Vitamin K?", reader="clinician", region=region)
        assert not {f"{TOPIC}/oral-k-gb", f"{TOPIC}/oral-k-us"} & shown(stated)
    listed = desk.ask("INR 11, no bleeding, mechanical mitral valve. Vitamin K?", reader="clinician")
    assert not {f"{TOPIC}/oral-k-gb", f"{TOPIC}/oral-k-us"} & shown(listed)
    assert f"{TOPIC}/valve-gb" in shown(desk.ask("Metal heart valve, INR 6, no bleeding. What now?"))
    unstated = desk.ask("INR 11 on warfarin, no bleeding. Vitamin K?", reader="clinician")
    assert {f"{TOPIC}/oral-k-gb", f"{TOPIC}/valve-gb"} <= shown(unstated)
    assert "valve" in [m.ask.id for m in unstated.runs[0].missing]


@pytest.mark.parametrize(
    ("inr", "statement", "ceiling"),
    [
        ("2.4", "pcc-low-us", "2500"),
        ("4", "pcc-mid-us", "3500"),
        ("6", "pcc-mid-us", "3500"),
        ("6.1", "pcc-high-us", "5000"),
    ],
)
def test_clotting_factors_stand_with_a_worked_line_and_a_ceiling(
    desk: Desk, inr: str, statement: str, ceiling: str
) -> None:
    """By the INR, one band only; without an INR no dose of the label is shown."""
    result = desk.ask(f"warfarin, severe headache, INR {inr}. Reversal?", reader="clinician", region=Region.US)
    said = {s.statement: s.clinical for s in result.article.sentences() if s.statement}
    assert {each for each in said if "/pcc-" in each} == {f"{TOPIC}/{statement}"}
    assert f"at most {ceiling} units" in said[f"{TOPIC}/{statement}"]
    assert "70 kg x" in said[f"{TOPIC}/{statement}"]
    blind = desk.ask("warfarin, severe headache, INR unknown. Reversal?", reader="clinician", region=Region.US)
    assert not any("/pcc-" in each for each in shown(blind))


@pytest.mark.parametrize(
    "text",
    [
        "I am on apixaban and my INR is 1.6",
        "I'm not on warfarin but my INR is 1.8",
        "12 weeks pregnant on warfarin, INR 5",
        "My daughter is 9 and on warfarin, INR 6",
    ],
)
def test_those_it_is_not_for_get_no_advice_on_doses(desk: Desk, text: str) -> None:
    """Another medicine or none, pregnancy and children: where to turn, and nothing else."""
    result = desk.ask(f"{text}. What should I do?")
    assert result.kind is AnswerKind.DECLINED
    assert not {f"{TOPIC}/{name}" for name in ("hold-gb", "contact-today", "not-high", "oral-k-us")} & shown(result)


def test_a_low_inr_is_said_to_be_outside_and_no_dose_is_doubled(desk: Desk) -> None:
    """Nothing is said of more tablets."""
    result = desk.ask("My INR is 1.6 on warfarin. Should I take a double dose?")
    assert pattern(result) == "not-high"
    assert {f"{TOPIC}/not-high", f"{TOPIC}/no-double-dose"} <= shown(result)


def test_seconds_and_old_results_are_no_inr(desk: Desk) -> None:
    """A prothrombin time is asked for its INR, and of two results the later one counts."""
    seconds = desk.ask("prothrombin time 38 seconds on warfarin. Is that too high?")
    assert pattern(seconds) == "seconds"
    assert not any(run.bands for run in seconds.runs)
    rising = desk.ask("My INR was 2.4 in March and is 6.1 today, on warfarin. What now?")
    assert pattern(rising) == "high"


def test_an_emergency_is_not_sent_to_the_clinic(desk: Desk) -> None:
    """Beside a red flag that cannot wait, "contact the clinic today" is not said."""
    result = desk.ask("on warfarin, INR 6, hit my head an hour ago. What should I do?")
    assert "RF2" in firing(result)
    assert not {"HI2", "HI3"} & firing(result)


# Beside other topics --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Can I take iron tablets with warfarin? Ferritin 9 ug/L", {"iron-deficiency"}),
        ("Are B12 injections safe on warfarin?", {"vitamin-b12"}),
        ("I take warfarin. Vitamin D 18 nmol/L, what now?", {"vitamin-d"}),
        ("INR 6 on warfarin and ferritin 9 ug/L. What now?", {TOPIC, "iron-deficiency"}),
    ],
)
def test_warfarin_alone_is_not_a_question_on_the_inr(desk: Desk, text: str, ids: set[str]) -> None:
    """The medicine named beside another question leaves it to its own topic."""
    result = desk.ask(text)
    assert {run.protocol.id for run in result.runs} == ids
    assert not result.report.withheld


@pytest.mark.parametrize("reader", ["patient", "carer"])
def test_nobody_is_told_to_leave_out_a_dose_alone(desk: Desk, reader: str) -> None:
    """Bedside's own rules ask, they do not stop a medicine: the service decides, also above 8.0."""
    result = desk.ask("INR 8.9 on warfarin, no bleeding. What should I do?", reader=reader)
    said = " ".join(s.plain for s in result.article.sentences() if s.statement == f"{TOPIC}/very-high-same-day")
    assert "ask whether to leave it out" in said
    assert "no further dose" not in said


def test_reversal_of_warfarin_is_not_told_for_another_anticoagulant(desk: Desk) -> None:
    """The red flag stands; vitamin K and the label's doses do not."""
    result = desk.ask("on apixaban, INR 2.4, severe headache. Reversal?", reader="clinician", region=Region.BOTH)
    assert "RF1" in firing(result)
    assert not FOR_CLINICIANS & shown(result)
