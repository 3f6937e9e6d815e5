"""Lint: what is wrong or doubtful in a protocol as a whole, found without running a patient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Protocol as Shape

from bedside.protocol.case import Case, base_name
from bedside.protocol.clearance import INPUTS
from bedside.protocol.condition import All, Compare, Condition, Has, Is, Known, Not, leaves
from bedside.protocol.protocol import Band, Edge, Measure, Protocol, Reading
from bedside.protocol.reachable import can_be_true
from bedside.protocol.strength import Jurisdiction, Level, Strength


class FindingKind(StrEnum):
    """What a finding is about."""

    BAND = "band"
    READING = "reading"
    CIRCULAR = "circular"
    UNREACHABLE = "unreachable"
    UNIT = "unit"
    DEAD_REFERENCE = "dead-reference"
    OVERRIDE = "override"
    UNPROVED = "unproved"
    PATTERN = "pattern"
    ASK = "ask"
    WORDING = "wording"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: about what (``subject``), in words, and ``file:line`` where that is known."""

    kind: FindingKind
    subject: str
    text: str
    where: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.subject}: {self.text} [{self.kind}]"


class Said(Shape):
    """What lint needs to know of a statement."""

    @property
    def strength(self) -> Strength:
        """How strongly it is put."""
        ...

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Whose practice it is."""
        ...

    @property
    def level(self) -> Level:
        """On what evidence."""
        ...


def lint(protocol: Protocol, statements: Mapping[str, Said], cases: Sequence[Case]) -> tuple[Finding, ...]:
    """Every finding about one protocol, ordered by place and subject."""
    found = [
        *band_findings(protocol),
        *circular_definitions(protocol),
        *unreachable_rules(protocol),
        *unit_findings(protocol),
        *dead_references(protocol, statements),
        *unproved_rules(protocol, cases),
        *unchosen_patterns(protocol, cases),
        *idle_asks(protocol),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.where, finding.subject, finding.text)))


def band_findings(protocol: Protocol) -> Iterator[Finding]:
    """Gaps and overlaps in the bands of measures and in how bare numbers are read."""
    for name, measure in protocol.measures.items():
        for jurisdiction, bands in measure.bands.items():
            subject = f"{name} ({jurisdiction})" if jurisdiction else name
            for text in _band_faults(bands):
                yield Finding(FindingKind.BAND, subject, text, protocol.where)
        for unit, rows in {"": measure.unitless, **measure.assay}.items():
            subject = f"{name}, a number in {unit}" if unit else f"{name}, a bare number"
            for text in _reading_faults(rows, open_ended=not unit):
                yield Finding(FindingKind.READING, subject, text, protocol.where)


def _band_faults(bands: tuple[Band, ...]) -> Iterator[str]:
    """Bands stand from the lowest to the highest, each beginning exactly where the one before ends."""
    if bands and bands[0].low is not None:
        yield f"there is a gap below {bands[0].name!r}: the first band has no lower edge"
    if bands and bands[-1].high is not None:
        yield f"there is a gap above {bands[-1].name!r}: the last band has no upper edge"
    for band in bands:
        if band.low and band.high:
            for unit in sorted(band.low.values.keys() & band.high.values.keys()):
                if band.low.values[unit] > band.high.values[unit]:
                    yield f"{band.name!r} ends below its beginning in {unit}"
    for lower, upper in pairwise(bands):
        between = f"between {lower.name!r} and {upper.name!r}"
        if lower.high is None or upper.low is None:
            yield f"the bands overlap {between}: an edge is missing"
        else:
            yield from _meeting(lower.high, upper.low, between)


def _meeting(high: Edge, low: Edge, between: str) -> Iterator[str]:
    """One band's upper edge against the next one's lower edge, in every unit."""
    if high.values.keys() != low.values.keys():
        yield f"the edges {between} are given in different units"
    for unit in sorted(high.values.keys() & low.values.keys()):
        if fault := _fault(high.values[unit], low.values[unit], high.inclusive, low.inclusive):
            yield f"there is {fault} {between} in {unit}"


def _fault(high: Decimal, low: Decimal, high_in: bool, low_in: bool) -> str:
    """What is wrong where an interval that ends at *high* meets one that begins at *low*; "" when they touch."""
    if high > low or (high == low and high_in and low_in):
        return "an overlap"
    if high < low or not (high_in or low_in):
        return "a gap"
    return ""


def _reading_faults(rows: tuple[Reading, ...], *, open_ended: bool) -> Iterator[str]:
    """Readings of a bare number cover every number; those of an unstated assay may end, but have no hole."""
    if open_ended and rows and (rows[0].low is not None or rows[-1].high is not None):
        yield "there is a gap below the first or above the last reading"
    for lower, upper in pairwise(rows):
        if lower.high is None or upper.low is None:
            yield "the readings overlap: an edge is missing"
        elif fault := _fault(lower.high, upper.low, lower.high_inclusive, upper.low_inclusive):
            yield f"there is {fault} at {lower.high} and {upper.low}"


def circular_definitions(protocol: Protocol) -> Iterator[Finding]:
    """Definitions and measures that refer to themselves, directly or through others."""
    uses: dict[str, set[str]] = {name: _definitions_in(body) for name, body in protocol.definitions.items()}
    for name, measure in protocol.measures.items():
        uses.setdefault(name, set()).update({*measure.first_known, *measure.per_day} - {name})
    for name, used in uses.items():
        reached, waiting = set[str](), [*used]
        while waiting:
            if (step := waiting.pop()) not in reached:
                reached.add(step)
                waiting.extend(uses.get(step, ()))
        if name in reached:
            yield Finding(FindingKind.CIRCULAR, name, "it refers to itself", protocol.where)


def _definitions_in(condition: Condition) -> set[str]:
    """The names a condition looks up in the patient's present."""
    return {
        leaf.name
        for leaf in leaves(condition)
        if isinstance(leaf, Is | Known | Compare) or (isinstance(leaf, Has) and not leaf.qualifier)
    }


def unreachable_rules(protocol: Protocol) -> Iterator[Finding]:
    """Rules and patterns that no patient can reach."""
    for rule in protocol.rules:
        if not can_be_true(All((rule.given, rule.when)), protocol):
            yield Finding(FindingKind.UNREACHABLE, rule.id, "its condition is false for everybody", rule.where)
    for pattern in protocol.patterns:
        if not can_be_true(pattern.when, protocol):
            yield Finding(FindingKind.UNREACHABLE, pattern.id, "its condition is false for everybody", protocol.where)


def unit_findings(protocol: Protocol) -> Iterator[Finding]:
    """Numbers without a unit."""
    for name, condition, where in _conditions(protocol):
        for leaf in leaves(condition):
            if isinstance(leaf, Compare) and leaf.number is not None and not leaf.unit:
                yield Finding(FindingKind.UNIT, name, f"the number {leaf.number} has no unit", where)
    for parameter in protocol.parameters:
        if not parameter.values or not all(parameter.values):
            yield Finding(FindingKind.UNIT, parameter.name, "it has no number with a unit", protocol.where)


def _conditions(protocol: Protocol) -> Iterator[tuple[str, Condition, str]]:
    """Every condition of the protocol with whose it is and where."""
    yield "scope", protocol.scope, protocol.where
    for name, body in protocol.definitions.items():
        yield name, body, protocol.where
    for rule in protocol.rules:
        yield rule.id, All((rule.given, rule.when)), rule.where
    for pattern in protocol.patterns:
        yield pattern.id, pattern.when, protocol.where


def dead_references(protocol: Protocol, statements: Mapping[str, Said]) -> Iterator[Finding]:
    """Statements, parameters and overridden rules that do not exist."""
    for subject, names, where in _statement_references(protocol):
        for name in names:
            if name not in statements:
                yield Finding(FindingKind.DEAD_REFERENCE, subject, f"there is no statement {name!r}", where)
    parameters = {parameter.name for parameter in protocol.parameters}
    for subject, condition, where in _conditions(protocol):
        for leaf in leaves(condition):
            if isinstance(leaf, Compare) and leaf.parameter and leaf.parameter not in parameters:
                yield Finding(FindingKind.DEAD_REFERENCE, subject, f"there is no parameter {leaf.parameter!r}", where)
    rules = {rule.id for rule in protocol.rules}
    for rule in protocol.rules:
        for target in rule.overrides:
            if target not in rules or target == rule.id:
                yield Finding(FindingKind.OVERRIDE, rule.id, f"it cannot override {target!r}", rule.where)


def _statement_references(protocol: Protocol) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Whatever names statements, which, and where."""
    for rule in protocol.rules:
        yield rule.id, (*rule.statements, *rule.why), rule.where
    for pattern in protocol.patterns:
        yield pattern.id, (*pattern.lead, *pattern.why, *pattern.certainty), protocol.where
    tables = tuple(measure.table for measure in protocol.measures.values() if measure.table)
    signs = (protocol.same_day_signs,) if protocol.same_day_signs else ()
    yield protocol.id, (*protocol.assumptions, *tables, *signs), protocol.where


def unproved_rules(protocol: Protocol, cases: Iterable[Case]) -> Iterator[Finding]:
    """Rules without a case in which they fire, or without one in which they cannot."""
    fired, never = set[str](), set[str]()
    for case in cases:
        fired.update(case.expect.fires)
        never.update(case.expect.never)
    for rule in protocol.rules:
        if rule.id not in fired:
            yield Finding(FindingKind.UNPROVED, rule.id, "no case shows it firing", rule.where)
        if rule.id not in never and can_be_true(_denied(rule.given, rule.when), protocol):
            yield Finding(FindingKind.UNPROVED, rule.id, "no case shows that it can be excluded", rule.where)


def _denied(given: Condition, when: Condition) -> Condition:
    """The condition that excludes a rule; a rule that always holds has none."""
    return Not(All((given, when)))


def unchosen_patterns(protocol: Protocol, cases: Iterable[Case]) -> Iterator[Finding]:
    """Answer patterns that no case expects."""
    chosen = {case.expect.pattern for case in cases}
    for pattern in protocol.patterns:
        if pattern.id not in chosen:
            yield Finding(FindingKind.PATTERN, pattern.id, "no case chooses this pattern", protocol.where)


def idle_asks(protocol: Protocol) -> Iterator[Finding]:
    """Asks whose facts no rule uses, so that their answer could change nothing."""
    used = _used_names(protocol)
    for ask in protocol.asks:
        if not used.intersection(map(base_name, ask.facts)):
            yield Finding(FindingKind.ASK, ask.id, "no rule uses any of its facts", protocol.where)


def _used_names(protocol: Protocol) -> set[str]:
    """Every name that the scope, a rule or a pattern uses, through definitions and measures."""
    used = set[str]()
    waiting = [protocol.scope, *(pattern.when for pattern in protocol.patterns)]
    waiting.extend(condition for rule in protocol.rules for condition in (rule.given, rule.when))
    names = [name for condition in waiting for name in _all_names(condition)]
    while names:
        if (name := names.pop()) in used:
            continue
        used.add(name)
        if name in protocol.definitions:
            names.extend(_all_names(protocol.definitions[name]))
        if name in protocol.measures:
            names.extend(_below(protocol.measures[name]))
    return used


def _all_names(condition: Condition) -> set[str]:
    """Every fact, definition and measure a condition names, at whatever time and of whomever."""
    return {leaf.name for leaf in leaves(condition) if isinstance(leaf, Has | Is | Compare | Known)}


def _below(measure: Measure) -> tuple[str, ...]:
    """What a measure is made of."""
    worked = INPUTS if measure.cockcroft_gault else ()
    return (*worked, *measure.first_known, *measure.per_day, *(f"{name}_frequency" for name in measure.per_day))
