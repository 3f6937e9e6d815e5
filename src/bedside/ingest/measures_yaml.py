"""Parameters, measures and their bands as they stand in ``protocol.yaml``, to compiled form.

A band's edge is a parameter or a number with its unit. Where edges are parameters of GB and US, the bands are worked
out once for each jurisdiction, so that the program compares with plain numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from bedside.ingest.marked_yaml import Marked
from bedside.ingest.reading import Reading, Referent
from bedside.ingest.statements_markdown import check_date, full_id
from bedside.protocol.strength import Jurisdiction

_QUANTITY = re.compile(r"(\d+(?:\.\d+)?) (\S.*)")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_EDGES = {"from": ("low", True), "above": ("low", False), "below": ("high", False), "to": ("high", True)}
_ASKS = ("unit", "assay", "value")
_WARNS = ("unit", "assay")

Edges = dict[str, tuple[Marked, bool]]
"""``low`` and ``high`` -> the value as written and whether the edge belongs to the band."""


def read_parameters(node: Marked | None, reading: Reading, topic: str) -> list[dict[str, Any]]:
    """Every dated value of every parameter, in compiled form, ordered by name, jurisdiction and date."""
    compiled = []
    for name, values in reading.entries(node, "parameters").items():
        _check_name(name, values.where, reading)
        seen: set[tuple[str, str]] = set()
        for item in reading.items(values, f"the parameter {name!r}"):
            data = _parameter(name, item, reading, topic)
            if (data["jurisdiction"], data["since"]) in seen:
                reading.refuse(
                    item.where, f"the parameter {name!r} has two values for one day and jurisdiction.", "Keep one."
                )
            seen.add((data["jurisdiction"], data["since"]))
            compiled.append(data)
    return sorted(compiled, key=lambda data: (data["name"], data["jurisdiction"], data["since"]))


def _parameter(name: str, node: Marked, reading: Reading, topic: str) -> dict[str, Any]:
    """One dated value."""
    fields = reading.fields(node, f"a value of {name!r}", ("jurisdiction", "since", "values", "cite"))
    numbers = {}
    for unit, number in reading.entries(fields.get("values"), "values").items():
        reading.refer(Referent.UNIT, [unit], number.where, topic)
        numbers[unit] = reading.number(number, f"{name} in {unit}") or "0"
    if "values" in fields and not numbers:
        reading.refuse(node.where, f"the parameter {name!r} has no number with a unit.", "Write values: {ng/L: 180}.")
    check_date(fields.get("since"), "since", reading)
    cite = [*reading.texts(fields.get("cite"), "cite"), ""]
    if not cite[0]:
        reading.refuse(node.where, f"the parameter {name!r} cites no source.", 'Write cite: [source-key, "locator"].')
    else:
        reading.refer(Referent.SOURCE, cite[:1], node.where)
    jurisdiction = reading.choice(fields.get("jurisdiction"), "jurisdiction", Jurisdiction)
    since = reading.text(fields.get("since"), "since")
    return {
        "name": name,
        "jurisdiction": jurisdiction,
        "since": since,
        "values": numbers,
        "source": cite[0],
        "locator": cite[1],
    }


def read_measures(
    node: Marked | None, parameters: list[dict[str, Any]], reading: Reading, topic: str
) -> dict[str, Any]:
    """Every measure by name, in compiled form."""
    compiled = {}
    for name, item in reading.entries(node, "measures").items():
        _check_name(name, item.where, reading)
        optional = ("first_known", "per_day", "table", "bands", "unitless", "assay", "cockcroft_gault")
        fields = reading.fields(item, f"the measure {name!r}", (), optional)
        data: dict[str, Any] = {"where": item.where}
        for key in ("first_known", "per_day"):
            if names := reading.texts(fields.get(key), key):
                data[key] = names
                reading.refer(Referent.NAME, names, fields[key].where, topic)
        if "table" in fields:
            data["table"] = full_id(topic, reading.text(fields["table"], "table"))
            reading.refer(Referent.STATEMENT, [data["table"]], fields["table"].where)
        if behind := reading.texts(fields.get("cockcroft_gault"), "cockcroft_gault"):
            data["cockcroft_gault"] = [full_id(topic, each) for each in behind]
            reading.refer(Referent.STATEMENT, data["cockcroft_gault"], fields["cockcroft_gault"].where)
        if "bands" in fields:
            data["bands"] = _bands(fields["bands"], parameters, reading, topic)
        words = {band["name"] for bands in data.get("bands", {}).values() for band in bands}
        data["unitless"] = _readings(fields.get("unitless"), words, reading, topic)
        assay = reading.entries(fields.get("assay"), "assay")
        reading.refer(Referent.UNIT, assay, item.where, topic)
        data["assay"] = {unit: _readings(rows, words, reading, topic) for unit, rows in assay.items()}
        compiled[name] = {key: value for key, value in data.items() if value}
    return compiled


def _check_name(name: str, where: str, reading: Reading) -> None:
    """A name that conditions use is lower snake case."""
    if not _NAME.fullmatch(name):
        reading.refuse(where, f"the name {name!r} is not lower-case words joined by '_'.", "Rename it.")


def _bands(node: Marked, parameters: list[dict[str, Any]], reading: Reading, topic: str) -> dict[str, Any]:
    """The bands of one measure for each jurisdiction that a parameter in them names; "" where none does."""
    rows: list[tuple[str, Edges]] = []
    for item in reading.items(node, "bands"):
        fields = reading.fields(item, "a band", ("name",), tuple(_EDGES))
        name = reading.text(fields.get("name"), "name")
        if name in [earlier for earlier, _ in rows]:
            reading.refuse(item.where, f"the band {name!r} is given twice.", "Rename one.")
        rows.append((name, _edges(fields, item.where, reading)))
    used = {str(edge.value) for _, edges in rows for edge, _ in edges.values() if _is_parameter(edge)}
    for edge in (edge for _, edges in rows for edge, _ in edges.values() if _is_parameter(edge)):
        reading.refer(Referent.PARAMETER, [str(edge.value)], edge.where, topic)
    known = [parameter for parameter in parameters if parameter["name"] in used]
    if used - {parameter["name"] for parameter in known}:
        return {}
    jurisdictions = sorted({parameter["jurisdiction"] for parameter in known} - {Jurisdiction.INT}) or [""]
    return {
        jurisdiction: [_band(name, edges, known, jurisdiction, reading, topic) for name, edges in rows]
        for jurisdiction in jurisdictions
    }


def _edges(fields: dict[str, Marked], where: str, reading: Reading) -> Edges:
    """The one or two edges of a band or reading."""
    edges: Edges = {}
    for key, (side, inclusive) in _EDGES.items():
        if key in fields and side in edges:
            reading.refuse(where, f"two {side} edges are given.", "Use one of from / above and one of to / below.")
        elif key in fields:
            edges[side] = (fields[key], inclusive)
    return edges


def _is_parameter(edge: Marked) -> bool:
    """Whether an edge is a name rather than a number."""
    return isinstance(edge.value, str) and _NAME.fullmatch(edge.value) is not None


def _band(
    name: str, edges: Edges, parameters: list[dict[str, Any]], jurisdiction: str, reading: Reading, topic: str
) -> dict[str, Any]:
    """One band under one jurisdiction; an open edge is left out."""
    band: dict[str, Any] = {"name": name}
    for side, (edge, inclusive) in edges.items():
        values = _edge_values(edge, parameters, jurisdiction, reading, topic)
        band[side] = {"values": values, "inclusive": inclusive}
    return band


def _edge_values(
    edge: Marked, parameters: list[dict[str, Any]], jurisdiction: str, reading: Reading, topic: str
) -> dict[str, str]:
    """Unit -> number of one edge."""
    if _is_parameter(edge):
        return _in_force(str(edge.value), parameters, jurisdiction, edge.where, reading)
    match = _QUANTITY.fullmatch(str(edge.value))
    if match is None:
        reading.refuse(
            edge.where, f"the edge {edge.value!r} has no unit.", 'Write a number with its unit, as "280 nmol/L".'
        )
        return {}
    reading.refer(Referent.UNIT, [match[2]], edge.where, topic)
    return {match[2]: match[1]}


def _in_force(
    name: str, parameters: list[dict[str, Any]], jurisdiction: str, where: str, reading: Reading
) -> dict[str, str]:
    """The newest value of a parameter for a jurisdiction, or the international one where it has none of its own."""
    for wanted in (jurisdiction, Jurisdiction.INT):
        dated = [p for p in parameters if p["name"] == name and p["jurisdiction"] == wanted]
        if dated:
            values: dict[str, str] = max(dated, key=lambda p: str(p["since"]))["values"]
            return values
    reading.refuse(
        where, f"the parameter {name!r} has no value for {jurisdiction}.", "Another edge of this band has one."
    )
    return {}


def _readings(node: Marked | None, bands: Collection[str], reading: Reading, topic: str) -> list[dict[str, Any]]:
    """How a bare number is read, row by row."""
    compiled = []
    for item in reading.items(node, "the readings of a bare number"):
        fields = reading.fields(item, "a reading", (), (*_EDGES, "band", "unit", "ask", "warn"))
        row: dict[str, Any] = {}
        for side, (edge, inclusive) in _edges(fields, item.where, reading).items():
            row[side] = reading.number(edge, f"the {side} edge")
            row[f"{side}_inclusive"] = inclusive
        _one_of(fields, bands, item.where, reading)
        if "unit" in fields:
            reading.refer(Referent.UNIT, [str(fields["unit"].value)], item.where, topic)
        row |= {key: reading.text(fields[key], key) for key in ("band", "unit", "ask", "warn") if key in fields}
        compiled.append(row)
    return compiled


def _one_of(fields: dict[str, Marked], bands: Collection[str], where: str, reading: Reading) -> None:
    """A reading says exactly one thing: a band, a unit, or what to ask."""
    if sum(key in fields for key in ("band", "unit", "ask")) != 1:
        reading.refuse(where, "a reading says one of band, unit and ask.", "Keep one of them.")
    _word(fields.get("ask"), _ASKS, "ask", reading)
    _word(fields.get("warn"), _WARNS, "warn", reading)
    if "band" in fields:
        _word(fields["band"], bands, "band", reading)


def _word(node: Marked | None, allowed: Iterable[str], what: str, reading: Reading) -> None:
    """Refuse a word outside a closed set."""
    if node is not None and str(node.value) not in set(allowed):
        reading.refuse(node.where, f"{what} cannot be {node.value!r}.", f"Allowed: {', '.join(sorted(allowed))}.")
