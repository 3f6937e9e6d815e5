"""What doctors, nurses and students read first: the sourced step, and nothing that sends them to a doctor."""

from __future__ import annotations

import re
from itertools import product

import pytest

from bedside.article.article import SectionKey
from bedside.desk import Desk
from bedside.evidence.statement import Basis
from bedside.question.question import Reader, Region
from tests.answers.outcomes import shown

PROFESSIONALS = [reader for reader in Reader if not reader.plain]
SENT_AWAY = re.compile(
    r"(?<!they )\b(?:contact(?: with)?|ask|see|tell|call|speak to) (?:a|the|your) (?:doctor|GP|prescriber|clinician)\b"
    r"|\bget medical help\b|\bcontact the anticoagulation service\b|\bby oneself\b|\byour?\b",
    re.IGNORECASE,
)
DOSES = {
    "oral-k-gb": "HI5-GB",
    "oral-k-us": "HI5-US",
    "major-bleeding-gb": "BL2-GB",
    "non-major-bleeding-gb": "BL1-GB",
}
MEDICINES = ("on warfarin", "on apixaban", "not on warfarin", "")
INRS = ("2.4", "4.6", "5", "8", "8.1", "10", "10.1", ">8")
SIGNS = ("", "no bleeding", "gums bleed", "vomiting blood", "hit my head", "metal heart valve", "jaundice")
FOR_PATIENTS = "high-inr/no-self-vitamin-k"


def lead(desk: Desk, text: str, reader: Reader, region: Region = Region.BOTH) -> list[str]:
    """The statements of the first lines, in order; none of them folded."""
    section = desk.ask(text, reader=reader, region=region).article.section(SectionKey.LEAD)
    assert section is not None
    assert not any(sentence.folded for sentence in section.sentences)
    return [sentence.statement.removeprefix("high-inr/") for sentence in section.sentences]


def test_no_rule_of_our_own_sends_a_professional_to_a_doctor(desk: Desk) -> None:
    """Every statement of every topic that professionals are shown."""
    own = [s for s in desk.parts.library.statements() if s.basis is Basis.OWN_RULE and not s.patients_only]
    assert len(own) > 100
    assert {s.id: found[0] for s in own if (found := SENT_AWAY.search(s.clinical))} == {}


@pytest.mark.parametrize("reader", PROFESSIONALS)
@pytest.mark.parametrize(
    ("text", "region", "first"),
    [
        ("INR 8.9 no bleeding on warfarin, vit K?", Region.BOTH, ["oral-k-gb", "hold-us"]),
        ("INR 8.9 no bleeding on warfarin, vit K?", Region.GB, ["oral-k-gb"]),
        ("INR 8.9 no bleeding on warfarin, vit K?", Region.US, ["hold-us"]),
        ("INR 11 no bleeding on warfarin, vit K?", Region.BOTH, ["oral-k-gb", "oral-k-us"]),
        ("INR 6 on warfarin, no bleeding. What now?", Region.BOTH, ["hold-gb", "hold-us"]),
        ("haematemesis on warfarin INR 6", Region.BOTH, ["major-bleeding-gb", "major-bleeding-us"]),
        ("INR 9 on warfarin and the gums bleed. What now?", Region.GB, ["non-major-bleeding-gb", "what-to-tell"]),
        ("Metal heart valve on warfarin, INR 9, no bleeding. Vitamin K?", Region.GB, ["valve-gb", "what-to-tell"]),
    ],
)
def test_the_sourced_step_leads(desk: Desk, text: str, region: Region, first: list[str], reader: Reader) -> None:
    """Unfolded, with its strength and dose, also in an emergency; what is meant for patients is not there at all."""
    assert lead(desk, text, reader, region) == first
    assert FOR_PATIENTS not in shown(desk.ask(text, reader=reader, region=region))


@pytest.mark.parametrize("reader", PROFESSIONALS)
@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("INR 6 on warfarin, no bleeding. What now?", "high-inr/contact-today"),
        ("Metal heart valve on warfarin, INR 6, no bleeding", "high-inr/contact-today"),
        ("Potassium 6.2 mmol/L on ramipril, eGFR 38, aged 72. What should be done?", "potassium/moderate-today"),
    ],
)
def test_our_own_step_stands_beside_it(desk: Desk, text: str, own: str, reader: Reader) -> None:
    """What gives way to the sourced step is on the first screen all the same."""
    section = desk.ask(text, reader=reader, region=Region.BOTH).article.section(SectionKey.DO_NOW)
    assert section is not None
    assert own in [sentence.statement for sentence in section.sentences if not sentence.folded]


@pytest.mark.parametrize("reader", [Reader.PATIENT, Reader.CARER])
@pytest.mark.parametrize("text", ["INR 8.9 no bleeding on warfarin, vit K?", "vomiting blood on warfarin, INR 6"])
def test_patients_keep_their_line(desk: Desk, text: str, reader: Reader) -> None:
    """They read it first."""
    assert lead(desk, text, reader)[0] == FOR_PATIENTS.removeprefix("high-inr/")


@pytest.mark.parametrize("reader", PROFESSIONALS)
def test_a_step_of_a_dose_is_led_by_only_where_its_rule_fires(desk: Desk, reader: Reader) -> None:
    """A lead is chosen by a pattern: its conditions are those of the rule that gives the dose."""
    for medicine, inr, sign in product(MEDICINES, INRS, SIGNS):
        result = desk.ask(f"INR {inr} {medicine}, {sign}. What now?", reader=reader, region=Region.GB)
        section = result.article.section(SectionKey.LEAD)
        firing = {o.rule.id for run in result.runs for o in run.firing()}
        for sentence in section.sentences if section else ():
            rule = DOSES.get(sentence.statement.removeprefix("high-inr/"))
            assert rule is None or rule in firing, (medicine, inr, sign, rule)


def test_the_tracing_leads_for_a_potassium_of_six(desk: Desk) -> None:
    """For a patient the contact stands first, for a professional the tracing."""
    text = "Potassium 6.2 mmol/L on ramipril, eGFR 38, aged 72. What should be done?"
    assert lead(desk, text, Reader.CLINICIAN) == ["potassium/ecg-gb"]
    assert lead(desk, text, Reader.CLINICIAN, Region.US) == ["potassium/moderate-today"]
    assert lead(desk, text, Reader.PATIENT) == ["potassium/moderate-today", "potassium/ecg-gb"]
