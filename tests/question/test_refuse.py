"""What is turned away unread, and what is read as it looks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.errors import InputRefused
from bedside.question.refuse import LIMIT, readable


@pytest.mark.parametrize("data", ["", " \n\t ", b"", b"  ", "\u200b\u200e", "\ufeff", "\u00a0"])
def test_a_blank_input_is_refused(data):
    """Nothing to see is nothing to read, also where invisible characters stand."""
    with pytest.raises(InputRefused, match="empty"):
        readable(data)


def test_a_long_input_is_refused_with_both_sizes():
    """The message says how long it is and how long it may be."""
    with pytest.raises(InputRefused) as refused:
        readable("a" * 12, limit=10)
    assert "12" in refused.value.what
    assert "10" in refused.value.what
    assert refused.value.remedy
    assert readable("a" * 10, limit=10) == "a" * 10


def test_a_megabyte_is_refused_before_it_is_decoded():
    """Bytes far over the limit are turned away whatever they hold."""
    with pytest.raises(InputRefused, match=str(LIMIT)):
        readable(b"\xff" * 1_000_000)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n", b"B12 \xff\xfe", b"B12\x00268", "B12\x00", "B12\x1b[31m", "\ud800 B12"]
)
def test_what_is_not_text_is_refused_with_its_place(data):
    """Binary data names the first byte or character that is not text."""
    with pytest.raises(InputRefused, match=r"(byte|character) \d+"):
        readable(data)


def test_hidden_characters_hide_nothing():
    """Zero-width and direction marks are taken out: what is read is what a person sees."""
    assert readable("che\u200bst pa\u00adin") == "chest pain"
    assert readable("\u202eno chest pain\u202c") == "no chest pain"
    assert readable("\ufeffB12 268".encode()) == "B12 268"


def test_ordinary_text_is_kept_as_it_is():
    """Line ends, tabs, micro signs, accents and other scripts stay."""
    text = "B12:\t268 pg/mL\r\nMMA 0.28 µmol/L – Sjögren 维生素 😀"
    assert readable(text) == text
    assert readable(text.encode()) == text


@given(st.binary(max_size=200))
def test_no_bytes_end_in_a_traceback(data):
    """Whatever the bytes, the result is a text or a refusal with a remedy."""
    try:
        text = readable(data)
    except InputRefused as refused:
        text = refused.remedy
    assert text.strip()


@given(st.text(max_size=200))
def test_what_is_readable_stays_readable(text):
    """Reading twice changes nothing the second time."""
    try:
        once = readable(text)
    except InputRefused:
        return
    assert readable(once) == once
