"""What came of a question, without its words: what is compared between answers, and recorded."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.answer import Answer, AnswerKind
from bedside.article.article import Role, SectionKey
from bedside.evaluation.answers_words import folded
from bedside.protocol.protocol import Effect, Urgency

_URGENT = (Urgency.SAME_DAY, Urgency.IMMEDIATE)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one question. Patterns and rules are ``topic/id``; ``red_flags`` are emergencies by their kind
    (``words/stroke``) and rules that fire. ``urgent`` says that the answer begins with care on the same day or at once;
    ``asks`` that it asks something back. ``bands`` are ``topic/measure=band`` with their country.
    """

    kind: AnswerKind
    decline: str
    patterns: tuple[str, ...]
    fires: tuple[str, ...]
    red_flags: tuple[str, ...]
    bands: tuple[str, ...]
    urgent: bool
    asks: bool

    @property
    def outcomes(self) -> tuple[object, ...]:
        """What must be the same however the question is put."""
        return (self.kind, self.decline, self.patterns, self.fires, self.red_flags)


def came_of(answer: Answer) -> Came:
    """What came of a question, from its answer."""
    firing = [(run.protocol.id, outcome.rule) for run in answer.runs for outcome in run.firing()]
    flags = [(topic, rule) for topic, rule in firing if rule.effect is Effect.RED_FLAG]
    words = sorted({f"words/{emergency.kind}" for emergency in answer.question.emergencies})
    unknown = answer.article.section(SectionKey.UNKNOWN)
    asked_back = unknown is not None and any(not sentence.folded for sentence in unknown.sentences)
    return Came(
        kind=answer.kind,
        decline=answer.question.decline.value if answer.question.decline else "",
        patterns=tuple(f"{run.protocol.id}/{run.pattern.id}" for run in answer.runs if run.pattern is not None),
        fires=tuple(sorted(f"{topic}/{rule.id}" for topic, rule in firing)),
        red_flags=(*words, *sorted(f"{topic}/{rule.id}" for topic, rule in flags)),
        bands=tuple(
            sorted(
                f"{run.protocol.id}/{band.measure}{'@' if band.jurisdiction else ''}{band.jurisdiction}={band.band}"
                for run in answer.runs
                for band in run.bands
                if band.band
            )
        ),
        urgent=_begins_with_care(answer) and bool(words or any(rule.urgency in _URGENT for _, rule in flags)),
        asks=asked_back or any(band.ask for run in answer.runs for band in run.bands),
    )


def _begins_with_care(answer: Answer) -> bool:
    """Whether the first section is the red flags, and something of it is shown."""
    first = answer.article.sections[:1]
    return any(s.key is SectionKey.RED_FLAGS and any(not each.folded for each in s.sentences) for s in first)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of an answer as its reader has them, in the form in which words are looked for.

    ``shown`` are on the first view, title included; ``every`` has those folded away too; ``said`` are all but the facts
    said back, which are the asker's own words.
    """

    shown: tuple[str, ...]
    every: tuple[str, ...]
    said: tuple[tuple[str, str], ...]


def lines_of(answer: Answer) -> Lines:
    """The lines of an answer for its reader. ``said`` has each line with its sentence's id."""
    reader = answer.question.reader
    title = answer.article.title.plain if reader.plain else answer.article.title.clinical
    sentences = answer.article.sentences()
    return Lines(
        shown=(folded(title), *(folded(s.text_for(reader)) for s in sentences if not s.folded)),
        every=(folded(title), *(folded(s.text_for(reader)) for s in sentences)),
        said=tuple((s.id, folded(s.text_for(reader))) for s in sentences if s.role is not Role.PATIENT),
    )
