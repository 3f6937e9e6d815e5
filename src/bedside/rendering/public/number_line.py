"""A number line: the bands of one measure drawn to scale, in one unit. Geometry only; the template draws it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bedside.article.naming import Names
from bedside.protocol.protocol import Band, Edge, Measure
from bedside.rendering.public.words import band_named, country, named, number_text, range_text, unit_sets

WIDTH = 360
"""Units of the drawing, about the width of a phone in pixels, so that its letters keep their size there."""
LEFT, RIGHT = 8, 352
BEYOND = Decimal("1.55")
"""How far the line goes on, as a multiple of the last limit."""
_LETTER = 6.4  # units that a letter of a label takes


@dataclass(frozen=True, slots=True)
class Segment:
    """One band on the line: from ``x`` for ``width`` units; its name on one or two lines; its range in words."""

    band: str
    lines: tuple[str, ...]
    range: str
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where its label is centred."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Tick:
    """A limit: where, and the number."""

    x: float
    label: str


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
        """What is drawn."""
        return f"{self.measure}, {self.unit}{f' ({self.country})' if self.country else ''}"

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
        segments=tuple(segments),
        ticks=tuple(Tick(at(cut), number_text(cut)) for cut in cuts),
    )


def _in_lines(words: str, width: float) -> tuple[str, ...]:
    """A label on one line where it fits, else on two."""
    if len(words) * _LETTER <= width or " " not in words:
        return (words,)
    first, _, rest = words.partition(" ")
    return (first, rest)
