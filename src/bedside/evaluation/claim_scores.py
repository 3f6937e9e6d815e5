"""Scores of judging claims: macro-F1, folds by group, the word-overlap baseline, precision against recall, calibration.

Labels are any values that can be compared for equality; lists run in parallel, one place a pair.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

FOLDS = 5
_GRID = 25


def fold_of(group: str, folds: int = FOLDS) -> int:
    """The fold of a group, 0 to *folds* less one: by its name alone, so the same in every run and for every model."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:8], "big") % folds


def splits(groups: Sequence[str], folds: int = FOLDS) -> Iterator[tuple[list[int], list[int]]]:
    """For each fold the places to train on and the places to test on; no group is on both sides."""
    held = [fold_of(group, folds) for group in groups]
    for fold in range(folds):
        yield [at for at, each in enumerate(held) if each != fold], [at for at, each in enumerate(held) if each == fold]


def f1(true: Sequence[str], said: Sequence[str], label: str) -> float:
    """The F1 of one *label*, 0 to 1; 0 where it was neither true nor said."""
    hit = sum(one == label == other for one, other in zip(true, said, strict=True))
    named = sum(each == label for each in true) + sum(each == label for each in said)
    return 2 * hit / named if named else 0.0


def macro_f1(true: Sequence[str], said: Sequence[str], labels: Sequence[str]) -> float:
    """The mean of the F1 of each of *labels*, which are those the set has."""
    return sum(f1(true, said, label) for label in labels) / len(labels)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Labels in the order of a rising figure and the figures at which one gives way to the next."""

    labels: tuple[str, ...]
    edges: tuple[float, ...]

    def label(self, figure: float) -> str:
        """The label of a *figure*: an edge belongs to the label above it."""
        return self.labels[sum(figure >= edge for edge in self.edges)]


def fitted_thresholds(figures: Sequence[float], true: Sequence[str], labels: Sequence[str]) -> Thresholds:
    """The edges, among the 25 quantiles of *figures*, with the best macro-F1; the lowest edges of equally good ones.

    *labels* holds every label there is, in the order of a rising figure.
    """
    ordered = sorted(figures)
    grid = sorted({ordered[len(ordered) * step // (_GRID + 1)] for step in range(1, _GRID + 1)})
    tallies = _tallies(figures, true, labels, grid)
    best = max(
        combinations_with_replacement(range(len(grid)), len(labels) - 1), key=lambda edges: _tallied_f1(tallies, edges)
    )
    return Thresholds(tuple(labels), tuple(grid[at] for at in best))


def _tallies(
    figures: Sequence[float], true: Sequence[str], labels: Sequence[str], grid: Sequence[float]
) -> list[list[int]]:
    """For each label how many of its figures lie below each place of the grid, and last how many there are."""
    rows = []
    for label in labels:
        own = [figure for figure, each in zip(figures, true, strict=True) if each == label]
        rows.append([*(sum(figure < edge for figure in own) for edge in grid), len(own)])
    return rows


def _tallied_f1(tallies: Sequence[Sequence[int]], edges: Sequence[int]) -> float:
    """The macro-F1 of labels cut at *edges*, from the tallies."""
    total = 0.0
    for at, row in enumerate(tallies):
        below = edges[at - 1] if at else None
        above = edges[at] if at < len(edges) else -1
        said = [each[above] - (each[below] if below is not None else 0) for each in tallies]
        named = sum(said) + row[-1]
        total += 2 * said[at] / named if named else 0.0
    return total / len(tallies)


@dataclass(frozen=True, slots=True)
class Point:
    """At a threshold: how many of those at or above it are right, and how many of all that are right are among them."""

    threshold: float
    precision: float
    recall: float


def curve(figures: Sequence[float], right: Sequence[bool]) -> tuple[Point, ...]:
    """A point for each distinct figure, from the highest threshold. Empty where nothing is right."""
    whole = sum(right)
    if not whole:
        return ()
    points: list[Point] = []
    hits = 0
    ordered = sorted(zip(figures, right, strict=True), key=lambda each: -each[0])
    for at, (figure, hit) in enumerate(ordered, 1):
        hits += hit
        if at == len(ordered) or ordered[at][0] != figure:
            points.append(Point(figure, hits / at, hits / whole))
    return tuple(points)


def recall_at(points: Sequence[Point], precision: float) -> float:
    """The highest recall of a point with at least this *precision*; 0 where there is none."""
    return max((point.recall for point in points if point.precision >= precision), default=0.0)


def calibration_error(probabilities: Sequence[float], happened: Sequence[bool], bins: int = 10) -> float:
    """The expected calibration error: the mean over ten bins of equal width, by their size, of how far the mean
    probability is from the share that happened.
    """
    sums = [[0.0, 0.0] for _ in range(bins)]
    for probability, event in zip(probabilities, happened, strict=True):
        held = sums[min(bins - 1, int(probability * bins))]
        held[0] += probability
        held[1] += event
    return sum(abs(expected - seen) for expected, seen in sums) / len(probabilities)
