"""Urinary infection on whole answers: the controls of its hazards, and its limits at every edge."""

from __future__ import annotations

from functools import partial

import pytest

from bedside.answer import Answer, AnswerKind
from bedside.article.article import SectionKey
from bedside.desk import Desk
from bedside.protocol.protocol import Effect
from bedside.question.question import Region
from tests.answers import outcomes
from tests.answers.outcomes import assert_red_flag_first, rows, shown

TOPIC = "urinary-infection"
firing, pattern = partial(outcomes.firing, TOPIC), partial(outcomes.pattern, TOPIC)
DOSES = {"TX9-GB", "TX10-GB", "TX11-GB", "TX12-GB", "TX13-GB", "TX14-US"}
DOSE_STATEMENTS = {
    f"{TOPIC}/{name}" for name in ("nitro-gb", "trim-gb", "second-gb", "pregnant-second-gb", "pyelo-gb", "woman-us")
}
WOMAN = "32F, dysuria, not pregnant, eGFR 92, no penicillin allergy"


def doses(desk: Desk, text: str) -> set[str]:
    """The dose rules that fire for a clinician who asks for the antibiotic."""
    result = desk.ask(f"{text}. Which antibiotic and what dose?", reader="clinician", region=Region.BOTH)
    assert not result.report.withheld
    return firing(result) & DOSES


# Doses ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WOMAN, {"TX9-GB", "TX10-GB", "TX11-GB", "TX14-US"}),
        ("45M, dysuria, eGFR 80, no penicillin allergy", {"TX9-GB", "TX10-GB"}),
        ("20 weeks pregnant, dysuria, eGFR 100, no penicillin allergy", {"TX9-GB", "TX12-GB"}),
        ("30F, pyelonephritis, not pregnant, eGFR 90, no penicillin allergy", {"TX13-GB"}),
        ("70M with a catheter, dysuria, eGFR 80, no penicillin allergy", set()),
    ],
)
def test_every_dose_stands_for_those_it_is_for(desk: Desk, text: str, expected: set[str]) -> None:
    """By group: a woman, a man, pregnancy, an upper infection, a catheter."""
    assert doses(desk, text) == expected


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("32F with cystitis", "pregnancy"),
        ("32F with cystitis, eGFR 92, no penicillin allergy", "pregnancy"),
        ("32F with cystitis, not pregnant, no penicillin allergy", "kidneys"),
    ],
)
def test_no_dose_while_a_deciding_fact_is_unknown(desk: Desk, text: str, ask: str) -> None:
    """What is missing is asked, and the refusal is said."""
    assert doses(desk, text) == set()
    result = desk.ask(f"{text}. Which antibiotic and what dose?", reader="clinician")
    assert "TX2" in firing(result)
    assert f"{TOPIC}/tell-before-dose" in shown(result)
    assert ask in [each.ask.id for each in result.runs[0].missing]


@pytest.mark.parametrize(
    ("text", "gb", "us"),
    [
        ("32F, dysuria, not pregnant, eGFR 44", False, False),
        ("32F, dysuria, not pregnant, eGFR 45", True, False),
        ("32F, dysuria, not pregnant, eGFR 59", True, False),
        ("32F, dysuria, not pregnant, eGFR 60", True, True),
        ("32F, dysuria, not pregnant, eGFR 90, G6PD deficiency", False, False),
        ("35 weeks pregnant, dysuria, eGFR 100", True, False),
        ("36 weeks pregnant, dysuria, eGFR 100", False, False),
        ("32F, dysuria, flank pain, not pregnant, eGFR 90", False, False),
    ],
)
def test_nitrofurantoin_keeps_to_the_limits_of_kidney_and_term(desk: Desk, text: str, gb: bool, us: bool) -> None:
    """Each country's own limit, at both sides of it."""
    found = doses(desk, text)
    assert ("TX9-GB" in found, "TX14-US" in found) == (gb, us)


@pytest.mark.parametrize(
    "told", ["on ramipril", "on methotrexate", "on spironolactone", "eGFR 30", "12 weeks pregnant"]
)
def test_trimethoprim_is_held_back_where_it_harms(desk: Desk, told: str) -> None:
    """Alone or with sulfamethoxazole; the caution stands."""
    kidney = "" if "eGFR" in told else ", eGFR 90"
    text = f"32F, dysuria{kidney}, {told}" + ("" if "pregnant" in told else ", not pregnant")
    assert not doses(desk, text) & {"TX10-GB", "TX14-US"}
    assert "TX18-GB" in firing(desk.ask(f"{text}. Which antibiotic?", reader="clinician"))


@pytest.mark.parametrize("told", ["allergic to penicillin", "penicillin anaphylaxis", ""])
def test_penicillin_allergy_takes_penicillins_and_cefalexin_away(desk: Desk, told: str) -> None:
    """Stated or not settled."""
    for text in ("32F, dysuria, not pregnant, eGFR 92", "20 weeks pregnant, dysuria, eGFR 92", "30F, pyelonephritis"):
        assert not doses(desk, f"{text}, {told}") & {"TX11-GB", "TX12-GB", "TX13-GB"}
    if told:
        result = desk.ask(f"Cystitis, {told}. What can I take?")
        assert f"{TOPIC}/penicillin-allergy-gb" in shown(result)


@pytest.mark.parametrize(
    "told",
    [
        "penicillin allergy",
        "allergic to penicillin",
        "no fever, penicillin allergy",
        "no fever, vomiting, allergic to penicillin",
    ],
)
def test_an_allergy_after_a_denied_pregnancy_is_no_denied_allergy(desk: Desk, told: str) -> None:
    """What was denied before the comma is denied; the allergy behind it stands."""
    text = f"30F UTI, eGFR 90, not pregnant, {told}"
    assert "TX11-GB" not in doses(desk, text)
    assert "TX19-GB" in firing(desk.ask(f"{text}. Dose?", reader="clinician"))


@pytest.mark.parametrize(
    "told",
    [
        "breastfeeding",
        "acute porphyria",
        "liver disease",
        "allergic to nitrofurantoin",
        "trimethoprim allergy",
        "renal transplant",
        "on chemotherapy",
        "trans man",
    ],
)
def test_nobody_outside_the_scope_gets_a_dose(desk: Desk, told: str) -> None:
    """Where the doses were not read for, none is shown, and it is said."""
    assert doses(desk, f"32F, dysuria, not pregnant, eGFR 92, NKDA, {told}") == set()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("45M, dysuria, perineal pain, eGFR 90, NKDA", DOSES),
        ("30F, pyelonephritis, vomiting, not pregnant, eGFR 90, NKDA", DOSES),
        ("30F, pyelonephritis, temp 39, pulse 130, not pregnant, eGFR 90, NKDA", DOSES),
        ("32F, dysuria, on warfarin, not pregnant, eGFR 92, NKDA", {"TX10-GB", "TX14-US"}),
        ("32F, dysuria, on methotrexate, not pregnant, eGFR 92, NKDA", {"TX10-GB", "TX11-GB", "TX14-US"}),
    ],
)
def test_a_dose_by_mouth_is_held_back_in_danger_or_with_warfarin(desk: Desk, text: str, held: set[str]) -> None:
    """Prostatitis, vomiting and sepsis are not for these tables."""
    assert not doses(desk, text) & held


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("I take methotrexate and got trimethoprim for a water infection. Is it OK?", "trim-not-gb"),
        ("12 weeks pregnant, was given trimethoprim for a UTI. Is it OK?", "trim-not-gb"),
        ("38 weeks pregnant, burning when I pee. Can I take nitrofurantoin?", "nitro-not-gb"),
        ("breastfeeding with a UTI, which antibiotic is safe?", "tell-before-dose"),
        ("I am 47, blood in my urine, no infection. What now?", "haematuria-gb"),
        ("how many days macrobid?", "choice-gb"),
        ("should I stop my nitrofurantoin if I feel better after 1 day?", "choice-gb"),
        ("asymptomatic bacteriuria before TURP, treat?", "no-symptoms-us"),
        ("I get UTIs 2 in 6 months, is that recurrent?", "recurrent-gb"),
    ],
)
def test_the_danger_that_was_asked_about_is_read_first(desk: Desk, text: str, first: str) -> None:
    """Not below general advice on cystitis."""
    sections = desk.ask(text).article.sections
    lead = next(section for section in sections if section.key is SectionKey.LEAD)
    assert lead.sentences[0].statement == f"{TOPIC}/{first}"


@pytest.mark.parametrize("reader", ["patient", "carer"])
@pytest.mark.parametrize("text", [WOMAN, "20 weeks pregnant, dysuria, eGFR 100, no penicillin allergy"])
def test_no_patient_is_shown_a_dose(desk: Desk, reader: str, text: str) -> None:
    """The rules fire for everybody; the doses are shown to clinicians."""
    result = desk.ask(f"{text}. Which antibiotic and what dose?", reader=reader, region=Region.BOTH)
    assert firing(result) & DOSES
    assert not shown(result) & DOSE_STATEMENTS
    assert not any(" mg" in sentence.plain for sentence in result.article.sentences())


def test_every_limit_is_in_force_on_the_date_of_the_content(desk: Desk) -> None:
    """A limit that begins after the release would silently not be compared."""
    parameters = desk.ask("I have cystitis. What now?").runs[0].protocol.parameters
    assert parameters
    assert all(parameter.since <= desk.content.date for parameter in parameters)


# Countries ------------------------------------------------------------------------------------------------------------


def test_the_countries_stand_as_a_pair(desk: Desk) -> None:
    """Duration, kidney limit, and England and Scotland on the dipstick."""
    treat = desk.ask(f"{WOMAN}. Which antibiotic?", reader="clinician", region=Region.BOTH)
    assert {f"{TOPIC}/choice-gb", f"{TOPIC}/choice-us"} <= shown(treat)
    kidney = desk.ask("Is nitrofurantoin safe with an eGFR of 50? UTI", reader="clinician", region=Region.BOTH)
    assert {f"{TOPIC}/nitro-not-gb", f"{TOPIC}/nitro-not-us"} <= shown(kidney)
    stick = desk.ask("30F, dysuria, dipstick negative. Is it a UTI?", reader="clinician", region=Region.GB)
    assert {f"{TOPIC}/key-symptoms-gb", f"{TOPIC}/dipstick-scotland-gb"} <= shown(stick)


@pytest.mark.parametrize(("region", "other"), [(Region.GB, "-us"), (Region.US, "-gb")])
def test_a_region_sees_its_own_doses_only(desk: Desk, region: Region, other: str) -> None:
    """Never the other country's."""
    result = desk.ask(f"{WOMAN}. Which antibiotic and what dose?", reader="clinician", region=region)
    assert firing(result) & DOSES
    assert not [each for each in shown(result) & DOSE_STATEMENTS if each.endswith(other)]


# Red flags ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("my mum has a UTI, fever and is suddenly confused", "RF1"),
        ("UTI and I keep fainting", "RF1"),
        ("Dad's catheter is blocked and nothing is draining", "RF1"),
        ("dysuria and I cannot pass urine", "RF1"),
        ("burning when I pee and a temperature of 39", "RF2"),
        ("UTI with shaking chills", "RF2"),
        ("cystitis and flank pain", "RF2"),
        ("UTI, cannot keep my antibiotics down, vomiting", "RF2"),
        ("loin pain and fever", "RF2"),
        ("24 weeks pregnant, UTI and flank pain", "RF3"),
        ("45 year old man, burning on peeing, pain between my legs", "RF3"),
        ("kidney transplant and I think I have a UTI", "RF3"),
        ("on chemotherapy with cystitis", "RF3"),
        ("82 year old with a UTI, new confusion", "RF3"),
        ("my catheter has stopped draining and my tummy is swollen", "RF1"),
        ("no urine in catheter bag since last night", "RF1"),
        ("UTI, BP 90/50", "RF1"),
        ("UTI, RR 25", "RF1"),
        ("my mum is 84, very drowsy, dipstick positive", "RF1"),
        ("82F, delirium, nitrite positive, no urinary symptoms, HR 128", "RF1"),
        ("my mum is 84 and confused, dipstick positive, no fever", "RF3"),
        ("UTI, temp 35.9", "RF2"),
        ("UTI, temp 96.0 F", "RF2"),
        ("smelly urine and a fever", "RF2"),
        ("my kidney hurts and I am shivering", "RF2"),
        ("pain in my side and a temperature of 39", "RF2"),
        ("taking nitrofurantoin and now breathless with a cough", "RF3"),
        ("yellow eyes on nitrofurantoin", "RF3"),
        ("I have a UTI, really cold and shaky and my heart is racing at 125", "RF1"),
        ("my catheter bag has been empty for 8 hours", "RF1"),
        ("22 weeks pregnant, pyelonephritis", "RF3"),
        ("burning wee and pain in my left side", "RF2"),
    ],
)
def test_a_red_flag_of_a_urinary_infection_comes_first(desk: Desk, text: str, row: str) -> None:
    """Before the lead, unfolded, in both wordings."""
    assert_red_flag_first(desk, text, row)


@pytest.mark.parametrize(
    "told",
    [
        "no fever, no flank pain, no vomiting",
        "I had a kidney infection in 2015",
        "my brother coughs up phlegm",
        "it is driving me crazy",
        "temp 36.0",
        "BP 91/60",
        "RR 24",
    ],
)
def test_a_denied_past_or_other_persons_sign_is_no_alarm(desk: Desk, told: str) -> None:
    """Plain burning stays plain burning."""
    assert not rows(desk.ask(f"It burns when I pee, {told}. What now?"), Effect.RED_FLAG)


# Bacteria without symptoms --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "My urine culture grew E. coli 10^5 but I have no symptoms. Do I need antibiotics?",
        "They found bacteria in my urine at a check-up and I feel fine. Should it be treated?",
        "38F, asymptomatic bacteriuria on MSU. Treat?",
        "Catheterised man, positive urine culture, asymptomatic. Antibiotics?",
    ],
)
def test_bacteria_without_symptoms_are_not_treated_but_in_pregnancy(desk: Desk, text: str) -> None:
    """Not to treat in both countries; pregnant, to treat."""
    result = desk.ask(text, region=Region.BOTH)
    assert {"NS1-GB", "NS2-US"} <= firing(result)
    assert pattern(result) == "silent"
    assert not firing(result) & DOSES
    if "man" not in text:
        pregnant = desk.ask(f"I am 14 weeks pregnant. {text}", region=Region.BOTH)
        assert {"NS4-US", "TX8-GB"} <= firing(pregnant)
        assert not {"NS1-GB", "NS2-US"} & firing(pregnant)


@pytest.mark.parametrize(
    "text",
    [
        "86 year old, more confused, dipstick positive, no fever, no urinary symptoms",
        "Nursing home resident of 90 had a fall, nitrites positive on the dipstick, afebrile",
    ],
)
def test_delirium_or_a_fall_is_no_reason_for_antibiotics_alone(desk: Desk, text: str) -> None:
    """Other causes are looked for; with urinary signs or fever it is another matter."""
    result = desk.ask(f"{text}. Treat as UTI?", reader="clinician", region=Region.BOTH)
    assert pattern(result) == "delirium"
    assert f"{TOPIC}/delirium-us" in shown(result)
    assert not firing(result) & DOSES
    feverish = desk.ask(f"{text.replace('no fever', 'fever').replace('afebrile', 'fever')}. Treat?", reader="clinician")
    assert rows(feverish, Effect.RED_FLAG)


@pytest.mark.parametrize("who", ["65 year old woman", "80 year old man", "woman of 40 with a catheter"])
def test_no_dipstick_from_65_years_or_with_a_catheter(desk: Desk, who: str) -> None:
    """And below 65 years a dipstick has its meaning."""
    result = desk.ask(f"{who} with dysuria. Should I use a dipstick?", reader="clinician")
    assert "DX5-GB" in firing(result)
    assert not {"DX1-GB", "DX2-GB"} & firing(result)
    assert "DX2-GB" in firing(desk.ask("64 year old woman with dysuria. Should I use a dipstick?", reader="clinician"))


# Others ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("It burns when I pee and I have vaginal discharge. What is it?", "DX4-GB"),
        ("46 year old, blood in my urine again after antibiotics for cystitis", "DX7-GB"),
        ("61F, dysuria and non-visible haematuria", "DX7-GB"),
        ("50 year old man with dysuria", "DX6-GB"),
        ("26 year old man, burning when I pee, discharge from my penis", "DX4-GB"),
        ("60F, non-visible haematuria and dysuria", "DX7-GB"),
    ],
)
def test_other_causes_are_named(desk: Desk, text: str, rule: str) -> None:
    """Sexually transmitted infection, cancer, the prostate."""
    assert rule in firing(desk.ask(text))


@pytest.mark.parametrize("text", ["My daughter is 10 and it burns when she pees", "My son is 5 with a UTI"])
def test_children_get_no_advice(desk: Desk, text: str) -> None:
    """Where to turn, and nothing else."""
    result = desk.ask(f"{text}. What should I do?")
    assert result.kind is AnswerKind.DECLINED
    assert not firing_or_none(result) & DOSES


def firing_or_none(result: Answer) -> set[str]:
    return firing(result) if result.runs else set()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("I take ramipril and was prescribed trimethoprim for a UTI. Is that safe?", {"potassium"}),
        ("INR 6 on warfarin after antibiotics for cystitis. What now?", {"high-inr"}),
        ("Ferritin 9 ug/L, I had a UTI last month. What does it mean?", {"iron-deficiency"}),
        ("My B12 is 150 ng/L. I drink cranberry juice.", {"vitamin-b12"}),
    ],
)
def test_a_question_of_another_topic_stays_its_own(desk: Desk, text: str, topics: set[str]) -> None:
    """A UTI told in passing opens nothing."""
    result = desk.ask(text)
    assert {
        run.protocol.id for run in result.runs if run.firing() and run.protocol.id in result.question.topics
    } == topics
