"""What changed from one turn to the next, and which fact changed it.

Each step of the last turn is left out in turn and the rules are run again; a difference that then goes away was
brought about by that step. Where no single step does it, pairs are tried, and else it is all of them together. The
literature is left out: it changes no advice. Nothing is guessed, and the number of runs is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from bedside.answer import Answer, AnswerKind
from bedside.article.about_patient import as_written
from bedside.article.compose import declines
from bedside.article.naming import Names
from bedside.comparison import BandChange, Changed, ChangeLine, Changes, OutcomeChange, Turned, compare
from bedside.facts.case import Case, Step, StepKind, Told
from bedside.facts.case_of import PERSON, case_of
from bedside.facts.fact import Course, Fact, Presence, Subject, When
from bedside.facts.turn_undo import changes_facts, lapsed, without
from bedside.protocol.protocol import Effect
from bedside.protocol.run import fitting, run
from bedside.question.over_turns import understand_turns

if TYPE_CHECKING:
    from bedside.answering import Parts
    from bedside.protocol.protocol import Protocol

MOST_RUNS = 12
"""How often the rules are run again to find out what a turn's facts did, at most."""

_KINDS = {
    AnswerKind.ANSWERED: "Answered",
    AnswerKind.EMERGENCY: "Emergency",
    AnswerKind.DECLINED: "Not answered",
}
_Mark = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Tried:
    """The answer's marks without some steps."""

    left_out: tuple[Step, ...]
    marks: frozenset[_Mark]


def changes(before: Answer, after: Answer, told: Sequence[Told], parts: Parts) -> Changes:
    """What *after*, the answer to all of *told*, says differently than *before*, the answer to all but the last turn.

    Both are answers of the same parts for the same reader and region; pure and deterministic.
    """
    changed = compare(before, after)
    turn = len(told) - 1
    case = after.case or case_of(told, parts.vocabulary)
    earlier = before.case or case_of(told[:-1], parts.vocabulary)
    own = tuple(step for step in case.trail if step.turn == turn)
    acting = (*(step for step in own if changes_facts(step)), *lapsed(earlier, case, turn))
    tried = _try_without(acting, case, after, told, parts)
    here = _marks(after)
    names = Names(parts.vocabulary, parts.frames)

    def because(mark: _Mark) -> tuple[Step, ...]:
        if mark == ("kind", AnswerKind.EMERGENCY.value):
            return _of_the_words(after, own, turn)
        return _brought_about(mark, acting, tried, here)

    lines = tuple(_lines(changed, names, after, because))
    return Changes(lines, changed, own)


def step_text(step: Step, names: Names, *, plain: bool) -> str:
    """A step in words: "MMA: 180 nmol/L (new)", "numbness: present, now absent". None of it is clinical advice."""
    if step.concept == PERSON:
        return "another person"
    name = names.plain(step.concept) if plain else names.clinical(step.concept)
    before = _value(step.before) if step.before else ""
    after = _value(step.after) if step.after else ""
    match step.kind:
        case StepKind.ADDED:
            return f"{name}: {after} (new)"
        case StepKind.SUPPOSED:
            return f"{name}: {after} (only supposed{f', known: {before}' if before else ''})"
        case StepKind.TAKEN_BACK:
            supposed = step.before is not None and step.before.supposed
            return f"{name}: {before} ({'no longer supposed' if supposed else 'taken back'})"
        case StepKind.REPEATED:
            return f"{name}: {after} (as before)"
        case StepKind.CONFLICT:
            return f"{name}: {before}, and now {after} (to be settled; {before} counts until then)"
        case StepKind.OLDER:
            return f"{name}: {before} (older), now {after}"
        case _:
            if step.after is not None and step.after.concept != step.concept:
                other = names.plain(step.after.concept) if plain else names.clinical(step.after.concept)
                return f"{name}: {before}, now {other}: {after}"
            return f"{name}: {before}, now {after}"


def _value(fact: Fact) -> str:
    """What a fact says: its value, or that it is there, with whose and of when it is."""
    said = f"{as_written(fact.quantity)} {fact.quantity.unit}".strip() if fact.quantity else fact.result
    if fact.presence is not Presence.PRESENT:
        said = fact.presence.value
    said = said or "present"
    if fact.course is Course.RESOLVED:
        said = fact.course.value
    elif fact.course is not Course.UNKNOWN:
        said = f"{said}, {fact.course.value}"
    whose = "" if fact.subject is Subject.PATIENT else f" ({fact.subject.value})"
    when = "" if fact.when is When.CURRENT else f" ({fact.when.value})"
    return f"{said}{whose}{when}"


# Which step did it --------------------------------------------------------------------------------


def _try_without(
    steps: Sequence[Step], case: Case, after: Answer, told: Sequence[Told], parts: Parts
) -> tuple[_Tried, ...]:
    """The marks without each step, and without pairs of them, as far as the number of runs allows."""
    protocols = {run.protocol.id: run.protocol for run in after.runs}
    groups = [(step,) for step in steps]
    pairs = [(a, b) for a, b in combinations(steps, 2)]
    chosen = [*groups, *pairs][:MOST_RUNS] if len(steps) > 1 else groups
    return tuple(
        _Tried(left_out, _marks_of(without(case, left_out, parts.vocabulary), after, told, parts, protocols))
        for left_out in chosen
    )


def _marks_of(
    case: Case, after: Answer, told: Sequence[Told], parts: Parts, known: Mapping[str, Protocol]
) -> frozenset[_Mark]:
    question = understand_turns(told, case, parts.terms, after.question.reader, after.question.region)
    shelf = {topic: known.get(topic) or parts.protocols.get(topic) for topic in question.topics}
    protocols = fitting([protocol for protocol in shelf.values() if protocol is not None], question)
    runs = tuple(
        run(protocol, case.facts, question, parts.vocabulary, parts.as_of, explore=False) for protocol in protocols
    )
    declined = declines(question, runs)
    kind = AnswerKind.EMERGENCY if question.emergencies else AnswerKind.DECLINED if declined else AnswerKind.ANSWERED
    return _marks(replace(after, kind=kind, question=question, facts=case.facts, runs=runs))


def _marks(answer: Answer) -> frozenset[_Mark]:
    """Everything two answers are compared by, as plain tuples."""
    marks: set[_Mark] = {("kind", answer.kind.value)}
    for each in answer.runs:
        protocol = each.protocol.id
        marks |= {("rule", protocol, fired.rule.id) for fired in each.firing()}
        marks |= {("band", protocol, band.measure, band.band) for band in each.bands}
        marks |= {("class", name, value) for name, value in each.classes}
        marks |= {("lead", statement) for statement in (each.pattern.lead if each.pattern else ())}
    return frozenset(marks)


def _brought_about(
    mark: _Mark, steps: Sequence[Step], tried: Sequence[_Tried], here: frozenset[_Mark]
) -> tuple[Step, ...]:
    """The steps without which a mark would not be as it is: single ones, else the first pair, else all together."""
    moved = [each.left_out for each in tried if (mark in each.marks) is not (mark in here)]
    singles = [steps_[0] for steps_ in moved if len(steps_) == 1]
    if singles:
        return tuple(singles)
    if moved:
        return moved[0]
    return tuple(steps) if len(steps) > 1 else ()


def _of_the_words(after: Answer, steps: Iterable[Step], turn: int) -> tuple[Step, ...]:
    """The steps that were read from the words of an emergency of this turn."""
    spans = [emergency.span for emergency in after.question.emergencies if emergency.turn == turn]
    return tuple(
        step for step in steps if step.after is not None and any(step.after.span.overlaps(span) for span in spans)
    )


# The lines --------------------------------------------------------------------------------


def _lines(
    changed: Changed, names: Names, after: Answer, why: Callable[[_Mark], tuple[Step, ...]]
) -> Iterable[ChangeLine]:
    """The kind of answer, then warnings, values, and advice; one line a sentence."""
    plain = after.question.reader.plain
    lines: list[tuple[int, ChangeLine]] = []
    if changed.kind_before is not changed.kind_after:
        said = f"{_KINDS[changed.kind_after]} (before: {_KINDS[changed.kind_before]})"
        lines.append((0, ChangeLine(said, why(("kind", changed.kind_after.value)))))
    for band in changed.bands:
        mark = ("band", band.protocol, band.measure, band.after or band.before)
        lines.append((2, ChangeLine(_band_text(band, names, plain=plain), why(mark))))
    for outcome in changed.outcomes:
        text = _outcome_text(outcome, after)
        if text and _holds(outcome, after):
            rank = 1 if outcome.red_flag else 4 if outcome.turned is Turned.NEW else 5
            lines.append((rank, ChangeLine(text, why(("rule", outcome.protocol, outcome.rule)))))
    said_already = {outcome.sentence.id for outcome in changed.outcomes if outcome.sentence}
    # Nothing goes before an emergency, and nothing that has changed takes it back.
    for sentence in () if after.kind is AnswerKind.EMERGENCY else changed.lead_new:
        if sentence.statement and sentence.id not in said_already:
            text = f"First of all now: {sentence.text_for(after.question.reader)}"
            lines.append((3, ChangeLine(text, why(("lead", sentence.statement)))))
    seen: dict[str, ChangeLine] = {}
    for _, line in sorted(lines, key=lambda each: each[0]):
        seen.setdefault(line.what, line)
    return seen.values()


def _holds(outcome: OutcomeChange, after: Answer) -> bool:
    """Whether a change may be told: in an emergency only that a warning is new."""
    return after.kind is not AnswerKind.EMERGENCY or (outcome.red_flag and outcome.turned is Turned.NEW)


def _band_text(band: BandChange, names: Names, *, plain: bool) -> str:
    name = _opening(names.plain(band.measure) if plain else names.clinical(band.measure))
    called = names.band_plain if plain else names.band_clinical
    before = called(band.measure, band.before) if band.before else ""
    after = called(band.measure, band.after) if band.after else ""
    if not before:
        return f"{name}: {after}"
    return f"{name}: was {before}, is now {after}" if after else f"{name}: no longer {before}"


def _opening(name: str) -> str:
    """A name as a line opens with it: "Vitamin B12", but "eGFR"."""
    return name[:1].upper() + name[1:] if name[1:2].islower() else name


def _outcome_text(outcome: OutcomeChange, after: Answer) -> str:
    """The statement's own wording behind a word that says what became of it; "" for what shows no sentence."""
    if outcome.sentence is None:
        return ""
    said = outcome.sentence.text_for(after.question.reader)
    if outcome.effect is Effect.RED_FLAG:
        return f"New warning: {said}" if outcome.turned is Turned.NEW else f"No longer a warning: {said}"
    return f"New: {said}" if outcome.turned is Turned.NEW else f"No longer: {said}"
