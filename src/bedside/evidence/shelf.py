"""The shelf: our own statements as something to search, and several libraries read as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from typing import TypeVar

from bedside.evidence.candidate import FIELDS, Candidate, Filters, Statistics
from bedside.evidence.in_memory import candidate
from bedside.evidence.library import Library, SearchableLibrary
from bedside.evidence.passage import Passage
from bedside.evidence.query import SearchQuery
from bedside.evidence.scan import Scan
from bedside.evidence.source import Source
from bedside.evidence.statement import Statement

_Found = TypeVar("_Found")
_Each = TypeVar("_Each", Source, Statement)


class StatementShelf:
    """A library whose statements can be searched. They are read and analysed on the first search, not before."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._scan = Scan(self._units)

    @property
    def release(self) -> str:
        """The name of the library beneath."""
        return self._library.release

    def source(self, key: str) -> Source | None:
        """The source of that key, or None."""
        return self._library.source(key)

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of that id, or None."""
        return self._library.statement(statement_id)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id, or None."""
        return self._library.passage(passage_id)

    def sources(self) -> Iterable[Source]:
        """Every source, ordered by key."""
        return self._library.sources()

    def statements(self) -> Iterable[Statement]:
        """Every statement, ordered by id."""
        return self._library.statements()

    def candidates(self, query: SearchQuery, filters: Filters, limit: int = 150) -> Sequence[Candidate]:
        """At most *limit* statements that may answer a query; the id of each is that of the statement."""
        return self._scan.candidates(query, filters, limit)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """The figures of all statements, with the frequencies of these terms."""
        return self._scan.statistics(terms)

    def passages_of(self, key: str) -> tuple[Passage, ...]:
        """None: what is searched here are statements."""
        del key
        return ()

    def _units(self) -> Iterator[Candidate]:
        for statement in self._library.statements():
            cited = [self._library.source(citation.source) for citation in statement.citations]
            source = next(filter(None, cited), None)
            if source is not None:
                yield candidate(source, statement.id, statement.heading, statement.clinical)


class Together:
    """Several libraries read as one. Where two have the same key or id, the first one counts."""

    def __init__(self, libraries: Sequence[SearchableLibrary]) -> None:
        """Raises ValueError when there is none."""
        if not libraries:
            raise ValueError("a library is made of at least one")
        self._libraries = tuple(libraries)

    @property
    def release(self) -> str:
        """The names of all of them, joined by "+"."""
        return "+".join(library.release for library in self._libraries)

    def source(self, key: str) -> Source | None:
        """The source of that key, or None."""
        return self._first(lambda library: library.source(key))

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of that id, or None."""
        return self._first(lambda library: library.statement(statement_id))

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id, or None."""
        return self._first(lambda library: library.passage(passage_id))

    def sources(self) -> Iterable[Source]:
        """Every source once, ordered by key."""
        every = [library.sources() for library in self._libraries]
        return _each_once(every, lambda source: source.key)

    def statements(self) -> Iterable[Statement]:
        """Every statement once, ordered by id."""
        every = [library.statements() for library in self._libraries]
        return _each_once(every, lambda statement: statement.id)

    def candidates(self, query: SearchQuery, filters: Filters, limit: int = 150) -> Sequence[Candidate]:
        """At most *limit* units of each library; one that several have, once."""
        found: dict[str, Candidate] = {}
        for library in self._libraries:
            for each in library.candidates(query, filters, limit):
                found.setdefault(each.id, each)
        return tuple(found.values())

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """The figures of all of them: counts summed, mean lengths weighted by size."""
        wanted = tuple(dict.fromkeys(terms))
        each = [library.statistics(wanted) for library in self._libraries]
        size = sum(one.size for one in each)
        words = {name: sum(one.size * one.lengths.get(name, 0.0) for one in each) for name in FIELDS}
        return Statistics(
            size,
            {term: sum(one.frequencies.get(term, 0) for one in each) for term in wanted},
            {name: total / size if size else 0.0 for name, total in words.items()},
        )

    def passages_of(self, key: str) -> tuple[Passage, ...]:
        """Every passage of a source, of the first library that has any."""
        return self._first(lambda library: library.passages_of(key) or None) or ()

    def _first(self, read: Callable[[SearchableLibrary], _Found | None]) -> _Found | None:
        return next((found for library in self._libraries if (found := read(library)) is not None), None)


def _each_once(every: Sequence[Iterable[_Each]], name: Callable[[_Each], str]) -> Iterator[_Each]:
    """Several ordered rows as one ordered row; of equal names the first library's is kept."""
    last = None
    for each in merge(*every, key=name):
        if name(each) != last:
            last = name(each)
            yield each
