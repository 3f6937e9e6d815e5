"""The order in which kinds of documents weigh."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.errors import SettingsError
from bedside.evidence.hierarchy import BOOSTS, ORDER, Hierarchy, boost, rank_of
from bedside.evidence.source import SourceKind


def test_every_kind_has_its_place():
    """A new kind must be given one."""
    assert sorted(ORDER) == sorted(SourceKind)
    assert len(BOOSTS) == len(ORDER)


def test_the_backbone_of_the_order():
    """Guideline over review over trial over cohort over case."""
    backbone = ("guideline", "systematic-review", "trial", "cohort", "case-report", "review")
    ranks = [rank_of(SourceKind(kind)) for kind in backbone]
    assert ranks == sorted(set(ranks))


@given(st.permutations(list(SourceKind)), st.integers(0, len(SourceKind)))
def test_a_readers_own_order_comes_first_and_the_rest_follow(kinds, count):
    """Boosts never rise with rank and stay in their bounds."""
    named = kinds[:count]
    order = Hierarchy.parse(", ".join(named))
    assert list(order.order[:count]) == named
    boosts = [order.boost(kind) for kind in order.order]
    assert boosts == sorted(boosts, reverse=True)
    assert all(0.9 <= value <= 1.15 for value in boosts)
    rest = [kind for kind in order.order if kind not in named]
    assert rest == [kind for kind in ORDER if kind not in named]


def test_an_empty_order_is_the_default():
    """And spelling is forgiving."""
    assert Hierarchy.parse("").order == ORDER
    assert Hierarchy.parse(" Case_Report ,, TRIAL").order[:2] == (SourceKind.CASE_REPORT, SourceKind.TRIAL)
    assert Hierarchy.parse("systematic review").rank_of(SourceKind.SYSTEMATIC_REVIEW) == 0


def test_a_wrong_name_is_refused_with_the_nearest():
    """The message says where and what to write."""
    with pytest.raises(SettingsError, match=r"bedside.toml.*'guidline'.*Did you mean 'guideline'\?"):
        Hierarchy.parse("trial, guidline", "bedside.toml, key 'evidence_order'")
    with pytest.raises(SettingsError, match="Choose from"):
        Hierarchy.parse("xyzzy")
    with pytest.raises(SettingsError, match="stands twice"):
        Hierarchy.parse("trial, trial")


def test_an_order_that_is_not_one_is_a_slip():
    """Every kind once."""
    with pytest.raises(ValueError, match="every kind once"):
        Hierarchy(ORDER[:-1])


def test_a_guideline_is_not_boosted_beyond_relevance():
    """The widest step between two kinds is a quarter."""
    assert boost(SourceKind.GUIDELINE) / boost(SourceKind.SAFETY_RULE) < 1.3
