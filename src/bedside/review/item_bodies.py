"""Bodies: what people sign of a piece of content, as plain JSON with every number as text.

A body holds everything that decides what a reader is shown, and nothing else: no place in a file, no order of rows.
Those of rules and patterns can be read back by ``bedside.protocol.load``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bedside.evidence.source import Source
from bedside.evidence.statement import Statement
from bedside.protocol.condition import to_json
from bedside.protocol.protocol import Ask, Band, Edge, Measure, Parameter, Pattern, Protocol, Reading, Rule, Wording

Body = Mapping[str, Any]

_UNSIGNED = ("key", "checked_on")
"""What of a source's record is not signed: its key is its name, and to look at the page again and find it unchanged
changes nothing that a reader is shown. What had changed there stands in another field."""


def statement_body(statement: Statement) -> Body:
    """Both wordings and everything that says how far they may be believed."""
    return {
        "clinical": statement.clinical,
        "plain": statement.plain,
        "citations": [[citation.source, citation.locator] for citation in statement.citations],
        "strength": statement.strength.value,
        "jurisdiction": statement.jurisdiction.value,
        "level": statement.level.value,
        "basis": statement.basis.value,
        "unconfirmed": statement.unconfirmed,
        "dose": statement.dose,
        "dose_fact": statement.dose_fact,
        "population": statement.population,
        "guards": list(statement.guards),
        "heading": statement.heading,
        "checked_on": statement.checked_on,
        "next_check": statement.next_check,
        "passage": statement.passage,
    } | {name: True for name in ("clinicians_only", "patients_only") if getattr(statement, name)}


def rule_body(rule: Rule) -> Body:
    """The row of the decision table."""
    return {
        "id": rule.id,
        "row": rule.row,
        "table": rule.table,
        "jurisdiction": rule.jurisdiction.value,
        "given": to_json(rule.given),
        "when": to_json(rule.when),
        "effect": rule.effect.value,
        "strength": rule.strength.value,
        "level": rule.level.value,
        "statements": list(rule.statements),
        "section": rule.section,
        "urgency": rule.urgency.value,
        "branch": rule.branch,
        "first_screen": rule.first_screen,
        "classify": [list(pair) for pair in rule.classify],
        "overrides": list(rule.overrides),
        "unconfirmed": rule.unconfirmed,
        "sources": list(rule.sources),
        "why": list(rule.why),
    }


def pattern_body(pattern: Pattern, protocol: Protocol) -> Body:
    """The pattern, and what the protocol says beside each of its answers. Its place among them is in its grounds."""
    return {
        "id": pattern.id,
        "title": wording_body(pattern.title),
        "when": to_json(pattern.when),
        "lead": list(pattern.lead),
        "why": list(pattern.why),
        "certainty": list(pattern.certainty),
        "decisive": list(pattern.decisive),
        "assumptions": list(protocol.assumptions),
        "same_day_signs": protocol.same_day_signs,
    } | ({"lead_for_clinicians": list(pattern.lead_for_clinicians)} if pattern.lead_for_clinicians else {})


def source_body(source: Source) -> Body:
    """The record of a source, but for the day on which somebody last looked at it."""
    named = {field.name: getattr(source, field.name) for field in fields(source) if field.name not in _UNSIGNED}
    return {name: _plain(value) for name, value in named.items()}


def parameter_body(parameters: tuple[Parameter, ...]) -> Body:
    """Every dated value of one parameter, by jurisdiction and date."""
    rows = sorted(parameters, key=lambda each: (each.jurisdiction, each.since, each.source, each.locator))
    return {
        "values": [
            {
                "jurisdiction": each.jurisdiction.value,
                "since": each.since,
                "values": _numbers(each.values),
                "source": each.source,
                "locator": each.locator,
            }
            for each in rows
        ]
    }


def measure_body(measure: Measure) -> Body:
    """What it reads, its bands and how a bare number is read."""
    return {
        "first_known": list(measure.first_known),
        "per_day": list(measure.per_day),
        "bands": {place: [_band(band) for band in bands] for place, bands in measure.bands.items()},
        "unitless": [_reading(reading) for reading in measure.unitless],
        "assay": {unit: [_reading(reading) for reading in rows] for unit, rows in measure.assay.items()},
        "table": measure.table,
    }


def ask_body(ask: Ask) -> Body:
    """A question that an answer asks back, in both wordings, with what it says that the reply would change."""
    return {
        "wording": wording_body(ask.wording),
        "changes": wording_body(ask.changes),
        "facts": list(ask.facts),
        "values": [[fact, list(tried)] for fact, tried in ask.values],
        "one_is_enough": ask.one_is_enough,
    } | ({"answered_by": list(ask.answered_by)} if ask.answered_by else {})


def scope_body(protocol: Protocol) -> Body:
    """Whom the protocol is for, and how that is said."""
    return {
        "when": to_json(protocol.scope),
        "wording": wording_body(protocol.scope_wording),
        "title": wording_body(protocol.title),
    }


def wording_body(wording: Wording) -> Body:
    """Both wordings of a short text."""
    return {"clinical": wording.clinical, "plain": wording.plain}


def _band(band: Band) -> Body:
    return {"name": band.name, "low": _edge(band.low), "high": _edge(band.high)}


def _edge(edge: Edge | None) -> Body | None:
    return None if edge is None else {"values": _numbers(edge.values), "inclusive": edge.inclusive}


def _reading(reading: Reading) -> Body:
    return {field.name: _plain(getattr(reading, field.name)) for field in fields(reading)}


def _numbers(values: Mapping[str, Decimal]) -> dict[str, str]:
    return {unit: str(number) for unit, number in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
