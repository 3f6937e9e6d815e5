"""Gather: the statements that outcomes fetch by id, their sources, and what was set aside because it no longer stands.

Outcomes name their statements; ranking never changes them. A statement whose sources are all retracted is not used.
What a look-up found in the literature is added beside them and replaces nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bedside.evidence.library import Library
from bedside.evidence.passage import Passage
from bedside.evidence.source import Source, SourceStatus
from bedside.evidence.statement import Statement
from bedside.protocol.outcome import Run
from bedside.question.question import Question

_Noun = TypeVar("_Noun")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A statement, or a source by its key, that was not used, and why."""

    statement: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The statements an answer may use, by id, the sources they cite, by key, and the passages it may quote, by id."""

    statements: Mapping[str, Statement]
    sources: Mapping[str, Source]
    set_aside: tuple[SetAside, ...] = ()
    passages: Mapping[str, Passage] = field(default_factory=dict)

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of that id, or None when the library has none or it was set aside."""
        return self.statements.get(statement_id)

    def source(self, key: str) -> Source | None:
        """The source of that key, or None."""
        return self.sources.get(key)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id, or None when it is not one that may be quoted here."""
        return self.passages.get(passage_id)

    def beside(
        self,
        statements: Iterable[Statement],
        sources: Mapping[str, Source],
        passages: Mapping[str, Passage],
        set_aside: tuple[SetAside, ...],
    ) -> Evidence:
        """This evidence and what was found beside it. What is here already stays as it is."""
        return Evidence(
            _added(self.statements, {each.id: each for each in statements}),
            _added(self.sources, sources),
            (*self.set_aside, *set_aside),
            _added(self.passages, passages),
        )


def gather(question: Question, runs: tuple[Run, ...], library: Library) -> Evidence:
    """Fetch every statement the outcomes, patterns and emergencies name, and the sources of each."""
    statements: dict[str, Statement] = {}
    sources: dict[str, Source] = {}
    aside: list[SetAside] = []
    for statement_id in dict.fromkeys(_named(question, runs)):
        statement = library.statement(statement_id)
        if statement is None:
            aside.append(SetAside(statement_id, "the library has no statement of this id"))
            continue
        cited = {c.source: library.source(c.source) for c in statement.citations}
        standing = [s for s in cited.values() if s is not None and s.status is not SourceStatus.RETRACTED]
        if not standing:
            aside.append(SetAside(statement_id, "no source of it stands: retracted, or not in the library"))
            continue
        statements[statement_id] = statement
        sources.update({key: source for key, source in cited.items() if source is not None})
    return Evidence(statements, sources, tuple(aside))


def _named(question: Question, runs: tuple[Run, ...]) -> Iterator[str]:
    for emergency in question.emergencies:
        yield from emergency.statements
    for run in runs:
        if run.protocol.same_day_signs:
            yield run.protocol.same_day_signs
        yield from run.protocol.assumptions
        if run.pattern is not None:
            yield from _all(run.pattern.lead, run.pattern.why, run.pattern.certainty)
        yield from (measure.table for measure in run.protocol.measures.values() if measure.table)
        for outcome in (*run.firing(), *run.open_branches()):
            yield from _all(outcome.rule.statements, outcome.rule.why)


def _all(*ids: Iterable[str]) -> Iterator[str]:
    for group in ids:
        yield from group


def _added(here: Mapping[str, _Noun], more: Mapping[str, _Noun]) -> dict[str, _Noun]:
    """What is here, then what is new in *more*."""
    return dict(here) | {key: noun for key, noun in more.items() if key not in here}
