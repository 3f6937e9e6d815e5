"""Conditions are read from text, compiled, and read back unchanged."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.facts.fact import Comparator
from bedside.protocol.condition import (
    All,
    Any,
    Asked,
    AtLeast,
    Compare,
    Condition,
    ConditionError,
    Has,
    Is,
    Known,
    Not,
    from_json,
    leaves,
    parse,
    to_json,
)

names = st.from_regex(r"[a-z][a-z0-9_]{2,12}", fullmatch=True)
leaf = st.one_of(
    st.builds(Has, names, st.sampled_from(["", "past", "planned", "family", "infant"])),
    st.builds(Is, names, names),
    st.builds(Known, names),
    st.builds(Asked, names),
    st.builds(Compare, names, st.sampled_from(Comparator), number=st.decimals(0, 999, places=1), unit=st.just("ng/L")),
    st.builds(Compare, names, st.sampled_from(Comparator), parameter=names),
)
trees = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AtLeast, st.integers(1, 3), st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=12,
)


@given(trees)
def test_a_condition_survives_compilation(condition: Condition) -> None:
    """What was compiled reads back as the same tree."""
    assert from_json(to_json(condition)) == condition


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("gait_ataxia", Has("gait_ataxia")),
        ("past nitrous_oxide", Has("nitrous_oxide", "past")),
        ("family leber_hereditary_optic_neuropathy", Has("leber_hereditary_optic_neuropathy", "family")),
        ("b12 is indeterminate", Is("b12", "indeterminate")),
        ("egfr >= 60 mL/min/1.73m2", Compare("egfr", Comparator.AT_LEAST, number=Decimal(60), unit="mL/min/1.73m2")),
        ("total_b12 < low_below", Compare("total_b12", Comparator.BELOW, parameter="low_below")),
        ("known egfr", Known("egfr")),
        ("asked stop", Asked("stop")),
    ],
)
def test_each_form_of_leaf_is_read(text: str, meant: Condition) -> None:
    """Every form of the grammar reads as what it says."""
    assert parse(text) == meant


@pytest.mark.parametrize("text", ["", "egfr >= 60", "a b c", "Gait", {"all": []}, {"some": ["x"]}, ["x"], 7])
def test_what_fits_no_form_is_refused_with_the_text(text: object) -> None:
    """A condition nobody can read names itself in the error; a number without a unit is one."""
    with pytest.raises(ConditionError, match="cannot read the condition"):
        parse(text)


def test_leaves_come_left_to_right_at_any_depth() -> None:
    """Every leaf is found once for each place where it stands."""
    tree = parse({"all": ["a", {"not": {"any": ["b", {"at_least": [1, "c", "a"]}]}}]})
    assert [part.name for part in leaves(tree) if isinstance(part, Has)] == ["a", "b", "c", "a"]
