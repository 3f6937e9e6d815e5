"""An answer on two topics says all of one before the other, and whose words they are."""

from __future__ import annotations

import re

import pytest

from bedside.article.article import SectionKey
from bedside.rendering.markdown import render
from bedside.rendering.view import view

TWO = "ferritin 9, Hb 10.2 g/dL, 26 years, heavy periods, vegetarian. Which tablets and how long?"
ONE = "ferritin 9, Hb 10.2 g/dL, 26 years, heavy periods. Which tablets and how long?"


def blocks(result, key, *, full=False):
    """The blocks of a section."""
    return next((s.blocks for s in view(result, full=full).sections if s.key is key), ())


@pytest.mark.parametrize("region", ["GB", "both"])
@pytest.mark.parametrize("reader", ["patient", "clinician"])
def test_topics_are_told_one_after_the_other(desk, reader, region):
    """The topic asked about comes first, named as its protocol is, and nothing of it comes after the second."""
    result = desk.ask(TWO, reader=reader, region=region)
    for key in (SectionKey.LEAD, SectionKey.TESTS, SectionKey.TREATMENT):
        seen = blocks(result, key, full=True)
        assert [bool(re.search("(?i)iron|B12", block.topic)) for block in seen if block.topic] == [True, True]
        told = [line.sentence.statement.partition("/")[0] for block in seen for line in block.lines]
        assert told == sorted(told, key=["iron-deficiency", "vitamin-b12"].index)
        assert not any("(" in block.topic or " in people" in block.topic for block in seen)


def test_one_topic_is_not_named_again(desk):
    """Where a single topic speaks the title has said it."""
    seen = view(desk.ask(ONE, region="both"), full=True)
    assert not any(block.topic for section in seen.sections for block in section.blocks)


def test_a_frame_before_the_first_topic_belongs_to_it(desk):
    """A child's decline begins with a line of no statement; no topic of its own comes of it."""
    result = desk.ask("My 4 year old has a B12 of 150 ng/L")
    assert [block.topic for block in blocks(result, SectionKey.LEAD)] == [""]


def test_the_names_stand_in_the_text(desk):
    """In Markdown each name stands on a line of its own, before the words of its topic."""
    text = render(view(desk.ask(TWO, region="GB")))
    assert "*Low iron and low ferritin*\n\n**UK**" in text
    assert text.index("*Low iron and low ferritin*") < text.index("*Vitamin B12 and too little of it*")


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("potassium 5.9 on ramipril and spironolactone, feels well", ("potassium",)),
        ("I take ramipril and losartan", ("blood-pressure",)),
        ("bp 150/95 on ramipril and amlodipine", ("blood-pressure",)),
        ("can I use LoSalt?", ("potassium",)),
    ],
)
def test_two_tablets_for_blood_pressure_are_its_topic_only_where_nothing_else_is(desk, text, topics):
    """A list of medicines beside a potassium is no question about blood pressure."""
    assert desk.ask(text).question.topics == topics


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Hb 92, MCV 72, man of 68, no symptoms. Plan?", ("iron-deficiency",)),
        ("B12 150 ng/L, MCV 78", ("vitamin-b12",)),
        ("Hb 135, MCV 88. Plan?", ()),
    ],
)
def test_small_red_cells_ask_for_iron_where_nothing_else_is_asked(desk, text, topics):
    """Whoever has only the blood count does not know what to call it."""
    assert desk.ask(text).question.topics == topics
