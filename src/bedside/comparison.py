"""The comparison of two answers: which rules fire now, which no longer, which values moved, what is said first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bedside.answer import Answer, AnswerKind
from bedside.article.article import SectionKey, Sentence
from bedside.facts.case import Step
from bedside.protocol.outcome import BandResult, Outcome
from bedside.protocol.protocol import Effect


class Turned(StrEnum):
    """What became of a rule."""

    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A rule that fires now and did not, or did and does not. ``sentence`` is the first of its sentences in the answer
    in which it fired, None where that shows none."""

    protocol: str
    rule: str
    row: str
    effect: Effect
    turned: Turned
    sentence: Sentence | None = None

    @property
    def red_flag(self) -> bool:
        """Whether it is a warning."""
        return self.effect is Effect.RED_FLAG


@dataclass(frozen=True, slots=True)
class BandChange:
    """A measure that falls elsewhere: the bands before and now, "" where there is none."""

    protocol: str
    measure: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ClassChange:
    """A classification that reads differently: the classes before and now, "" where there is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Everything in which two answers differ.

    ``sentences_new`` and ``sentences_gone`` are claims of the article; ``lead_new`` those of its lead that were not in
    the lead before; ``emergencies_new`` kinds of emergency that the words speak of now.
    """

    kind_before: AnswerKind
    kind_after: AnswerKind
    outcomes: tuple[OutcomeChange, ...] = ()
    sentences_new: tuple[Sentence, ...] = ()
    sentences_gone: tuple[Sentence, ...] = ()
    bands: tuple[BandChange, ...] = ()
    classes: tuple[ClassChange, ...] = ()
    lead_new: tuple[Sentence, ...] = ()
    emergencies_new: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether the two answers differ in what they say."""
        return self.kind_before is not self.kind_after or any(
            (self.outcomes, self.sentences_new, self.sentences_gone, self.bands, self.classes, self.lead_new)
        )


class ChangeLine(NamedTuple):
    """One thing that changed, in the reader's words, and the steps that brought it about; () where none of the facts
    did (something else was asked)."""

    what: str
    because: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What the last turn changed: the lines for a reader, warnings first; all that differs; what the turn told.

    ``told`` are the steps of the last turn, also those that changed nothing in the answer.
    """

    lines: tuple[ChangeLine, ...]
    changed: Changed
    told: tuple[Step, ...]


def compare(before: Answer, after: Answer) -> Changed:
    """In what *after* differs from *before*, in the order of the content. Pure."""
    first, then = _firing(before), _firing(after)
    claims_before, claims_after = _claims(before), _claims(after)
    lead_before = {sentence.id for sentence in _lead(before)}
    kinds = {emergency.kind for emergency in before.question.emergencies}
    return Changed(
        kind_before=before.kind,
        kind_after=after.kind,
        outcomes=(
            *(_turned(key, then[key], Turned.NEW, after) for key in then if key not in first),
            *(_turned(key, first[key], Turned.GONE, before) for key in first if key not in then),
        ),
        sentences_new=tuple(s for key, s in claims_after.items() if key not in claims_before),
        sentences_gone=tuple(s for key, s in claims_before.items() if key not in claims_after),
        bands=_bands(before, after),
        classes=_classes(before, after),
        lead_new=tuple(sentence for sentence in _lead(after) if sentence.id not in lead_before),
        emergencies_new=tuple(e.kind for e in after.question.emergencies if e.kind not in kinds),
    )


def _firing(answer: Answer) -> dict[tuple[str, str], Outcome]:
    return {(run.protocol.id, fired.rule.id): fired for run in answer.runs for fired in run.firing()}


def _turned(key: tuple[str, str], outcome: Outcome, turned: Turned, answer: Answer) -> OutcomeChange:
    rule = outcome.rule
    shown = answer.article.sentences()
    sentence = next((s for s in shown if s.statement and rule.id in s.rules), None)
    return OutcomeChange(key[0], rule.id, rule.row, rule.effect, turned, sentence)


def _claims(answer: Answer) -> Mapping[str, Sentence]:
    found: dict[str, Sentence] = {}
    for sentence in answer.article.sentences():
        if sentence.statement:
            found.setdefault(sentence.id, sentence)
    return found


def _lead(answer: Answer) -> tuple[Sentence, ...]:
    section = answer.article.section(SectionKey.LEAD)
    return () if section is None else section.sentences


def _bands(before: Answer, after: Answer) -> tuple[BandChange, ...]:
    first, then = _by_measure(before), _by_measure(after)
    keys = dict.fromkeys((*then, *first))
    moved = ((key, first.get(key, ""), then.get(key, "")) for key in keys)
    return tuple(BandChange(*key, old, new) for key, old, new in moved if old != new)


def _by_measure(answer: Answer) -> dict[tuple[str, str], str]:
    results: list[tuple[str, BandResult]] = [(run.protocol.id, band) for run in answer.runs for band in run.bands]
    return {(protocol, band.measure): band.band for protocol, band in results}


def _classes(before: Answer, after: Answer) -> tuple[ClassChange, ...]:
    first, then = (dict(pair for run in answer.runs for pair in run.classes) for answer in (before, after))
    names = dict.fromkeys((*then, *first))
    return tuple(
        ClassChange(name, first.get(name, ""), then.get(name, ""))
        for name in names
        if first.get(name, "") != then.get(name, "")
    )
