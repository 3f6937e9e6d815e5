"""The port through which the stages read what is cited. Adapters live in ``stores/``; a small one in memory here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from bedside.evidence.passage import Passage
from bedside.evidence.source import Source
from bedside.evidence.statement import Statement


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


class InMemoryLibrary:
    """A library of the content that ships with bedside: mappings by key, nothing else."""

    def __init__(
        self,
        release: str,
        sources: Mapping[str, Source],
        statements: Mapping[str, Statement],
        passages: Mapping[str, Passage] | None = None,
    ) -> None:
        self._release = release
        self._sources = sources
        self._statements = statements
        self._passages = passages or {}

    @property
    def release(self) -> str:
        """The name of the content release."""
        return self._release

    def source(self, key: str) -> Source | None:
        """The source of that key, or None."""
        return self._sources.get(key)

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of that id, or None."""
        return self._statements.get(statement_id)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id, or None."""
        return self._passages.get(passage_id)

    def sources(self) -> Iterable[Source]:
        """Every source, ordered by key."""
        return (self._sources[key] for key in sorted(self._sources))

    def statements(self) -> Iterable[Statement]:
        """Every statement, ordered by id."""
        return (self._statements[key] for key in sorted(self._statements))
