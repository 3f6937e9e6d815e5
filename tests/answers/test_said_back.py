"""What was read is said back, and what cannot be is not asked."""

from __future__ import annotations

import pytest

from bedside.article.article import SectionKey
from bedside.desk import Desk


def _plain(desk: Desk, question: str, key: SectionKey) -> str:
    sections = {section.key: section for section in desk.ask(question).article.sections}
    return " ".join(sentence.plain for sentence in sections[key].sentences) if key in sections else ""


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (
            "potassium 5.8, ramipril 10 mg and spironolactone",
            "Medicines read as taken: ramipril 10 mg, spironolactone.",
        ),
        ("on lisinopril, potassium 5.2", "Medicines read as taken: lisinopril."),
        ("I take metformin and Forxiga, HbA1c 60 mmol/mol", "Medicines read as taken: Forxiga."),
    ],
)
def test_a_medicine_known_by_its_class_is_said_back(desk: Desk, question: str, line: str) -> None:
    """The words of the text are shown, so that a wrong reading can be caught."""
    assert line in _plain(desk, question, SectionKey.FACTS)


@pytest.mark.parametrize(
    "question",
    [
        "potassium 5.8, should I start ramipril?",
        "potassium 5.8. Lisinopril now?",
        "potassium 5.8, stopped ramipril last year",
        "I take warfarin, INR 6",
        "my husband takes ramipril. My potassium is 5.8",
    ],
)
def test_other_medicines_have_no_such_line(desk: Desk, question: str) -> None:
    """What is asked about, past, another's, or said back by its own name is not in it."""
    assert "Medicines read as taken" not in _plain(desk, question, SectionKey.FACTS)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("potassium 5.8, woman of 41", True),
        ("potassium 5.8, woman of 58", False),
        ("potassium 5.8, 67M", False),
        ("TSH 12, 58F, free T4 normal", False),
        ("TSH 12, 38F, free T4 normal", True),
    ],
)
def test_who_is_asked_about_a_pregnancy(desk: Desk, question: str, asked: bool) -> None:
    """Nobody older than 55, and no man, is asked, or told that none was assumed."""
    text = _plain(desk, question, SectionKey.UNKNOWN) + _plain(desk, question, SectionKey.FACTS)
    assert ("regnan" in text) is asked
