"""Denial: "not", "without" and "never" survive from the passage into the claim, and none is added."""

from __future__ import annotations

from collections.abc import Iterator

from bedside.verification.pair import Pair
from bedside.verification.reading import Mark, Said
from bedside.verification.senses import EXCEPTIONS
from bedside.verification.terms import Part
from bedside.verification.verdict import Finding, Verdict

_REACH = 4  # words behind a negation among which is what it denies
_ALIKE = 0.68
_DENYING_AXES = frozenset(("effect", "safety", "finding", "significance", "sufficiency", "certainty", "ability"))
_LEAST = 0.5  # of a clause's content must be repeated before a lost negation there counts


def denial(pair: Pair) -> Iterator[Finding]:
    """A negation on one side whose words stand on the other without one."""
    yield from _parity(pair)
    yield from (
        Finding(
            "denial",
            Verdict.CONTRADICTED,
            f"{pair.mine(cue.span)!r} is not in the passage",
            cue.span,
            against=pair.against,
        )
        for cue in _bare(pair.claim, pair.window)
    )
    for cue in _bare(pair.window, pair.claim):
        if pair.clauses.get(cue.clause, 0.0) >= _LEAST:
            message = f"the passage denies this ({pair.theirs(cue.span)!r}), the sentence does not"
            yield Finding("denial", Verdict.CONTRADICTED, message, there=cue.span, against=pair.against)


def _parity(pair: Pair) -> Iterator[Finding]:
    """Sentences that are alike word by word but for a negation: an odd number of turns of meaning between them."""
    if pair.likeness < _ALIKE:
        return
    if (_turns(pair.claim) - _turns(pair.window)) % 2:
        message = "one negation more or less than the passage"
        yield Finding("denial", Verdict.CONTRADICTED, message, pair.claim.span, pair.window.span, pair.against)


def _turns(said: Said) -> int:
    """How often the meaning is turned: negations, exceptions, and words that deny in themselves."""
    poles = sum(
        role.value == -1 and role.name in _DENYING_AXES and not mark.negates for mark, role in said.of(Part.AXIS)
    )
    return poles + sum(mark.negates or mark.key in EXCEPTIONS for mark in said.marks)


def _bare(here: Said, there: Said) -> Iterator[Mark]:
    """The negations of one side whose words stand on the other side, and never in a clause with a negation."""
    for place, cue in enumerate(here.marks if here.denied else ()):
        if not cue.negates or cue.role(Part.AXIS):
            continue
        heads = [mark for mark in here.marks[place + 1 : place + 1 + _REACH] if mark.clause == cue.clause]
        heads = [mark for mark in heads if not mark.general or mark.role(Part.SAME)] or heads
        met = [mark for mark in there.marks if any(mark.key == head.key for head in heads)]
        if not met:
            before = [mark for mark in here.marks[:place] if mark.clause == cue.clause and not mark.general][-2:]
            met = [mark for mark in there.marks if any(mark.key == head.key for head in before)]
        if met and not any(mark.clause in there.denied for mark in met) and not _opposed(here, there, cue):
            yield cue


def _opposed(here: Said, there: Said, cue: Mark) -> bool:
    """Whether the other side says the same by a word that denies in itself ("ineffective" for "not effective")."""
    poles = {(r.name, r.value) for m, r in here.of(Part.AXIS) if m.clause == cue.clause}
    theirs = {(r.name, r.value) for _, r in there.of(Part.AXIS)}
    return any((name, -int(value)) in theirs or (name, 0) in theirs for name, value in poles)
