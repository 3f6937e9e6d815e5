"""Which conditions can be true at all."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.protocol.condition import ALWAYS, All, Any, AtLeast, Has, Not, parse
from bedside.protocol.protocol import Band, Edge, Measure, Protocol, Wording
from bedside.protocol.reachable import can_be_true
from bedside.protocol.truth import Truth, all_of, any_of, at_least

NO_WORDS = Wording("", "")
EDGE = Edge({"mmol/L": Decimal(130)}, inclusive=False)
SODIUM = Measure("sodium", bands={"": (Band("low", None, EDGE), Band("normal", EDGE, None))})
PROTOCOL = Protocol(
    id="t", title=NO_WORDS, version="", scope=ALWAYS, scope_wording=NO_WORDS, topics=(),
    definitions={"low": parse("sodium is low"), "ill": parse({"any": ["confusion", "fever"]})},
    measures={"sodium": SODIUM, "any_sodium": Measure("any_sodium", first_known=("sodium",))},
    parameters=(), rules=(), asks=(), patterns=(),
)  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        {"all": ["confusion", {"not": "confusion"}]},
        {"all": ["ill", {"not": "confusion"}, {"not": "fever"}]},
        {"all": ["sodium is low", "sodium is normal"]},
        {"all": ["any_sodium is low", "any_sodium is normal"]},
        {"all": ["low", "sodium is normal"]},
        {"all": ["egfr < 30 mL/min", "egfr >= 30 mL/min"]},
        {"all": ["egfr < 30 mL/min", "egfr > 60 mL/min"]},
        {"all": ["egfr > limit", {"not": "egfr >= limit"}]},
        {"all": [{"not": "known egfr"}, "egfr < 30 mL/min"]},
        {"all": [{"not": "known fever"}, {"not": "fever"}]},
        {"at_least": [2, "fever", {"not": "fever"}]},
        {"at_least": [3, "fever", "confusion"]},
        {"not": {"any": ["asked test", {"not": "asked test"}]}},
        {"all": [{"any": ["a", "b"]}, {"any": [{"not": "a"}, "b"]}, {"not": "b"}]},
    ],
)
def test_a_contradiction_can_never_be_true(written):
    """What contradicts itself is found, also through definitions, bands, limits and what is known."""
    assert not can_be_true(parse(written), PROTOCOL)


@pytest.mark.parametrize(
    "written",
    [
        "confusion",
        {"all": ["confusion", {"not": "past confusion"}]},
        {"all": ["past confusion", {"not": "known confusion"}]},
        {"all": ["confusion is new", "confusion is severe"]},
        {"all": ["egfr >= 30 mL/min", "egfr <= 30 mL/min"]},
        {"all": ["egfr > 30 mL/min", "egfr < 31 mL/min"]},
        {"all": ["sodium < 130 mmol/L", "sodium > 2 g/L"]},
        {"all": [{"not": "sodium is low"}, "known sodium"]},
        {"at_least": [2, "fever", "confusion", {"not": "fever"}]},
        {"all": ["ill", {"not": "confusion"}]},
    ],
)
def test_what_is_possible_is_not_refused(written):
    """A condition that some patient can meet is never called dead."""
    assert can_be_true(parse(written), PROTOCOL)


def test_always_is_possible():
    """A rule without a condition can be reached."""
    assert can_be_true(ALWAYS, PROTOCOL)


def test_a_search_that_grows_too_large_gives_up_on_the_safe_side():
    """Nothing is refused that was not proved: a huge condition ends in time and is called possible."""
    parts = tuple(Any((Has(f"a{n}"), Has(f"b{n}"), Has(f"c{n}"))) for n in range(60))
    assert can_be_true(All((*parts, AtLeast(30, tuple(Not(Has(f"a{n}")) for n in range(60))))), PROTOCOL)


_NAMES = ("a", "b", "c")
_CONDITIONS = st.recursive(
    st.sampled_from([Has(name) for name in _NAMES]),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(AtLeast, st.integers(0, 4), st.lists(inner, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=8,
)


def evaluate(condition, facts):
    """The value of a condition by the tables of truth alone."""
    match condition:
        case Has(name):
            return facts[name]
        case Not(part):
            return ~evaluate(part, facts)
        case All(parts):
            return all_of(evaluate(part, facts) for part in parts)
        case Any(parts):
            return any_of(evaluate(part, facts) for part in parts)
        case AtLeast(count, parts):
            return at_least(count, [evaluate(part, facts) for part in parts])


@given(_CONDITIONS)
def test_the_search_agrees_with_trying_every_patient(condition):
    """For small conditions, reachable means that one of all patients meets it."""
    patients = (dict(zip(_NAMES, values, strict=True)) for values in product(Truth, repeat=len(_NAMES)))
    assert can_be_true(condition, PROTOCOL) == any(evaluate(condition, facts) is Truth.TRUE for facts in patients)
