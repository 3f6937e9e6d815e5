"""Where a quantity falls in the bands of a measure, in the unit it was reported in (rules DQ1 to DQ3, DQ10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bedside.facts.fact import Quantity
from bedside.facts.units import UnknownUnit
from bedside.protocol.interval import Interval
from bedside.protocol.truth import Truth, all_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedside.facts.units import Units
    from bedside.protocol.protocol import Band, Edge, Measure, Reading


@dataclass(frozen=True, slots=True)
class Placed:
    """The bands a quantity may fall in; exactly one when it is decided. ``ask`` and ``warn`` as in BandResult.

    ``quantity`` is the quantity as read (an assumed unit filled in).
    """

    bands: frozenset[str]
    quantity: Quantity
    ask: str = ""
    warn: str = ""


def place(quantity: Quantity, measure: Measure, bands: tuple[Band, ...], units: Units, *, assay_stated: bool) -> Placed:
    """Place one quantity.

    A bare number is read by ``measure.unitless``; a number whose assay was not stated by ``measure.assay``; any
    other is compared as an interval with each band, in its own unit.
    """
    every = frozenset(band.name for band in bands)
    warn = ""
    if not quantity.unit:
        reading = _reading(quantity, measure.unitless)
        if reading is None:
            return Placed(every, quantity, ask="unit")
        if reading.ask or reading.band:
            return Placed(frozenset({reading.band}) if reading.band else every, quantity, reading.ask, reading.warn)
        quantity, warn = replace(quantity, unit=reading.unit), reading.warn
    elif not assay_stated and (found := _assay_reading(quantity, measure.assay, units)):
        if found.ask or found.band:
            return Placed(frozenset({found.band}) if found.band else every, quantity, found.ask, found.warn)
        warn = found.warn
    possible = frozenset(band.name for band in bands if _inside(quantity, band, measure.name, units) is not Truth.FALSE)
    return Placed(possible, quantity, "" if len(possible) == 1 else "value", warn)


def limit_in(
    values: Mapping[str, Decimal], quantity: Quantity, analyte: str, units: Units
) -> tuple[Quantity, Decimal] | None:
    """The published number to compare *quantity* with, and the quantity scaled to its unit.

    A number published in the reported unit (up to a power of ten) wins; only where none was published is the
    quantity converted by the analyte's named factor. None when neither is possible.
    """
    if quantity.unit in values:
        return quantity, values[quantity.unit]
    for unit, number in values.items():
        scaled = units.scale(quantity, unit)
        if scaled is not None:
            return scaled, number
    for unit, number in values.items():
        try:
            return units.convert(quantity, unit, analyte), number
        except UnknownUnit:
            continue
    return None


def _inside(quantity: Quantity, band: Band, analyte: str, units: Units) -> Truth:
    def side(edge: Edge | None, *, upper: bool) -> Truth:
        if edge is None:
            return Truth.TRUE
        found = limit_in(edge.values, quantity, analyte, units)
        if found is None:
            return Truth.UNKNOWN
        scaled, number = found
        interval = Interval.of(scaled)
        if upper:
            return interval.below(number, inclusive=edge.inclusive)
        return ~interval.below(number, inclusive=not edge.inclusive)

    return all_of((side(band.low, upper=False), side(band.high, upper=True)))


def _reading(quantity: Quantity, readings: tuple[Reading, ...]) -> Reading | None:
    """The reading whose limits hold every value the quantity allows, or None."""
    interval = Interval.of(quantity)
    for reading in readings:
        above = reading.low is None or ~interval.below(reading.low, inclusive=not reading.low_inclusive) is Truth.TRUE
        below = reading.high is None or interval.below(reading.high, inclusive=reading.high_inclusive) is Truth.TRUE
        if above and below:
            return reading
    return None


def _assay_reading(quantity: Quantity, readings: Mapping[str, tuple[Reading, ...]], units: Units) -> Reading | None:
    for unit, rows in readings.items():
        scaled = units.scale(quantity, unit)
        if scaled is not None:
            return _reading(scaled, rows)
    return None
