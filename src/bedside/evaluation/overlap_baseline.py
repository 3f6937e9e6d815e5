"""The plain baseline of judging claims: labels from word overlap alone, by a boosted tree that aims at accuracy.

It is what a first trial would do with one figure. Labels are then usually the commonest ones; thresholds fitted
for macro-F1 (:func:`bedside.evaluation.claim_scores.fitted_thresholds`) are the other baseline, and mostly the harder.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp

_BINS, _STAGES, _RATE, _LEAVES, _LEAST = 255, 50, 0.1, 4, 1e-9


@dataclass(frozen=True, slots=True)
class OverlapTree:
    """What a boosted tree on one figure says: a label for each range between ``edges``."""

    edges: tuple[float, ...]
    labels: tuple[str, ...]

    def label(self, figure: float) -> str:
        """The label of a *figure*; one on an edge belongs above it."""
        return self.labels[bisect_right(self.edges, figure)]


def grown(figures: Sequence[float], true: Sequence[str]) -> OverlapTree:
    """Fifty stages of four leaves for each label, learnt at a rate of 0.1, over 255 quantiles of *figures*.

    The first of equally likely labels by name wins. Raises ValueError when there is no figure.
    """
    if not figures:
        raise ValueError("there is nothing to learn from")
    ordered = sorted(figures)
    edges = sorted({ordered[len(ordered) * step // _BINS] for step in range(1, _BINS)})
    names = sorted(set(true))
    counts = [[0] * len(names) for _ in range(len(edges) + 1)]
    for figure, label in zip(figures, true, strict=True):
        counts[bisect_right(edges, figure)][names.index(label)] += 1
    scores = [[0.0] * len(names) for _ in counts]
    for _ in range(_STAGES):
        shares = [_shares(row) for row in scores]
        for place in range(len(names)):
            _stage(scores, shares, counts, place)
    return OverlapTree(tuple(edges), tuple(names[row.index(max(row))] for row in scores))


def _shares(row: Sequence[float]) -> list[float]:
    grown_by = [exp(each - max(row)) for each in row]
    return [each / sum(grown_by) for each in grown_by]


def _stage(
    scores: list[list[float]], shares: Sequence[Sequence[float]], counts: Sequence[Sequence[int]], place: int
) -> None:
    """Add a tree of four leaves to the *scores* of the label at a place; a leaf's step is Newton's on the log loss."""
    sizes = [sum(row) for row in counts]
    # How much commoner the label is in a bin than it is said to be, and how sure that is.
    slopes = [row[place] - size * share[place] for row, size, share in zip(counts, sizes, shares, strict=True)]
    bends = [size * share[place] * (1 - share[place]) for size, share in zip(sizes, shares, strict=True)]
    summed = [list(accumulate(each, initial=0.0)) for each in (slopes, sizes, bends)]
    many = len(counts[0])
    for start, end in _leaves(summed[0], summed[1]):
        slope, _, bend = (each[end] - each[start] for each in summed)
        step = _RATE * (many - 1) / many * slope / max(_LEAST, bend)
        for at in range(start, end):
            scores[at][place] += step


def _leaves(slopes: Sequence[float], sizes: Sequence[float]) -> list[tuple[int, int]]:
    """Ranges of bins, parted one by one where that explains most of the slopes; both are sums up to each bin."""
    leaves = [(0, len(slopes) - 1)]
    while len(leaves) < _LEAVES:
        gain, at, leaf = max(
            (_gain(slopes, sizes, leaf, at), at, leaf) for leaf in leaves for at in range(leaf[0], leaf[1])
        )
        if gain <= _LEAST:
            break
        leaves.remove(leaf)
        leaves += [(leaf[0], at), (at, leaf[1])]
    return leaves


def _gain(slopes: Sequence[float], sizes: Sequence[float], leaf: tuple[int, int], at: int) -> float:
    start, end = leaf
    lower, upper = sizes[at] - sizes[start], sizes[end] - sizes[at]
    if not lower or not upper:
        return 0.0
    one, other = slopes[at] - slopes[start], slopes[end] - slopes[at]
    return one * one / lower + other * other / upper - (one + other) ** 2 / (lower + upper)
