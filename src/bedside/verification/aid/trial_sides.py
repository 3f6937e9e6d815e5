"""What a clause on trials is about: the arms it names or compares, the events it mentions, and how many had them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bedside.text.numbers import Sign
from bedside.verification.aid.rarity import weight
from bedside.verification.aid.trial_clauses import Bound, Clause, Scope
from bedside.verification.aid.trial_record import Arm, Trial, arms_of
from bedside.verification.aid.word_classes import GROUPS

ANY = re.compile(r"\b(?:adverse (?:\w+ )?(?:event|effect|incident|reaction)s?|aes?|side effects?)\b")
"""Adverse events of any kind."""
PERCENT_NEAR = 0.6
"""Percentage points by which a share may be rounded."""
_LEAST_NAME = 0.65  # part of an event's weight that must be in a clause
TELLING = 3.0
"""Weight above which a term tells what a clause is about."""
_PAIR, _LETTERS = 2, 3


def arms_in(scopes: Iterable[Scope], trials: Sequence[Trial]) -> list[Arm]:
    """The arms of *scopes*; of all trials where there is none."""
    wanted = list(scopes) or [Scope(-1, 0)]
    found = []
    for scope in wanted:
        for at, trial in enumerate(trials):
            if scope.trial in (at, -1):
                found += [arm for place, arm in enumerate(trial.arms, 1) if scope.arm in (0, place)]
    return found


def named(part: Clause, arms: Iterable[Arm]) -> list[frozenset[str]]:
    """The names of events that the clause mentions, the longest first; one within a longer one does not count."""
    names = {event.name for arm in arms for event in arm.events if event.name}
    hits = sorted((name for name in names if _mentions(part.words, name)), key=lambda name: (-len(name), sorted(name)))
    kept: list[frozenset[str]] = []
    for name in hits:
        if not any(name < longer for longer in kept):
            kept.append(name)
    return kept


def _mentions(words: frozenset[str], name: frozenset[str]) -> bool:
    whole = sum(weight(term) for term in name)
    held = sum(weight(term) for term in name if term in words or _akin(term, words))
    return held >= max(_LEAST_NAME * whole, 0.01)


def _akin(term: str, words: frozenset[str]) -> bool:
    groups = GROUPS.get(term, frozenset())
    return bool(groups) and any(groups & GROUPS.get(word, frozenset()) for word in words)


def count(names: Sequence[frozenset[str]], arms: Iterable[Arm]) -> tuple[float, float]:
    """How many had the events of *names*, and of how many; any event where no name is given."""
    count = whole = 0
    for arm in arms:
        if names:
            own = [event for event in arm.events if event.name in names]
            count += sum(event.count for event in own)
            whole += max((event.whole for event in own), default=arm.total[1] if arm.total else 0)
        elif arm.total:
            count, whole = count + arm.total[0], whole + arm.total[1]
    return float(count), float(whole)


def sides(part: Clause, trials: Sequence[Trial]) -> tuple[list[Arm], list[Arm]]:
    """The arms a clause compares."""
    first, second = list(part.first), list(part.second)
    if not second and len(first) > 1:
        first, second = first[:1], first[1:2]
    if first and second and first[0].trial == -1 != second[0].trial:
        first = [Scope(second[0].trial, first[0].arm)]
    if first and second and second[0].trial == -1 != first[0].trial:
        second = [Scope(first[0].trial, second[0].arm)]
    if first and not second:
        one = first[0]
        second = (
            [Scope(one.trial, 3 - one.arm)]
            if one.arm in (1, 2)
            else [Scope(1 - one.trial, 0)]
            if one.trial >= 0
            else []
        )
    if not first or not second:
        return _by_title(part, trials)
    return arms_in(first[:1], trials), arms_in(second[:1], trials)


def _by_title(part: Clause, trials: Sequence[Trial]) -> tuple[list[Arm], list[Arm]]:
    """The same where the arms are named by their titles: the one named first is compared with the other."""
    arms = list(arms_of(trials))
    if len(arms) != _PAIR:
        return [], []
    text = part.text
    places = []
    for mine, other in ((arms[0], arms[1]), (arms[1], arms[0])):
        own = [term for term in mine.title - other.title if len(term) >= _LETTERS]
        found = [text.find(term[:6]) for term in own if term[:6] in text]
        places.append(min(found) if found else None)
    one, two = places
    if one is None and two is None:
        return [], []
    first = two is None or (one is not None and one < two)
    return ([arms[0]], [arms[1]]) if first else ([arms[1]], [arms[0]])


def signed(agrees: bool) -> float:
    """+1 where something agrees, else -1."""
    return 1.0 if agrees else -1.0


def holds(sign: Sign, bound: float, value: float, near: float) -> bool:
    """Whether *value* is within *bound*; *near* is how far an equal one may be off."""
    match sign:
        case "<":
            return value < bound
        case "<=":
            return value <= bound
        case ">":
            return value > bound
        case ">=":
            return value >= bound
        case "=":
            return abs(value - bound) <= near


def compared(way: int, mine: float, yours: float) -> float:
    """Whether the first is more (+1), less (-1) or the same (0) than the other, as the clause says."""
    if way == 0:
        return signed(mine == yours)
    return signed((mine - yours) * way > 0)


def of_people(part: Clause) -> list[Bound]:
    """The numbers of a clause that may be of participants: counts and shares."""
    return [bound for bound in part.bounds if not bound.unit and (bound.percent or bound.value == int(bound.value))]


def fits(bound: Bound, count: float, whole: float) -> bool:
    """Whether a count of a whole is what *bound* says."""
    if bound.percent:
        return bool(whole) and holds(bound.sign, bound.value, 100 * count / whole, PERCENT_NEAR)
    return holds(bound.sign, bound.value, count, 0.0)
