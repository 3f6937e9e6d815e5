"""How far an answer holds: the widest range of the decisive number that changes nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedside.question.question import Region
from tests.protocol.toy import protocol, rule

PLAIN = (rule("LOW", "total_b12 is low"), rule("MID", "total_b12 is indeterminate"))


@pytest.mark.parametrize(
    ("written", "low", "low_in", "high", "high_in", "below", "above"),
    [
        ("268 ng/L", "180", True, "350", True, "low", "unlikely"),
        ("180 ng/L", "180", True, "350", True, "low", "unlikely"),
        ("200 pmol/L", "133", True, "258", True, "low", "unlikely"),
        ("0.268 ug/L", "0.18", True, "0.35", True, "low", "unlikely"),
        ("100 ng/L", None, False, "180", False, "", "indeterminate"),
        ("900 ng/L", "350", False, None, False, "indeterminate", ""),
    ],
)
def test_the_range_is_the_band_in_the_unit_reported(on, written, low, low_in, high, high_in, below, above) -> None:
    """With rules by band only, the range is the band, its edges as published for that unit."""
    [held] = on(protocol(rules=PLAIN), total_b12=written).holds
    assert (held.low, held.low_inclusive, held.high, held.high_inclusive) == (low, low_in, high, high_in)
    assert (held.below, held.above) == (below, above)


def test_a_rule_inside_the_band_narrows_the_range(on) -> None:
    """A limit of a rule that advises cuts the band; one of a rule that shows nothing does not."""
    narrow = protocol(rules=(*PLAIN, rule("CUT", "total_b12 < 250 ng/L")))
    silent = protocol(rules=(*PLAIN, rule("CUT", "total_b12 < 250 ng/L", section="none")))
    assert on(narrow, total_b12="268 ng/L").holds[0].low == "250"
    assert on(silent, total_b12="268 ng/L").holds[0].low == "180"


def test_countries_that_differ_have_ranges_of_their_own(on) -> None:
    """The GB and US limits cut at different places, so each range is given with its country."""
    ranges = {h.jurisdiction: (h.low, h.high) for h in on(total_b12="190 ng/L").holds}
    assert ranges == {"GB": ("180", "200"), "US": ("180", "300")}
    assert len(on(total_b12="190 ng/L", region=Region.GB).holds) == 1


@pytest.mark.parametrize("written", ["<50 ng/L", "200 to 300 ng/L", "300"])
def test_a_value_that_is_no_single_number_has_no_range(on, written: str) -> None:
    """A comparator, a written range or an unclear unit gives no range."""
    assert on(protocol(rules=PLAIN), total_b12=written).holds == ()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=st.decimals(10, 900, places=1), other=st.decimals(10, 900, places=1))
def test_inside_the_range_nothing_moves(on, value: Decimal, other: Decimal) -> None:
    """Any other number of the range fires the same rules (the definition of the range)."""
    run = on(total_b12=f"{value} ng/L", region=Region.GB)
    [held] = run.holds
    above = held.low is None or other > Decimal(held.low) or (held.low_inclusive and other == Decimal(held.low))
    below = held.high is None or other < Decimal(held.high) or (held.high_inclusive and other == Decimal(held.high))
    if above and below:
        again = on(total_b12=f"{other} ng/L", region=Region.GB)
        assert [o.rule.id for o in again.firing()] == [o.rule.id for o in run.firing()]
