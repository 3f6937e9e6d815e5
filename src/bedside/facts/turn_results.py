"""Several results of one test over the turns: which is the newest, which are older, and which was wrong."""

from __future__ import annotations

import re
from dataclasses import replace

from bedside.facts.case import StepKind
from bedside.facts.fact import Fact, Kind, Quantity, When
from bedside.facts.turn_known import Known, conflict, same
from bedside.facts.turn_words import measures_again

_PARTS = re.compile(
    r",|\b(?:but|though|although|however|while|whereas)\b|\band (?=the|my|i\b|i'm|her|his|she|he)", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EARLIER = re.compile(r"\b(?:ago|last (?:year|summer|winter|spring|autumn)|previously|used to be|(?:19|20)\d{2})\b")
_THE_OLD_ONE = re.compile(
    r"\b(?:earlier|previous(?:ly)?|old(?:er)?|prior|original(?:ly)?|initial(?:ly)?|first|baseline"
    r"|before (?:(?:the|my|any|all) )?(?:that|then|this|treatment|tablets?|injections?|i started|starting|pregnancy))\b"
)
_AFTER = re.compile(r"\b(?:after|since|now|today|on (?:treatment|tablets|injections))\b")
_NORMALLY = re.compile(r"\b(?:normal(?:ly)?|reference|ref|range|usual(?:ly)?|limits?|should be|target|expected)\b")
_NORMAL_RANGE = re.compile(r"\bnormal (?:range|limits?|values?|interval)\b|\bwhat is normal\b")
_NOTHING_FOUND = frozenset({"negative", "normal", "absent"})


def put_results(known: Known, group: list[Fact], turn: int, text: str, *, correcting: bool) -> None:
    """The results of one test in one turn: those that are current now, those that were before, and plans."""
    current = [fact for fact in group if fact.when is When.CURRENT and not _a_normal_range(fact, text)]
    for fact in group:
        if fact.when is not When.CURRENT:
            put_beside(known, fact, turn)
    if not current:
        return
    olds = known.own(current[0].concept)
    if not olds:
        for fact in current:
            known.facts.append(fact)
            known.step(turn, StepKind.ADDED, None, fact)
        return
    if len(current) == 1:
        _one_result(known, olds, current[0], turn, around_of(text, current[0]), correcting=correcting)
    elif any(not same(old, new, known.vocabulary) for old in olds for new in current):
        put_newer(known, olds, current, turn)


def _one_result(known: Known, olds: list[Fact], new: Fact, turn: int, around: str, *, correcting: bool) -> None:
    old = olds[-1]
    again = measures_again(around)
    if any(same(each, new, known.vocabulary) for each in olds):
        if len(olds) > 1 and correcting:
            for other in [each for each in olds if not same(each, new, known.vocabulary)]:
                known.remove(other)
                known.step(turn, StepKind.TAKEN_BACK, other, None)
        known.step(turn, StepKind.REPEATED, next(o for o in olds if same(o, new, known.vocabulary)), new)
        known.settled(new.concept)
    elif old.quantity is not None and new.quantity is not None and _other_unit_only(old.quantity, new.quantity):
        known.replaced(turn, old, new)
    elif correcting and not again:
        new = in_the_unit_of(old, new)
        for other in olds[:-1]:
            known.remove(other)
            known.step(turn, StepKind.TAKEN_BACK, other, None)
        known.replaced(turn, old, new)
    elif old.quantity is not None and new.quantity is None and not again:
        # Words alone ("it is normal") do not undo a number.
        conflict(known, old, new, turn)
    elif old.quantity is None and _undoes(old, new) and not (again or new.concept in known.conflicts):
        conflict(known, old, new, turn)
    elif _is_older(new, old, around) and not again:
        put_beside(known, replace(new, when=When.PAST, order=old.order - 1), turn)
    else:
        put_newer(known, olds, [new], turn)


def _undoes(old: Fact, new: Fact) -> bool:
    """Whether a finding in words is said to be none: "negative" of an antibody that was positive."""
    return new.quantity is None and new.result in _NOTHING_FOUND and old.result not in _NOTHING_FOUND


def _a_normal_range(fact: Fact, text: str) -> bool:
    """Whether a range is what is normal, and no result: "normal Hb is 130-170 g/L"."""
    around = around_of(text, fact).lower()
    if fact.result == "normal":
        return _NORMAL_RANGE.search(around) is not None
    return fact.quantity is not None and fact.quantity.upper is not None and _NORMALLY.search(around) is not None


def in_the_unit_of(old: Fact, new: Fact) -> Fact:
    """A corrected or supposed number without a unit is in the unit of the one it stands for."""
    if old.quantity is None or new.quantity is None or new.quantity.unit or not old.quantity.unit:
        return new
    return replace(new, quantity=replace(new.quantity, unit=old.quantity.unit), assay=new.assay or old.assay)


def _other_unit_only(old: Quantity, new: Quantity) -> bool:
    """Whether the same number now has its unit, or another one."""
    return old.value == new.value and old.upper == new.upper and bool(new.unit) and old.unit != new.unit


def _is_older(new: Fact, old: Fact, around: str) -> bool:
    """Whether the words date a result before the one that is known."""
    first, then = _moment(old.observed_on), _moment(new.observed_on)
    if first and then:
        return then < first
    if new.observed_on:
        return _EARLIER.search(f"{new.observed_on} {around}".lower()) is not None
    said = around.lower()
    return new.quantity is not None and bool(_THE_OLD_ONE.search(said)) and not _AFTER.search(said)


def _moment(written: str) -> tuple[int, int] | None:
    """Year and month of a date as written, as far as it has them."""
    year = _YEAR.search(written)
    if year is None:
        return None
    month = next((place for place, name in enumerate(_MONTHS, 1) if name in written.lower()), 0)
    return int(year.group()), month


def put_newer(known: Known, olds: list[Fact], news: list[Fact], turn: int) -> None:
    """The new values count from here on; those of before stay as older ones."""
    rank = max((old.order for old in olds), default=0) + 1
    for old in olds:
        known.remove(old)
        known.facts.append(replace(old, when=When.PAST))
    for new in news:
        known.facts.append(placed := replace(new, order=new.order + rank))
        known.step(turn, StepKind.OLDER, olds[-1], placed)
        known.settled(new.concept)


def put_beside(known: Known, new: Fact, turn: int) -> None:
    """What stands beside the facts of now: somebody else's, planned, or an older result."""
    for old in known.own(new.concept, new.when, new.subject):
        if same(old, new, known.vocabulary):
            known.step(turn, StepKind.REPEATED, old, new)
            return
        if new.kind is not Kind.LAB:
            known.replaced(turn, old, new)
            return
    known.facts.append(new)
    known.step(turn, StepKind.ADDED, None, new)


def part_of(clause: str, said: str) -> str:
    """The part of a clause, between commas and joining words, that these words stand in, else the clause."""
    parts = [part for part in _PARTS.split(clause) if said and said in part]
    return parts[0] if len(parts) == 1 else clause


def around_of(text: str, fact: Fact) -> str:
    """The clause a fact was read in, as wide as words of change can stand from it."""
    start = max((text.rfind(mark, 0, fact.span.start) for mark in ".!?;\n"), default=-1) + 1
    ends = [place for mark in ".!?;\n" if (place := text.find(mark, fact.span.end)) >= 0]
    return text[start : min(ends, default=len(text))]
