"""Questions that no topic covers are drawn fairly, and an answer that covers one all the same is seen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import bedside
from bedside.answering import answer
from bedside.errors import InputRefused, UsageError
from bedside.evaluation.answers_outside import WANTED, Chosen, Drawn, choice, draw, face
from bedside.evidence.shelf import StatementShelf, Together
from bedside.question.question import Reader, Region
from tests.evidence.made_up import QUESTION, REVIEW, TRIAL, library

DATA = Path(__file__).parents[3] / "shared" / "data"
SETS = {
    "kqa/questions": "Question",
    "liveqa_med/train": "message",
    "medquad/qa": "question",
    "bioasq/golden_7b_11b.dev": "question",
    "pubmedqa/pqal.dev": "question",
}
NEEDS_DATA = pytest.mark.skipif(not DATA.is_dir(), reason="the data sets are not beside the checkout")


@pytest.fixture(scope="module")
def desk():
    return bedside.open()


@pytest.fixture
def folder(tmp_path):
    """Sets of four rows each."""
    for name, field in SETS.items():
        path = tmp_path / f"{name}.jsonl"
        path.parent.mkdir()
        rows = [{field: f"{name} question {number}?", "subject": ""} for number in range(4)]
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_the_draw_is_the_seeds_and_in_turn_from_each_set(folder):
    """The same every time, another with another seed."""
    drawn = draw(folder, Chosen(7, {}), 10)
    assert [each.set for each in drawn] == [name.split("/")[0] for name in SETS] * 2
    assert drawn == draw(folder, Chosen(7, {}), 10)
    assert drawn != draw(folder, Chosen(8, {}), 10)


def test_what_is_covered_is_passed_over_and_the_next_taken(folder):
    """By its name, set and row."""
    first, *others = draw(folder, Chosen(7, {}), 10)
    kept = draw(folder, Chosen(7, {first.name: "covered"}), 9)
    assert [each.name for each in kept] == [each.name for each in others]


def test_a_missing_set_is_refused(tmp_path):
    """And says which."""
    with pytest.raises(InputRefused, match="kqa"):
        draw(tmp_path, Chosen(7, {}))


def test_every_question_that_is_passed_over_has_its_reason():
    """A choice that cannot be read is refused."""
    assert all(reason.strip() for reason in choice().within.values())


def test_a_damaged_choice_is_refused(tmp_path):
    """With its name."""
    path = tmp_path / "outside.yaml"
    path.write_text("seed: seven\nwithin: []")
    with pytest.raises(UsageError, match=r"outside\.yaml"):
        choice(path)


def came(desk, text, place=None, reader=Reader.CLINICIAN):
    """What came of a text, with a library of literature or without."""
    shipped = desk.parts.library
    joined = shipped if place is None else Together((StatementShelf(shipped), place))
    parts = replace(desk.parts, library=joined)
    drawn = Drawn("made up", 0, text, reader)
    [found] = face([drawn], lambda each: answer(each.ask, reader=reader, region=Region.GB, parts=parts))
    return found


def test_a_decline_invents_nothing(desk):
    """Nor does an emergency, whose advice belongs to no topic."""
    assert came(desk, "Which bus goes to the zoo?").how == "declined"
    emergency = came(desk, "I have crushing chest pain and my left arm is numb")
    assert emergency.how == "emergency"
    assert emergency.right


def test_a_topic_that_answers_is_seen(desk):
    """A question inside coverage, had it been drawn."""
    found = came(desk, "My ferritin is 9 ug/L, what should I do?")
    assert found.how == "topic"
    assert not found.right
    assert "iron-deficiency/ferritin-below-30-gb" in found.invented


@pytest.mark.parametrize("reader", [Reader.PATIENT, Reader.CLINICIAN])
def test_literature_shows_its_grade(desk, reader):
    """Each quotation says what it is, for either reader."""
    found = came(desk, QUESTION, library(TRIAL, REVIEW), reader)
    assert (found.how, found.right) == ("literature", True)


def test_a_quotation_without_its_grade_is_seen(desk, monkeypatch):
    """When the lines no longer say it."""
    from bedside.evaluation import answers_outside

    shown = answers_outside._lines
    monkeypatch.setattr(answers_outside, "_lines", lambda each: dict.fromkeys(shown(each), "Somebody says so."))
    assert came(desk, QUESTION, library(TRIAL, REVIEW)).ungraded


@NEEDS_DATA
def test_no_topic_is_shown_as_if_it_covered_what_it_does_not(desk):
    """Fifty questions of public sets, without literature: each is declined, or heard as an emergency."""
    drawn = draw(DATA, choice())
    assert len(drawn) == WANTED
    faced = face(drawn, lambda each: desk.ask(each.ask[: desk.settings.input_limit], reader=each.reader, region="GB"))
    assert [each for each in faced if not each.right] == []
    assert {each.how for each in faced} <= {"declined", "emergency"}
