"""Marked YAML keeps lines and the text of numbers."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.errors import ContentError
from bedside.ingest.marked_yaml import read_yaml


def test_a_value_knows_the_line_of_its_key():
    """A value that begins on the next line is found at its key."""
    node = read_yaml("a: 1\nb:\n  - x\n  - y\n", "f.yaml")
    assert node.value["b"].where == "f.yaml:2"
    assert node.value["b"].value[1].where == "f.yaml:4"


def test_a_decimal_number_stays_the_text_that_was_written():
    """0.10 is not a float, so that it stays exact and keeps its zero."""
    assert read_yaml("[0.10, 1e3, 7, 007]", "f").plain() == ["0.10", "1e3", 7, "007"]


def test_a_date_and_the_word_no_stay_text():
    """Only true and false are booleans, and dates are not objects."""
    assert read_yaml("[2026-11-22, no, on, true, ~]", "f").plain() == ["2026-11-22", "no", "on", True, None]


def test_a_quoted_scalar_is_text():
    """Quotes make anything a text."""
    assert read_yaml("""['1', "true", '']""", "f").plain() == ["1", "true", ""]


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "f:3", "given twice (first on line 1)"),
        ("a:\n  b: 1\n  b: 2\n", "f:3", "given twice"),
        ("a: [1\nb: 2\n", "f:2", "not readable as YAML"),
        ("a: 1\n? [x, y]\n: 2\n", "f:2", "a key must be a word"),
        ("a: !!python/object:os.system x\n", "f:1", "is not used here"),
        ("a: &x [*x]\n", "f:1", "contains itself"),
    ],
)
def test_what_yaml_would_let_pass_is_refused_with_its_line(text, where, said):
    """Broken YAML, doubled keys, odd keys, tags and circles are errors that say where."""
    with pytest.raises(ContentError) as caught:
        read_yaml(text, "f")
    assert caught.value.where == where
    assert said in str(caught.value)


_TEXT = st.text(
    st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_characters="\x7f\x85\u2028\u2029"), max_size=20
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | _TEXT.filter(lambda text: text.isprintable()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT.filter(str.isprintable), inner, max_size=3),
    max_leaves=8,
)


@given(_JSON)
def test_json_reads_as_itself(data):
    """Any JSON without floats comes back unchanged, because the bibliography is JSON."""
    assert read_yaml(json.dumps(data), "f").plain() == data
