"""Lint of a whole protocol: what is found, and that a sound protocol has nothing to find."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bedside.facts.fact import Comparator
from bedside.protocol.case import Case, Expectation
from bedside.protocol.condition import ALWAYS, Compare, Has, parse
from bedside.protocol.lint import FindingKind, lint
from bedside.protocol.protocol import (
    Ask,
    Band,
    Edge,
    Effect,
    Measure,
    Parameter,
    Pattern,
    Protocol,
    Reading,
    Rule,
    Wording,
)
from bedside.protocol.strength import Jurisdiction, Level, Strength

WORDS = Wording("c", "p")


def edge(number, *, inclusive, unit="mmol/L"):
    """An edge in one unit."""
    return Edge({unit: Decimal(number)}, inclusive)


def reading(low, high, **says):
    """A reading of bare numbers from *low* on to below *high*."""
    return Reading(low, low_inclusive=True, high=high, high_inclusive=False, **says)


def rule(rule_id="A1", **changes):
    """A rule that recommends something when there is confusion."""
    return replace(
        Rule(
            id=rule_id, row=rule_id, table="A", order=0, jurisdiction=Jurisdiction.INT, given=ALWAYS,
            when=Has("confusion"), effect=Effect.RECOMMEND, strength=Strength.DO, level=Level.C,
            statements=("t/s",), section="treatment", where="t/rules/a.yaml:3",
        ),
        **changes,
    )  # fmt: skip


SODIUM = Measure(
    "sodium",
    bands={"": (Band("low", None, edge(130, inclusive=False)), Band("normal", edge(130, inclusive=True), None))},
    unitless=(reading(None, Decimal(5), ask="unit"), reading(Decimal(5), None, band="low")),
)
SOUND = Protocol(
    id="t", title=WORDS, version="1", scope=ALWAYS, scope_wording=WORDS, topics=("sodium",),
    definitions={"ill": parse({"any": ["fever", "sodium is low"]})}, measures={"sodium": SODIUM},
    parameters=(Parameter("limit", Jurisdiction.GB, "2020-01-01", {"mmol/L": Decimal(1)}, "s", ""),),
    rules=(rule("A1"), rule("A2", when=Has("ill"), overrides=("A1",))),
    asks=(Ask("fever", ("fever",), WORDS, (("fever", ("present",)),), WORDS),),
    patterns=(Pattern("all", ALWAYS, WORDS, ("t/s",), (), (), ("sodium",)),),
    where="t/protocol.yaml:1",
)  # fmt: skip
CASES = (Case("A case", Expectation(fires=("A1", "A2"), never=("A1", "A2"), pattern="all")),)
STATEMENTS = {"t/s": rule()}


def found(protocol=SOUND, statements=STATEMENTS, cases=CASES):
    """What lint finds, as (kind, subject, text)."""
    return [(finding.kind, finding.subject, finding.text) for finding in lint(protocol, statements, cases)]


def with_bands(*bands):
    """The sound protocol with other bands of sodium."""
    return replace(SOUND, measures={"sodium": replace(SODIUM, bands={"GB": bands})})


def test_a_sound_protocol_has_nothing_to_find():
    """No finding where nothing is wrong."""
    assert found() == []


@pytest.mark.parametrize(
    ("high", "low", "expected"),
    [
        (edge(130, inclusive=False), edge(130, inclusive=False), "there is a gap between 'low' and 'normal' in mmol/L"),
        (
            edge(130, inclusive=True),
            edge(130, inclusive=True),
            "there is an overlap between 'low' and 'normal' in mmol/L",
        ),
        (edge(129, inclusive=True), edge(130, inclusive=True), "there is a gap between 'low' and 'normal' in mmol/L"),
        (
            edge(131, inclusive=False),
            edge(130, inclusive=True),
            "there is an overlap between 'low' and 'normal' in mmol/L",
        ),
        (None, edge(130, inclusive=True), "the bands overlap between 'low' and 'normal': an edge is missing"),
    ],
)
def test_bands_that_do_not_touch_are_found(high, low, expected):
    """A gap, an overlap and a missing edge are each found, with where in the scale."""
    assert (FindingKind.BAND, "sodium (GB)", expected) in found(
        with_bands(Band("low", None, high), Band("normal", low, None))
    )


def test_bands_that_do_not_cover_the_scale_are_found():
    """The first band is open below and the last above."""
    texts = [text for _, _, text in found(with_bands(Band("low", edge(1, inclusive=True), edge(2, inclusive=True))))]
    assert any("a gap below 'low'" in text for text in texts)
    assert any("a gap above 'low'" in text for text in texts)


def test_a_band_that_ends_before_it_begins_is_found():
    """A band turned around is found."""
    texts = [text for _, _, text in found(with_bands(Band("odd", edge(5, inclusive=True), edge(2, inclusive=True))))]
    assert "'odd' ends below its beginning in mmol/L" in texts


def test_edges_in_different_units_are_found():
    """Two bands that meet are given in the same units."""
    bands = Band("low", None, edge(130, inclusive=False)), Band("normal", edge(130, inclusive=True, unit="mg/L"), None)
    assert any("different units" in text for _, _, text in found(with_bands(*bands)))


def test_a_hole_in_the_reading_of_bare_numbers_is_found():
    """Every bare number is read somehow."""
    rows = (replace(SODIUM.unitless[0], high=Decimal(4)), SODIUM.unitless[1])
    protocol = replace(SOUND, measures={"sodium": replace(SODIUM, unitless=rows)})
    assert found(protocol) == [(FindingKind.READING, "sodium, a bare number", "there is a gap at 4 and 5")]


def test_a_definition_in_a_circle_is_found():
    """Definitions that lead back to themselves are found through others."""
    protocol = replace(SOUND, definitions={"ill": Has("sick"), "sick": Has("ill")}, rules=(rule("A1"), rule("A2")))
    assert [subject for kind, subject, _ in found(protocol) if kind is FindingKind.CIRCULAR] == ["ill", "sick"]


def test_a_rule_nobody_can_reach_is_found():
    """A rule that contradicts itself is found where it stands."""
    dead = rule("A1", when=parse({"all": ["fever", {"not": "ill"}]}))
    [finding] = lint(replace(SOUND, rules=(dead, SOUND.rules[1])), STATEMENTS, CASES)
    assert (finding.kind, finding.subject, finding.where) == (FindingKind.UNREACHABLE, "A1", "t/rules/a.yaml:3")


def test_a_number_without_a_unit_is_found():
    """Units travel with numbers."""
    bare = rule("A1", when=Compare("sodium", Comparator.BELOW, Decimal(3)))
    assert (FindingKind.UNIT, "A1", "the number 3 has no unit") in found(replace(SOUND, rules=(bare, SOUND.rules[1])))


def test_dead_references_are_found():
    """Statements, parameters and overridden rules must exist."""
    broken = rule(
        "A1", statements=("t/x",), when=Compare("sodium", Comparator.BELOW, parameter="nothing"), overrides=("A9",)
    )
    kinds = found(replace(SOUND, rules=(broken, SOUND.rules[1])))
    assert (FindingKind.DEAD_REFERENCE, "A1", "there is no statement 't/x'") in kinds
    assert (FindingKind.DEAD_REFERENCE, "A1", "there is no parameter 'nothing'") in kinds
    assert (FindingKind.OVERRIDE, "A1", "it cannot override 'A9'") in kinds


def test_a_rule_that_overrides_itself_is_found():
    """A rule cannot silence itself."""
    protocol = replace(SOUND, rules=(rule("A1", overrides=("A1",)), SOUND.rules[1]))
    assert (FindingKind.OVERRIDE, "A1", "it cannot override 'A1'") in found(protocol)


def test_rules_without_cases_are_found():
    """Every rule has a case in which it fires and one in which it cannot."""
    cases = (Case("Half", Expectation(fires=("A1",), never=("A2",), pattern="all")),)
    assert found(cases=cases) == [
        (FindingKind.UNPROVED, "A1", "no case shows that it can be excluded"),
        (FindingKind.UNPROVED, "A2", "no case shows it firing"),
    ]


def test_a_rule_that_always_holds_needs_no_case_against_it():
    """What is true for everybody cannot be excluded, and no case is asked for."""
    always = replace(SOUND, rules=(rule("A1", when=ALWAYS), SOUND.rules[1]))
    cases = (Case("Most", Expectation(fires=("A1", "A2"), never=("A2",), pattern="all")),)
    assert found(always, cases=cases) == []


def test_a_pattern_nobody_chooses_is_found():
    """Every answer pattern is the expected one of some case."""
    cases = (Case("A case", Expectation(fires=("A1", "A2"), never=("A1", "A2"))),)
    assert found(cases=cases) == [(FindingKind.PATTERN, "all", "no case chooses this pattern")]


def test_an_ask_that_changes_nothing_is_found():
    """A question whose facts no rule uses is found, prefixes set aside."""
    asks = (*SOUND.asks, Ask("age", ("past_age",), WORDS, (), WORDS), Ask("old", ("past_fever",), WORDS, (), WORDS))
    assert found(replace(SOUND, asks=asks)) == [(FindingKind.ASK, "age", "no rule uses any of its facts")]
