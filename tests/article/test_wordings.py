"""Frames and statements in the voices of their readers."""

from __future__ import annotations

import pytest

from bedside.article.article import Birthplace, Role
from bedside.article.frame import Frames
from bedside.errors import ContentError
from bedside.question.question import Reader
from bedside.text.person import second_person, third_person

FRAMES = Frames.from_mapping(
    {
        "lab": {
            "clinical": "{name} was {value}.",
            "plain": "Your {name} was {value}.",
            "carer": "Their {name} was {value}.",
        }
    }
)


@pytest.mark.parametrize(
    ("plain", "carer"),
    [
        ("Your doctor may ask {you} about tablets.", "Their doctor may ask them about tablets."),
        ("If you have symptoms, you are asked again.", "If they have symptoms, they are asked again."),
        ("You were told so yourself.", "They were told so themselves."),
        ("Young people and yourselfish ones stay.", "Young people and yourselfish ones stay."),
    ],
)
def test_a_carer_reads_of_the_person_cared_for(plain: str, carer: str) -> None:
    """You becomes they, your becomes their, an object you becomes them, and no other word moves."""
    assert third_person(plain) == carer


def test_a_patient_reads_you_in_every_place() -> None:
    """The mark of the object form is gone."""
    assert second_person("Your doctor may ask {you}.") == "Your doctor may ask you."


def test_a_filled_frame_speaks_to_each_reader_and_starts_with_a_capital() -> None:
    """Slots may differ in the plain wording; the sentence begins like a sentence."""
    said = FRAMES.fill("lab", {"name": "haemoglobin", "value": "98"}, plain_slots={"name": "blood count"})
    assert said.text_for(Reader.CLINICIAN) == "Haemoglobin was 98."
    assert said.text_for(Reader.PATIENT) == "Your blood count was 98."
    assert said.text_for(Reader.CARER) == "Their blood count was 98."


def test_a_frame_with_a_number_is_about_the_patient_and_knows_its_birthplace() -> None:
    """Only a sentence with births may print numbers; without, it is a frame."""
    born = FRAMES.fill("lab", {"name": "x", "value": "98"}, births=(Birthplace("98", "fact haemoglobin"),))
    assert born.role is Role.PATIENT
    assert FRAMES.fill("lab", {"name": "x", "value": "low"}).role is Role.FRAME


def test_a_missing_frame_or_slot_is_named() -> None:
    """The error says which frame and which slot."""
    with pytest.raises(ContentError, match="'lab' has a slot 'value'"):
        FRAMES.fill("lab", {"name": "x"})
    with pytest.raises(ContentError, match="'gone' is missing"):
        FRAMES.fill("gone")
