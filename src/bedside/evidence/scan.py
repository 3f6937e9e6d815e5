"""The scan: a search over candidates held in memory, without an engine. What engines are held to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from math import log

from bedside.evidence.analysis import terms
from bedside.evidence.candidate import FIELDS, Candidate, Filters, Statistics
from bedside.evidence.query import SearchQuery


class Scan:
    """Candidates by the terms in their fields. Nothing is analysed before the first search."""

    def __init__(self, gather: Callable[[], Iterable[Candidate]]) -> None:
        """*gather* gives every candidate, once; it is called on the first search."""
        self._gather = gather

    def candidates(self, query: SearchQuery, filters: Filters, limit: int) -> tuple[Candidate, ...]:
        """At most *limit* candidates with a term of the query, those with the rarer and heavier terms first."""
        found: dict[int, float] = {}
        for term, weight in query.terms:
            places = self._places.get(term, ())
            for place in places:
                found[place] = found.get(place, 0.0) + weight * log(1 + len(self._all) / len(places))
        kept = [place for place in found if fits(self._all[place], filters)]
        kept.sort(key=lambda place: (-round(found[place], 9), self._all[place].id))
        return tuple(self._all[place] for place in kept[:limit])

    def statistics(self, wanted: Iterable[str]) -> Statistics:
        """The figures of all candidates, with the frequencies of the *wanted* terms."""
        size = len(self._all)
        words = [sum(len(_field(each, name).split()) for each in self._all) for name in FIELDS]
        lengths = {name: total / size if size else 0.0 for name, total in zip(FIELDS, words, strict=True)}
        return Statistics(size, {term: len(self._places.get(term, ())) for term in dict.fromkeys(wanted)}, lengths)

    @cached_property
    def _all(self) -> tuple[Candidate, ...]:
        return tuple(self._gather())

    @cached_property
    def _places(self) -> dict[str, tuple[int, ...]]:
        """Term -> the candidates that hold it, in whatever field."""
        places: dict[str, list[int]] = {}
        for place, each in enumerate(self._all):
            for term in {term for name in FIELDS for term in terms(_field(each, name))}:
                places.setdefault(term, []).append(place)
        return {term: tuple(found) for term, found in places.items()}


def fits(candidate: Candidate, filters: Filters) -> bool:
    """Whether the filters let a candidate through."""
    return (
        (not filters.kinds or candidate.kind in filters.kinds)
        and (not filters.statuses or candidate.status in filters.statuses)
        and (not filters.jurisdictions or candidate.jurisdiction in filters.jurisdictions)
        and (not filters.since or candidate.year >= filters.since)
        and (not filters.source or candidate.source == filters.source)
    )


def _field(candidate: Candidate, name: str) -> str:
    value = getattr(candidate, name)
    return value if isinstance(value, str) else "\n".join(value)
