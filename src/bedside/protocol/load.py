"""A protocol from its compiled form: plain JSON, numbers as text, conditions as lists. The inverse of the compiler."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bedside.protocol.condition import from_json
from bedside.protocol.protocol import (
    Ask,
    Band,
    Edge,
    Effect,
    Measure,
    Parameter,
    Pattern,
    Protocol,
    Reading,
    Rule,
    Score,
    ScoreItem,
    Sum,
    Urgency,
    Wording,
)
from bedside.protocol.strength import Jurisdiction, Level, Strength

Data = Mapping[str, Any]


def protocol_from(data: Data) -> Protocol:
    """The protocol of one compiled line. Raises KeyError, ValueError or ConditionError when the line is not one."""
    return Protocol(
        id=data["id"],
        title=_wording(data["title"]),
        version=data["version"],
        scope=from_json(data["scope"]),
        scope_wording=_wording(data["scope_wording"]),
        topics=tuple(data["topics"]),
        definitions={name: from_json(body) for name, body in data["definitions"].items()},
        measures={name: _measure(name, measure) for name, measure in data["measures"].items()},
        parameters=tuple(map(_parameter, data["parameters"])),
        rules=tuple(map(_rule, data["rules"])),
        asks=tuple(map(_ask, data["asks"])),
        patterns=tuple(map(_pattern, data["patterns"])),
        assumptions=tuple(data["assumptions"]),
        same_day_signs=data["same_day_signs"],
        where=data["where"],
        sums=tuple(Sum(**each) for each in data.get("sums", ())),
        scores=tuple(map(_score, data.get("scores", ()))),
    )


def _score(data: Data) -> Score:
    items = (ScoreItem(item["points"], from_json(item["when"]), _wording(item["name"])) for item in data["items"])
    return Score(data["id"], _wording(data["name"]), tuple(items), tuple(data["behind"]), data.get("stated", ""))


def _wording(data: Data) -> Wording:
    return Wording(data["clinical"], data["plain"])


def _edge(data: Data | None) -> Edge | None:
    if data is None:
        return None
    return Edge({unit: Decimal(number) for unit, number in data["values"].items()}, data["inclusive"])


def _measure(name: str, data: Data) -> Measure:
    return Measure(
        name=name,
        first_known=tuple(data.get("first_known", ())),
        per_day=tuple(data.get("per_day", ())),
        bands={
            jurisdiction: tuple(Band(band["name"], _edge(band.get("low")), _edge(band.get("high"))) for band in bands)
            for jurisdiction, bands in data.get("bands", {}).items()
        },
        unitless=tuple(map(_reading, data.get("unitless", ()))),
        assay={unit: tuple(map(_reading, rows)) for unit, rows in data.get("assay", {}).items()},
        table=data.get("table", ""),
    )


def _reading(data: Data) -> Reading:
    low, high = data.get("low"), data.get("high")
    return Reading(
        low=None if low is None else Decimal(low),
        low_inclusive=data.get("low_inclusive", False),
        high=None if high is None else Decimal(high),
        high_inclusive=data.get("high_inclusive", False),
        band=data.get("band", ""),
        unit=data.get("unit", ""),
        ask=data.get("ask", ""),
        warn=data.get("warn", ""),
    )


def _parameter(data: Data) -> Parameter:
    return Parameter(
        name=data["name"],
        jurisdiction=Jurisdiction(data["jurisdiction"]),
        since=data["since"],
        values={unit: Decimal(number) for unit, number in data["values"].items()},
        source=data["source"],
        locator=data["locator"],
    )


def _rule(data: Data) -> Rule:
    return Rule(
        id=data["id"],
        row=data["row"],
        table=data["table"],
        order=data["order"],
        jurisdiction=Jurisdiction(data["jurisdiction"]),
        given=from_json(data["given"]),
        when=from_json(data["when"]),
        effect=Effect(data["effect"]),
        strength=Strength(data["strength"]),
        level=Level(data["level"]),
        statements=tuple(data.get("statements", ())),
        section=data.get("section", ""),
        urgency=Urgency(data.get("urgency", "")),
        branch=data.get("branch", False),
        first_screen=data.get("first_screen", False),
        classify=tuple((measure, word) for measure, word in data.get("classify", ())),
        overrides=tuple(data.get("overrides", ())),
        unconfirmed=data.get("unconfirmed", False),
        sources=tuple(data.get("sources", ())),
        why=tuple(data.get("why", ())),
        where=data["where"],
    )


def _ask(data: Data) -> Ask:
    return Ask(
        id=data["id"],
        facts=tuple(data["facts"]),
        wording=_wording(data["wording"]),
        values=tuple((fact, tuple(values)) for fact, values in data["values"]),
        changes=_wording(data["changes"]),
        one_is_enough=data.get("one_is_enough", False),
    )


def _pattern(data: Data) -> Pattern:
    return Pattern(
        id=data["id"],
        when=from_json(data["when"]),
        title=_wording(data["title"]),
        lead=tuple(data["lead"]),
        why=tuple(data["why"]),
        certainty=tuple(data["certainty"]),
        decisive=tuple(data["decisive"]),
    )
