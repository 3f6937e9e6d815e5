"""What is not known and would change the outcome, found by trying the values (design rule 1).

Each question a person can answer is tried: every fact it settles, with every value it may take, alone; and, where an
open branch or red flag turns only on two facts together, in pairs. A question is worth asking when some answer makes
a rule fire that did not, silences one that did, or settles an open branch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, islice, product
from typing import TYPE_CHECKING

from bedside.facts.fact import Presence
from bedside.facts.given import given
from bedside.protocol.circuit import Role
from bedside.protocol.effort import Effort
from bedside.protocol.outcome import Missing, Outcome
from bedside.protocol.protocol import Effect
from bedside.protocol.truth import Truth

if TYPE_CHECKING:
    from bedside.facts.fact import Fact, Facts
    from bedside.facts.vocabulary import Vocabulary
    from bedside.protocol.circuit import Circuit
    from bedside.protocol.protocol import Ask
    from bedside.protocol.situation import Situation
    from bedside.protocol.valuation import Lanes, Valuation

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

    def before(self, other: Trial) -> Trial:
        """This answer, and then another."""
        return Trial((*self.added, *other.added), self.concepts | other.concepts)


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

    def add(self, kind: str, rule_id: str) -> None:
        """Record what an answer does to a rule; *kind* is the name of a field."""
        rules: set[str] = getattr(self, kind)
        rules.add(rule_id)


@dataclass(frozen=True, slots=True)
class _Tried:
    """Every answer to every question, each tried in a lane of its own; ``of`` gives the lanes of each question."""

    trials: tuple[Trial, ...]
    lanes: Lanes
    of: Mapping[str, range]


def missing_facts(outcomes: tuple[Outcome, ...], valuation: Valuation, vocabulary: Vocabulary) -> tuple[Missing, ...]:
    """The questions whose answer would change the outcome, most decisive first.

    Ranked by: lifts an abstention, could fire a red flag, is asked for by a rule that holds, changes an action or
    dose, settles an open branch, declared order. Two questions that only decide together stand as one, the second
    named in ``together``.
    """
    asks = valuation.situation.protocol.asks
    mattering = tuple(outcome for outcome in outcomes if _matters(outcome))
    circuit = valuation.circuit
    roots = (nodes[outcome.rule.id] for outcome in mattering for nodes in (circuit.given, circuit.when))
    tried = _try_all(asks, circuit.below(*roots), valuation, vocabulary)
    found = _alone(mattering, tried)
    together = _in_pairs(mattering, tried, found, valuation)
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
    if any((fact := situation.facts.current(name)) and fact.presence is Presence.PRESENT for name in ask.answered_by):
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


def _try_all(asks: Sequence[Ask], within: int, valuation: Valuation, vocabulary: Vocabulary) -> _Tried:
    """Every answer to every question by itself; answers to one question that do the same, once."""
    roles = {concept: valuation.circuit.role(concept) for ask in asks for concept in ask.facts}
    trials: list[Trial] = []
    of: dict[str, range] = {}
    for ask in asks:
        first = len(trials)
        seen: set[object] = {None}
        for trial in _trials(ask, valuation.situation, vocabulary, roles):
            if trial.sameness is None or trial.sameness not in seen:
                seen.add(trial.sameness)
                trials.append(trial)
        of[ask.id] = range(first, len(trials))
    return _Tried(tuple(trials), _supposed(trials, within, valuation), of)


def _supposed(trials: Iterable[Trial], within: int, valuation: Valuation) -> Lanes:
    situation = valuation.situation
    changed = [(situation.with_facts(trial.on(situation.facts)), trial.concepts) for trial in trials]
    return valuation.supposing(changed, within)


def _alone(outcomes: Iterable[Outcome], tried: _Tried) -> dict[str, _Effects]:
    """What the answers to each question do, each tried by itself; questions that do nothing are left out."""
    lanes, heads = tried.lanes, tried.lanes.circuit.heads
    moved = {rule_id for node in lanes.moved for rule_id in heads.get(node, ())}
    masks = {ask: _bits(places) for ask, places in tried.of.items()}
    effects: dict[str, _Effects] = {ask: _Effects() for ask in tried.of}
    for outcome in outcomes:
        if outcome.rule.id not in moved:
            continue
        for kind, where in _moves(outcome, lanes):
            for ask in tried.of if where else ():
                if where & masks[ask]:
                    effects[ask].add(kind, outcome.rule.id)
    return {ask: done for ask, done in effects.items() if done.rules}


def _bits(lanes: range) -> int:
    """The lanes as a mask."""
    return (1 << lanes.stop) - (1 << lanes.start)


def _moves(outcome: Outcome, lanes: Lanes) -> Iterator[tuple[str, int]]:
    """What answers do to a rule that is not silenced: a field of :class:`_Effects`, and the lanes that do it."""
    rule, held = outcome.rule, outcome.truth is Truth.TRUE
    true, false = lanes.masks(rule.id)
    fires, ceases = (0, lanes.every & ~true) if held else (true, 0)
    decided = true | false if outcome.open_branch else 0
    if rule.effect in (Effect.ASK, Effect.ABSTAIN) and held:
        yield ("lifts" if rule.effect is Effect.ABSTAIN else "settles"), ceases
    elif rule.effect is Effect.RED_FLAG:
        yield "red_flags", fires
        yield "settles", decided & ~fires
    elif rule.effect in _ACTS and rule.show_worthy:
        yield "changes", fires | ceases
        yield "settles", decided & ~fires
    else:
        yield "settles", decided


def _in_pairs(
    outcomes: Iterable[Outcome], tried: _Tried, found: dict[str, _Effects], valuation: Valuation
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
        touching = {
            ask: lanes
            for ask, places in tried.of.items()
            if (lanes := tuple(lane for lane in places if not tried.trials[lane].concepts.isdisjoint(needs)))
        }
        if found.keys() >= touching.keys():
            continue  # all of them are asked already; in pairs they would only be asked again
        within = circuit.below(circuit.given[outcome.rule.id], circuit.when[outcome.rule.id])
        useful = {ask: kept for ask, lanes in touching.items() if (kept := _useful(lanes, within, tried, valuation))}
        for first, second in combinations(useful, 2):
            if first in found and second in found:
                continue
            if _pair(outcome, useful[first], useful[second], within, valuation):
                found.setdefault(first, _Effects()).settles.add(outcome.rule.id)
                together[first] = (*together.get(first, ()), second)
                break
    return together


def _within_two(outcome: Outcome, effort: Effort, circuit: Circuit) -> bool:
    """Whether two answers could be enough to decide the rule."""
    given, when = circuit.given[outcome.rule.id], circuit.when[outcome.rule.id]
    fires = effort.of(given, target=True) + effort.of(when, target=True) <= _PAIR
    fails = min(effort.of(given, target=False), effort.of(when, target=False)) <= _PAIR
    return fires or (fails and outcome.open_branch)


def _useful(places: tuple[int, ...], within: int, tried: _Tried, valuation: Valuation) -> tuple[Trial, ...]:
    """The answers that move anything in a rule; of those that move the same beyond the leaf they settle, the first."""
    nodes = valuation.circuit.nodes
    inside = sorted(node for node in tried.lanes.moved if within >> node & 1)
    leaves = [node for node in inside if nodes[node].leaf is not None]
    gates = [node for node in inside if nodes[node].leaf is None]
    kept: dict[object, Trial] = {}
    for lane in places:
        moved = tried.lanes.against(valuation, gates, lane) or tried.lanes.against(valuation, leaves, lane)
        if moved:
            kept.setdefault(moved, tried.trials[lane])
    return tuple(kept.values())


def _undecided(outcome: Outcome) -> bool:
    return outcome.open_branch or (
        outcome.rule.effect is Effect.RED_FLAG and outcome.relevant and outcome.truth is Truth.UNKNOWN
    )


def _pair(
    outcome: Outcome,
    firsts: tuple[Trial, ...],
    seconds: tuple[Trial, ...],
    within: int,
    valuation: Valuation,
) -> bool:
    """Whether some answer to one question and some to another do something to a rule together."""
    pairs = [first.before(second) for first, second in islice(product(firsts, seconds), _MOST_PAIRS)]
    return any(where for _, where in _moves(outcome, _supposed(pairs, within, valuation)))
