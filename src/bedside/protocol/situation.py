"""The situation: one patient's facts, of which the leaves of conditions are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedside.facts.concerns import refused
from bedside.facts.daily import daily_dose
from bedside.facts.fact import Course, Fact, Facts, Presence, Quantity, Subject, When
from bedside.protocol.banding import Placed, limit_in, place
from bedside.protocol.clearance import with_clearance
from bedside.protocol.condition import Asked, Compare, Has, Is, Known
from bedside.protocol.interval import Interval
from bedside.protocol.outcome import BandResult
from bedside.protocol.strength import Jurisdiction
from bedside.protocol.truth import Truth, any_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from bedside.facts.units import Units
    from bedside.protocol.protocol import Band, Edge, Measure, Parameter, Protocol

_COURSES = frozenset(course.value for course in Course)
_FALLBACK = (Jurisdiction.INT, Jurisdiction.GB, Jurisdiction.US)
_WHEN = {"past": When.PAST, "planned": When.PLANNED, "hypothetical": When.HYPOTHETICAL}
_SUBJECT = {"family": Subject.RELATIVE, "infant": Subject.INFANT}


class Situation:
    """Answers the leaves of conditions in three values. The facts never change under it.

    ``as_of`` is the ISO date whose parameters are in force; "" takes the newest.
    """

    def __init__(self, protocol: Protocol, facts: Facts, asked: frozenset[str], units: Units, as_of: str = "") -> None:
        self.protocol = protocol
        self.facts = facts
        self.asked = asked
        self.units = units
        self.as_of = as_of
        self._placed: dict[tuple[str, Jurisdiction], Placed | None] = {}
        if any(measure.cockcroft_gault for measure in protocol.measures.values()):
            self.facts = with_clearance(self)

    def with_facts(self, facts: Facts) -> Situation:
        """The same question about other facts."""
        return Situation(self.protocol, facts, self.asked, self.units, self.as_of)

    def leaf(self, leaf: Has | Is | Compare | Known | Asked, jurisdiction: Jurisdiction | None) -> Truth:
        """The value of a leaf; where jurisdictions differ, under this one."""
        if isinstance(leaf, Has):
            return self._has(leaf.name, leaf.qualifier)
        if isinstance(leaf, Known):
            return Truth.TRUE if self.known(leaf.name) else Truth.FALSE
        where = jurisdiction or Jurisdiction.INT
        if isinstance(leaf, Is):
            return self._is(leaf.name, leaf.word, where)
        if isinstance(leaf, Compare):
            return self._compare(leaf, where)
        return Truth.TRUE if leaf.word in self.asked else Truth.FALSE

    def known(self, name: str) -> bool:
        """Whether anything current is known of a concept or measure."""
        measure = self.protocol.measures.get(name)
        if measure is not None and (measure.first_known or measure.per_day):
            return self.value(name) is not None
        fact = self.facts.current(name)
        return fact is not None and fact.presence is not Presence.UNKNOWN

    def _has(self, name: str, qualifier: str) -> Truth:
        if qualifier:
            facts = [fact for fact in self.facts.of(name) if _fits(fact, qualifier)]
            return any_of(_presence(fact) for fact in facts) if facts else Truth.UNKNOWN
        measure = self.protocol.measures.get(name)
        if measure is not None and (measure.first_known or measure.per_day):
            return Truth.TRUE if self.value(name) is not None else Truth.UNKNOWN
        fact = self.facts.current(name)
        return Truth.UNKNOWN if fact is None else _presence(fact)

    def _is(self, name: str, word: str, where: Jurisdiction) -> Truth:
        fact = self.facts.current(self.analyte(name))
        if fact is None or fact.presence is Presence.UNKNOWN:
            return Truth.UNKNOWN
        if fact.presence is Presence.ABSENT:
            return Truth.FALSE
        if fact.quantity is not None and (placed := self.placed(name, where)) is not None:
            if word not in placed.bands:
                return Truth.FALSE
            return Truth.TRUE if placed.bands == {word} else Truth.UNKNOWN
        if word in _COURSES:
            return Truth.UNKNOWN if fact.course is Course.UNKNOWN else Truth.of(fact.course.value == word)
        return Truth.of(_word(fact.result) == word) if fact.result else Truth.UNKNOWN

    def _compare(self, condition: Compare, where: Jurisdiction) -> Truth:
        quantity = self.value(condition.name)
        if quantity is None:
            return Truth.UNKNOWN
        if condition.number is not None:
            values = {condition.unit: condition.number}
        else:
            parameter = self.parameter(condition.parameter, where, quantity)
            if parameter is None:
                return Truth.UNKNOWN
            values = dict(parameter.values)
        found = limit_in(values, quantity, self.analyte(condition.name), self.units)
        if found is None:
            return Truth.UNKNOWN
        scaled, number = found
        return Interval.of(scaled).compared(condition.comparator, number)

    def analyte(self, name: str) -> str:
        """The concept whose value a measure takes: itself, or the first known of several."""
        measure = self.protocol.measures.get(name)
        if measure is None or not measure.first_known:
            return name
        for concept in measure.first_known:
            fact = self.facts.current(concept)
            if fact is not None and fact.quantity is not None:
                return concept
        return measure.first_known[-1]

    def fact(self, name: str) -> Fact | None:
        """The fact whose value a measure takes."""
        return self.facts.current(self.analyte(name))

    def value(self, name: str) -> Quantity | None:
        """The current value of a concept or measure; a bare number gets the unit the protocol reads it in."""
        measure = self.protocol.measures.get(name)
        if measure is not None and measure.per_day:
            dose = daily_dose(self.facts, measure.per_day, self.units)
            return None if dose is None else dose.quantity
        fact = self.fact(name)
        if fact is None or fact.quantity is None or fact.presence is not Presence.PRESENT:
            return None
        if not fact.quantity.unit and (placed := self.placed(name, Jurisdiction.INT)) is not None:
            return placed.quantity
        return fact.quantity

    def bands(self, name: str, where: Jurisdiction) -> tuple[Band, ...]:
        """The bands of a measure under a jurisdiction; the table of the next jurisdiction where this one prints no
        limit in the unit reported, so that nothing is converted before it is compared (rule DQ2)."""
        analyte = self.analyte(name)
        measure = self.protocol.measures.get(analyte)
        if measure is None or not measure.bands:
            return ()
        keys = [k for k in (where.value, "", *(j.value for j in _FALLBACK)) if k in measure.bands]
        fact = self.facts.current(analyte)
        if fact is not None and fact.quantity is not None and fact.quantity.unit:
            quantity = fact.quantity
            for key in keys:
                if all(self._scales(edge, quantity) for band in measure.bands[key] for edge in (band.low, band.high)):
                    return measure.bands[key]
        return measure.bands[keys[0]] if keys else ()

    def _scales(self, edge: Edge | None, quantity: Quantity) -> bool:
        return edge is None or self._comparable(quantity, edge.values)

    def placed(self, name: str, where: Jurisdiction) -> Placed | None:
        """Where the newest value of a measure falls; values of the same day are placed together (rule DQ4)."""
        analyte = self.analyte(name)
        key = (analyte, where)
        if key not in self._placed:
            self._placed[key] = None
            measure = self.protocol.measures.get(analyte)
            bands = self.bands(analyte, where)
            self._placed[key] = (
                self._place(analyte, measure, bands) if measure and (bands or measure.unitless) else None
            )
        return self._placed[key]

    def _place(self, analyte: str, measure: Measure, bands: tuple[Band, ...]) -> Placed | None:
        newest = self.facts.current(analyte)
        if newest is None or newest.quantity is None or newest.presence is not Presence.PRESENT:
            return None
        if self._refused(analyte, newest.quantity):
            return Placed(frozenset(band.name for band in bands), newest.quantity, ask="rejected")
        day = (newest.order, newest.origin.turn, newest.observed_on)
        places = [
            place(fact.quantity, measure, bands, self.units, assay_stated=bool(fact.assay))
            for fact in self.facts.of(analyte)
            if fact.subject is Subject.PATIENT
            and fact.when is When.CURRENT
            and fact.quantity is not None
            and (fact.order, fact.origin.turn, fact.observed_on) == day
        ]
        together = frozenset[str]().union(*(placed.bands for placed in places))
        if all(len(placed.bands) == 1 for placed in places) and len(together) > 1:
            return Placed(together, places[-1].quantity, ask="conflict")
        return places[-1]

    def _refused(self, analyte: str, quantity: Quantity) -> bool:
        """Whether a value is outside what any laboratory reports: it is asked about, never interpreted (rule DQ6)."""
        known = self.units.analytes.get(analyte)
        return known is not None and refused(quantity, known, self.units)

    def band_result(self, name: str, where: Jurisdiction = Jurisdiction.INT) -> BandResult | None:
        """Where a measure falls, as a result; None when it has no value or no bands."""
        placed = self.placed(name, where)
        if placed is None or not self.bands(name, where):
            return None
        band = next(iter(placed.bands)) if len(placed.bands) == 1 and not placed.ask else ""
        return BandResult(name, band, self.fact(name), where.value, placed.ask, placed.warn)

    def parameter(self, name: str, where: Jurisdiction, quantity: Quantity | None = None) -> Parameter | None:
        """The parameter in force there on ``as_of``; the next jurisdiction where this one has no comparable number."""
        for same_scale in (True, False):
            for jurisdiction in (where, *_FALLBACK):
                fitting = [
                    parameter
                    for parameter in self._in_force(name)
                    if parameter.jurisdiction is jurisdiction
                    and (not same_scale or quantity is None or self._prints(parameter, quantity))
                ]
                if fitting:
                    return max(fitting, key=lambda parameter: parameter.since)
        return None

    def _in_force(self, name: str) -> tuple[Parameter, ...]:
        named = self.protocol.parameters_of(name)
        return tuple(p for p in named if p.since <= self.as_of) if self.as_of else named

    def _prints(self, parameter: Parameter, quantity: Quantity) -> bool:
        return self._comparable(quantity, parameter.values)

    def _comparable(self, quantity: Quantity, values: Mapping[str, Decimal]) -> bool:
        """Whether a number is printed in the unit of the quantity, up to a power of ten."""
        return quantity.unit in values or any(self.units.same_scale(quantity.unit, unit) for unit in values)


def _fits(fact: Fact, qualifier: str) -> bool:
    if qualifier in _SUBJECT:
        return fact.subject is _SUBJECT[qualifier]
    return fact.subject is Subject.PATIENT and fact.when is _WHEN[qualifier]


def _presence(fact: Fact) -> Truth:
    match fact.presence:
        case Presence.PRESENT:
            return Truth.TRUE
        case Presence.ABSENT:
            return Truth.FALSE
        case Presence.UNKNOWN:
            return Truth.UNKNOWN


def _word(result: str) -> str:
    return result.replace(" ", "_").replace("-", "_").lower()
