"""Facts as chips: each in words, with the words it was read from, what it replaced, and a form to set it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bedside.answer import Answer
from bedside.facts.case import Case, Step, StepKind
from bedside.facts.fact import ConcernKind, Course, Fact, Kind, Presence, Subject, When
from bedside.facts.projection import projected_name
from bedside.question.question import Reader
from bedside.rendering.explain import quantity_text
from bedside.rendering.html.aids import Aids
from bedside.rendering.html.fields import UNKNOWN, Field, field_of
from bedside.text.span import NOWHERE, Span

_WHOSE = {Subject.RELATIVE: "family", Subject.INFANT: "the infant", Subject.OTHER: "somebody else"}
_WHEN = {When.PAST: "before", When.PLANNED: "planned", When.HYPOTHETICAL: "supposed"}
_PRESENCE = {Presence.PRESENT: "yes", Presence.ABSENT: "no", Presence.UNKNOWN: "not known"}
_STEPS = {
    StepKind.ADDED: "new in this turn",
    StepKind.REPLACED: "replaced",
    StepKind.REPEATED: "said again",
    StepKind.OLDER: "kept as the older value",
    StepKind.TAKEN_BACK: "taken back",
    StepKind.SUPPOSED: "supposed for this answer only",
    StepKind.CONFLICT: "does not fit what was said before",
    StepKind.NEW_PERSON: "another person",
}
_DOUBTS = {
    ConcernKind.CONFLICT: "two values",
    ConcernKind.REJECTED: "outside any range",
    ConcernKind.DOSE_UNIT_DOUBTFUL: "dose unit?",
    ConcernKind.UNIT_MISSING: "no unit given",
    ConcernKind.THOUSANDS_AMBIGUOUS: "comma or point?",
    ConcernKind.IMPLAUSIBLE: "unusual",
    ConcernKind.OTHER_INDICATION: "another use",
    ConcernKind.ASSAY_UNSTATED: "which test?",
}
"""What is doubtful about a value, gravest first: a chip shows one."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One fact. ``value`` is its number or result, or yes, no or not known; ``label`` its name in words.

    ``whose`` and ``when`` are "" for the patient's own and current. ``words`` are those it was read from, in turn
    ``turn`` (from 0); ``doubt`` says what is doubtful about it, "" where nothing is; ``history`` says in words what it
    replaced. ``field`` is the form to set it right, None for a fact about somebody who is not asked about.
    """

    id: str
    name: str
    label: str
    value: str
    presence: str
    whose: str
    when: str
    words: str
    turn: int
    history: tuple[str, ...]
    supposed: bool
    edited: bool
    doubt: str
    field: Field | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a turn's words, and the ids of the chips that were read from it; none for what was not used."""

    text: str
    chips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of one turn as asked, cut into stretches that joined are the words."""

    turn: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Chips and the question they were read from, in the same ids."""

    chips: tuple[Chip, ...]
    asked: tuple[Asked, ...]


def facts_of(answer: Answer, aids: Aids) -> Facts:
    """The facts of an answer as chips, and what was asked with their words marked.

    Facts that serve rules only, and what is told of somebody else, are left out.
    """
    reader = answer.question.reader
    shown = [fact for fact in answer.facts.items if not fact.internal and fact.subject is not Subject.OTHER]
    chips: list[Chip] = []
    spans: dict[int, list[tuple[Span, str]]] = {}
    for number, fact in enumerate(shown, 1):
        chip = _chip(f"fact-{number}", fact, answer, aids, reader)
        chips.append(chip)
        if fact.span != NOWHERE:
            spans.setdefault(fact.origin.turn, []).append((fact.span, chip.id))
    texts = _texts(answer)
    asked = tuple(Asked(turn, _cut(text, spans.get(turn, ()))) for turn, text in texts if text.strip())
    return Facts(tuple(chips), asked)


def capital(name: str) -> str:
    """A name at the head of a line, with a capital unless it is written small on purpose (eGFR)."""
    return name[:1].upper() + name[1:] if name[:2].islower() else name


def step_line(step: Step, aids: Aids, reader: Reader) -> str:
    """One step of the trail in words: what became of which fact, with its value before and after."""
    if step.kind is StepKind.NEW_PERSON:
        return "Another person"
    name = capital(aids.name(step.concept, reader))
    before, after = (_value(fact) if fact else "" for fact in (step.before, step.after))
    if step.kind is StepKind.ADDED and after:
        return f"{name}: {after}"
    if step.after is not None and step.after.concept != step.concept:
        return f"{name}: {before}, now {aids.name(step.after.concept, reader)}: {after}"
    if before and after and before != after:
        how = "" if step.kind is StepKind.REPLACED else f" ({_STEPS[step.kind]})"
        return f"{name}: {before} \u2192 {after}{how}"
    value = f": {after or before}" if after or before else ""
    return f"{name}{value} ({_STEPS[step.kind]})"


def _texts(answer: Answer) -> list[tuple[int, str]]:
    """Each turn of this person with its words, oldest first."""
    if not answer.told:
        return [(0, answer.question.text)]
    first = answer.case.first if answer.case else 0
    return [(turn, told.text) for turn, told in enumerate(answer.told) if turn >= first]


def _chip(chip_id: str, fact: Fact, answer: Answer, aids: Aids, reader: Reader) -> Chip:
    name = projected_name(fact)
    case = answer.case
    concerns = {c.kind for c in answer.facts.concerns if (c.concept, c.span) == (fact.concept, fact.span)}
    return Chip(
        id=chip_id,
        name=name,
        label=capital(aids.name(fact.concept, reader)),
        value=_value(fact),
        presence=fact.presence.value,
        whose=_WHOSE.get(fact.subject, ""),
        when=_WHEN.get(fact.when, ""),
        words=fact.text if fact.span != NOWHERE else "",
        turn=fact.origin.turn,
        history=tuple(_history(fact, case)),
        supposed=fact.when is When.HYPOTHETICAL or (case is not None and fact in case.supposed),
        edited=fact.origin.source in ("edited", "given"),
        doubt=next((said for kind, said in _DOUBTS.items() if kind in concerns), ""),
        field=_field(fact, name, aids, reader),
    )


def _field(fact: Fact, name: str, aids: Aids, reader: Reader) -> Field:
    """A number as a number, a result as a word of a few, anything else as yes, no or not known."""
    if fact.quantity is not None:
        amount = quantity_text(fact.quantity).removesuffix(fact.quantity.unit).strip()
        return field_of(name, aids, reader, number=amount.replace(" to ", "-"), unit=fact.quantity.unit)
    if fact.result:
        return field_of(name, aids, reader, word=fact.result)
    word = fact.presence.value if fact.presence is not Presence.UNKNOWN else UNKNOWN
    return field_of(name, aids, reader, word=word)


def _value(fact: Fact) -> str:
    """Its number or result, its course, or whether it is there."""
    if fact.presence is Presence.ABSENT:
        return _PRESENCE[Presence.ABSENT]
    if fact.quantity is not None:
        text = quantity_text(fact.quantity)
        bare = fact.quantity.unit.casefold() == fact.concept  # an INR of 6 is no "6 INR"
        return text.removesuffix(fact.quantity.unit).rstrip() if bare else text
    course = "" if fact.course is Course.UNKNOWN or fact.kind is not Kind.SYMPTOM else fact.course.value
    return fact.result or course or _PRESENCE[fact.presence]


def _history(fact: Fact, case: Case | None) -> Iterator[str]:
    for step in case.trail if case else ():
        if step.after == fact and step.kind is not StepKind.ADDED:
            before = f" {_value(step.before)}" if step.before is not None else ""
            yield f"turn {step.turn + 1}: {_STEPS[step.kind]}{before}"


def _cut(text: str, spans: Sequence[tuple[Span, str]]) -> tuple[Stretch, ...]:
    """The text cut at every edge of a span; a stretch belongs to every chip whose words it is part of."""
    inside = [(span, chip) for span, chip in spans if 0 <= span.start < span.end <= len(text)]
    edges = sorted({0, len(text), *(edge for span, _ in inside for edge in (span.start, span.end))})
    found = []
    for start, end in pairwise(edges):
        chips = tuple(chip for span, chip in inside if span.start <= start and end <= span.end)
        found.append(Stretch(text[start:end], chips))
    return tuple(found)
