"""Affected cases: what a rule does in the worked cases of its protocol, and which of them would come out otherwise
under an earlier (or proposed) row or pattern.

Only what can be touched is run: the row by itself in every case, then, where it makes a difference, the row with those
that may silence it or be silenced by it; or the patterns without any rule. So every case can be tried while a page is
made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from bedside.facts.fact import Facts
from bedside.facts.given import given
from bedside.facts.vocabulary import Vocabulary
from bedside.protocol.case import Case
from bedside.protocol.cases import Read
from bedside.protocol.load import protocol_from
from bedside.protocol.outcome import Run
from bedside.protocol.protocol import Pattern, Protocol, Rule
from bedside.protocol.run import run
from bedside.protocol.truth import Truth
from bedside.question.question import Question, Reader, Region

Body = Mapping[str, Any]

NO_PATTERN = "none"
"""What a case comes to that no pattern fits."""


class Came(StrEnum):
    """What came of a rule in a case."""

    FIRES = "fires"
    UNDECIDED = "stays undecided"
    SILENCED = "is silenced"
    NOT = "does not hold"


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A case in which a rule fires, stays undecided or is silenced. ``named`` says that the case was written to prove
    something about the rule."""

    case: Case
    came: Came
    named: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """What comes out otherwise in a case: ``what`` is the id of a rule, or "pattern"."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Affected:
    """A case that comes out otherwise. ``expected`` says that what comes out after is what the case demands, so far
    as it speaks of it."""

    case: Case
    moved: tuple[Moved, ...]
    expected: bool


def cases_of(
    rule: Rule, protocol: Protocol, cases: Iterable[Case], vocabulary: Vocabulary, read: Read
) -> tuple[RuleCase, ...]:
    """The cases in which the rule fires, is silenced or stays undecided: those that name it first, then those in which
    it fires. ``read`` reads a question in words (``bedside.facts.read.read_facts``)."""
    alone, above = _small(protocol, (rule,), ()), _above(protocol, {rule.id}, protocol.rules)
    found = []
    for case in cases:
        came = _came(_run(alone, case, vocabulary, read)).get(rule.id, Came.NOT)
        if came is not Came.NOT and len(above.rules) > 1:
            came = _came(_run(above, case, vocabulary, read))[rule.id]
        named = rule.id in (*case.expect.fires, *case.expect.undecided, *case.expect.never)
        if came is not Came.NOT:
            found.append(RuleCase(case, came, named))
    order = tuple(Came)
    return tuple(sorted(found, key=lambda each: (not each.named, order.index(each.came))))


def affected(
    before: Body | None,
    after: Body | None,
    protocol: Protocol,
    cases: Iterable[Case],
    vocabulary: Vocabulary,
    read: Read,
) -> tuple[Affected, ...]:
    """The worked cases that come out otherwise with one body of a rule or pattern than with another, the rest of the
    protocol as it is; None is a row that is not there. () for bodies of anything else: a wording changes no case.

    Raises KeyError, ValueError or ConditionError for a body that is neither.
    """
    given_body = before if after is None else after
    if given_body is None or not ("effect" in given_body or "decisive" in given_body):
        return ()
    if "effect" in given_body:
        return tuple(_by_rule(_rule(before), _rule(after), protocol, cases, vocabulary, read))
    return tuple(_by_pattern(_pattern(before), _pattern(after), protocol, cases, vocabulary, read))


def _by_rule(
    before: Rule | None,
    after: Rule | None,
    protocol: Protocol,
    cases: Iterable[Case],
    vocabulary: Vocabulary,
    read: Read,
) -> Iterator[Affected]:
    names = {rule.id for rule in (before, after) if rule is not None}
    old, new = (_with_rule(protocol, rule, names) for rule in (before, after))
    touched = names.union(*(rule.overrides for rule in (before, after) if rule is not None))
    all_old, all_new = _above(protocol, _beneath(touched, old), old), _above(protocol, _beneath(touched, new), new)
    alone_old, alone_new = (_small(protocol, () if rule is None else (rule,), ()) for rule in (before, after))
    silences = set(before.overrides if before else ()) != set(after.overrides if after else ())
    for case in cases:
        first, second = (_came(_run(alone, case, vocabulary, read)) for alone in (alone_old, alone_new))
        if first == second and not (silences and Came.FIRES in first.values()):
            continue
        was, now = (_came(_run(whole, case, vocabulary, read)) for whole in (all_old, all_new))
        moved = tuple(
            Moved(name, was.get(name, Came.NOT).value, now.get(name, Came.NOT).value)
            for name in sorted(was.keys() | now.keys())
            if was.get(name, Came.NOT) is not now.get(name, Came.NOT)
        )
        if moved:
            yield Affected(case, moved, all(_demanded(case, each.what, now) for each in moved))


def _by_pattern(
    before: Pattern | None,
    after: Pattern | None,
    protocol: Protocol,
    cases: Iterable[Case],
    vocabulary: Vocabulary,
    read: Read,
) -> Iterator[Affected]:
    names = {pattern.id for pattern in (before, after) if pattern is not None}
    small_old, small_new = (_with_pattern(protocol, pattern, names) for pattern in (before, after))
    for case in cases:
        was, now = (_chosen(_run(small, case, vocabulary, read)) for small in (small_old, small_new))
        if was != now:
            yield Affected(case, (Moved("pattern", was, now),), case.expect.pattern in (None, now))


def _demanded(case: Case, rule: str, now: Mapping[str, Came]) -> bool:
    """Whether what came of a rule is what the case demands, where it demands anything."""
    came = now.get(rule, Came.NOT)
    wanted = (
        (case.expect.fires, (Came.FIRES,)),
        (case.expect.undecided, (Came.UNDECIDED,)),
        (case.expect.never, (Came.NOT, Came.SILENCED)),
    )
    return all(came in fitting for named, fitting in wanted if rule in named)


def _above(protocol: Protocol, names: Iterable[str], rules: tuple[Rule, ...]) -> Protocol:
    """A protocol of *names* and the rules that can silence one, those that can silence these ...; no patterns."""
    found = set(names)
    while more := {rule.id for rule in rules if rule.id not in found and not found.isdisjoint(rule.overrides)}:
        found |= more
    return _small(protocol, tuple(rule for rule in rules if rule.id in found), ())


def _beneath(names: Iterable[str], rules: tuple[Rule, ...]) -> set[str]:
    """*names* and the rules that they can silence, those that these can silence, and so on."""
    found = set(names)
    while more := {target for rule in rules if rule.id in found for target in rule.overrides} - found:
        found |= more
    return found


def _with_rule(protocol: Protocol, rule: Rule | None, names: set[str]) -> tuple[Rule, ...]:
    """The rules with this one in the place of what bears one of the names; at the end where nothing does."""
    kept: list[Rule] = []
    placed = rule is None
    for each in protocol.rules:
        if each.id not in names:
            kept.append(each)
        elif not placed and rule is not None:
            kept.append(replace(rule, order=each.order))
            placed = True
    if rule is not None and not placed:
        kept.append(replace(rule, order=len(kept)))
    return tuple(kept)


def _with_pattern(protocol: Protocol, pattern: Pattern | None, names: set[str]) -> Protocol:
    """The patterns with this one in the place of what bears one of the names; at the end where nothing does."""
    patterns: list[Pattern] = []
    placed = pattern is None
    for each in protocol.patterns:
        if each.id not in names:
            patterns.append(each)
        elif not placed and pattern is not None:
            patterns.append(pattern)
            placed = True
    if pattern is not None and not placed:
        patterns.append(pattern)
    return _small(protocol, (), tuple(patterns))


def _small(protocol: Protocol, rules: tuple[Rule, ...], patterns: tuple[Pattern, ...]) -> Protocol:
    return replace(protocol, rules=rules, patterns=patterns, asks=(), _named={}, _rules={})


def _run(protocol: Protocol, case: Case, vocabulary: Vocabulary, read: Read) -> Run:
    """The case under both regions, as ``bedside.protocol.cases.run_case`` runs it."""
    question = Question(
        case.question or case.name, Reader.CLINICIAN, Region.BOTH, case.asked, (protocol.id,), case.subjects
    )
    return run(protocol, _facts(case, vocabulary, read), question, vocabulary, explore=False)


@lru_cache(maxsize=4096)
def _facts(case: Case, vocabulary: Vocabulary, read: Read) -> Facts:
    """The facts of a case; remembered, for the same cases are tried for one rule after another."""
    if case.question:
        return read(case.question, vocabulary)
    facts = Facts()
    for name, value in case.facts:
        facts = facts.with_fact(given(name, value, vocabulary))
    return facts


def _came(result: Run) -> dict[str, Came]:
    found: dict[str, Came] = {}
    for outcome in result.outcomes:
        if outcome.truth is Truth.FALSE:
            found[outcome.rule.id] = Came.NOT
        elif outcome.overridden_by:
            found[outcome.rule.id] = Came.SILENCED
        else:
            found[outcome.rule.id] = Came.FIRES if outcome.fires else Came.UNDECIDED
    return found


def _chosen(result: Run) -> str:
    return result.pattern.id if result.pattern else NO_PATTERN


def _rule(body: Body | None) -> Rule | None:
    return None if body is None else _read(rules=[{**body, "order": 0, "where": ""}]).rules[0]


def _pattern(body: Body | None) -> Pattern | None:
    return None if body is None else _read(patterns=[body]).patterns[0]


def _read(**parts: list[Body]) -> Protocol:
    """A protocol of nothing but these compiled rows."""
    nothing: dict[str, Any] = {
        "parameters": [],
        "rules": [],
        "asks": [],
        "patterns": [],
        "topics": [],
        "assumptions": [],
    }
    wording = {"clinical": "", "plain": ""}
    named = {"id": "", "title": wording, "version": "", "scope": ["all"], "scope_wording": wording, "where": ""}
    return protocol_from({**nothing, **named, "definitions": {}, "measures": {}, "same_day_signs": "", **parts})
