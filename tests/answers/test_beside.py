"""A topic that is spoken of in passing says nothing, unless one of its red flags fires."""

from __future__ import annotations

import pytest

from bedside.desk import Desk
from bedside.protocol.protocol import Effect

B12 = "My B12 is 150 ng/L"


@pytest.mark.parametrize("reader", ["patient", "clinician"])
@pytest.mark.parametrize(
    ("told", "topic"),
    [
        ("I am a type 1 diabetic, vomiting all day and very drowsy.", "glucose"),
        ("I take an SGLT2 inhibitor for diabetes and have been vomiting.", "glucose"),
    ],
)
def test_a_red_flag_told_beside_another_question_comes_first(desk: Desk, reader: str, told: str, topic: str) -> None:
    answer = desk.ask(f"{B12}. {told} What now?", reader=reader, region="GB")
    assert [run.protocol.id for run in answer.runs] == ["vitamin-b12", topic]
    flags = answer.runs[1]
    assert flags.beside
    assert {outcome.rule.effect for outcome in flags.outcomes} == {Effect.RED_FLAG}
    first = answer.article.sections[0]
    assert any(sentence.statement.startswith(f"{topic}/") for sentence in first.sentences)
    rest = {s.statement.partition("/")[0] for section in answer.article.sections[1:] for s in section.sentences}
    assert topic not in rest


@pytest.mark.parametrize(
    "told",
    [
        "I take metformin.",
        "I am a type 1 diabetic and feel well.",
        "I have diabetes and no vomiting.",
        "I take levothyroxine.",
    ],
)
def test_without_one_nothing_of_it_is_said(desk: Desk, told: str) -> None:
    answer = desk.ask(f"{B12}. {told} What now?", reader="patient", region="GB")
    assert [run.protocol.id for run in answer.runs] == ["vitamin-b12"]


def test_it_is_heard_over_turns_and_beside_a_decline(desk: Desk) -> None:
    """Told later, or where the other topic gives no management."""
    from bedside.facts.case import Told

    turns = [Told(f"{B12}. What now?"), Told("I am a type 1 diabetic and have been vomiting all day.")]
    later = desk.follow_up(turns, reader="patient", region="GB")
    assert [run.protocol.id for run in later.runs if run.protocol.id == "glucose"] == ["glucose"]
    child = desk.ask(
        "My 5 year old has low B12, type 1 diabetes, and has been vomiting all day", reader="patient", region="GB"
    )
    assert any(s.statement.startswith("glucose/") for s in child.article.sections[0].sentences)
