"""A flow: how many rules lead from each box on the left to each box on the right. Geometry only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

WIDTH = 360
ROW = 30
"""Units from one box to the next."""
BOX = 22
_LEFT, _RIGHT = 96, 180  # where the boxes on the left end and those on the right begin
_MIDDLE = (_LEFT + _RIGHT) / 2


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its label, how many rules it has, and the middle of its height. ``href`` is "" for no link."""

    label: str
    count: int
    y: float
    href: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One connection: its two ends by label, how many rules, the path of the curve and how thick it is."""

    left: str
    right: str
    count: int
    path: str
    thick: float


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole drawing; ``height`` in units, the width is WIDTH."""

    id: str
    title: str
    description: str
    left: tuple[Box, ...]
    right: tuple[Box, ...]
    bands: tuple[Band, ...]
    height: float

    @property
    def left_edge(self) -> int:
        """Where the boxes on the left end."""
        return _LEFT

    @property
    def right_edge(self) -> int:
        """Where the boxes on the right begin."""
        return _RIGHT


def flow(
    name: str, title: str, pairs: Iterable[tuple[str, str]], right_order: Iterable[str], hrefs: Mapping[str, str]
) -> Flow:
    """The flow of *pairs* (left label, right label), one a rule. The left side keeps the order in which it comes, the
    right side that of *right_order*."""
    counted = Counter(pairs)
    lefts = list(dict.fromkeys(left for left, _ in counted))
    used = {right for _, right in counted}
    rights = [label for label in right_order if label in used]
    height = max(len(lefts), len(rights)) * ROW
    left_y = _spread(len(lefts), height)
    right_y = _spread(len(rights), height)
    sums = Counter[str]()
    for (left, right), count in counted.items():
        sums[f"l{left}"] += count
        sums[f"r{right}"] += count
    bands = []
    for (left, right), count in sorted(counted.items(), key=lambda item: -item[1]):
        begin, end = left_y[lefts.index(left)], right_y[rights.index(right)]
        path = f"M{_LEFT} {begin:g}C{_MIDDLE:g} {begin:g} {_MIDDLE:g} {end:g} {_RIGHT} {end:g}"
        bands.append(Band(left, right, count, path, round(1 + sqrt(count), 1)))
    told = "; ".join(
        f"{left}: " + ", ".join(f"{counted[left, right]} to {right}" for right in rights if counted[left, right])
        for left in lefts
    )
    return Flow(
        id=name,
        title=title,
        description=f"{told}.",
        left=tuple(Box(n, sums[f"l{n}"], y, hrefs.get(n, "")) for n, y in zip(lefts, left_y, strict=True)),
        right=tuple(Box(n, sums[f"r{n}"], y) for n, y in zip(rights, right_y, strict=True)),
        bands=tuple(bands),
        height=height,
    )


def _spread(count: int, height: float) -> list[float]:
    """The middles of *count* boxes spread evenly over the height."""
    return [round(height * (index + 0.5) / count, 1) for index in range(count)]
