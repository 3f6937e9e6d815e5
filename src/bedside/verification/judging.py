"""The judge: whether a sentence may stand on a passage, and on several; deterministic, and closed in doubt.

Every sentence of the claim is held against the one sentence of the passage that says most of it. A passage that says
something else altogether can contradict nothing: adding unrelated passages never changes a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bedside.verification.checks.certainty import certainty
from bedside.verification.checks.classes import classes
from bedside.verification.checks.conditions import conditions
from bedside.verification.checks.coverage import coverage
from bedside.verification.checks.denial import denial
from bedside.verification.checks.direction import direction
from bedside.verification.checks.exchange import exchange
from bedside.verification.checks.numbers import numbers
from bedside.verification.checks.quotes import quotes
from bedside.verification.checks.schedule import schedule
from bedside.verification.pair import Pair, best_window
from bedside.verification.reading import read
from bedside.verification.terms import Terms
from bedside.verification.verdict import Finding, Verdict

CHECKS = (quotes, numbers, schedule, denial, direction, exchange, certainty, conditions, classes, coverage)
MISSING = (quotes, classes, coverage)
"""These alone may find that the passage does not say it: of one that speaks of something else, no other is asked."""

_SAYS = re.compile(r"\w")
WORST = tuple(Verdict)
RELATED = 0.6
"""The share of a sentence's content that a passage must say before it can contradict it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one passage says of a claim; ``coverage`` is the share of its content that one place there holds."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    coverage: float


@dataclass(frozen=True, slots=True)
class Overall:
    """What several passages say of a claim: the verdict, the judgement that gave it, the passage, and the reason."""

    verdict: Verdict
    judgement: Judgement
    against: str
    reason: str


NOTHING = Judgement(Verdict.UNSUPPORTED, (), 0.0)


def judge(claim: str, passage: str, terms: Terms, against: str = "") -> Judgement:
    """Whether a claim may stand on a passage: the worst finding on any of its sentences."""
    if claim.strip() == passage.strip() and _SAYS.search(claim):
        return Judgement(Verdict.SUPPORTED, (), 1.0)
    said, there = read(claim, terms), read(passage, terms)
    if not said.sentences or not there.sentences:
        return NOTHING
    judged = [_one(Pair(said, each, there, best_window(each, there), terms, against)) for each in said.sentences]
    worst = max(judged, key=lambda each: WORST.index(each.verdict))
    return Judgement(worst.verdict, tuple(f for each in judged for f in each.findings), min(j.coverage for j in judged))


def _one(pair: Pair) -> Judgement:
    if pair.coverage < RELATED:
        missing = tuple(f for check in MISSING for f in check(pair) if f.verdict is Verdict.UNSUPPORTED)
        return Judgement(Verdict.UNSUPPORTED, missing, pair.coverage)
    findings = tuple(f for check in CHECKS for f in check(pair))
    verdict = max((Verdict.SUPPORTED, *(finding.verdict for finding in findings)), key=WORST.index)
    return Judgement(verdict, findings, pair.coverage)


def judge_all(claim: str, passages: Sequence[tuple[str, str]], terms: Terms) -> Overall:
    """Whether a claim may stand on the passages given, each an id and a text: a contradiction first, then the best."""
    judged = [(name, judge(claim, text, terms, name)) for name, text in passages]
    if not judged:
        return Overall(Verdict.UNSUPPORTED, NOTHING, "", "No passage was given.")
    against = [pair for pair in judged if pair[1].verdict is Verdict.CONTRADICTED]
    name, best = min(against or judged, key=lambda pair: (WORST.index(pair[1].verdict), -pair[1].coverage, pair[0]))
    return Overall(best.verdict, best, name, reason_of(best))


def judge_cited(
    claim: str, cited: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]], terms: Terms
) -> Overall:
    """Whether a claim may stand on the passages it cites. *others* cannot support it; they tell where its words are
    when the cited ones do not hold them (misattribution)."""
    overall = judge_all(claim, cited, terms)
    if overall.verdict is not Verdict.UNSUPPORTED:
        return overall
    for name, text in others:
        found = judge(claim, text, terms, name)
        if found.verdict is Verdict.SUPPORTED:
            finding = Finding("attribution", Verdict.UNSUPPORTED, f"its words are in {name}, which it does not cite")
            judgement = Judgement(
                Verdict.UNSUPPORTED, (finding, *overall.judgement.findings), overall.judgement.coverage
            )
            return Overall(Verdict.UNSUPPORTED, judgement, overall.against, reason_of(judgement))
    return overall


def reason_of(judgement: Judgement) -> str:
    """The reason for a verdict in one plain sentence."""
    deciding = next((f for f in judgement.findings if f.verdict is judgement.verdict), None)
    if deciding is not None:
        return f"{deciding.message[:1].upper()}{deciding.message[1:]}."
    if judgement.verdict is Verdict.UNSUPPORTED:
        return "The passage speaks of something else."
    return "Everything it says stands in the passage."
