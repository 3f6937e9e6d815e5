"""Rules and statements must agree, and a statement must not claim more than its source allows.

These are refused, not merely reported, because each would let an answer say more than a guideline does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bedside.evidence.source import RecordCheck, SourceKind
from bedside.evidence.statement import Basis
from bedside.ingest.library_files import ContentFiles
from bedside.ingest.reading import Reading
from bedside.ingest.references import topics_with_protocol
from bedside.ingest.statements_markdown import OWN_RULES
from bedside.protocol.lint import Finding, band_findings, circular_definitions, unreachable_rules
from bedside.protocol.load import protocol_from
from bedside.protocol.protocol import Effect
from bedside.protocol.strength import Level, Strength

Data = Mapping[str, Any]

_FORCE = {Strength.INFORMATION: 0, Strength.CONSIDER: 1, Strength.DO: 2, Strength.DO_NOT: 2}
_LEVELS = tuple(Level)


def check_agreement(content: ContentFiles, reading: Reading) -> None:
    """Note every rule that outbids its statement, every statement that outbids its source, and every dead rule."""
    statements = content.statements
    for statement_id, statement in statements.items():
        _check_basis(statement_id, statement, content.sources, reading)
    for topic in topics_with_protocol(content):
        for rule in (topic.protocol or {})["rules"]:
            first = next(iter(rule.get("statements", ())), None)
            if first in statements:
                _check_rule(rule, first, statements[first], reading)
        _check_logic(topic.protocol or {}, reading)


def _check_rule(rule: Data, statement_id: str, statement: Data, reading: Reading) -> None:
    """A rule may be weaker than its first statement, never stronger, and speaks for the same jurisdiction.

    A disagreement alone belongs to neither side: its two statements have a jurisdiction each.
    """
    about, where = f"the rule {rule['id']!r}", rule["where"]
    said = f"its first statement {statement_id!r} ({statement['where']})"
    if rule["effect"] != Effect.DISAGREE and rule["jurisdiction"] != statement["jurisdiction"]:
        what = f"{about} is {rule['jurisdiction']} and {said} is {statement['jurisdiction']}."
        reading.refuse(where, what, "UK and US are never mixed: give each its own rule and statement.")
    ours, theirs = rule["strength"], statement["strength"]
    if theirs in _FORCE and ours != theirs and _FORCE[ours] >= _FORCE[theirs]:
        reading.refuse(where, f"{about} says {ours!r} and {said} says {theirs!r}.", "Strength is copied, never raised.")
    level = statement["level"]
    if level in _LEVELS and _LEVELS.index(rule["level"]) < _LEVELS.index(level):
        what = f"{about} has level {rule['level']} and {said} has level {level}."
        reading.refuse(where, what, "Give the rule the level of its statement.")


def _check_basis(statement_id: str, statement: Data, sources: Mapping[str, Data], reading: Reading) -> None:
    """What a statement rests on fits its level, its passage and how its sources were read."""
    where, basis, cited = statement["where"], statement["basis"], [key for key, _ in statement["citations"]]
    about = f"the statement {statement_id!r}"
    if basis == Basis.OWN_RULE and statement["level"] not in (Level.X, None):
        reading.refuse(where, f"{about} is an own rule with level {statement['level']}.", "An own rule has level X.")
    if basis == Basis.OWN_RULE and OWN_RULES not in cited:
        reading.refuse(
            where, f"{about} is an own rule and does not cite {OWN_RULES}.", f"Cite [@{OWN_RULES}, own rule]."
        )
    if basis == Basis.VERBATIM and not statement.get("passage"):
        reading.refuse(
            where, f"{about} is 'verbatim' without a passage.", 'Name it, passage="id", or use read or secondhand.'
        )
    if basis != Basis.OWN_RULE and cited and all(_own(sources.get(key)) for key in cited):
        reading.refuse(where, f"{about} cites only bedside's own rules.", "Its basis is own-rule, level X.")
    checks = {sources[key]["check"] for key in cited if key in sources}
    if basis in (Basis.READ, Basis.VERBATIM) and checks == {RecordCheck.MEMORY}:
        reading.refuse(
            where, f"{about} claims to be read, but its sources are known from memory only.", "Use secondhand."
        )


def _own(source: Data | None) -> bool:
    """Whether a source is bedside itself."""
    return source is not None and source["kind"] == SourceKind.SAFETY_RULE


def _check_logic(data: Data, reading: Reading) -> None:
    """Gaps and overlaps in bands, definitions in a circle, rules nobody can reach."""
    protocol = protocol_from(data)
    measures = {name: measure["where"] for name, measure in data["measures"].items()}

    def note(finding: Finding, remedy: str) -> None:
        where = measures.get(finding.subject.partition(" ")[0].rstrip(","), finding.where)
        reading.refuse(where, f"{finding.subject}: {finding.text}.", remedy)

    for finding in band_findings(protocol):
        note(finding, "Every value must fall in exactly one.")
    circles = list(circular_definitions(protocol))
    for finding in circles:
        note(finding, "Write one of them out.")
    for finding in () if circles else unreachable_rules(protocol):
        note(finding, "Correct the condition, or remove the rule.")
