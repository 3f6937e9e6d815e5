"""The case as it would be without some of its last steps: how it is found out which fact changed an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bedside.facts.case import Case, Step, StepKind
from bedside.facts.case_of import facts_of
from bedside.facts.fact import Concern, ConcernKind, Fact, Subject, When
from bedside.facts.turn_known import without_derived
from bedside.facts.vocabulary import Vocabulary

_CHANGING = frozenset({StepKind.ADDED, StepKind.REPLACED, StepKind.OLDER, StepKind.TAKEN_BACK, StepKind.SUPPOSED})


def changes_facts(step: Step) -> bool:
    """Whether a step changed what is known."""
    return step.kind in _CHANGING


def lapsed(before: Case, after: Case, turn: int) -> tuple[Step, ...]:
    """The suppositions of the turn before that hold no longer, as steps of *turn* that take them back."""
    again = {(fact.concept, fact.quantity, fact.presence) for fact in after.supposed}
    return tuple(
        Step(turn, StepKind.TAKEN_BACK, fact.concept, fact, None)
        for fact in before.supposed
        if (fact.concept, fact.quantity, fact.presence) not in again
    )


def without(case: Case, steps: Iterable[Step], vocabulary: Vocabulary) -> Case:
    """The case as if these steps had not been taken."""
    told = without_derived(case.facts.items, vocabulary)
    doubts = [doubt for doubt in case.facts.concerns if doubt.kind is ConcernKind.THOUSANDS_AMBIGUOUS]
    for step in reversed(list(steps)):
        told = _undone(told, step)
    kept: list[Concern] = [d for d in doubts if any(f.span == d.span and f.concept == d.concept for f in told)]
    return replace(case, facts=facts_of(told, kept, vocabulary))


def _undone(told: list[Fact], step: Step) -> list[Fact]:
    before, after = step.before, step.after
    if not changes_facts(step):
        return told
    if after is not None and (step.kind is not StepKind.REPLACED or after.concept == step.concept):
        told = [fact for fact in told if not _is(fact, after)]
    if before is None:
        return told
    if step.kind is StepKind.OLDER:
        told = [fact for fact in told if not _is(fact, replace(before, when=When.PAST))]
    if step.kind is StepKind.TAKEN_BACK and before.supposed:
        told = [f for f in told if (f.concept, f.subject, f.when) != (before.concept, Subject.PATIENT, When.CURRENT)]
    return [*told, before]


def _is(fact: Fact, other: Fact) -> bool:
    """Whether a fact of the case is the one of a step (its place in time may have been numbered since)."""
    return replace(fact, order=0, internal=False) == replace(other, order=0, internal=False)
