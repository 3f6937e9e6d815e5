"""Cases run against a protocol: what came out, what was expected, and which rules the cases prove."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bedside.facts.fact import Facts
from bedside.facts.given import given
from bedside.facts.vocabulary import Vocabulary
from bedside.protocol.case import Case, Expectation
from bedside.protocol.outcome import Outcome, Run
from bedside.protocol.protocol import Protocol
from bedside.protocol.run import run
from bedside.protocol.truth import Truth
from bedside.question.question import Question, Reader, Region

Read = Callable[[str, Vocabulary], Facts]
"""How a question in words is read into facts."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of a case: ``failures`` say in words what differed; none means that it passed."""

    case: Case
    failures: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many passing cases show that a rule fires, and how many that it cannot."""

    fired: int = 0
    never: int = 0


def run_case(case: Case, protocol: Protocol, vocabulary: Vocabulary, read: Read) -> CaseResult:
    """Run one case under both regions and compare what came out with what was expected."""
    if case.question:
        facts = read(case.question, vocabulary)
    else:
        facts = Facts()
        for name, value in case.facts:
            facts = facts.with_fact(given(name, value, vocabulary))
    question = Question(
        case.question or case.name, Reader.CLINICIAN, Region.BOTH, case.asked, (protocol.id,), case.subjects
    )
    explore = bool(case.expect.asks_first)
    return judge(case, run(protocol, facts, question, vocabulary, explore=explore))


def judge(case: Case, result: Run) -> CaseResult:
    """Compare what came out with what was expected."""
    expect = case.expect
    failures = [*_rules(expect, result), *_measures(expect, result)]
    asked = tuple(missing.ask.id for missing in result.missing)
    if asked[: len(expect.asks_first)] != expect.asks_first:
        failures.append(f"asks first {_listed(asked[: len(expect.asks_first) + 2])}, not {_listed(expect.asks_first)}")
    pattern = result.pattern.id if result.pattern else "none"
    if expect.pattern is not None and pattern != expect.pattern:
        failures.append(f"the pattern is {pattern}, not {expect.pattern}")
    scope = result.scope.name.lower()
    if expect.scope is not None and scope != expect.scope:
        failures.append(f"the scope is {scope}, not {expect.scope}")
    return CaseResult(case, tuple(failures))


def _rules(expect: Expectation, result: Run) -> Iterator[str]:
    """What differs in the rules. ``never`` asks for a formal FALSE or an override: UNKNOWN is not enough."""
    outcomes = {outcome.rule.id: outcome for outcome in result.outcomes}
    for rule_id in (*expect.fires, *expect.undecided, *expect.never):
        if rule_id not in outcomes:
            yield f"{rule_id} was not run"
    for rule_id in expect.fires:
        if rule_id in outcomes and not outcomes[rule_id].fires:
            yield f"{rule_id} does not fire: {_state(outcomes[rule_id])}"
    for rule_id in expect.undecided:
        if rule_id in outcomes and outcomes[rule_id].truth is not Truth.UNKNOWN:
            yield f"{rule_id} is not undecided: {_state(outcomes[rule_id])}"
    for rule_id in expect.never:
        if rule_id in outcomes and not _never(outcomes[rule_id]):
            yield f"{rule_id} is not excluded: {_state(outcomes[rule_id])}"


def _never(outcome: Outcome) -> bool:
    """Whether the rule can no longer hold, or is silenced."""
    return outcome.truth is Truth.FALSE or bool(outcome.overridden_by)


def _state(outcome: Outcome) -> str:
    """The value of a rule with the leaves that gave it."""
    silenced = f", overridden by {outcome.overridden_by}" if outcome.overridden_by else ""
    leaves = "; ".join(f"{because.leaf}: {because.truth.name.lower()}" for because in outcome.because)
    return f"it is {outcome.truth.name.lower()}{silenced} ({leaves})"


def _measures(expect: Expectation, result: Run) -> Iterator[str]:
    """What differs in bands, warnings and classes."""
    bands = _bands(result)
    for measure, word in expect.band:
        if (found := bands.get(measure, ("nothing", ""))[0]) != word:
            yield f"{measure} is {found}, not {word}"
    for measure, word in expect.warn:
        if (found := bands.get(measure, ("", ""))[1]) != word:
            yield f"{measure} warns of {found or 'nothing'}, not {word or 'nothing'}"
    for measure, word in expect.classes:
        classes = [given for name, given in result.classes if name == measure] or [
            bands.get(measure, ("nothing", ""))[0]
        ]
        if word not in classes:
            yield f"{measure} is classed {_listed(classes)}, not {word}"


def _bands(result: Run) -> dict[str, tuple[str, str]]:
    """Measure -> (band or ``ask_...``, warning), also for measures that take the first known of several."""
    found = {b.measure: (f"ask_{b.ask}" if b.ask else b.band or "ask_value", b.warn) for b in result.bands}
    for name, measure in result.protocol.measures.items():
        known = [found[part] for part in measure.first_known if part in found]
        if name not in found and known:
            found[name] = known[0]
    return found


def _listed(words: Iterable[str]) -> str:
    """Words in a row."""
    return ", ".join(words) or "nothing"


def coverage(results: Iterable[CaseResult], protocol: Protocol) -> dict[str, Coverage]:
    """For every rule, how many passing cases show it firing and how many show that it cannot."""
    fired = {rule.id: 0 for rule in protocol.rules}
    never = dict(fired)
    for result in results:
        if result.passed:
            for counts, rule_ids in ((fired, result.case.expect.fires), (never, result.case.expect.never)):
                for rule_id in rule_ids:
                    counts[rule_id] = counts.get(rule_id, 0) + 1
    return {rule_id: Coverage(fired[rule_id], never.get(rule_id, 0)) for rule_id in fired}
