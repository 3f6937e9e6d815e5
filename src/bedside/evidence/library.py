"""The port through which the stages read what is cited. Adapters live in ``stores/``; a small one in memory here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bedside.evidence.passage import Passage
from bedside.evidence.source import Source
from bedside.evidence.statement import Statement

if TYPE_CHECKING:
    from bedside.evidence.candidate import Candidate, Filters, Statistics
    from bedside.evidence.query import SearchQuery


class Library(Protocol):
    """A set of sources, statements and passages, named by a release. Reading it never changes it."""

    @property
    def release(self) -> str:
        """The name of the state of this library; the same name always means the same content."""
        ...

    def source(self, key: str) -> Source | None:
        """The source of that key, or None."""
        ...

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of that id (``topic/name``), or None."""
        ...

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id, or None."""
        ...

    def sources(self) -> Iterable[Source]:
        """Every source, ordered by key."""
        ...

    def statements(self) -> Iterable[Statement]:
        """Every statement, ordered by id."""
        ...


@runtime_checkable
class SearchableLibrary(Library, Protocol):
    """A library whose passages (and statements) can be searched.

    Its engine only fetches candidates; their order is decided by :mod:`bedside.evidence.ranking` from figures that are
    the same on every engine.
    """

    def candidates(self, query: SearchQuery, filters: Filters, limit: int = 150) -> Sequence[Candidate]:
        """At most *limit* units that may answer a query, in no order that means anything."""
        ...

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """The figures of the whole library that scores rest on, with the frequencies of these terms."""
        ...

    def passages_of(self, key: str) -> tuple[Passage, ...]:
        """Every passage of a source, in reading order; none when it has none or is not there."""
        ...
