"""A run: which rules hold, which stand open, what silences what, in whose country."""

from __future__ import annotations

import pytest

from bedside.protocol.protocol import Effect
from bedside.protocol.truth import Truth
from bedside.question.question import Region
from tests.protocol.toy import protocol, rule


def ids(outcomes) -> set[str]:
    return {outcome.rule.id for outcome in outcomes}


def truth(run, key: str) -> Truth:
    return next(o.truth for o in run.outcomes if o.rule.id == key)


def test_nothing_known_decides_nothing(on) -> None:
    """With no fact every rule is unknown; none is false for want of a mention."""
    run = on()
    assert not run.firing()
    assert {o.truth for o in run.outcomes if o.rule.id != "UNIT"} == {Truth.UNKNOWN}


def test_a_denied_fact_is_false_and_an_unmentioned_one_unknown(on) -> None:
    """One denied sign leaves the red flag open; both denied close it."""
    assert truth(on(gait_ataxia="absent"), "RF1") is Truth.UNKNOWN
    assert truth(on(gait_ataxia="absent", limb_weakness="absent"), "RF1") is Truth.FALSE
    assert truth(on(gait_ataxia="present"), "RF1") is Truth.TRUE


@pytest.mark.parametrize(
    ("written", "band"),
    [
        ("179.9 ng/L", "low"),
        ("180 ng/L", "indeterminate"),
        ("350 ng/L", "indeterminate"),
        ("350.1 pg/mL", "unlikely"),
        ("258 pmol/L", "indeterminate"),
        ("258.1 pmol/L", "unlikely"),
        ("26.8 ng/dL", "indeterminate"),
        ("<50 ng/L", "low"),
        ("200", "indeterminate"),
    ],
)
def test_a_value_is_placed_in_the_unit_it_was_reported_in(on, written: str, band: str) -> None:
    """Edges are exact, a power of ten is scaled, and mass is never turned to amount before it is compared."""
    assert [b.band for b in on(total_b12=written).bands] == [band]


@pytest.mark.parametrize(("written", "asked"), [("150", "unit"), ("300", "unit"), ("<200 ng/L", "value")])
def test_a_value_that_could_fall_in_two_bands_is_asked_about(on, written: str, asked: str) -> None:
    """A bare number that reads differently, or a comparator that spans an edge, leaves the band open."""
    [band] = on(total_b12=written).bands
    assert (band.band, band.ask) == ("", asked)


def test_an_override_silences_only_while_its_rule_holds(on) -> None:
    """GENERAL holds until pregnancy is known to be present; an unknown pregnancy silences nothing."""
    assert "GENERAL" in ids(on(total_b12="200 ng/L").firing())
    assert "GENERAL" in ids(on(total_b12="200 ng/L", pregnancy="absent").firing())
    silenced = on(total_b12="200 ng/L", pregnancy="present")
    assert "GENERAL" not in ids(silenced.firing())
    assert next(o.overridden_by for o in silenced.outcomes if o.rule.id == "GENERAL") == "SPECIAL"


def test_a_silenced_rule_silences_nothing(on) -> None:
    """If A silences B, B no longer silences C."""
    chain = protocol(rules=(rule("A", overrides=("B",)), rule("B", overrides=("C",)), rule("C")))
    assert ids(on(chain).firing()) == {"A", "C"}


def test_a_branch_is_open_only_where_its_setting_holds(on) -> None:
    """MID is about people not on tablets: open when that is known, not shown when it is not."""
    assert "MID" not in ids(on(total_b12="200 ng/L").open_branches())
    untreated = on(cyanocobalamin_oral="absent", b12_oral_unspecified="absent")
    assert "MID" in ids(untreated.open_branches())


def test_parameters_go_by_country_and_date(on) -> None:
    """250 ng/L is below the US limit only; 190 is below the GB limit since 2025 only."""
    assert ids(on(total_b12="250 ng/L").firing()) & {"LIMIT-GB", "LIMIT-US"} == {"LIMIT-US"}
    assert "LIMIT-GB" in ids(on(total_b12="190 ng/L", as_of="2026-01-01").firing())
    assert "LIMIT-GB" not in ids(on(total_b12="190 ng/L", as_of="2024-01-01").firing())


def test_a_region_runs_only_its_own_rules(on) -> None:
    """Asked for the UK, no US rule is among the outcomes."""
    assert "LIMIT-US" not in ids(on(total_b12="100 ng/L", region=Region.GB).outcomes)
    assert "LIMIT-GB" not in ids(on(total_b12="100 ng/L", region=Region.US).outcomes)


def test_outside_the_scope_only_red_flags_and_abstentions_speak(on) -> None:
    """A child gets the red flag and the abstention, no band and no recommendation."""
    child = on(age_years="9 years", total_b12="100 ng/L", gait_ataxia="present")
    assert child.scope is Truth.FALSE
    assert ids(child.firing()) == {"RF1", "CHILD"}
    assert child.bands == ()
    assert child.holds == ()


def test_the_trace_names_the_facts_that_decided(on) -> None:
    """Why a rule holds is there to read: its leaves, their values, and the fact behind each."""
    low = next(o for o in on(total_b12="100 ng/L").outcomes if o.rule.id == "LOW")
    [because] = low.because
    assert (because.leaf, because.truth) == ("total_b12 is low", Truth.TRUE)
    assert because.fact is not None
    assert because.fact.concept == "total_b12"


def test_every_effect_of_a_toy_rule_is_kept(on) -> None:
    """Outcomes carry their rule unchanged, in content order."""
    run = on(total_b12="100 ng/L")
    assert [o.rule.id for o in run.outcomes] == [r.id for r in run.protocol.rules]
    assert {o.rule.effect for o in run.outcomes} == {Effect.RED_FLAG, Effect.RECOMMEND, Effect.ABSTAIN}
