"""Valuing only what moved, many sets of facts at once, gives what the tables of truth give for each alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from bedside.facts.fact import Facts
from bedside.facts.given import given
from bedside.protocol.circuit import Gate, circuit_of
from bedside.protocol.condition import All, Any, AtLeast, Has, Not
from bedside.protocol.situation import Situation
from bedside.protocol.truth import Truth, all_of, any_of, at_least
from bedside.protocol.valuation import Valuation
from tests.protocol.toy import protocol, rule

CONCEPTS = ("gait_ataxia", "limb_weakness", "pregnancy", "metformin", "cyanocobalamin_oral", "vegan_diet", "fever")


def by_the_tables(circuit, situation) -> list[Truth]:
    """Every node of a circuit, each from the tables of truth, nothing left out."""
    values: list[Truth] = []
    for node in circuit.nodes:
        below = [values[child] for child in node.children]
        match node.gate:
            case Gate.LEAF:
                values.append(situation.leaf(node.leaf, node.jurisdiction))
            case Gate.ALL:
                values.append(all_of(below))
            case Gate.ANY:
                values.append(any_of(below))
            case Gate.NOT:
                values.append(~below[0])
            case Gate.AT_LEAST:
                values.append(at_least(node.count, below))
            case Gate.DEFINED:
                values.append(below[1] if below[0] is Truth.UNKNOWN else below[0])
            case Gate.SETTLED:
                values.append(Truth.of(below[0] is not Truth.UNKNOWN))
    return values


def every_value(lanes, lane: int = 0) -> list[Truth]:
    return [lanes.truth(node, lane) for node in range(len(lanes.circuit.nodes))]


@pytest.mark.parametrize("facts", [{}, {"total_b12": "200 ng/L"}, {"vegan_diet": "present", "age_years": "40 years"}])
def test_each_lane_is_what_its_facts_alone_give(vocabulary, facts) -> None:
    """Every fact and value the toy protocol could learn, all supposed at once, against each valued afresh."""
    toy = protocol()
    circuit = circuit_of(toy)
    known = Facts(tuple(given(name, value, vocabulary) for name, value in facts.items()))
    base = Valuation(circuit, Situation(toy, known, frozenset(), vocabulary.units))
    assert every_value(base) == by_the_tables(circuit, base.situation)
    learnt = list(product(CONCEPTS, ("present", "absent")))
    trials = [
        (base.situation.with_facts(known.with_fact(given(concept, value, vocabulary))), frozenset({concept}))
        for concept, value in learnt
    ]
    lanes = base.supposing(trials)
    for lane, (changed, _) in enumerate(trials):
        assert every_value(lanes, lane) == by_the_tables(circuit, changed), learnt[lane]
    moved = {node for lane in range(len(trials)) for node, _ in lanes.against(base, range(len(circuit.nodes)), lane)}
    assert lanes.moved == moved


CONDITIONS = st.recursive(
    st.sampled_from(CONCEPTS[:4]).map(Has),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Any(tuple(parts))),
        st.builds(AtLeast, st.integers(0, 4), st.lists(inner, min_size=1, max_size=4).map(tuple)),
    ),
    max_leaves=8,
)


@drawn(CONDITIONS, st.dictionaries(st.sampled_from(CONCEPTS[:4]), st.sampled_from(("present", "absent"))))
def test_any_condition_on_any_facts(vocabulary, condition, facts) -> None:
    """Conditions of every shape, on every single thing that could be learnt besides some facts."""
    made = protocol(rules=(replace(rule("X"), when=condition),))
    circuit = circuit_of(made)
    known = Facts(tuple(given(name, value, vocabulary) for name, value in facts.items()))
    base = Valuation(circuit, Situation(made, known, frozenset(), vocabulary.units))
    assert every_value(base) == by_the_tables(circuit, base.situation)
    trials = [
        (base.situation.with_facts(known.with_fact(given(concept, value, vocabulary))), frozenset({concept}))
        for concept, value in product(CONCEPTS[:4], ("present", "absent"))
    ]
    within = circuit.below(circuit.when["X"])
    lanes = base.supposing(trials, within)
    for lane, (changed, _) in enumerate(trials):
        assert lanes.rule("X", lane) is by_the_tables(circuit, changed)[circuit.when["X"]]
