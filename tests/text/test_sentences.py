"""Sentences and clauses with their offsets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.text.sentences import clauses, sentences


def split(text):
    """The sentences as text."""
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("B12 was 0.28. I feel well.", ["B12 was 0.28.", "I feel well."]),
        ("Take 1 mg o.d. with water. Then rest", ["Take 1 mg o.d. with water.", "Then rest"]),
        ("Tests, e.g. MMA, help. Do they?", ["Tests, e.g. MMA, help.", "Do they?"]),
        ("H. pylori test positive. B12 150 ng/L. Next?", ["H. pylori test positive.", "B12 150 ng/L.", "Next?"]),
        ("no fever. no cough", ["no fever.", "no cough"]),
        ("Do I have it? No. Fine", ["Do I have it?", "No.", "Fine"]),
        ("B12 162\nFolate 6.1", ["B12 162", "Folate 6.1"]),
        ("1. Do this. 2. Do that.", ["1. Do this.", "2. Do that."]),
    ],
)
def test_a_stop_ends_a_sentence_unless_it_belongs_to_a_word_or_number(text, expected):
    """Decimals, abbreviations, list marks and a germ's initial do not end a sentence."""
    assert split(text) == expected


def test_a_wrapped_line_is_one_sentence():
    """A long line that goes on in lower case is one sentence."""
    text = "I have been feeling tired for many weeks now and there is some\nnumbness in my feet."
    assert len(sentences(text)) == 1


def test_clauses_part_at_but_and_semicolons():
    """A clause ends where what was said of the words before it stops to hold."""
    text = "no numbness but unsteady; gait (wide) bad"
    [sentence] = sentences(text)
    assert [span.of(text) for span in clauses(text, sentence)] == ["no numbness", "but unsteady", "gait", "wide", "bad"]


@given(st.text(alphabet="ab .?!;\n,()-B12", max_size=300))
def test_sentences_cover_all_that_is_not_white_space(text):
    """No word falls between two sentences, and spans never overlap."""
    spans = sentences(text)
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_text_without_stops_is_cut():
    """A page that runs on is cut, so that reading stays linear."""
    assert max(span.end - span.start for span in sentences("word " * 5000)) <= 1500
