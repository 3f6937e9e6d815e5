"""Edits: facts set by hand, after the words of their turn. What is set by hand wins, and a value that is changed was
wrong before: it is never kept as an older one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bedside.facts.case import Edit, StepKind
from bedside.facts.fact import EDITED, Fact, Kind, Origin, Presence
from bedside.facts.given import given
from bedside.facts.turn_known import Known, same
from bedside.facts.turn_merging import take_siblings
from bedside.facts.vocabulary import Vocabulary

UNKNOWN = "unknown"
"""The value that takes back what was read."""


def set_by_hand(known: Known, edits: Iterable[Edit], turn: int) -> None:
    """Apply the edits of one turn in order. Raises UnreadableFact for a name or value that bedside does not know."""
    for edit in edits:
        fact = fact_of(edit, turn, known.vocabulary)
        if edit.value.strip() == UNKNOWN:
            _taken_out(known, fact, turn)
        else:
            _put_in(known, fact, turn)


def fact_of(edit: Edit, turn: int, vocabulary: Vocabulary) -> Fact:
    """The fact an edit states (for the value "unknown", one of that name). Raises UnreadableFact."""
    value = edit.value.strip()
    stated = given(edit.name, Presence.PRESENT.value if value == UNKNOWN else value, vocabulary)
    return replace(stated, origin=Origin(EDITED, turn))


def _slot(known: Known, fact: Fact) -> list[Fact]:
    return known.own(fact.concept, fact.when, fact.subject)


def _taken_out(known: Known, named: Fact, turn: int) -> None:
    for old in _slot(known, named):
        known.remove(old)
        known.step(turn, StepKind.TAKEN_BACK, old, None)
        take_siblings(known, old, turn)
    known.settled(named.concept)


def _put_in(known: Known, fact: Fact, turn: int) -> None:
    olds = _slot(known, fact)
    if fact.kind is Kind.LAB and olds and not fact.assay and fact.quantity is not None:
        fact = replace(fact, assay=olds[-1].assay)
    known.settled(fact.concept)
    if any(same(old, fact, known.vocabulary) for old in olds) and len(olds) == 1:
        known.step(turn, StepKind.REPEATED, olds[0], fact)
        return
    for old in olds[:-1]:
        known.remove(old)
        known.step(turn, StepKind.TAKEN_BACK, old, None)
    if not olds:
        known.facts.append(fact)
        known.step(turn, StepKind.ADDED, None, fact)
        return
    known.replaced(turn, olds[-1], fact)
    if fact.presence is Presence.ABSENT:
        take_siblings(known, olds[-1], turn)
