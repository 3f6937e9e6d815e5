"""An answer pattern as its page shows it: the pattern in words, the ranges of its facts, an example and its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bedside.answer import Answer
from bedside.article.article import SectionKey
from bedside.article.naming import Names
from bedside.protocol.protocol import Pattern, Protocol
from bedside.question.question import Reader
from bedside.rendering.public.clauses import Clause, Clauses, RangeOf, in_short
from bedside.rendering.public.words import named
from bedside.rendering.view import View, view
from bedside.review.status import AnswerStatus


@dataclass(frozen=True, slots=True)
class PatternEntry:
    """One pattern as lists show it. ``place`` is its place in the order in which patterns are tried, from 1;
    ``of`` how many there are."""

    topic: str
    id: str
    title: str
    plain: str
    when: Clause
    short: str
    ranges: tuple[RangeOf, ...]
    decisive: tuple[str, ...]
    place: int
    of: int
    lead: tuple[str, ...]

    @property
    def in_short(self) -> tuple[str, ...]:
        """Its ranges in a few words each: the first units only, countries that agree together."""
        return tuple(dict.fromkeys(f"{each.measure}: {each.texts[0]}" for each in self.ranges))

    @property
    def href(self) -> str:
        """Its address."""
        return f"/patterns/{self.topic}/{self.id}"


def pattern_entries(protocol: Protocol, clauses: Clauses, names: Names) -> Iterator[PatternEntry]:
    """Every pattern of a protocol in words, in the order in which they are tried."""
    for place, pattern in enumerate(protocol.patterns, 1):
        before = [each.when for each in protocol.patterns[: place - 1]]
        decisive = tuple(named(name, names) for name in pattern.decisive)
        yield _entry(pattern, place, protocol, clauses, clauses.ranges(pattern.when, before), decisive)


def _entry(
    pattern: Pattern,
    place: int,
    protocol: Protocol,
    clauses: Clauses,
    ranges: tuple[RangeOf, ...],
    decisive: tuple[str, ...],
) -> PatternEntry:
    when = clauses.of(pattern.when)
    return PatternEntry(
        topic=protocol.id,
        id=pattern.id,
        title=pattern.title.clinical,
        plain=pattern.title.plain,
        when=when,
        short=in_short(when),
        ranges=ranges,
        decisive=decisive,
        place=place,
        of=len(protocol.patterns),
        lead=pattern.lead,
    )


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer for one reader. ``holds`` are the sentences that say how far it holds."""

    answer: Answer
    view: View
    holds: tuple[str, ...]

    @property
    def references(self) -> Mapping[str, int]:
        """Source key -> number."""
        return {reference.source.key: reference.number for reference in self.view.references}


def shown_answer(answer: Answer, glossary: Mapping[str, str], review: AnswerStatus | None = None) -> ShownAnswer:
    """What the reader of the example's answer sees, nothing folded away; *review* is what the board says of it."""
    section = answer.article.section(SectionKey.HOLDS)
    reader: Reader = answer.question.reader
    said = tuple(sentence.text_for(reader) for sentence in section.sentences) if section else ()
    return ShownAnswer(answer, view(answer, full=True, glossary=glossary, review=review), said)
