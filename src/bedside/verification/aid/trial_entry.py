"""Questions a clause may raise on who is admitted to a trial, what it measured, and what was given, from -1 to +1."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bedside.verification.aid.rarity import weight
from bedside.verification.aid.reading import read
from bedside.verification.aid.trial_clauses import Clause
from bedside.verification.aid.trial_record import Trial
from bedside.verification.aid.trial_sides import TELLING, arms_in, holds, signed

_BARRED = re.compile(
    r"\b(?:exclu\w+|ineligib\w+|barred|prohibit\w*|prevent\w*|disqualif\w+|reject\w*|denied"
    r"|unable to (?:join|participate)"
    r"|(?:not|cannot|can't|n't) (?:be )?(?:\w+ )?(?:eligib\w+|ell?ig\w+|accept\w+|includ\w+|allow\w+|participat\w+"
    r"|permit\w*|admit\w*|suitable|enrol\w*|join|take part|enter))"
)
_ROUTES = (
    re.compile(r"\b(?:oral(?:ly)?|po|p\.o\.|by mouth|mouth|tablets?|pills?|capsules?)\b"),
    re.compile(r"\b(?:iv|i\.v\.|intravenous(?:ly)?|infusions?|infused|vein|drip)\b"),
    re.compile(r"\b(?:intramuscular(?:ly)?|im|i\.m\.)\b"),
    re.compile(r"\b(?:subcutaneous(?:ly)?|sc|s\.c\.|under the skin)\b"),
    re.compile(r"\b(?:topical(?:ly)?|cream|gel|ointment|lotion)\b"),
    re.compile(r"\b(?:placebo|sham)\b"),
    re.compile(r"\b(?:surg(?:ery|ical(?:ly)?)|resection|mastectomy|lumpectomy)\b"),
    re.compile(r"\b(?:radiation|radiotherapy|irradiat\w+)\b"),
)


def criterion(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether what admits or bars is found on the side of the criteria that does: the difference of coverages."""
    barred = bool(_BARRED.search(part.text))
    gaps = []
    for at, trial in enumerate(trials):
        if part.first and not any(scope.trial in (at, -1) for scope in part.first):
            continue
        if not trial.admitting and not trial.barring:
            continue
        asked = {term: weight(term) for term in part.words if weight(term) > TELLING}
        whole = sum(asked.values()) or 1.0
        admitting, barring = (
            max((sum(asked.get(term, 0.0) for term in line) / whole for line in side), default=0.0)
            for side in (trial.admitting, trial.barring)
        )
        gaps.append((barring - admitting) if barred else (admitting - barring))
    return sum(gaps) / len(gaps) if gaps else 0.0


def measured(part: Clause, trials: Sequence[Trial]) -> float:
    """How much of what is said to be measured is in what the trial measured; turned round where it is denied."""
    asked = {term: weight(term) for term in part.words if weight(term) > TELLING}
    whole = sum(asked.values()) or 1.0
    shares = [
        sum(each for term, each in asked.items() if term in trial.measured) / whole
        for at, trial in enumerate(trials)
        if trial.measured and (not part.first or any(scope.trial in (at, -1) for scope in part.first))
    ]
    mean = sum(shares) / len(shares) if shares else 0.0
    return -mean if part.denied else mean


def given(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether what is said to be given by a route, or a placebo, an operation or radiation, is in what is given."""
    arms = [arm for arm in arms_in(part.first, trials) if not arm.events and not arm.values]
    if not arms or part.compared is not None:
        return 0.0
    answers = []
    for route in _ROUTES:
        if route.search(part.text):
            held = any(route.search(line.lower()) for arm in arms for line in arm.lines)
            answers.append(signed(held != part.denied))
    return min(answers, default=0.0)


def dosed(part: Clause, trials: Sequence[Trial]) -> float:
    """Whether the doses and times of a clause are in the lines on what is given."""
    arms = [arm for arm in arms_in(part.first, trials) if not arm.events and not arm.values]
    if not arms or part.compared is not None:
        return 0.0
    values = {each.value for arm in arms for line in arm.lines for each in read(line).numbers}
    told = [bound for bound in part.bounds if bound.unit]
    if not told:
        return 0.0
    held = all(any(holds(bound.sign, bound.value, value, 0.0) for value in values) for bound in told)
    return signed(held != part.denied)
