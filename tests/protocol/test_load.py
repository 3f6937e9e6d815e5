"""A protocol read from its compiled form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bedside.protocol.condition import ALWAYS, Compare, ConditionError, Has, Is
from bedside.protocol.load import protocol_from
from bedside.protocol.protocol import Effect, Urgency, Wording
from bedside.protocol.strength import Jurisdiction, Level, Strength


@pytest.fixture
def compiled():
    """A protocol of one rule in compiled form, as small as the format allows."""
    return {
        "id": "thirst",
        "title": {"clinical": "Low sodium", "plain": "Low salt"},
        "version": "1",
        "scope": ["compare", "age_years", ">=", "16", "years"],
        "scope_wording": {"clinical": "Adults", "plain": "Adults"},
        "topics": ["sodium"],
        "definitions": {"low": ["is", "sodium", "low"]},
        "measures": {
            "sodium": {
                "bands": {
                    "": [
                        {"name": "low", "high": {"values": {"mmol/L": "134.50"}, "inclusive": False}},
                        {"name": "normal", "low": {"values": {"mmol/L": "134.50"}, "inclusive": True}},
                    ]
                },
                "unitless": [{"high": "25", "high_inclusive": True, "ask": "unit"}],
            },
            "any": {"first_known": ["sodium"]},
        },
        "parameters": [
            {"name": "limit", "jurisdiction": "GB", "since": "2020-01-01", "values": {"mmol/L": "0.1"}, "source": "s",
             "locator": "t"}
        ],
        "rules": [
            {
                "id": "RF1", "row": "RF1", "table": "RF", "order": 0, "jurisdiction": "INT", "given": ["all"],
                "when": ["has", "confusion", "past"], "effect": "red_flag", "strength": "do", "level": "X",
                "statements": ["thirst/a"], "urgency": "week", "classify": [["sodium", "doubtful"]],
                "where": "r.yaml:1",
            }
        ],
        "asks": [
            {
                "id": "ask", "facts": ["sodium"], "values": [["sodium", ["1 mmol/L"]]],
                "wording": {"clinical": "?", "plain": "?"},
                "changes": {"clinical": "c", "plain": "p"},
            }
        ],
        "patterns": [
            {"id": "p", "when": ["all"], "title": {"clinical": "T", "plain": "t"}, "lead": ["thirst/a"], "why": [],
             "certainty": [], "decisive": ["sodium"]}
        ],
        "assumptions": [],
        "same_day_signs": "",
        "where": "protocol.yaml:1",
    }  # fmt: skip


def test_numbers_are_exact(compiled):
    """Numbers are decimals made from text, never floats."""
    protocol = protocol_from(compiled)
    low, normal = protocol.measures["sodium"].bands[""]
    assert low.low is None
    assert low.high.values == {"mmol/L": Decimal("134.50")}
    assert (low.high.inclusive, normal.low.inclusive) == (False, True)
    assert str(protocol.parameters[0].values["mmol/L"]) == "0.1"
    assert protocol.scope == Compare("age_years", ">=", Decimal(16), "years")


def test_a_rule_is_read_whole(compiled):
    """Enums, conditions and pairs of a rule become nouns; what was left out takes its default."""
    [rule] = protocol_from(compiled).rules
    assert (rule.given, rule.when) == (ALWAYS, Has("confusion", "past"))
    assert (rule.effect, rule.urgency, rule.strength) == (Effect.RED_FLAG, Urgency.WEEK, Strength.DO)
    assert (rule.level, rule.jurisdiction) == (Level.X, Jurisdiction.INT)
    assert rule.classify == (("sodium", "doubtful"),)
    assert (rule.section, rule.overrides, rule.branch) == ("", (), False)


def test_measures_asks_and_patterns_are_read(compiled):
    """The rest of the protocol becomes nouns too."""
    protocol = protocol_from(compiled)
    assert protocol.definitions == {"low": Is("sodium", "low")}
    assert protocol.measures["any"].first_known == ("sodium",)
    [reading] = protocol.measures["sodium"].unitless
    assert (reading.low, reading.high, reading.high_inclusive, reading.ask) == (None, Decimal(25), True, "unit")
    assert protocol.asks[0].values == (("sodium", ("1 mmol/L",)),)
    assert protocol.patterns[0].title == Wording("T", "t")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"rules": [{}]}, KeyError),
        ({"scope": ["perhaps", "x"]}, ConditionError),
        ({"measures": {"sodium": {"unitless": [{"band": "low", "low": "many"}]}}}, ArithmeticError),
    ],
)
def test_what_is_no_protocol_is_refused(compiled, change, error):
    """A line that is not a compiled protocol raises instead of giving half of one."""
    with pytest.raises(error):
        protocol_from(compiled | change)


def test_an_unknown_effect_is_refused(compiled):
    """An effect this program does not know is an error, never taken for another."""
    compiled["rules"][0]["effect"] = "treat"
    with pytest.raises(ValueError, match="treat"):
        protocol_from(compiled)
