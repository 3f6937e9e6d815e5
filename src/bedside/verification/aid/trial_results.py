"""Questions a clause may raise on the results of a trial, each answered +1, -1, or 0 where it cannot be told."""

from __future__ import annotations

from collections.abc import Sequence

from bedside.verification.aid.trial_clauses import Bound, Clause
from bedside.verification.aid.trial_record import Arm, Trial
from bedside.verification.aid.trial_sides import PERCENT_NEAR, arms_in, compared, count, holds, named, sides, signed

_NEAR = 0.06  # part of a value by which "1/4" or "30 %" may be rounded


def _value(arm: Arm, part: Clause) -> float | None:
    """The value of an arm that a clause is about: the row whose label it names, else the first."""
    if not arm.values:
        return None
    best = max(range(len(arm.values)), key=lambda at: (len(arm.values[at][0] & part.words), -at))
    return arm.values[best][1]


def better_results(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether the result is higher on the side that is said to be higher."""
    if part.compared is None:
        return 0.0
    one, two = sides(part, trials)
    mine, yours = (next((v for arm in side if (v := _value(arm, part)) is not None), None) for side in (one, two))
    return 0.0 if mine is None or yours is None else compared(part.compared, mine, yours)


def result_numbers(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether numbers and shares are those of the results of the arms that are named."""
    arms = [arm for arm in arms_in(part.first, trials) if arm.values]
    if not arms or not part.bounds or part.second:
        return 0.0
    named = [arm for arm in arms if arm.title & part.words]
    if len(arms) > 1 and len(named) == 1:
        arms = named
    answers = []
    for bound in part.bounds:
        if bound.unit and not any(bound.unit in arm.unit for arm in arms):
            continue
        values = [each for arm in arms for each in _options(arm, bound)]
        if values:
            answers.append(
                signed(any(holds(bound.sign, bound.value, v, max(PERCENT_NEAR, _NEAR * abs(v))) for v in values))
            )
    return min(answers, default=0.0)


def _options(arm: Arm, bound: Bound) -> tuple[float, ...]:
    if bound.percent:
        return arm.shares()
    return (
        (*(value for _, value in arm.values), float(arm.analysed)) if arm.analysed else tuple(v for _, v in arm.values)
    )


def difference(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether a difference between two sides that is put in a number is that large."""
    if part.compared in (None, 0) or not part.bounds:
        return 0.0
    one, two = sides(part, trials)
    mine, yours = (next((v for arm in side if (v := _value(arm, part)) is not None), None) for side in (one, two))
    if mine is None or yours is None:
        names = named(part, (*one, *two))
        if not any(arm.total for arm in (*one, *two)):
            return 0.0
        mine, yours = count(names, one)[0], count(names, two)[0]
    gap = abs(mine - yours)
    return max(signed(holds(b.sign, b.value, gap, max(0.1, _NEAR * gap))) for b in part.bounds)
