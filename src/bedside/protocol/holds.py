"""How far an answer holds: the range of a decisive number over which the same rules fire (design rule 11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bedside.facts.fact import Comparator, Fact, Quantity
from bedside.protocol.choice import chosen_pattern
from bedside.protocol.condition import Compare
from bedside.protocol.outcome import Holds, Outcome
from bedside.protocol.protocol import Effect
from bedside.protocol.strength import Jurisdiction
from bedside.protocol.truth import Truth

if TYPE_CHECKING:
    from bedside.protocol.circuit import Circuit
    from bedside.protocol.situation import Situation
    from bedside.protocol.valuation import Lanes, Valuation

Signature = tuple[object, ...]
_Tried = tuple["Situation", "Lanes", str]

_ADVISES = frozenset({Effect.RED_FLAG, Effect.RECOMMEND, Effect.CLASSIFY, Effect.ASK, Effect.ABSTAIN})


@dataclass(frozen=True, slots=True)
class _Line:
    """The number line of one decisive measure under one jurisdiction."""

    name: str
    jurisdiction: Jurisdiction
    fact: Fact
    value: Quantity
    watched: tuple[Outcome, ...]
    valuation: Valuation
    tried: dict[Decimal, _Tried]
    within: int

    def at(self, number: Decimal) -> _Tried:
        """The facts with that number instead, and what moves; kept, for every jurisdiction asks the same numbers."""
        if number not in self.tried:
            self.tried[number] = self._try(number)
        return self.tried[number]

    def _try(self, number: Decimal) -> _Tried:
        moved_fact = replace(self.fact, quantity=replace(self.value, value=number), order=self.fact.order + 1)
        situation = self.valuation.situation
        changed = situation.with_facts(situation.facts.with_fact(moved_fact))
        lane = self.valuation.supposing([(changed, frozenset({self.fact.concept}))], self.within)
        pattern = chosen_pattern(situation.protocol, lane)
        return changed, lane, pattern.id if pattern else ""

    def signature(self, number: Decimal) -> Signature:
        """What must stay the same: which rules that advise hold or stand open, and the answer pattern."""
        _, lane, pattern = self.at(number)
        fired = tuple(o.rule.id for o in self.watched if lane.rule(o.rule.id) is Truth.TRUE)
        opened = tuple(o.rule.id for o in self.watched if o.rule.branch and _opens(o, lane))
        return (fired, opened, pattern)

    def band(self, number: Decimal) -> str:
        """The band of the measure at that number."""
        result = self.at(number)[0].band_result(self.name, self.jurisdiction)
        return result.band if result else ""


def _opens(outcome: Outcome, lane: Lanes) -> bool:
    given, when = lane.circuit.given[outcome.rule.id], lane.circuit.when[outcome.rule.id]
    return lane.truth(given) is Truth.TRUE and lane.truth(when) is Truth.UNKNOWN


def how_far(outcomes: tuple[Outcome, ...], valuation: Valuation) -> tuple[Holds, ...]:
    """For every decisive measure that has one plain number: the widest range around it that changes nothing.

    The number line is cut at every limit the protocol compares the measure with, in the unit reported; the same
    rules that advise must fire, the same branches stay open and the same answer pattern be chosen over the whole
    range. One result for each jurisdiction where they differ; where all agree, one.
    """
    pattern = chosen_pattern(valuation.situation.protocol, valuation)
    if pattern is None:
        return ()
    jurisdictions = sorted({o.rule.jurisdiction for o in outcomes} | {Jurisdiction.INT}, key=list(Jurisdiction).index)
    found: list[Holds] = []
    within = _decisive_nodes(outcomes, valuation.circuit)
    for name in pattern.decisive:
        tried: dict[Decimal, _Tried] = {}
        lines = [
            line for j in jurisdictions if (line := _line(name, j, outcomes, valuation, tried, within)) is not None
        ]
        ranges = [held for line in lines if (held := _range(line)) is not None]
        found.extend(_told_apart(ranges))
    return tuple(found)


def _decisive_nodes(outcomes: tuple[Outcome, ...], circuit: Circuit) -> int:
    """The nodes below the rules that advise and below the answer patterns: nothing else ends a range."""
    advising = [o.rule.id for o in outcomes if o.rule.effect in _ADVISES and o.rule.show_worthy]
    roots = (nodes[rule_id] for rule_id in advising for nodes in (circuit.given, circuit.when))
    return circuit.below(*roots, *circuit.patterns)


def _told_apart(ranges: list[Holds]) -> list[Holds]:
    """One range where the countries agree, else each country's own; a country's range minds the shared rules, too."""
    own = [held for held in ranges if held.jurisdiction != Jurisdiction.INT]
    if not own:
        return ranges[:1]
    shared = replace(own[0], jurisdiction=Jurisdiction.INT.value)
    agree = all(replace(held, jurisdiction=Jurisdiction.INT.value) == shared for held in own)
    return [shared] if agree else own


def _line(
    name: str,
    jurisdiction: Jurisdiction,
    outcomes: tuple[Outcome, ...],
    valuation: Valuation,
    tried: dict[Decimal, _Tried],
    within: int,
) -> _Line | None:
    """The number line of a measure, or None when it has no single number to move."""
    fact, value = valuation.situation.fact(name), valuation.situation.value(name)
    if fact is None or value is None or not value.unit or value.upper or value.comparator is not Comparator.EQUAL:
        return None
    watched = tuple(
        o
        for o in outcomes
        if fact.concept in valuation.circuit.needs[o.rule.id]
        and o.rule.effect in _ADVISES
        and o.rule.show_worthy
        and o.rule.jurisdiction in (jurisdiction, Jurisdiction.INT)
    )
    return _Line(name, jurisdiction, fact, value, watched, valuation, tried, within)


def _range(line: _Line) -> Holds | None:
    ends = _ends(line)
    cuts = sorted({cut for cut in _cuts(line) if ends is None or ends[0] < cut < ends[1]})
    if not cuts:
        return None
    regions = _regions(cuts)
    here = next(i for i, region in enumerate(regions) if _contains(region, line.value.value))
    home = line.signature(_sample(regions[here], ends))
    low = high = here
    while low > 0 and line.signature(_sample(regions[low - 1], ends)) == home:
        low -= 1
    while high < len(regions) - 1 and line.signature(_sample(regions[high + 1], ends)) == home:
        high += 1
    (bottom, bottom_in), (top, top_in) = regions[low][0], regions[high][1]
    return Holds(
        measure=line.fact.concept,
        jurisdiction=line.jurisdiction.value,
        unit=line.value.unit,
        low=None if bottom is None else _plain(bottom),
        low_inclusive=bottom_in,
        high=None if top is None else _plain(top),
        high_inclusive=top_in,
        band=line.band(_sample(regions[here], ends)),
        below="" if low == 0 else line.band(_sample(regions[low - 1], ends)),
        above="" if high == len(regions) - 1 else line.band(_sample(regions[high + 1], ends)),
    )


Edge = tuple[Decimal | None, bool]
Region = tuple[Edge, Edge]


def _cuts(line: _Line) -> Iterator[Decimal]:
    """Every number the measure is compared with, in the unit of its value (power of ten only)."""
    situation = line.valuation.situation
    for band in situation.bands(line.name, line.jurisdiction):
        for edge in (band.low, band.high):
            if edge is not None:
                yield from _scaled(edge.values, situation, line.value)
    aliases = {n for n, m in situation.protocol.measures.items() if line.fact.concept in m.first_known}
    for number, leaf in line.valuation.circuit.comparisons:
        if line.within >> number & 1 and (leaf.name in aliases or leaf.name == line.fact.concept):
            yield from _scaled(_limits(leaf, line), situation, line.value)


def _ends(line: _Line) -> tuple[Decimal, Decimal] | None:
    """The values laboratories report lie between these; a limit at the end of them refuses, not decides."""
    units = line.valuation.situation.units
    analyte = units.analytes.get(line.fact.concept)
    if analyte is None or analyte.reject is None:
        return None
    low, high = (
        units.convert(Quantity(end, analyte.unit), line.value.unit, line.fact.concept).value
        for end in (analyte.reject.low, analyte.reject.high)
    )
    return low, high


def _limits(leaf: Compare, line: _Line) -> Mapping[str, Decimal]:
    if leaf.number is not None:
        return {leaf.unit: leaf.number}
    parameter = line.valuation.situation.parameter(leaf.parameter, line.jurisdiction, line.value)
    return {} if parameter is None else parameter.values


def _scaled(values: Mapping[str, Decimal], situation: Situation, value: Quantity) -> Iterator[Decimal]:
    for unit, number in values.items():
        scaled = situation.units.scale(Quantity(number, unit), value.unit)
        if scaled is not None:
            yield scaled.value
            return


def _regions(cuts: list[Decimal]) -> list[Region]:
    """The open gaps between the cuts, and each cut as a point of its own."""
    regions: list[Region] = []
    previous: Decimal | None = None
    for cut in cuts:
        regions.append(((previous, False), (cut, False)))
        regions.append(((cut, True), (cut, True)))
        previous = cut
    regions.append(((previous, False), (None, False)))
    return regions


def _contains(region: Region, number: Decimal) -> bool:
    (low, low_in), (high, high_in) = region
    above = low is None or number > low or (low_in and number == low)
    return above and (high is None or number < high or (high_in and number == high))


def _sample(region: Region, ends: tuple[Decimal, Decimal] | None) -> Decimal:
    """A number inside the region that laboratories report."""
    (low, _), (high, _) = region
    if low is None:
        half = (high or Decimal(0)) / 2
        return half if ends is None or high is None else max(half, (ends[0] + high) / 2)
    if high is None:
        more = low * 2 + 1
        return more if ends is None else min(more, (low + ends[1]) / 2)
    return (low + high) / 2


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
