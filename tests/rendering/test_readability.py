"""Readability is a small exact sum."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.rendering.readability import readability, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("table", 2),
        ("make", 1),
        ("vitamin", 3),
        ("deficiency", 4),
        ("the", 1),
        ("tested", 2),
        ("asked", 1),
        ("B", 1),
    ],
)
def test_syllables(word, count):
    """Groups of vowels, without a silent ending, at least one."""
    assert syllables(word) == count


def test_a_text_by_hand():
    """Two sentences of three one-syllable words: 0.39 x 3 + 11.8 x 1 - 15.59 = -2.62."""
    found = readability("The cat sat. The dog ran.")
    assert (found.sentences, found.words, found.syllables) == (2, 6, 6)
    assert (found.grade, found.mean_sentence_length) == (Decimal("-2.6"), Decimal("3.0"))


def test_a_decimal_point_ends_no_sentence():
    """Numbers with a point are one word inside one sentence."""
    assert readability("Take 1.5 mg a day.").sentences == 1


def test_nothing_measures_nothing():
    """An empty text is no error."""
    assert readability("  \n ").words == 0


@given(st.text(max_size=200))
def test_any_text_can_be_measured(text):
    """No text breaks the sum, and more syllables than words is the least there can be."""
    found = readability(text)
    assert found.syllables >= found.words >= found.sentences >= 0
