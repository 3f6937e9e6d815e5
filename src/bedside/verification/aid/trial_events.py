"""Questions a clause may raise on the adverse events of a trial, each answered +1, -1, or 0 where it cannot be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bedside.evidence.analysis import terms
from bedside.verification.aid.trial_clauses import Clause
from bedside.verification.aid.trial_record import Arm, Trial, arms_of
from bedside.verification.aid.trial_sides import (
    ANY,
    arms_in,
    compared,
    count,
    fits,
    holds,
    named,
    of_people,
    sides,
    signed,
)

_COMMONEST = re.compile(
    r"\b(?:most (?:common|frequent|prevalent|commonly|frequently)|prevalent|commonest|primary concern)"
)
_RAREST = re.compile(r"\b(?:least (?:common|frequent|prevalent)|rarest|lowest occurrence)")
_KINDS = re.compile(r"\b(?:types?|kinds?|different|distinct|separate|individual)\b")
_MANY = re.compile(r"\b(?:many|several|numerous|multiple|significant number|large number|various|a number of)\b")
_EACH = re.compile(r"\b(?:no|none|each|every|all|any|individual|neither|either)\b")
_MANY_LEAST = 3


def commonest(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether the event that is called the most or the least common is."""
    most, least = _COMMONEST.search(part.text), _RAREST.search(part.text)
    arms = [arm for arm in arms_in(part.first, trials) if arm.events]
    if not arms or not (most or least):
        return 0.0
    names = named(part, arms)
    totals = _totals(arms)
    if not names:
        return -0.5
    edge = (max if most else min)(totals.values())
    agrees = any(totals[name] == edge for name in names)
    return signed(agrees)


def _totals(arms: Iterable[Arm]) -> dict[frozenset[str], int]:
    totals: dict[frozenset[str], int] = {}
    for arm in arms:
        for event in arm.events:
            totals[event.name] = totals.get(event.name, 0) + event.count
    return totals


def happened(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether events that are said to have happened, or not to have, did."""
    if part.compared is not None or _COMMONEST.search(part.text) or _RAREST.search(part.text):
        return 0.0
    arms = [arm for arm in arms_in(part.first, trials) if arm.events or arm.total]
    if not arms:
        return 0.0
    names = named(part, arms)
    if part.denied:
        if part.bounds or _KINDS.search(part.text):
            return 0.0
        if not names and not ANY.search(part.text):
            return 0.5
        return signed(count(names, arms)[0] == 0)
    if not names:
        return 0.0 if part.bounds or ANY.search(part.text) else -0.25
    least = _MANY_LEAST if _MANY.search(part.text) else 1
    return signed(all(count([name], arms)[0] >= least for name in names))


def only(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether an event that is said to be seen only in one place was seen nowhere else."""
    if "only" not in part.text or not part.first or part.bounds or part.compared is not None:
        return 0.0
    own = arms_in(part.first, trials)
    names = named(part, own)
    if not names or (not any(scope.arm for scope in part.first) and len({scope.trial for scope in part.first}) > 1):
        return 0.0
    other = [arm for arm in arms_of(trials) if arm not in own]
    return signed(count(names, own)[0] > 0 and count(names, other)[0] == 0)


def each(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether a bound on every event, or on the commonest, holds: "no event occurred more than 8 times"."""
    arms = [arm for arm in arms_in(part.first, trials) if arm.events]
    bounds = of_people(part)
    if not arms or len(bounds) != 1 or not _EACH.search(part.text) or named(part, arms):
        return 0.0
    [bound] = bounds
    single = [(float(event.count), float(event.whole)) for arm in arms for event in arm.events]
    held = [fits(bound, *each) for each in single]
    return signed(not any(held) if part.denied else all(held))


def counted(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether numbers and shares of participants with an event are what the record says."""
    arms = [arm for arm in arms_in(part.first, trials) if arm.events or arm.total]
    bounds = of_people(part)
    if not arms or not bounds or _KINDS.search(part.text) or part.second:
        return 0.0
    names = named(part, arms)
    if not names and not ANY.search(part.text):
        return 0.0
    options = [count(names, arms), *(count([name], arms) for name in names)]
    options += [count(names, [arm]) for arm in arms] if len(arms) > 1 else []
    if part.denied:
        if _EACH.search(part.text):
            return signed(not any(fits(bound, *count(names, [arm])) for arm in arms for bound in bounds))
        options = [(whole - had, whole) for had, whole in options]
    return min(signed(any(fits(bound, *each) for each in options)) for bound in bounds)


def kinds(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether the number of kinds of event is what the record says."""
    arms = [arm for arm in arms_in(part.first, trials) if arm.events]
    if not arms or not (_KINDS.search(part.text) and ANY.search(part.text)):
        return 0.0
    bounds = [bound for bound in of_people(part) if not bound.percent]
    if not bounds:
        return 0.0
    listed = {event.name for arm in arms for event in arm.events}
    seen = {event.name for arm in arms for event in arm.events if event.count}
    numbers = {len(listed), len(seen)}
    return signed(any(holds(bounds[0].sign, bounds[0].value, number, 0.0) for number in numbers))


def more_events(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether more had an event on the side that is said to have more."""
    if part.compared is None:
        return 0.0
    if part.than and part.first and not part.second:
        lead, rest = (named(each, arms_in(part.first, trials)) for each in _halves(part))
        if lead and rest:
            own = arms_in(part.first, trials)
            return compared(part.compared, count(lead, own)[0], count(rest, own)[0])
    one, two = sides(part, trials)
    if not any(arm.total or arm.events for arm in (*one, *two)) or not one or not two:
        return 0.0
    names = named(part, (*one, *two))
    if not names and not ANY.search(part.text):
        return 0.0
    (mine, whole), (yours, other) = count(names, one), count(names, two)
    if re.search(r"%|percent|proportion|rate|likely|share", part.text) and whole and other:
        mine, yours = mine / whole, yours / other
    return compared(part.compared, mine, yours)


def _halves(part: Clause) -> tuple[Clause, Clause]:
    """The clause before and after its "than"."""
    before, after = part.text[: part.than], part.text[part.than :]
    return replace(part, words=frozenset(terms(before))), replace(part, words=frozenset(terms(after)))
