"""Folding keeps offsets whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from bedside.text.folding import fold


@given(st.text())
def test_folding_keeps_every_offset(text):
    """The folded text has one character for each character of the text."""
    assert len(fold(text)) == len(text)


def test_both_micro_signs_fold_to_one_letter():
    """U+00B5 and U+03BC are the same prefix."""
    assert fold("\u00b5g") == fold("\u03bcg") == "ug"


def test_accents_quotes_and_dashes_fold():
    """A reader sees one spelling in "Sjögren’s" and "Sjogren's"."""
    assert fold("Sj\u00f6gren\u2019s 180\u2013350") == "sjogren's 180-350"
