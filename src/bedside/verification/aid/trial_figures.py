"""Figures of a claim on one or two trial records: what their counts, results and criteria say of it.

Each question a clause may raise is answered +1 where the record agrees, -1 where it does not, 0 where it was not asked
or cannot be told; a claim's answer is the least of its clauses' where one is against it. All are 0 where the evidence
is no trial record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bedside.verification.aid import trial_entry, trial_events, trial_results
from bedside.verification.aid.rarity import weight
from bedside.verification.aid.trial_clauses import Clause, clauses
from bedside.verification.aid.trial_record import Trial, arms_of, read_record
from bedside.verification.aid.trial_sides import ANY, TELLING, named

Figure = tuple[str, float]
Question = Callable[[Clause, Sequence[Trial]], float]

QUESTIONS: dict[str, Question] = {
    "commonest": trial_events.commonest,
    "happened": trial_events.happened,
    "counted": trial_events.counted,
    "kinds": trial_events.kinds,
    "only": trial_events.only,
    "each": trial_events.each,
    "more events": trial_events.more_events,
    "better results": trial_results.better_results,
    "result numbers": trial_results.result_numbers,
    "difference": trial_results.difference,
    "criterion": trial_entry.criterion,
    "measured": trial_entry.measured,
    "given": trial_entry.given,
    "dosed": trial_entry.dosed,
}
"""What is asked of every clause, by the name of its figure."""


def trial_figures(claim: str, evidence: str) -> Iterator[Figure]:
    """Every figure by its name."""
    trials = read_record(evidence)
    parts = _completed(clauses(claim), trials) if trials else ()
    total = 0.0
    for name, ask in QUESTIONS.items():
        answers = [ask(part, trials) for part in parts]
        least, most = min(answers, default=0.0), max(answers, default=0.0)
        answer = least if least < 0 else most
        total += answer
        yield f"trial: {name}", answer
    yield "trial: answers", total
    yield from _kind(parts, trials)
    yield from _scoped(parts, trials)


def _completed(parts: Sequence[Clause], trials: Sequence[Trial]) -> tuple[Clause, ...]:
    """The clauses, each that names no event with those of the one before: "three had sepsis, the others had none"."""
    arms = list(arms_of(trials))
    done: list[Clause] = []
    carried: frozenset[str] = frozenset()
    for part in parts:
        events = named(part, arms)
        if events:
            carried = frozenset().union(*events)
        left_out = carried and not events and not ANY.search(part.text)
        done.append(replace(part, words=part.words | carried) if left_out else part)
    return tuple(done)


def _kind(parts: Sequence[Clause], trials: Sequence[Trial]) -> Iterator[Figure]:
    arms = list(arms_of(trials))
    yield "trial: events", float(any(arm.total or arm.events for arm in arms))
    yield "trial: results", float(any(arm.values for arm in arms))
    yield "trial: criteria", float(any(trial.admitting or trial.barring for trial in trials))
    yield "trial: two", float(len(trials) > 1)
    yield "trial: clauses", float(min(4, len(parts)))
    yield "trial: denied", float(sum(part.denied for part in parts))
    yield "trial: compared", float(sum(part.compared is not None for part in parts))


def _scoped(parts: Sequence[Clause], trials: Sequence[Trial]) -> Iterator[Figure]:
    """How much of what each clause says is in what it is about, and in the rest of the record."""
    inside, outside, denied = [], [], []
    for part in parts:
        own, other = _words_of(part, trials)
        asked = {term: weight(term) for term in part.words if weight(term) > TELLING}
        whole = sum(asked.values()) or 1.0
        here = sum(each for term, each in asked.items() if term in own) / whole
        inside.append(here)
        outside.append(sum(each for term, each in asked.items() if term in other) / whole)
        denied.append(here * (-1 if part.denied else 1))
    number = max(1, len(parts))
    yield "trial: inside", sum(inside) / number
    yield "trial: least inside", min(inside, default=0.0)
    yield "trial: inside and outside", sum(inside) / number - sum(outside) / number
    yield "trial: inside, denied", sum(denied) / number


def _words_of(part: Clause, trials: Sequence[Trial]) -> tuple[frozenset[str], frozenset[str]]:
    """The terms of what a clause is about, and of the trials it is not about."""
    own: set[str] = set()
    other: set[str] = set()
    scopes = (*part.first, *part.second)
    for at, trial in enumerate(trials):
        wanted = [scope for scope in scopes if scope.trial in (at, -1)]
        if scopes and not wanted:
            other |= trial.words
            continue
        numbers = {scope.arm for scope in wanted} - {0}
        for place, arm in enumerate(trial.arms, 1):
            (own if not numbers or place in numbers else other).update(arm.words)
        if not trial.arms or not numbers:
            own |= trial.words
    return frozenset(own), frozenset(other)
