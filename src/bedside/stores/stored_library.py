"""The library on disk, as the stages read it: the port ``SearchableLibrary`` on the database and its index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from bedside.evidence.candidate import FIELDS, Candidate, Filters, Statistics
from bedside.evidence.notice import Notice
from bedside.evidence.passage import Passage
from bedside.evidence.query import SearchQuery
from bedside.evidence.source import Source, SourceKind, SourceStatus
from bedside.evidence.statement import Statement
from bedside.evidence.synonyms import Synonyms, phrases_in
from bedside.evidence.unit import WHOLE
from bedside.stores.index import IndexReader, unit_place
from bedside.stores.place import LibraryPlace
from bedside.stores.reader import Reader, Row
from bedside.stores.record_json import notice_from_list, source_from_json


class StoredLibrary:
    """Sources and passages that were loaded. It holds no statements of ours."""

    def __init__(self, place: LibraryPlace) -> None:
        """Open it. Raises LibraryUnusable when there is none or it cannot be read; the index is opened on first
        use."""
        self.place = place
        self.reader = Reader(place)
        self.figures = self.reader.figures()

    @cached_property
    def index(self) -> IndexReader:
        """The search index. Raises LibraryUnusable when it is missing or damaged."""
        return IndexReader(self.place.index)

    @property
    def release(self) -> str:
        """The state of the library: a mark of all it holds, the same wherever the same was loaded, in any order."""
        first, second = (self.figures.get(name, 0) for name in ("mark_1", "mark_2"))
        return f"library-{first:016x}{second:016x}"

    @property
    def behind(self) -> int:
        """How many generations the index is behind the database; 0 when they are in step."""
        return self.figures.get("generation", 0) - self.index.generation

    def source(self, key: str) -> Source | None:
        """The source of that key, or None."""
        rows = self.reader.shown("key", [key])
        return _source(rows[0]) if rows else None

    def statement(self, statement_id: str) -> Statement | None:
        """None: statements are content, not literature."""
        del statement_id
        return None

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id, or None."""
        key = passage_id.rpartition("/")[0]
        return next((passage for passage in self.passages_of(key) if passage.id == passage_id), None)

    def passages_of(self, key: str) -> tuple[Passage, ...]:
        """Every passage of a source, in reading order."""
        return tuple(Passage(row[0], key, *row[1:]) for row in self.reader.passages_of(key))

    def same_document(self, source: Source) -> str:
        """The key under which the document of a source was loaded: the same key, PMID, PMCID or DOI; "" for none."""
        names = (("key", source.key), ("pmid", source.pmid), ("pmcid", source.pmcid), ("doi", source.doi.lower()))
        rows = (row for column, value in names if value for row in self.reader.shown(column, [value]))
        return next((str(row[1]) for row in rows), "")

    def sources(self) -> Iterator[Source]:
        """Every source, ordered by key."""
        return map(_source, self.reader.all_shown())

    def statements(self) -> Iterable[Statement]:
        """None."""
        return ()

    def candidates(self, query: SearchQuery, filters: Filters, limit: int = 150) -> Sequence[Candidate]:
        """At most *limit* units that may answer a query, in no order that means anything."""
        only: int | None = None
        if filters.source:
            rows = self.reader.shown("key", [filters.source])
            if not rows:
                return ()
            only = rows[0][0]
        places = [unit_place(number) for number in self.index.units(query.terms, filters, limit, only)]
        sources = self.reader.sources_of_units(dict.fromkeys(source for source, _ in places))
        passages = self.reader.passages_at(place for place in places if place[1] >= 0)
        whole = self.reader.texts_of(source for source, position in places if position < 0)
        found: list[Candidate] = []
        for source, position in places:
            row = sources.get(source)
            if row is None:  # taken out since the index was made
                continue
            if position < 0:
                texts, terms = zip(*whole.get(source, [("", "")]), strict=True)
                found.append(_candidate(row, row[1] + WHOLE, "", " ".join(texts), "".join(terms), -1))
            elif (passage := passages.get((source, position))) is not None:
                _, _, name, heading, text, line = passage
                found.append(_candidate(row, name, heading, text, line, position))
        return found

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """The figures of the whole library that scores rest on."""
        units = self.figures.get("units", 0)
        lengths = {name: self.figures.get(f"words_{name}", 0) / units if units else 0.0 for name in FIELDS}
        return Statistics(units, {term: self.index.count(term) for term in dict.fromkeys(terms)}, lengths)

    def notices_about(self, *, pmids: Iterable[str] = (), dois: Iterable[str] = ()) -> Mapping[str, tuple[Notice, ...]]:
        """The notices the library knows about documents, by the PMID or DOI asked for."""
        found: dict[str, tuple[Notice, ...]] = {}
        for place, (column, values) in enumerate((("pmid", pmids), ("doi", dois))):
            for row in self.reader.notices_about(column, [value for value in values if value]):
                name = str(row[place])
                found[name] = (*found.get(name, ()), notice_from_list(json.loads(row[2])[2:]))
        return found

    def synonyms(self, question: str) -> Synonyms:
        """What the vocabularies that were loaded know of the names in a question."""
        return Synonyms.from_rows(json.loads(row) for row in self.reader.synonyms_of(phrases_in(question)))

    def close(self) -> None:
        """Close the database."""
        self.reader.close()


def _source(row: Row) -> Source:
    _, _, shown, status, superseded_by, why = row
    return source_from_json(shown, status=status, superseded_by=superseded_by, note=why)


def _candidate(row: Row, name: str, heading: str, text: str, terms: str, position: int) -> Candidate:
    _, key, title, kind, design, year, status, jurisdiction, mesh = row
    return Candidate(
        id=name,
        source=key,
        title=title,
        heading=heading,
        text=text,
        terms=terms,
        mesh=tuple(mesh.split("\n")) if mesh else (),
        kind=SourceKind(kind),
        design=design,
        year=year,
        status=SourceStatus(status),
        jurisdiction=jurisdiction,
        position=position,
    )
