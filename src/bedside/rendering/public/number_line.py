"""A number line: the bands of one measure drawn to scale, in one unit. Geometry only; the template draws it.

Names stand over their bands where all of them have room. Where one has not, every band has a number instead, which the
table beside the drawing explains. Numbers and limits move apart where they would stand on each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from bedside.article.naming import Names
from bedside.protocol.protocol import Band, Edge, Measure
from bedside.rendering.public.words import band_named, country, named, number_text, range_text, unit_sets

WIDTH = 360
"""Units of the drawing, about the width of a phone in pixels, so that its letters keep their size there."""
LEFT, RIGHT = 8, 352
BEYOND = Decimal("1.55")
"""How far the line goes on, as a multiple of the last limit."""
_LETTER = 6.4  # units that a letter of a name takes
_DIGIT = 7.4  # the same of a number, which is bold
_GAP = 6  # units between two labels


@dataclass(frozen=True, slots=True)
class Segment:
    """One band on the line: from ``x`` for ``width`` units; its range in words; over it, centred at ``label``, its name
    on one or two lines, or its ``number`` (0 where it has its name)."""

    band: str
    lines: tuple[str, ...]
    range: str
    x: float
    width: float
    number: int = 0
    label: float = 0

    @property
    def middle(self) -> float:
        """The middle of the band."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Tick:
    """A limit: where, the number, and where that is centred."""

    x: float
    label: str
    at: float


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The bands of one measure in one country ("" where all share them) and one unit."""

    id: str
    measure: str
    country: str
    unit: str
    segments: tuple[Segment, ...]
    ticks: tuple[Tick, ...]

    @property
    def title(self) -> str:
        """What is drawn; a unit that is the name (INR) is said once."""
        unit = "" if self.unit == self.measure else f", {self.unit}"
        return f"{self.measure}{unit}{f' ({self.country})' if self.country else ''}"

    @property
    def numbered(self) -> bool:
        """Whether the bands have numbers in place of their names."""
        return any(segment.number for segment in self.segments)

    @property
    def description(self) -> str:
        """The same in words."""
        return "; ".join(f"{segment.range}: {segment.band}" for segment in self.segments) + "."


def number_lines(name: str, measure: Measure, names: Names) -> Iterator[NumberLine]:
    """A line for each country and each set of units with numbers of their own."""
    for where, bands in measure.bands.items():
        for units in unit_sets([edge for band in bands for edge in (band.low, band.high) if edge is not None]):
            yield _line(name, where, bands, units, names)


def _line(name: str, where: str, bands: tuple[Band, ...], units: tuple[str, ...], names: Names) -> NumberLine:
    unit = units[0]
    cuts = sorted({edge.values[unit] for band in bands for edge in (band.low, band.high) if edge is not None})
    end = cuts[-1] * BEYOND if cuts[-1] else Decimal(1)

    def at(number: Decimal) -> float:
        return round(LEFT + float(number / end) * (RIGHT - LEFT), 1)

    def side(edge: Edge | None, outside: float) -> float:
        return outside if edge is None else at(edge.values[unit])

    segments = []
    for band in bands:
        x, until = side(band.low, LEFT), side(band.high, RIGHT)
        called = band_named(name, band.name, names)
        lines = _in_lines(called, until - x)
        segments.append(Segment(called, lines, range_text(band.low, band.high, units), x, round(until - x, 1)))
    written = " or ".join(units)
    return NumberLine(
        id=f"line-{name}-{where or 'all'}-{unit}".replace("/", "-").replace("_", "-").lower(),
        measure=named(name, names),
        country=country(where),
        unit=written,
        segments=_labelled(segments),
        ticks=_ticks([(at(cut), number_text(cut)) for cut in cuts]),
    )


def _labelled(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The bands with the places of their names; with numbers where the names have no room."""
    middles = [segment.middle for segment in segments]
    widths = [max(len(line) for line in segment.lines) * _LETTER for segment in segments]
    if _fit(middles, widths):
        return tuple(replace(segment, label=round(segment.middle, 1)) for segment in segments)
    numbers = [str(place) for place, _ in enumerate(segments, 1)]
    places = apart(middles, [len(number) * _DIGIT for number in numbers])
    return tuple(
        replace(segment, lines=(number,), number=int(number), label=place)
        for segment, number, place in zip(segments, numbers, places, strict=True)
    )


def _ticks(cuts: Sequence[tuple[float, str]]) -> tuple[Tick, ...]:
    places = apart([x for x, _ in cuts], [len(label) * _DIGIT for _, label in cuts])
    return tuple(Tick(x, label, place) for (x, label), place in zip(cuts, places, strict=True))


def _fit(middles: Sequence[float], widths: Sequence[float]) -> bool:
    """Whether labels centred there touch neither each other nor the ends of the drawing."""
    ends = [(middle - width / 2, middle + width / 2) for middle, width in zip(middles, widths, strict=True)]
    inside = all(begin >= 0 and end <= WIDTH for begin, end in ends)
    return inside and all(before[1] < after[0] for before, after in pairwise(ends))


def apart(middles: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Where labels of those widths are centred, from left to right, so that none touches another or leaves the drawing,
    and each is as near to its middle as the others let it be (least squares)."""
    offsets = [0.0]
    for before, after in pairwise(widths):
        offsets.append(offsets[-1] + (before + after) / 2 + _GAP)
    # Less its offset, each may not lie left of the one before: pools of those that would are set to their mean.
    pools: list[tuple[float, int]] = []
    for middle, offset in zip(middles, offsets, strict=True):
        mean, size = middle - offset, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        pools.append((mean, size))
    low, high = widths[0] / 2, WIDTH - offsets[-1] - widths[-1] / 2
    placed = [max(low, min(high, mean)) for mean, size in pools for _ in range(size)]
    return [round(place + offset, 1) for place, offset in zip(placed, offsets, strict=True)]


def _in_lines(words: str, width: float) -> tuple[str, ...]:
    """A label on one line where it fits, else on two."""
    if len(words) * _LETTER <= width or " " not in words:
        return (words,)
    first, _, rest = words.partition(" ")
    return (first, rest)
