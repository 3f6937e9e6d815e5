"""A reported number is every value it allows."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bedside.facts.fact import Comparator, Quantity
from bedside.protocol.interval import Interval
from bedside.protocol.truth import Truth

numbers = st.decimals(min_value=0, max_value=1000, places=2)


@given(numbers, numbers, st.sampled_from(Comparator))
def test_a_plain_number_compares_like_a_number(value: Decimal, limit: Decimal, comparator: Comparator) -> None:
    """Without a comparator of its own a quantity is decided against every limit, as arithmetic says."""
    said = Interval.of(Quantity(value, "ng/L")).compared(comparator, limit)
    meant = {
        Comparator.EQUAL: value == limit,
        Comparator.BELOW: value < limit,
        Comparator.AT_MOST: value <= limit,
        Comparator.ABOVE: value > limit,
        Comparator.AT_LEAST: value >= limit,
    }[comparator]
    assert said is Truth.of(meant)


@given(numbers, numbers, numbers, st.sampled_from(Comparator), st.sampled_from(Comparator))
def test_a_decided_comparison_is_right_for_every_value_allowed(
    value: Decimal, limit: Decimal, sample: Decimal, written: Comparator, asked: Comparator
) -> None:
    """Whatever "<50" may stand for, a true or false verdict on it holds for that value too."""
    allowed = Interval.of(Quantity(sample, "")).compared(written, value)
    said = Interval.of(Quantity(value, "", written)).compared(asked, limit)
    if allowed is Truth.TRUE and said is not Truth.UNKNOWN:
        assert Interval.of(Quantity(sample, "")).compared(asked, limit) is said


def test_a_value_below_a_limit_is_undecided_against_a_smaller_limit() -> None:
    """The value "<200" may be below 180 or not: that is unknown, and "<50" is surely below 180 (rule DQ10)."""
    assert (
        Interval.of(Quantity(Decimal(200), "", Comparator.BELOW)).below(Decimal(180), inclusive=False) is Truth.UNKNOWN
    )
    assert Interval.of(Quantity(Decimal(50), "", Comparator.BELOW)).below(Decimal(180), inclusive=False) is Truth.TRUE


def test_a_range_is_decided_only_when_both_ends_agree() -> None:
    """The range "170 to 190" is undecided at 180, "190 to 200" is not."""
    across = Interval.of(Quantity(Decimal(170), "", upper=Decimal(190)))
    beyond = Interval.of(Quantity(Decimal(190), "", upper=Decimal(200)))
    assert across.below(Decimal(180), inclusive=False) is Truth.UNKNOWN
    assert beyond.below(Decimal(180), inclusive=False) is Truth.FALSE
