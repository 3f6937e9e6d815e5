"""The shelf of the public pages: what they show, worked out once for one desk and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

from fastapi import Request

from bedside.article.naming import Names
from bedside.desk import Desk
from bedside.evidence.source import Source
from bedside.evidence.statement import Statement
from bedside.facts.read import read_facts
from bedside.ingest.compiled import from_pack
from bedside.protocol.cases import CaseResult, run_case
from bedside.protocol.protocol import Protocol
from bedside.rendering.public import earning
from bedside.rendering.public.citing import Citing, citing
from bedside.rendering.public.clauses import Clauses
from bedside.rendering.public.due import Due, due
from bedside.rendering.public.flow import Flow
from bedside.rendering.public.number_line import NumberLine, number_lines
from bedside.rendering.public.pattern_page import PatternEntry, ShownAnswer, pattern_entries, shown_answer
from bedside.rendering.public.statement_page import StatementPage, statement_page
from bedside.rendering.public.tables import DecisionTable, decision_tables, overview
from bedside.servers.public.examples import Example, answer_to, example_of
from bedside.servers.public.finding import PatternSearch
from bedside.servers.public.originals import original_of

KEPT = 1500
"""How many views are kept: every statement of the content, and the answers looked at last."""

Made = TypeVar("Made")


class Shelf:
    """The views of one desk. May be used from several threads: two may make the same view, and it is the same."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made under this key before, or is made now."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Made = self._kept[key]
                return found
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    @cached_property
    def names(self) -> Names:
        """What concepts and bands are called."""
        return Names(self.desk.vocabulary, self.desk.parts.frames)

    @cached_property
    def protocols(self) -> tuple[Protocol, ...]:
        """The protocols, in the order of their topics."""
        return tuple(self.desk.protocols.values())

    def protocol(self, topic: str) -> Protocol | None:
        """The protocol of a topic, or None."""
        return next((protocol for protocol in self.protocols if protocol.id == topic), None)

    @cached_property
    def topics(self) -> dict[str, str]:
        """Topic -> its title."""
        return {topic.id: topic.title for topic in self.desk.content.topics()}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Every statement of the content by id, in order."""
        return {statement.id: statement for statement in self.desk.shipped.statements()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source of the content by key, in order, each as loaded notices make it stand."""
        return {source.key: source for source in self.desk.shipped.sources()}

    @cached_property
    def citing(self) -> Citing:
        """What cites what."""
        return citing(self.statements.values(), self.protocols)

    def clauses(self, protocol: Protocol) -> Clauses:
        """What reads the conditions of a protocol."""
        return self.once(("clauses", protocol.id), lambda: Clauses(protocol, self.names))

    def tables(self, protocol: Protocol) -> dict[str, DecisionTable]:
        """The decision tables of a protocol by id."""
        return self.once(
            ("tables", protocol.id), lambda: decision_tables(protocol, self.clauses(protocol), self.statements.get)
        )

    def overview(self, protocol: Protocol) -> Flow:
        """How the tables of a protocol lead to the sections of an answer."""
        return self.once(("flow", protocol.id), lambda: overview(protocol, f"/protocols/{protocol.id}/tables/"))

    def lines(self, protocol: Protocol) -> tuple[NumberLine, ...]:
        """The number lines of a protocol's bands."""
        return self.once(
            ("lines", protocol.id),
            lambda: tuple(
                line for name, each in protocol.measures.items() for line in number_lines(name, each, self.names)
            ),
        )

    @cached_property
    def patterns(self) -> tuple[PatternEntry, ...]:
        """Every answer pattern of every protocol, in the order in which they are tried."""
        return tuple(
            entry
            for protocol in self.protocols
            for entry in pattern_entries(protocol, self.clauses(protocol), self.names)
        )

    @cached_property
    def pattern_search(self) -> PatternSearch:
        """What finds patterns by their words."""
        return PatternSearch((entry, " ".join(self._words(entry))) for entry in self.patterns)

    def _words(self, entry: PatternEntry) -> Iterator[str]:
        yield from (entry.title, entry.plain, entry.short, self.topics.get(entry.topic, ""))
        for statement_id in entry.lead:
            if (statement := self.statements.get(statement_id)) is not None:
                yield from (statement.clinical, statement.plain)
        for case in self.desk.content.cases(entry.topic):
            if case.expect.pattern == entry.id:
                yield case.question

    def example(self, topic: str, pattern: str) -> Example | None:
        """The example of a pattern, of one that exists."""
        protocol = self.desk.protocols[topic]
        chosen = next(each for each in protocol.patterns if each.id == pattern)
        return self.once(("example", topic, pattern), lambda: example_of(chosen, protocol, self.desk, self.names))

    def answer(self, example: Example, reader: str) -> ShownAnswer:
        """The answer to an example as one reader sees it."""

        def make() -> ShownAnswer:
            return shown_answer(answer_to(example, reader, self.desk), self.desk.words())

        return self.once(("answer", example, reader), make)

    def statement(self, statement: Statement) -> StatementPage:
        """A statement held against the checks, and against its originals where they were loaded."""
        key = ("statement", statement.id, self.desk.library.release)
        return self.once(
            key,
            lambda: statement_page(
                statement, self.desk.library.source, lambda name: original_of(self.desk, name), self.desk.checks
            ),
        )

    def cases(self, protocol: Protocol) -> tuple[CaseResult, ...]:
        """Every case of a protocol, run: our own on our rules as they ship, those of a pack on our rules with its own.

        Takes a few seconds the first time.
        """

        def make() -> tuple[CaseResult, ...]:
            content = self.desk.content
            ours = content.protocol_as_shipped(protocol.id) if content.packs else protocol
            return tuple(
                run_case(case, protocol if from_pack(case.where) else ours, self.desk.vocabulary, read_facts)
                for case in content.cases(protocol.id)
            )

        return self.once(("cases", protocol.id), make)

    def passed(self, protocol: Protocol) -> int | None:
        """How many cases of a protocol pass, where they have been run since the program began; else None."""
        with self._lock:
            results: tuple[CaseResult, ...] | None = self._kept.get(("cases", protocol.id))
        return None if results is None else sum(result.passed for result in results)

    def due(self, topic: str) -> Due:
        """What is due in a topic on the content's date."""

        def make() -> Due:
            mine = [each for each in self.statements.values() if each.id.startswith(f"{topic}/")]
            keys = {citation.source for each in mine for citation in each.citations}
            cited = [source for key, source in self.sources.items() if key in keys]
            return due(self.desk.content.date, cited, mine)

        return self.once(("due", topic), make)

    @cached_property
    def worked(self) -> earning.Example | None:
        """A sentence that earns its place, worked through."""
        ids = dict.fromkeys(name for entry in self.patterns for name in entry.lead)
        leads = [self.statements[name] for name in ids if name in self.statements]
        return earning.example((*leads, *self.statements.values()), self.sources, self.desk.checks)


_LOCK = Lock()


def shelf_of(request: Request) -> Shelf:
    """The shelf of the desk this application has, made when first asked for."""
    state = request.app.state
    with _LOCK:
        shelf: Shelf | None = getattr(state, "public_shelf", None)
        if shelf is None or shelf.desk is not state.desk:
            shelf = state.public_shelf = Shelf(state.desk)
        return shelf
