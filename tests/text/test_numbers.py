"""Numbers as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.text.numbers import numbers


def one(text):
    """The only number of a text."""
    [number] = numbers(text)
    return number


@pytest.mark.parametrize(
    ("written", "value", "other"),
    [
        ("1,000", "1000", "1.000"),
        ("1 000", "1000", None),
        ("1.000", "1.000", "1000"),
        ("1'000", "1000", None),
        ("0.28", "0.28", None),
        ("0.268", "0.268", None),
        (".5", "0.5", None),
        ("1,5", "1.5", None),
        ("1,234.5", "1234.5", None),
        ("1.234.567", "1234567", None),
        ("two", "2", None),
        ("268", "268", None),
    ],
)
def test_thousands_decimals_and_words(written, value, other):
    """Every way to write a number is read, and an ambiguous mark keeps its second reading."""
    number = one(written)
    assert number.value == Decimal(value)
    assert number.other == (None if other is None else Decimal(other))


@pytest.mark.parametrize(
    ("written", "sign"),
    [
        ("<50", "<"),
        ("< 50", "<"),
        ("\u2264 50", "<="),
        (">=50", ">="),
        ("less than 50", "<"),
        ("below 50", "<"),
        ("under 50", "<"),
        ("over 50", ">"),
        ("more than 50", ">"),
        ("at least 50", ">="),
        ("no more than 50", "<="),
        ("50", "="),
    ],
)
def test_comparators_in_signs_and_words(written, sign):
    """A comparator before a number belongs to it, as a sign or as words."""
    assert one(written).sign == sign


@pytest.mark.parametrize(
    "text",
    ["B12", "vitamin B 12", "B-12", "NG239", "T2", "CD004655", "2024-03-06", "10:30", "10^9/L", "3rd", "COVID-19"],
)
def test_names_made_of_digits_are_not_numbers(text):
    """Identifiers, dates, times and bare powers of ten are no amounts."""
    assert numbers(text) == ()


@given(st.integers(0, 10**9))
def test_plain_digits_read_as_themselves(value):
    """A whole number without marks is exact."""
    assert one(f"level {value} today").value == value


@given(st.integers(1, 999), st.integers(0, 999))
def test_a_comma_and_a_point_are_mirror_images(whole, rest):
    """The figures "1,234" and "1.234" have each other's two readings."""
    comma, point = one(f"{whole},{rest:03}"), one(f"{whole}.{rest:03}")
    assert (comma.value, comma.other) == (point.other, point.value)


@given(st.integers(1, 10**6), st.integers(1, 4))
def test_a_number_is_never_read_from_its_beginning_only(value, cut):
    """The span of a number ends where its digits end."""
    text = f"{value}"
    assert one(text).span.of(text) == text
    assert one(text + "0" * cut).value != value
