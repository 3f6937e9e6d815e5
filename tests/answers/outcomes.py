"""What the tests of the topics ask of a whole answer: what fired, what is shown, and that a red flag comes first."""

from __future__ import annotations

from collections.abc import Iterable

from bedside.answer import Answer
from bedside.article.article import SectionKey
from bedside.desk import Desk
from bedside.protocol.protocol import Effect


def firing(topic: str, result: Answer) -> set[str]:
    """The ids of the rules of a topic that fire."""
    return {o.rule.id for run in result.runs if run.protocol.id == topic for o in run.firing()}


def pattern(topic: str, result: Answer) -> str:
    """The pattern that a topic chose."""
    return next(run.pattern.id for run in result.runs if run.protocol.id == topic and run.pattern is not None)


def band(result: Answer, measure: str) -> str:
    """Where a measure falls, or what is asked before it can be placed."""
    return next(b.band or f"ask {b.ask}" for run in result.runs for b in run.bands if b.measure == measure)


def rows(result: Answer, effect: Effect) -> set[str]:
    """The rows with that effect that fire, of every topic."""
    return {o.rule.row for run in result.runs for o in run.firing() if o.rule.effect is effect}


def shown(result: Answer, *keys: SectionKey) -> set[str]:
    """The statements in these sections, or in the whole article."""
    sections = [s for s in result.article.sections if not keys or s.key in keys]
    return {sentence.statement for section in sections for sentence in section.sentences if sentence.statement}


def assert_red_flag_first(desk: Desk, text: str, row: str, readers: Iterable[str] = ("patient", "clinician")) -> None:
    """A row is a red flag that stands before everything else, unfolded, for each reader."""
    for reader in readers:
        result = desk.ask(f"{text}. What should I do?", reader=reader)
        assert row in rows(result, Effect.RED_FLAG)
        assert result.article.sections[0].key is SectionKey.RED_FLAGS
        assert not any(s.folded for s in result.article.sections[0].sentences)
