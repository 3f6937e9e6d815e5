"""The run: every rule of a protocol on one patient, with overrides, trace, what is missing, and how far it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedside.protocol.choice import chosen_pattern
from bedside.protocol.circuit import circuit_of
from bedside.protocol.condition import Asked
from bedside.protocol.holds import how_far
from bedside.protocol.missing import missing_facts
from bedside.protocol.outcome import BandResult, Because, Outcome, Run
from bedside.protocol.protocol import Effect
from bedside.protocol.scores import scored
from bedside.protocol.situation import Situation
from bedside.protocol.strength import Jurisdiction
from bedside.protocol.sums import worked_sums
from bedside.protocol.truth import Truth
from bedside.protocol.valuation import Valuation
from bedside.question.question import Region

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedside.facts.fact import Facts
    from bedside.facts.vocabulary import Vocabulary
    from bedside.protocol.protocol import Protocol, Rule
    from bedside.question.question import Question

OF_REGION = {
    Region.GB: (Jurisdiction.GB, Jurisdiction.INT),
    Region.US: (Jurisdiction.US, Jurisdiction.INT),
    Region.BOTH: (Jurisdiction.GB, Jurisdiction.US, Jurisdiction.INT),
}
"""The jurisdictions whose rules a region shows."""


def fitting(protocols: Iterable[Protocol], question: Question) -> tuple[Protocol, ...]:
    """The protocols a question is about, in the question's order of topics."""
    by_id = {protocol.id: protocol for protocol in protocols}
    return tuple(by_id[topic] for topic in question.topics if topic in by_id)


def run(
    protocol: Protocol,
    facts: Facts,
    question: Question,
    vocabulary: Vocabulary,
    as_of: str = "",
    *,
    explore: bool = True,
) -> Run:
    """Run one protocol: every rule of the region, true, false or unknown; nothing is assumed silently.

    Outside the scope only red flags, abstentions and the rules written for those people speak, and no band is given.
    ``as_of`` is an ISO date that picks the parameters in force; "" takes the newest. Without ``explore`` the search
    for missing facts and for the range of validity is left out, which is most of the work.
    """
    asked = frozenset(
        (
            *(intent.value for intent in question.intents),
            *question.subjects,
            *(topic.replace("-", "_") for topic in question.topics),
        )
    )
    situation = Situation(protocol, facts, asked, vocabulary.units, as_of)
    circuit = circuit_of(protocol)
    valuation = Valuation(circuit, situation)
    rules = [rule for rule in protocol.rules if rule.jurisdiction in OF_REGION[question.region]]
    scope = valuation.truth(circuit.scope)
    if scope is Truth.FALSE:
        rules = [rule for rule in rules if _speaks_outside(rule, valuation)]
    silenced = _silenced(rules, {rule.id: valuation.rule(rule.id) for rule in rules})
    outcomes = tuple(_outcome(rule, valuation, silenced.get(rule.id, "")) for rule in rules)
    return Run(
        protocol=protocol,
        scope=scope,
        outcomes=outcomes,
        bands=() if scope is Truth.FALSE else _bands(protocol, situation),
        classes=tuple(pair for outcome in outcomes if outcome.fires for pair in outcome.rule.classify),
        pattern=chosen_pattern(protocol, valuation),
        missing=missing_facts(outcomes, valuation, vocabulary) if explore else (),
        holds=how_far(outcomes, valuation) if explore and scope is not Truth.FALSE else (),
        sums=() if scope is Truth.FALSE else worked_sums(outcomes, situation),
        scores=() if scope is Truth.FALSE else scored(situation),
    )


def _speaks_outside(rule: Rule, valuation: Valuation) -> bool:
    """Whether a rule speaks to somebody outside the scope: red flags, abstentions, and what is written for them."""
    if rule.effect in (Effect.RED_FLAG, Effect.ABSTAIN):
        return True
    scoped = valuation.circuit.concepts[valuation.circuit.scope]
    return any(not isinstance(leaf, Asked) and leaf.name in scoped for _, leaf, _ in valuation.circuit.written(rule))


def _silenced(rules: list[Rule], truths: dict[str, Truth]) -> dict[str, str]:
    """Rule id -> the rule that overrides it. Only a rule that holds, and is not silenced itself, overrides."""
    by_target: dict[str, list[Rule]] = {}
    for rule in rules:
        if truths[rule.id] is Truth.TRUE:
            for target in rule.overrides:
                by_target.setdefault(target, []).append(rule)
    decided: dict[str, str] = {}

    def silencer(rule_id: str, path: frozenset[str]) -> str:
        if rule_id not in decided:
            above = (r.id for r in by_target.get(rule_id, ()) if r.id not in path)
            decided[rule_id] = next((r for r in above if not silencer(r, path | {rule_id})), "")
        return decided[rule_id]

    return {rule.id: found for rule in rules if (found := silencer(rule.id, frozenset()))}


def _outcome(rule: Rule, valuation: Valuation, overridden_by: str) -> Outcome:
    relevant = valuation.truth(valuation.circuit.given[rule.id]) is Truth.TRUE
    truth = valuation.rule(rule.id)
    near = truth is Truth.TRUE or (truth is Truth.UNKNOWN and relevant)
    because = tuple(_trace(rule, valuation)) if near else ()
    return Outcome(rule, truth, relevant, overridden_by, because)


def _bands(protocol: Protocol, situation: Situation) -> tuple[BandResult, ...]:
    own = [name for name, measure in protocol.measures.items() if measure.bands]
    return tuple(result for name in own if (result := situation.band_result(name)) is not None)


def _trace(rule: Rule, valuation: Valuation) -> Iterable[Because]:
    """The leaves of a rule's condition as written, each once, with its value and fact."""
    situation, circuit = valuation.situation, valuation.circuit
    for node, leaf, text in circuit.written(rule):
        name = "" if isinstance(leaf, Asked) else leaf.name
        fact = situation.fact(name) if name and name not in situation.protocol.definitions else None
        yield Because(text, valuation.truth(node), fact)
