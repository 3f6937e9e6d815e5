"""A protocol as it stands in ``protocol.yaml`` and ``rules/*.yaml``, to compiled form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bedside.ingest.condition_yaml import read_condition
from bedside.ingest.marked_yaml import Marked
from bedside.ingest.measures_yaml import read_measures, read_parameters
from bedside.ingest.reading import Reading, Referent
from bedside.ingest.rules_yaml import read_table, statement_ids
from bedside.ingest.scores_yaml import read_scores
from bedside.ingest.statements_markdown import full_id

_REQUIRED = ("id", "title", "version", "scope", "topics")
_OPTIONAL = (
    *("assumptions", "same_day_signs", "definitions", "parameters", "measures", "asks", "patterns", "sums", "scores"),
)
_PRESENCE = ["present", "absent"]
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def read_protocol(node: Marked, tables: Sequence[Marked], reading: Reading, topic: str) -> dict[str, Any]:
    """One protocol; *tables* are its tables of rules in the order in which they are to be evaluated."""
    fields = reading.fields(node, "a protocol", _REQUIRED, _OPTIONAL)
    if (name := reading.text(fields.get("id"), "id")) != topic:
        reading.refuse(
            node.where, f"the protocol calls itself {name!r} and its folder {topic!r}.", "Make them the same."
        )
    rules, definitions = _rules(tables, reading.entries(fields.get("definitions"), "definitions"), reading, topic)
    scores, sums_from = read_scores(fields.get("scores"), reading, topic)
    parameters = read_parameters(fields.get("parameters"), reading, topic)
    compiled = {
        "id": topic,
        "title": _wording(fields.get("title"), "title", reading),
        "version": reading.text(fields.get("version"), "version"),
        "topics": _facts(fields.get("topics"), "topics", reading, topic),
        "definitions": sums_from | {name: read_condition(item, reading, topic) for name, item in definitions.items()},
        "parameters": parameters,
        "measures": read_measures(fields.get("measures"), parameters, reading, topic),
        "rules": rules,
        "asks": _asks(fields.get("asks"), reading, topic),
        "patterns": _patterns(fields.get("patterns"), reading, topic),
        "assumptions": statement_ids(fields.get("assumptions"), "assumptions", reading, topic),
        "same_day_signs": _signs(fields.get("same_day_signs"), reading, topic),
        "where": node.where,
    }
    compiled |= {"scores": scores} if scores else {}
    return compiled | _sums(fields.get("sums"), reading, topic) | _scope(fields.get("scope"), reading, topic)


def _rules(
    tables: Sequence[Marked], definitions: dict[str, Marked], reading: Reading, topic: str
) -> tuple[list[dict[str, Any]], dict[str, Marked]]:
    """The rules of every table, numbered in order, and the definitions of the protocol and of every table."""
    rules: list[dict[str, Any]] = []
    seen: dict[str, str] = {}
    for table in tables:
        found, added = read_table(table, reading, topic)
        for rule in found:
            if rule["id"] in seen:
                reading.refuse(
                    rule["where"],
                    f"the rule {rule['id']!r} is given twice (first at {seen[rule['id']]}).",
                    "Rename one.",
                )
            seen[rule["id"]] = rule["where"]
            rules.append(rule | {"order": len(rules)})
        for name, body in added.items():
            if name in definitions and definitions[name].plain() != body.plain():
                first = definitions[name].where
                reading.refuse(body.where, f"the definition {name!r} differs from the one at {first}.", "Keep one.")
            definitions.setdefault(name, body)
    return rules, definitions


def _scope(node: Marked | None, reading: Reading, topic: str) -> dict[str, Any]:
    """When the protocol applies, with how that is said."""
    if node is None:
        return {"scope": read_condition(None, reading, topic), "scope_wording": {"clinical": "", "plain": ""}}
    fields = reading.fields(node, "scope", ("when", "clinical", "plain"))
    wording = {key: reading.text(fields.get(key), key) for key in ("clinical", "plain")}
    return {"scope": read_condition(fields.get("when"), reading, topic), "scope_wording": wording}


def _wording(node: Marked | None, what: str, reading: Reading) -> dict[str, str]:
    """A short text in both wordings."""
    fields = {} if node is None else reading.fields(node, what, ("clinical", "plain"))
    return {key: reading.text(fields.get(key), f"{what}, {key}") for key in ("clinical", "plain")}


def _facts(node: Marked | None, what: str, reading: Reading, topic: str) -> list[str]:
    """Names of facts that the facts room knows."""
    names = reading.texts(node, what)
    if node is not None:
        reading.refer(Referent.FACT, names, node.where, topic)
    return names


def _signs(node: Marked | None, reading: Reading, topic: str) -> str:
    """The statement that lists the signs that need care the same day; "" for none."""
    if node is None:
        return ""
    name = full_id(topic, reading.text(node, "same_day_signs"))
    reading.refer(Referent.STATEMENT, [name], node.where)
    return name


def _check_id(name: str, kind: str, where: str, seen: set[str], reading: Reading) -> None:
    """An id is lower-case words, used once."""
    if not _ID.fullmatch(name):
        reading.refuse(where, f"the id {name!r} of the {kind} is not lower-case words.", "Rename it.")
    if name in seen:
        reading.refuse(where, f"the {kind} {name!r} is given twice.", "Rename one.")
    seen.add(name)


def _asks(node: Marked | None, reading: Reading, topic: str) -> list[dict[str, Any]]:
    """The questions a person can answer, in the declared order."""
    compiled, seen = [], set[str]()
    for item in reading.items(node, "asks"):
        fields = reading.fields(
            item, "an ask", ("id", "facts", "clinical", "plain", "changes"), ("values", "one_is_enough")
        )
        name = reading.text(fields.get("id"), "id")
        _check_id(name, "ask", item.where, seen, reading)
        facts = _facts(fields.get("facts"), "facts", reading, topic)
        given = reading.entries(fields.get("values"), "values")
        for fact, values in given.items():
            if fact not in facts:
                reading.refuse(
                    values.where, f"values are given for {fact!r}, which this ask does not settle.", "Add it to facts."
                )
        tried = [[fact, reading.texts(given[fact], "values") if fact in given else _PRESENCE] for fact in facts]
        wording = {key: reading.text(fields.get(key), key) for key in ("clinical", "plain")}
        changes = _wording(fields.get("changes"), "changes", reading)
        ask: dict[str, Any] = {"id": name, "facts": facts, "values": tried, "wording": wording, "changes": changes}
        if "one_is_enough" in fields:
            ask["one_is_enough"] = reading.flag(fields["one_is_enough"], "one_is_enough")
        compiled.append(ask)
    return compiled


def _sums(node: Marked | None, reading: Reading, topic: str) -> dict[str, Any]:
    """The doses worked out from a measure; nothing where the protocol has none."""
    compiled = []
    keys = ("rule", "of", "unit", "each", "step", "ceiling")
    for item in reading.items(node, "sums"):
        fields = reading.fields(item, "a sum", keys, ())
        values = {key: reading.text(fields.get(key), key) for key in keys}
        for referent, named in (
            (Referent.RULE, [values["rule"]]),
            (Referent.NAME, [values["of"]]),
            (Referent.PARAMETER, [values["each"], values["step"], values["ceiling"]]),
        ):
            reading.refer(referent, named, item.where, topic)
        compiled.append(values)
    return {"sums": compiled} if compiled else {}


def _patterns(node: Marked | None, reading: Reading, topic: str) -> list[dict[str, Any]]:
    """The answer patterns, in the order in which they are tried."""
    compiled, seen = [], set[str]()
    for item in reading.items(node, "patterns"):
        fields = reading.fields(item, "a pattern", ("id", "title", "lead"), ("when", "why", "certainty", "decisive"))
        name = reading.text(fields.get("id"), "id")
        _check_id(name, "pattern", item.where, seen, reading)
        decisive = reading.texts(fields.get("decisive"), "decisive")
        if "decisive" in fields:
            reading.refer(Referent.NAME, decisive, fields["decisive"].where, topic)
        lead = statement_ids(fields.get("lead"), "lead", reading, topic)
        if not lead:
            reading.refuse(item.where, f"the pattern {name!r} has no lead.", "Add lead: [statement id].")
        compiled.append(
            {
                "id": name,
                "when": read_condition(fields.get("when"), reading, topic),
                "title": _wording(fields.get("title"), "title", reading),
                "lead": lead,
                "why": statement_ids(fields.get("why"), "why", reading, topic),
                "certainty": statement_ids(fields.get("certainty"), "certainty", reading, topic),
                "decisive": decisive,
            }
        )
    return compiled
