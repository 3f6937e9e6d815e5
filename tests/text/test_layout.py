"""Print-outs laid out like a sentence, with every offset kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.text.layout import laid_out

MARKS = ["B12", "Hb", "150", "1,000", "9.8", "ng/L", "....", "__", ". . . ", ";", ",", "\t", "|", "\n", " ", "H", "(L)"]


@pytest.mark.parametrize(
    ("text", "laid"),
    [
        ("B12 ..... 119", "B12       119"),
        ("B12_____119", "B12     119"),
        ("B12;247;ng/L", "B12|247|ng/L"),
        ("B12,150,ng/L", "B12|150|ng/L"),
        ("B12\t150\tng/L", "B12|150|ng/L"),
        ("B12 150 L ng/L", "B12 150   ng/L"),
        ("B12\n150\nng/L", "B12 150 ng/L"),
        ("No numbness.... Tingling", "No numbness.... Tingling"),
        ("I take 1,000 mcg, 2 a day; B12 150", "I take 1,000 mcg, 2 a day; B12 150"),
        ("I am vegan; tired; 34", "I am vegan| tired| 34"),
        ("Tingling\nB12 150 ng/L", "Tingling\nB12 150 ng/L"),
        ("10 L/min", "10 L/min"),
    ],
)
def test_what_lines_things_up_is_evened_out(text, laid):
    """Leaders, separators of rows, flags and broken lines are evened out; prose stays as it is."""
    assert laid_out(text) == laid


@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join) | st.text(max_size=80))
def test_every_offset_is_kept(text):
    """Whatever the text, the result has as many characters, and every digit stays where it is."""
    laid = laid_out(text)
    assert len(laid) == len(text)
    assert all(laid[place] == character for place, character in enumerate(text) if character.isdigit())
