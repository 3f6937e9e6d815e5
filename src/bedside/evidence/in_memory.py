"""The library in memory: the reference adapter, and what tests and shelves are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from bedside.evidence.analysis import spaced
from bedside.evidence.candidate import Candidate, Filters, Statistics
from bedside.evidence.passage import Passage
from bedside.evidence.query import SearchQuery
from bedside.evidence.record import Record
from bedside.evidence.scan import Scan
from bedside.evidence.source import Source
from bedside.evidence.statement import Statement
from bedside.evidence.unit import WHOLE, mesh_names, units_of


class InMemoryLibrary:
    """A library in mappings by key, nothing else. Searched word by word: what the other adapters are held to.

    The passages of a source are found as one unit, as those of a record with its abstract; those of a source named in
    ``full`` (a full text) each as a unit of their own. ``mesh`` has the names of subject headings by source.
    """

    def __init__(
        self,
        release: str,
        sources: Mapping[str, Source],
        statements: Mapping[str, Statement],
        passages: Mapping[str, Passage] | None = None,
        *,
        full: Collection[str] = (),
        mesh: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._release = release
        self._sources = sources
        self._statements = statements
        self._passages = passages or {}
        self._full = frozenset(full)
        self._mesh = mesh or {}
        self._scan = Scan(self._units)

    @classmethod
    def of_records(cls, release: str, records: Iterable[Record]) -> InMemoryLibrary:
        """The library of *records*, without statements of ours."""
        kept = {record.source.key: record for record in records}
        return cls(
            release,
            {key: record.source for key, record in kept.items()},
            {},
            {passage.id: passage for record in kept.values() for passage in record.passages},
            full=[key for key, record in kept.items() if record.full],
            mesh={key: mesh_names(record.headings) for key, record in kept.items()},
        )

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

    def candidates(self, query: SearchQuery, filters: Filters, limit: int = 150) -> Sequence[Candidate]:
        """At most *limit* units that may answer a query."""
        return self._scan.candidates(query, filters, limit)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """The figures of all units, with the frequencies of these terms."""
        return self._scan.statistics(terms)

    def passages_of(self, key: str) -> tuple[Passage, ...]:
        """Every passage of a source, in reading order."""
        return self._by_source.get(key, ())

    @cached_property
    def _by_source(self) -> Mapping[str, tuple[Passage, ...]]:
        found: dict[str, list[Passage]] = {}
        for passage in sorted(
            self._passages.values(), key=lambda passage: (passage.source, passage.position, passage.id)
        ):
            found.setdefault(passage.source, []).append(passage)
        return {key: tuple(passages) for key, passages in found.items()}

    def _units(self) -> Iterator[Candidate]:
        for source in self.sources():
            passages = self.passages_of(source.key)
            if not passages and self._statements:
                continue  # a source that is only cited
            lines = [spaced(passage.text) for passage in passages]
            for unit in units_of(passages, full=source.key in self._full):
                yield candidate(
                    source,
                    passages[unit.position].id if unit.position >= 0 else source.key + WHOLE,
                    unit.heading,
                    unit.text,
                    mesh=self._mesh.get(source.key, ()),
                    position=unit.position,
                    terms=unit.chosen(lines),
                )


def candidate(
    source: Source,
    name: str,
    heading: str,
    text: str,
    *,
    mesh: tuple[str, ...] = (),
    position: int = 0,
    terms: str = "",
) -> Candidate:
    """A candidate of that source: its id *name*, its own words, and what the source says of itself."""
    year = (source.year or source.published_on)[:4]
    return Candidate(
        id=name,
        source=source.key,
        title=source.title,
        heading=heading,
        text=text,
        mesh=mesh,
        kind=source.kind,
        design=source.design,
        year=int(year) if year.isdecimal() else 0,
        status=source.status,
        jurisdiction=source.jurisdiction,
        position=position,
        terms=terms,
    )
