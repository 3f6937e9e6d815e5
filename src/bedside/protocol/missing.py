"""What is not known and would change the outcome, found by trying the values (design rule 1).

Each question a person can answer is tried: every fact it settles, with every value it may take, alone; and, where an
open branch or red flag turns only on two facts together, in pairs. A question is worth asking when some answer makes
a rule fire that did not, silences one that did, or settles an open branch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, islice, product
from typing import TYPE_CHECKING

from bedside.facts.given import given
from bedside.protocol.circuit import FALSE, TRUE, Role
from bedside.protocol.effort import Effort
from bedside.protocol.outcome import Missing, Outcome
from bedside.protocol.protocol import Effect
from bedside.protocol.truth import Truth

if TYPE_CHECKING:
    from bedside.facts.fact import Fact, Facts
    from bedside.facts.vocabulary import Vocabulary
    from bedside.protocol.circuit import Circuit, Valuation
    from bedside.protocol.protocol import Ask
    from bedside.protocol.situation import Situation

_ACTS = frozenset({Effect.RECOMMEND, Effect.ABSTAIN, Effect.CLASSIFY})
_PAIR = 2
_MOST_PAIRS = 16  # pairs of answers tried for one rule: a bound on time, far above what a table row needs


@dataclass(frozen=True, slots=True)
class Trial:
    """One assumed answer: the facts it adds, and the concepts in which the facts then differ.

    ``sameness`` is equal for answers that move the same nodes, or None where that is not known.
    """

    added: tuple[Fact, ...]
    concepts: frozenset[str]
    sameness: object = None

    def on(self, facts: Facts) -> Facts:
        """The facts as they would then be."""
        for fact in self.added:
            facts = facts.with_fact(fact)
        return facts


@dataclass(slots=True)
class _Effects:
    """What the answers to one question could do, by rule id."""

    red_flags: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    settles: set[str] = field(default_factory=set)
    lifts: set[str] = field(default_factory=set)

    @property
    def rules(self) -> set[str]:
        return self.red_flags | self.changes | self.settles | self.lifts

    def note(self, outcome: Outcome, after: Truth) -> None:
        """Record how a rule moved. A rule that stays silenced does not matter."""
        rule, before = outcome.rule, outcome.truth
        if after is before or outcome.overridden_by:
            return
        ceases = before is Truth.TRUE
        fires = after is Truth.TRUE
        if ceases and rule.effect in (Effect.ASK, Effect.ABSTAIN):
            (self.lifts if rule.effect is Effect.ABSTAIN else self.settles).add(rule.id)
        elif rule.effect is Effect.RED_FLAG and fires:
            self.red_flags.add(rule.id)
        elif rule.effect in _ACTS and rule.show_worthy and (fires or ceases):
            self.changes.add(rule.id)
        elif outcome.open_branch and after is not Truth.UNKNOWN:
            self.settles.add(rule.id)


def missing_facts(outcomes: tuple[Outcome, ...], valuation: Valuation, vocabulary: Vocabulary) -> tuple[Missing, ...]:
    """The questions whose answer would change the outcome, most decisive first.

    Ranked by: lifts an abstention, could fire a red flag, is asked for by a rule that holds, changes an action or
    dose, settles an open branch, declared order. Two questions that only decide together stand as one, the second
    named in ``together``.
    """
    asks = valuation.situation.protocol.asks
    roles = {concept: valuation.circuit.role(concept) for ask in asks for concept in ask.facts}
    trials = {ask.id: tuple(_trials(ask, valuation.situation, vocabulary, roles)) for ask in asks}
    by_id = {outcome.rule.id: outcome for outcome in outcomes if _matters(outcome)}
    circuit = valuation.circuit
    within = circuit.below(*(nodes[rule_id] for rule_id in by_id for nodes in (circuit.given, circuit.when)))
    found = {ask.id: effects for ask in asks if (effects := _alone(trials[ask.id], by_id, within, valuation)).rules}
    together = _in_pairs(outcomes, trials, found, valuation)
    wanted = _wanted(outcomes, valuation)
    order = {ask.id: place for place, ask in enumerate(asks)}
    ranked = sorted(
        (ask for ask in asks if ask.id in found),
        key=lambda ask: _rank(found[ask.id], wanted=bool(wanted & set(ask.facts)), declared=order[ask.id]),
    )
    return tuple(_missing(ask, found[ask.id], outcomes, together.get(ask.id, ())) for ask in ranked)


def _missing(ask: Ask, effects: _Effects, outcomes: tuple[Outcome, ...], together: tuple[str, ...]) -> Missing:
    touched = effects.rules
    return Missing(
        ask,
        red_flag=len(effects.red_flags),
        changes=len(effects.changes),
        settles=len(effects.settles),
        rules=tuple(outcome.rule.id for outcome in outcomes if outcome.rule.id in touched),
        together=together,
    )


def _rank(effects: _Effects, *, wanted: bool, declared: int) -> tuple[bool | int, ...]:
    return (not effects.lifts, not effects.red_flags, not wanted, not effects.changes, not effects.settles, declared)


def _wanted(outcomes: tuple[Outcome, ...], valuation: Valuation) -> frozenset[str]:
    """The facts that a rule which holds asks for by name."""
    circuit = valuation.circuit
    asking = [circuit.when[o.rule.id] for o in outcomes if o.fires and o.rule.effect is Effect.ASK]
    return frozenset[str]().union(*(circuit.concepts[node] for node in asking))


def _trials(ask: Ask, situation: Situation, vocabulary: Vocabulary, roles: Mapping[str, Role]) -> Iterator[Trial]:
    """Every answer worth trying: each value of each fact that is not known, and all of them absent at once.

    Knowing more never undecides a condition, so "none of these" covers each single "not this".
    """
    if ask.one_is_enough and any(situation.known(concept) for concept in ask.facts):
        return
    values = dict(ask.values)
    absent: list[Fact] = []
    for concept in ask.facts:
        for value in values.get(concept, ("present", "absent")):
            fact = _answered(concept, value, situation, vocabulary)
            if fact is None:
                continue
            if value == "absent":
                absent.append(fact)
            else:
                sameness = (roles[concept], value) if fact.concept == concept else None
                yield Trial((fact,), frozenset({concept, fact.concept}), sameness)
    if absent:
        yield Trial(tuple(absent), frozenset(fact.concept for fact in absent))


def _answered(concept: str, value: str, situation: Situation, vocabulary: Vocabulary) -> Fact | None:
    """The fact an answer would give; None when the question is already answered.

    ``unit X`` gives a bare number its unit, ``assay NAME`` says which test it was; any other value is read as in a
    case.
    """
    known = situation.facts.current(concept)
    form, _, word = value.partition(" ")
    if form in ("unit", "assay") and word:
        result = situation.band_result(concept)
        if (
            known is None
            or known.quantity is None
            or result is None
            or form not in (result.ask, "unit" if result.ask else "")
        ):
            return None
        if form == "unit":
            measured = replace(known.quantity, unit=word)
            return (
                None
                if known.quantity.unit
                else replace(known, quantity=measured, assay="stated", order=known.order + 1)
            )
        return replace(known, concept=word, assay="stated", order=known.order + 1)
    return None if situation.known(concept) else _stated(concept, value, vocabulary)


_stated = lru_cache(maxsize=4096)(given)
"""Facts as answers give them; the same few hundred are tried for every question."""


def _matters(outcome: Outcome) -> bool:
    """Whether an answer could move the rule in a way that is worth asking for; what only informs is not."""
    rule = outcome.rule
    if outcome.overridden_by:
        return False
    if rule.effect in (Effect.ASK, Effect.ABSTAIN, Effect.RED_FLAG) or outcome.open_branch:
        return True
    return rule.effect in _ACTS and rule.show_worthy


def _alone(
    trials: tuple[Trial, ...], outcomes: Mapping[str, Outcome], within: frozenset[int], valuation: Valuation
) -> _Effects:
    """What the answers to one question do, each tried by itself."""
    effects = _Effects()
    heads, situation = valuation.circuit.heads, valuation.situation
    seen: set[object] = set()
    for trial in trials:
        if trial.sameness is not None and trial.sameness in seen:
            continue
        seen.add(trial.sameness)
        moved = valuation.moved(situation.with_facts(trial.on(situation.facts)), trial.concepts, within)
        for rule_id in {rule_id for node in moved for rule_id in heads.get(node, ())} & outcomes.keys():
            effects.note(outcomes[rule_id], valuation.rule(rule_id, moved))
    return effects


def _in_pairs(
    outcomes: tuple[Outcome, ...],
    trials: Mapping[str, tuple[Trial, ...]],
    found: dict[str, _Effects],
    valuation: Valuation,
) -> dict[str, tuple[str, ...]]:
    """Open branches and red flags that no single answer moves: try the answers to two questions together."""
    circuit = valuation.circuit
    effort = Effort(valuation)
    moved = {rule_id for effects in found.values() for rule_id in effects.rules}
    together: dict[str, tuple[str, ...]] = {}
    for outcome in outcomes:
        if outcome.rule.id in moved or not _undecided(outcome) or not _within_two(outcome, effort, circuit):
            continue
        needs = circuit.needs[outcome.rule.id]
        touching = [ask for ask, tried in trials.items() if any(not t.concepts.isdisjoint(needs) for t in tried)]
        if found.keys() >= set(touching):
            continue  # all of them are asked already; in pairs they would only be asked again
        within = circuit.below(circuit.given[outcome.rule.id], circuit.when[outcome.rule.id])
        useful = {ask: kept for ask in touching if (kept := _useful(outcome, trials[ask], within, valuation))}
        for first, second in combinations(useful, 2):
            if first in found and second in found:
                continue
            effects = _pair(outcome, useful[first], useful[second], within, valuation)
            if effects.rules:
                found.setdefault(first, _Effects()).settles |= effects.rules
                together[first] = (*together.get(first, ()), second)
                break
    return together


def _within_two(outcome: Outcome, effort: Effort, circuit: Circuit) -> bool:
    """Whether two answers could be enough to decide the rule."""
    given, when = circuit.given[outcome.rule.id], circuit.when[outcome.rule.id]
    fires = effort.of(given, TRUE) + effort.of(when, TRUE) <= _PAIR
    fails = min(effort.of(given, FALSE), effort.of(when, FALSE)) <= _PAIR
    return fires or (fails and outcome.open_branch)


def _useful(
    outcome: Outcome, tried: tuple[Trial, ...], within: frozenset[int], valuation: Valuation
) -> tuple[Trial, ...]:
    """The answers that move anything in a rule; of those that move the same beyond the leaf they settle, the first."""
    needs = valuation.circuit.needs[outcome.rule.id]
    facts, nodes = valuation.situation.facts, valuation.circuit.nodes
    kept: dict[tuple[tuple[int, int], ...], Trial] = {}
    for trial in tried:
        if trial.concepts.isdisjoint(needs):
            continue
        moved = valuation.moved(valuation.situation.with_facts(trial.on(facts)), trial.concepts, within)
        inner = tuple((number, value) for number, value in moved.items() if nodes[number].leaf is None)
        if moved:
            kept.setdefault(inner or tuple(moved.items()), trial)
    return tuple(kept.values())


def _undecided(outcome: Outcome) -> bool:
    return outcome.open_branch or (
        outcome.rule.effect is Effect.RED_FLAG and outcome.relevant and outcome.truth is Truth.UNKNOWN
    )


def _pair(
    outcome: Outcome,
    firsts: tuple[Trial, ...],
    seconds: tuple[Trial, ...],
    within: frozenset[int],
    valuation: Valuation,
) -> _Effects:
    rule_id = outcome.rule.id
    effects = _Effects()
    for first, second in islice(product(firsts, seconds), _MOST_PAIRS):
        changed = valuation.situation.with_facts(second.on(first.on(valuation.situation.facts)))
        moved = valuation.moved(changed, first.concepts | second.concepts, within)
        effects.note(outcome, valuation.rule(rule_id, moved))
        if effects.rules:
            break
    return effects
