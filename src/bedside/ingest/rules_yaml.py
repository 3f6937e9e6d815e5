"""Decision tables as they stand in ``rules/TABLE.yaml``, to rules in compiled form."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from bedside.ingest.condition_yaml import read_condition
from bedside.ingest.marked_yaml import Marked
from bedside.ingest.reading import Reading, Referent
from bedside.ingest.statements_markdown import full_id
from bedside.protocol.protocol import Effect, Urgency
from bedside.protocol.strength import Jurisdiction, Level, Strength

_TABLE = ("table", "title", "rules")
_TABLE_OPTIONAL = ("section", "definitions")
_REQUIRED = ("id", "jurisdiction", "effect", "strength", "level")
_OPTIONAL = (
    *("row", "given", "when", "statements", "show", "branch", "first_screen", "urgency"),
    *("overrides", "classify", "why", "unconfirmed", "sources"),
)
_ID = re.compile(r"[A-Z]+[0-9]*[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_SPEAKING = frozenset({Effect.RED_FLAG, Effect.RECOMMEND, Effect.INFORM, Effect.DISAGREE})


class Show(StrEnum):
    """The section of the article a rule's statements are shown in."""

    NONE = "none"
    RED_FLAGS = "red_flags"
    FACTS = "facts"
    DO_NOW = "do_now"
    TESTS = "tests"
    TREATMENT = "treatment"
    CAUSES = "causes"
    FOLLOW_UP = "follow_up"
    SPECIAL = "special"
    PITFALLS = "pitfalls"
    DISAGREEMENTS = "disagreements"


_USUAL_SHOW = {Effect.RED_FLAG: Show.RED_FLAGS, Effect.DISAGREE: Show.DISAGREEMENTS}


def read_table(node: Marked, reading: Reading, topic: str) -> tuple[list[dict[str, Any]], dict[str, Marked]]:
    """The rules of one table in compiled form, and the definitions it adds."""
    fields = reading.fields(node, "a table of rules", _TABLE, _TABLE_OPTIONAL)
    table = reading.text(fields.get("table"), "table")
    rules = [_rule(item, table, reading, topic) for item in reading.items(fields.get("rules"), "rules")]
    return rules, reading.entries(fields.get("definitions"), "definitions")


def _rule(node: Marked, table: str, reading: Reading, topic: str) -> dict[str, Any]:
    """One rule; what it leaves out is left out of the compiled form too."""
    fields = reading.fields(node, "a rule", _REQUIRED, _OPTIONAL)
    rule_id = reading.text(fields.get("id"), "id")
    if not _ID.fullmatch(rule_id):
        reading.refuse(node.where, f"the rule id {rule_id!r} does not look like OR3 or OR3-GB.", "Rename it.")
    effect = reading.choice(fields.get("effect"), "effect", Effect, Effect.CLASSIFY)
    rule: dict[str, Any] = {
        "id": rule_id,
        "row": reading.text(fields.get("row"), "row", rule_id),
        "table": table,
        "jurisdiction": reading.choice(fields.get("jurisdiction"), "jurisdiction", Jurisdiction),
        "given": read_condition(fields.get("given"), reading, topic),
        "when": read_condition(fields.get("when"), reading, topic),
        "effect": effect,
        "strength": reading.choice(fields.get("strength"), "strength", Strength),
        "level": reading.choice(fields.get("level"), "level", Level),
        "where": node.where,
    }
    show = reading.choice(fields.get("show"), "show", Show, _USUAL_SHOW.get(effect, Show.NONE))
    optional = {
        "section": "" if show is Show.NONE else show.value,
        "urgency": _urgency(fields, effect, node.where, reading),
        "classify": _classify(fields.get("classify"), reading, topic),
        "overrides": reading.texts(fields.get("overrides"), "overrides"),
        "sources": reading.texts(fields.get("sources"), "sources"),
        "statements": statement_ids(fields.get("statements"), "statements", reading, topic),
        "why": statement_ids(fields.get("why"), "why", reading, topic),
    } | {flag: reading.flag(fields.get(flag), flag) for flag in ("branch", "first_screen", "unconfirmed")}
    reading.refer(Referent.RULE, optional["overrides"], node.where, topic)  # type: ignore[arg-type]
    reading.refer(Referent.SOURCE, optional["sources"], node.where)  # type: ignore[arg-type]
    if effect in _SPEAKING and not optional["statements"]:
        reading.refuse(node.where, f"the rule {rule_id!r} ({effect}) has no statement.", "Add statements: [id].")
    return rule | {key: value for key, value in optional.items() if value}


def _urgency(fields: dict[str, Marked], effect: Effect, where: str, reading: Reading) -> str:
    """The urgency of a red flag; a red flag must have one and nothing else may."""
    urgency = reading.choice(fields.get("urgency"), "urgency", Urgency, Urgency.NONE)
    if (effect is Effect.RED_FLAG) != (urgency is not Urgency.NONE):
        reading.refuse(where, "urgency and the effect red_flag belong together.", "Give both or neither.")
    return urgency.value


def _classify(node: Marked | None, reading: Reading, topic: str) -> list[list[str]]:
    """The classes a rule gives, as pairs of measure and word, ordered by measure."""
    pairs = []
    for measure, word in sorted(reading.entries(node, "classify").items()):
        reading.refer(Referent.NAME, [measure], word.where, topic)
        pairs.append([measure, reading.text(word, "a class")])
    return pairs


def statement_ids(node: Marked | None, what: str, reading: Reading, topic: str) -> list[str]:
    """Full ids of a list of statements, noted as references; nothing for an absent one."""
    names = [full_id(topic, name) for name in reading.texts(node, what) if name]
    if node is not None:
        reading.refer(Referent.STATEMENT, names, node.where)
    return names
