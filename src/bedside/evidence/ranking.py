"""The second stage of the search: the candidates of an index in their final order, each with its reasons.

The order rests on the words of the question and the candidates, on figures of the library, and on nothing an engine
says, so every index gives the same. Equal scores are put in the order of the ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bedside.evidence.candidate import Candidate, Statistics
from bedside.evidence.feedback import heard_as, learn
from bedside.evidence.hit import Hit, Reason
from bedside.evidence.query import SearchQuery
from bedside.evidence.ranking_fields import Worth, points, worth_of
from bedside.evidence.ranking_priors import evidence, recency, section, standing
from bedside.evidence.ranking_reading import Reading, read
from bedside.evidence.ranking_weights import DEFAULT, Weights

_DIGITS = 9
_FEW = 4
"""Candidates of one source from which on its own rarities are believed."""
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


_Detail = str | Mapping[str, float]
_Part = tuple[str, _Detail, float]
"""A reason before it is written out: only those of the hits that are shown are."""


@dataclass(frozen=True, slots=True)
class _Scored:
    reading: Reading
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
        return _Scored(self.reading, self.score + value, (*self.parts, (name, detail, value)))

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
    inside = len({candidate.source for candidate in each}) == 1 and len(each) >= _FEW
    worth = worth_of(query, readings, statistics, weights, inside=inside)
    scored = [_by_words(reading, worth, statistics.lengths, weights) for reading in readings]
    scored = sorted((one for one in scored if one.score > 0), key=lambda one: one.place)
    if not inside:
        scored = _with_feedback(scored, worth, weights)
    year = preferences.year or max(candidate.year for candidate in each)
    most = weights.section_inside if inside else weights.section
    scored = sorted((_with_priors(one, preferences, year, most) for one in scored), key=lambda one: one.place)
    chosen = _chosen(scored, replace(preferences, per_source=0) if inside else preferences, limit)
    return tuple(one.hit(at) for at, one in enumerate(chosen, 1))


def _by_words(reading: Reading, worth: Worth, lengths: Mapping[str, float], weights: Weights) -> _Scored:
    terms, pairs = points(reading, worth, lengths, weights)
    scored = _Scored(reading, 0.0, ())
    scored = scored.with_part("words", terms, sum(terms.values()))
    if not pairs:
        return scored
    together = {" ".join(pair): value for pair, value in pairs.items()}
    return scored.with_part("phrases", together, sum(pairs.values()))


def _with_feedback(scored: list[_Scored], worth: Worth, weights: Weights) -> list[_Scored]:
    """The best with the points for what the very best share, in their new order; the rest below them as they were."""
    heard, rest = scored[: weights.heard], scored[weights.heard :]
    scores = [one.score for one in heard[: weights.teachers]]
    if len(scores) < 2:  # noqa: PLR2004 - one alone has nobody to share with
        return scored
    pupils = [heard_as(one.reading, weights) for one in heard]
    lesson = learn(scores, pupils, weights)
    taught = []
    for one, pupil in zip(heard, pupils, strict=True):
        marked = lesson.marks(pupil)
        value = weights.feedback * worth.rarity * sum(marked.values())
        taught.append(one.with_part("feedback", _strongest(marked), value))
    return [*taught, *rest]


def _with_priors(one: _Scored, preferences: Preferences, year: int, most: float) -> _Scored:
    candidate = one.reading.candidate
    one = one.with_part("section", candidate.heading, one.score * most * section(candidate.heading))
    if preferences.evidence:
        one = one.with_part("evidence", candidate.kind.value, one.score * (evidence(candidate) - 1))
    if preferences.recency:
        one = one.with_part("recency", str(candidate.year), one.score * (recency(candidate, year) - 1))
    return one.with_part("standing", candidate.status.value, one.score * (standing(candidate) - 1))


def _chosen(scored: Iterable[_Scored], preferences: Preferences, limit: int) -> list[_Scored]:
    """The first *limit*, no more of a source than is wanted, with what repeats another one moved down a little."""
    kept: list[_Scored] = []
    of_source: dict[str, int] = {}
    for one in scored:
        source = one.reading.candidate.source
        of_source[source] = of_source.get(source, 0) + 1
        if not preferences.per_source or of_source[source] <= preferences.per_source:
            kept.append(one)
    return _spread(kept, preferences.diversity, limit) if preferences.diversity else kept[:limit]


def _spread(scored: Sequence[_Scored], diversity: float, limit: int) -> list[_Scored]:
    """The best *limit* one after the other, each less by how much of its words one above it has said."""
    left = [(one, frozenset(one.reading.text.counts)) for one in scored[: limit * _SPARE]]
    chosen: list[_Scored] = []
    said: list[frozenset[str]] = []
    while left and len(chosen) < limit:
        weighed = [(_repeating(one, words, said, diversity), words) for one, words in _in_reach(left, diversity)]
        best, words = min(weighed, key=lambda one: one[0].place)
        left = [one for one in left if one[0].reading is not best.reading]
        chosen.append(best)
        said.append(words)
    return chosen


def _in_reach(left: list[tuple[_Scored, frozenset[str]]], diversity: float) -> list[tuple[_Scored, frozenset[str]]]:
    """The first of *left*, and those that can pass it when it loses all it may lose for repeating."""
    least = left[0][0].score * (1 - diversity)
    return [one for one in left if one[0].score >= least]


def _repeating(one: _Scored, words: frozenset[str], said: Sequence[frozenset[str]], diversity: float) -> _Scored:
    alike = max((_alike(words, other) for other in said), default=0.0)
    return one.with_part("repeats", "words of a hit above", -diversity * alike * one.score)


def _alike(words: frozenset[str], other: frozenset[str]) -> float:
    """How much of all the words of two texts both have, from 0 to 1."""
    both = len(words & other)
    return both / ((len(words) + len(other) - both) or 1)


def _strongest(values: Mapping[str, float]) -> str:
    """The names of the strongest few."""
    return ", ".join(name for name, _ in _sorted(values))


def _written(detail: _Detail) -> str:
    """A detail for the reader: "b12 6.1, defici 3.2"."""
    if isinstance(detail, str):
        return detail
    return ", ".join(f"{name} {value:.1f}" for name, value in _sorted(detail))


def _sorted(values: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(values.items(), key=lambda value: (-value[1], value[0]))[:_SHOWN]
