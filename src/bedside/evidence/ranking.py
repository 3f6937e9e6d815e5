"""The second stage of the search: the candidates of an index in their final order, each with its reasons.

The order rests on the words of the question and the candidates, on figures of the library, and on nothing an engine
says, so every index gives the same. Equal scores are put in the order of the ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial
from heapq import heappop, heappush
from itertools import islice

from bedside.evidence.candidate import Candidate, Statistics
from bedside.evidence.feedback import heard_as, learn
from bedside.evidence.hit import Hit, Reason
from bedside.evidence.query import SearchQuery
from bedside.evidence.ranking_fields import Finder, Found
from bedside.evidence.ranking_priors import MOST, evidence, recency, section, standing
from bedside.evidence.ranking_reading import Reading, read
from bedside.evidence.ranking_weights import DEFAULT, Weights
from bedside.evidence.ranking_worth import Worth, for_families, for_pairs, for_terms, inside_one, pairs_of, worth_of

_DIGITS = 9
_SURELY = 1e-8
"""More than rounding to that many digits can make of a difference."""
_SHOWN = 6
_SPARE = 3
"""Candidates that are weighed against repetition, as a multiple of the hits wanted."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the reader prefers beside the words.

    ``per_source`` is the most hits of one source, 0 for any number; it does not hold where all candidates are of one
    source. ``evidence`` and ``recency`` turn the small points for the kind of source and its year on or off; ``year``
    is the year recency is counted from, 0 for the newest among the candidates. ``diversity`` is the part of its score
    (from 0 to 1) that a hit loses when it says the same as one above it.
    """

    per_source: int = 1
    evidence: bool = True
    recency: bool = True
    year: int = 0
    diversity: float = 0.05


_Detail = str | int | Mapping[str, float] | Callable[[], str]
_Part = tuple[str, _Detail, float]
"""A reason before it is written out: only those of the hits that are shown are."""


@dataclass(frozen=True, slots=True)
class _Scored:
    reading: Reading
    found: Found
    score: float
    parts: tuple[_Part, ...]

    @property
    def place(self) -> tuple[float, str]:
        """What candidates are sorted by."""
        return -round(self.score, _DIGITS), self.reading.candidate.id

    def with_part(self, name: str, detail: _Detail, value: float) -> _Scored:
        """The same with *value* more points; unchanged for none."""
        if not value:
            return self
        return _Scored(self.reading, self.found, self.score + value, (*self.parts, (name, detail, value)))

    def hit(self, at: int) -> Hit:
        """The candidate in its place, with its reasons."""
        reasons = tuple(Reason(name, _written(detail), value) for name, detail, value in self.parts)
        return Hit(self.reading.candidate, at, self.score, reasons)


def rank(
    query: SearchQuery,
    candidates: Sequence[Candidate],
    statistics: Statistics,
    preferences: Preferences,
    limit: int,
    weights: Weights = DEFAULT,
) -> tuple[Hit, ...]:
    """The best *limit* candidates, best first, in whatever order they were offered.

    A candidate that holds none of the query's terms is no hit. ``statistics`` must know how many passages hold each
    term of the query; a term it does not know counts as one that a single passage holds.
    """
    each = sorted({candidate.id: candidate for candidate in candidates}.values(), key=lambda one: one.id)
    if not each or not query.terms or limit <= 0:
        return ()
    readings = [read(candidate) for candidate in each]
    finder = Finder([term for term, _ in query.terms], pairs_of(query), statistics.lengths, weights)
    found = [finder.found_in(reading) for reading in readings]
    worth = worth_of(query, readings, found, statistics, weights)
    scored = [_by_words(*one, worth, weights) for one in zip(readings, found, strict=True) if one[1].terms]
    scored.sort(key=lambda one: one.place)
    best, rest = scored[: weights.heard], scored[weights.heard :]
    best = sorted((_with_families(one, finder, worth, weights) for one in best), key=lambda one: one.place)
    inside = inside_one(readings)
    scored = [*(best if inside else _with_feedback(best, worth, weights)), *rest]
    year = preferences.year or max(candidate.year for candidate in each)
    most = weights.section_inside if inside else weights.section
    ordered = _in_order(scored, partial(_with_priors, preferences=preferences, year=year, most=most), MOST * (1 + most))
    chosen = _chosen(ordered, replace(preferences, per_source=0) if inside else preferences, limit)
    return tuple(one.hit(at) for at, one in enumerate(chosen, 1))


def _by_words(reading: Reading, found: Found, worth: Worth, weights: Weights) -> _Scored:
    terms = for_terms(found.terms, worth, weights)
    said = sum(terms.values())
    if not found.pairs:
        return _Scored(reading, found, said, (("words", terms, said),))
    pairs = for_pairs(found.pairs, worth, weights)
    together = sum(pairs.values())
    return _Scored(reading, found, said + together, (("words", terms, said), ("phrases", pairs, together)))


def _with_families(one: _Scored, finder: Finder, worth: Worth, weights: Weights) -> _Scored:
    points = for_families(finder.families_in(one.reading, one.found), worth, weights)
    return one.with_part("family", points, sum(points.values()))


def _with_feedback(heard: list[_Scored], worth: Worth, weights: Weights) -> list[_Scored]:
    """The best with the points for what the very best share, in their new order."""
    scores = [one.score for one in heard[: weights.teachers]]
    if len(scores) < 2:  # noqa: PLR2004 - one alone has nobody to share with
        return heard
    pupils = [heard_as(one.reading, weights) for one in heard]
    lesson = learn(scores, pupils, weights)
    taught = []
    for one, pupil in zip(heard, pupils, strict=True):
        marked = lesson.marks(pupil)
        value = weights.feedback * worth.rarity * sum(marked.values())
        taught.append(one.with_part("feedback", partial(_strongest, marked), value))
    return sorted(taught, key=lambda one: one.place)


def _in_order(scored: Iterable[_Scored], with_priors: Callable[[_Scored], _Scored], most: float) -> Iterator[_Scored]:
    """The candidates *with_priors*, best first. They come in falling order and no score grows by more than *most*.

    So the first are known before the last were looked at, which nobody may ever ask for.
    """
    waiting: list[tuple[tuple[float, str], _Scored]] = []
    for one in scored:
        while waiting and -waiting[0][0][0] > one.score * most + _SURELY:
            yield heappop(waiting)[1]
        found = with_priors(one)
        heappush(waiting, (found.place, found))
    while waiting:
        yield heappop(waiting)[1]


def _with_priors(one: _Scored, preferences: Preferences, year: int, most: float) -> _Scored:
    candidate, score, parts = one.reading.candidate, one.score, list(one.parts)
    for name, detail, factor in _priors(candidate, preferences, year, most):
        if factor != 1:
            parts.append((name, detail, score * (factor - 1)))
            score += score * (factor - 1)
    return _Scored(one.reading, one.found, score, tuple(parts))


def _priors(
    candidate: Candidate, preferences: Preferences, year: int, most: float
) -> Iterator[tuple[str, str | int, float]]:
    """What speaks for a candidate beside its words: the name, what it was seen in, and the factor for its score."""
    yield "section", candidate.heading, 1 + most * section(candidate.heading)
    if preferences.evidence:
        yield "evidence", candidate.kind.value, evidence(candidate)
    if preferences.recency:
        yield "recency", candidate.year, recency(candidate, year)
    yield "standing", candidate.status.value, standing(candidate)


def _chosen(ordered: Iterable[_Scored], preferences: Preferences, limit: int) -> list[_Scored]:
    """The first *limit*, no more of a source than is wanted, with what repeats another one moved down a little."""
    kept = _of_each(ordered, preferences.per_source)
    return _spread(list(islice(kept, limit * _SPARE)), preferences.diversity, limit)


def _of_each(ordered: Iterable[_Scored], most: int) -> Iterator[_Scored]:
    """Those that are among the first *most* of their source; 0 for all."""
    of_source: dict[str, int] = {}
    for one in ordered:
        source = one.reading.candidate.source
        of_source[source] = of_source.get(source, 0) + 1
        if not most or of_source[source] <= most:
            yield one


def _spread(scored: Sequence[_Scored], diversity: float, limit: int) -> list[_Scored]:
    """The best *limit* one after the other, each less by how much of its words one above it has said."""
    left = [_Waiting(one, diversity) for one in scored]
    chosen: list[_Waiting] = []
    while left and len(chosen) < limit:
        least = left[0].scored.score * (1 - diversity)
        in_reach = [one for one in left if one.scored.score >= least]
        best = min(in_reach, key=lambda one: one.place(chosen))
        left.remove(best)
        chosen.append(best)
    return [one.repeating() for one in chosen]


class _Waiting:
    """A candidate that waits for its place, with how far those above it have said its words.

    It is held against each of them once, and only when it could come next.
    """

    __slots__ = ("_alike", "_diversity", "_seen", "scored", "words")

    def __init__(self, scored: _Scored, diversity: float) -> None:
        self.scored = scored
        self._diversity = diversity
        self.words: AbstractSet[str] = scored.reading.text.counts.keys()
        self._alike = 0.0
        self._seen = 0

    def place(self, chosen: Sequence[_Waiting]) -> tuple[float, str]:
        """What it is sorted by after those that are *chosen*, which may have grown since it was asked last."""
        for other in chosen[self._seen :]:
            self._alike = max(self._alike, _alike(self.words, other.words))
        self._seen = len(chosen)
        return self.repeating().place

    def repeating(self) -> _Scored:
        """The candidate with what it loses for repeating."""
        return self.scored.with_part(
            "repeats", "words of a hit above", -self._diversity * self._alike * self.scored.score
        )


def _alike(words: AbstractSet[str], other: AbstractSet[str]) -> float:
    """How much of all the words of two texts both have, from 0 to 1."""
    both = len(words & other)
    return both / ((len(words) + len(other) - both) or 1)


def _strongest(values: Mapping[str, float]) -> str:
    """The names of the strongest few."""
    return ", ".join(name for name, _ in _sorted(values))


def _written(detail: _Detail) -> str:
    """A detail for the reader: "b12 6.1, defici 3.2"."""
    if isinstance(detail, str | int):
        return str(detail)
    if callable(detail):
        return detail()
    return ", ".join(f"{name} {value:.1f}" for name, value in _sorted(detail))


def _sorted(values: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(values.items(), key=lambda value: (-value[1], value[0]))[:_SHOWN]
