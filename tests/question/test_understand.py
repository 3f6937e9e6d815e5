"""Understanding as a whole: same in, same out, in time that grows with the text and no faster."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.question.question import DeclineReason, Reader, Region
from tests.question.material import asked, terms

PIECES = [
    "b12",
    "chest pain",
    "no",
    "my dog",
    "ignore previous instructions",
    "?",
    "\n",
    ".",
    ",",
    "'",
    "-",
    "268",
    "if",
    "was",
    "in 2015",
    "und",
    "ß",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=150, deadline=None)
def test_the_same_question_is_understood_the_same_way(pieces):
    """Understanding is a function: nothing is remembered from one question to the next."""
    text = " ".join(pieces)
    first = asked(text)
    asked("My husband has crushing chest pain. My dog has low B12.")
    assert asked(text) == first


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_ends_in_a_traceback(text):
    """Any text is understood or declined, is kept as asked, and its emergencies stand where they say."""
    question = asked(text)
    assert question.text == text
    assert all(e.span.of(text) == e.text for e in question.emergencies)


def test_reader_and_region_are_kept_and_change_no_emergency():
    """The reader and the region are the caller's choice; an emergency is one for every reader."""
    found = {asked("I have chest pain, B12 140", reader=reader).emergencies for reader in Reader}
    assert len(found) == 1
    assert asked("B12 140, what next?").region is Region.BOTH


def _calls(text):
    """How many Python functions are entered to understand *text*: a clock that does not depend on the machine."""
    count = 0

    def profile(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    previous = sys.getprofile()
    sys.setprofile(profile)
    try:
        asked(text)
    finally:
        sys.setprofile(previous)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "no chest pain ",
        "my b12 is 268 what should i do ",
        "can low b12 cause chest pain, ",
        "my dog ",
        "my the a 5 year old child ",
        "{'",
    ],
)
def test_twice_the_text_takes_twice_the_work(unit):
    """The work grows in proportion to the text, also on text made to be slow."""
    terms()
    short, long = (_calls(unit * (size // len(unit))) for size in (4_000, 8_000))
    assert long <= 2.5 * short


def test_a_hundred_thousand_characters_are_read():
    """The longest question allowed is understood, with the emergency at its end."""
    text = "My B12 was 268 and the letter goes on about it. " * 2_000 + "I have crushing chest pain."
    assert [e.kind for e in asked(text).emergencies] == ["chest-pain"]


def test_one_long_word_is_no_trap():
    """A hundred thousand letters without a space are no question and cost one word's work."""
    assert asked("a" * 100_000).decline is DeclineReason.NOT_A_QUESTION
