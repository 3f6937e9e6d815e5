"""What a warning says of the person it is for: today, unless all of it may wait for days."""

from __future__ import annotations

import pytest

from bedside.article.article import SectionKey
from bedside.desk import Desk


@pytest.mark.parametrize(
    ("told", "today"),
    [
        ("Ferritin 8 ug/L, and I have lost weight without trying.", False),
        ("Ferritin 8 ug/L, I lost weight without trying, and have black tarry stools.", True),
        ("Ferritin 8 ug/L, lost weight without trying, vomiting blood.", True),
        ("INR 6 on warfarin and I hit my head.", True),
    ],
)
def test_today_is_said_of_what_is_for_today(desk: Desk, told: str, today: bool) -> None:
    """A red flag that is due within a week says nothing of today."""
    section = desk.ask(told, reader="patient").article.section(SectionKey.RED_FLAGS)
    assert section is not None
    assert any("is for you" in s.plain for s in section.sentences)
    assert any("is for you, today" in s.plain for s in section.sentences) is today
