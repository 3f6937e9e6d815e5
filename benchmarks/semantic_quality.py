"""Whether re-ranking by meaning finds more than the words alone, on judged collections.

    python benchmarks/semantic_quality.py FOLDER MODEL [--most 150]

FOLDER holds the data sets (see search_collections.py), MODEL is the folder of an embedding model (docs/semantic.md).
For each collection at most ``--most`` questions are drawn (seed 1). "words" is what bedside shows without a model; the
others put the first 50 of it in another order: by similarity alone ("meaning"), or with both, at fixed weights.
"chosen" takes for the odd questions the weight that is best on the even ones, and the other way round. Below it stands
its mean difference from the words alone, with the middle 95% of 2,000 draws of questions (seed 1), and the score where
fewer hits are read at the weight that bedside has.
Figures to look at, not a test.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bedside.evidence.candidate import Statistics
from bedside.evidence.hit import Hit
from bedside.evidence.query import build_query
from bedside.evidence.ranking import Preferences, rank
from bedside.evidence.semantic import MOST, WEIGHT, Embedder, reranked, similarities
from bedside.llm.embedding import open_embedder
from search_collections import Collection, Data, score
from search_quality import Ours

WEIGHTS = (0.25, 0.5, 1.0, 2.0, 4.0)
FEWER = (10, 20, 30)
"""Hits that are read, to see what is lost with fewer."""
_SEED = 1
_SHOWN = 10
_DRAWS = 2000
_TIMED = 10


class Remembering:
    """An embedder that reads each text once, and counts the texts and the seconds."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._known: dict[str, Sequence[float]] = {}
        self.seconds = 0.0

    @property
    def name(self) -> str:
        """That of the model."""
        return self._inner.name

    @property
    def read(self) -> int:
        """How many texts the model read."""
        return len(self._known)

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """The vectors, from memory where the text was read before."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        began = time.perf_counter()
        self._known.update(zip(new, self._inner.embed(new), strict=True))
        self.seconds += time.perf_counter() - began
        return [self._known[text] for text in texts]


class Words(Ours):
    """The search by words that search_quality.py measures, giving its hits."""

    def hits(self, question: str, per_source: int, limit: int) -> tuple[Hit, ...]:
        """The best *limit* hits for *question*."""
        query = build_query(question)
        frequencies = {term: self._holding(term) for term, _ in query.terms}
        figures = Statistics(len(self._units), frequencies, self._lengths)
        return rank(query, list(self._candidates(query)), figures, Preferences(per_source=per_source), limit)


@dataclass(frozen=True, slots=True)
class Measured:
    """One question: the score by the words, by similarity alone, at each of the weights, and with fewer hits read."""

    words: float
    meaning: float
    blended: tuple[float, ...]
    fewer: tuple[float, ...]


def measure(collection: Collection, words: Words, embedder: Embedder, most: int) -> Iterator[Measured]:
    """Ask at most *most* questions of *collection*."""
    for name in _drawn(collection, most):
        question, relevant = collection.questions[name], collection.relevant[name]
        shown, first = (words.hits(question, collection.per_source, limit) for limit in (_SHOWN, MOST))
        near = similarities(question, [hit.candidate for hit in first], embedder)
        by_meaning = [hit for _, hit in sorted(zip(near, first, strict=True), key=lambda one: (-one[0], one[1].rank))]
        at_weights = [reranked(question, first, embedder, weight=weight) for weight in WEIGHTS]
        at_depths = [reranked(question, first, embedder, most=depth) for depth in FEWER]
        said, meant, *scores = (
            score(collection.measure, _ids(order), relevant) for order in (shown, by_meaning, *at_weights, *at_depths)
        )
        yield Measured(said, meant, tuple(scores[: len(WEIGHTS)]), tuple(scores[len(WEIGHTS) :]))


def _drawn(collection: Collection, most: int) -> list[str]:
    judged = sorted(name for name in collection.questions if collection.relevant.get(name))
    chance = random.Random(_SEED)  # noqa: S311 - a sample, the same every time
    return judged if len(judged) <= most else chance.sample(judged, most)


def _ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.candidate.id for hit in hits]


def chosen_by_halves(measured: Sequence[Measured]) -> list[float]:
    """Each question's score at the weight that is best on the other half."""
    best = []
    for half in (measured[::2], measured[1::2]):
        means = [statistics.fmean(one.blended[at] for one in half) for at in range(len(WEIGHTS))]
        best.append(means.index(max(means)))
    return [one.blended[best[(at + 1) % 2]] for at, one in enumerate(measured)]


def spread(differences: Sequence[float]) -> tuple[float, float]:
    """The middle 95% of the mean over draws with replacement."""
    chance = random.Random(_SEED)  # noqa: S311 - the same every time
    means = sorted(statistics.fmean(chance.choices(differences, k=len(differences))) for _ in range(_DRAWS))
    return means[int(0.025 * _DRAWS)], means[int(0.975 * _DRAWS)]


def report(collection: Collection, words: Words, embedder: Remembering, most: int) -> None:
    """Measure one collection and print its lines."""
    began = time.perf_counter()
    measured = list(measure(collection, words, embedder, most))
    chosen = chosen_by_halves(measured)
    columns = [
        [one.words for one in measured],
        [one.meaning for one in measured],
        *([one.blended[at] for one in measured] for at in range(len(WEIGHTS))),
        chosen,
    ]
    figures = "  ".join(f"{statistics.fmean(column):6.3f} " for column in columns)
    print(f"{collection.name:18} {collection.measure:8} {len(measured):5}  {figures}")
    differences = [one - other.words for one, other in zip(chosen, measured, strict=True)]
    low, high = spread(differences)
    better, worse = sum(one > 0 for one in differences), sum(one < 0 for one in differences)
    mean = statistics.fmean(differences)
    print(f"{'':18} chosen - words {mean:+.3f} ({low:+.3f} to {high:+.3f}); {better} better, {worse} worse")
    fewer = (f"{depth}: {statistics.fmean(one.fewer[at] for one in measured):.3f}" for at, depth in enumerate(FEWER))
    print(f"{'':18} w={WEIGHT} with fewer hits read, {', '.join(fewer)}", flush=True)
    sys.stderr.write(f"{collection.name}: {time.perf_counter() - began:.0f} s; {embedder.read} texts read so far\n")


def seconds_a_search(collection: Collection, words: Words, embedder: Embedder) -> list[float]:
    """What re-ranking adds to a search, nothing remembered."""
    taken = []
    for name in _drawn(collection, _TIMED):
        hits = words.hits(collection.questions[name], collection.per_source, MOST)
        began = time.perf_counter()
        reranked(collection.questions[name], hits, embedder)
        taken.append(time.perf_counter() - began)
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--most", type=int, default=150)
    chosen = parser.parse_args()
    data, plain = Data(chosen.folder), open_embedder(chosen.model)
    embedder = Remembering(plain)
    names = [f"w={weight:<5}" for weight in WEIGHTS]
    print(plain.name)
    print(f"{'collection':18} {'measure':8} {'asked':>5}  {'  '.join(['words  ', 'meaning', *names, 'chosen'])}")
    collections = [data.scifact(), data.bioasq(), data.plaba("PLABA", data.abstracts()), data.covid_claims()]
    indexes = [Words(collection.units) for collection in collections]
    for collection, words in zip(collections, indexes, strict=True):
        report(collection, words, embedder, chosen.most)
    taken = seconds_a_search(collections[0], indexes[0], plain)
    print(f"seconds that re-ranking adds to a search: median {statistics.median(taken):.1f}, most {max(taken):.1f}")
    print(f"texts a second, all collections: {embedder.read / embedder.seconds:.1f}")


if __name__ == "__main__":
    main()
