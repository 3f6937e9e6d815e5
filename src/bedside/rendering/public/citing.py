"""What cites what: statements and sources both ways, and where each statement is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bedside.evidence.statement import Statement
from bedside.protocol.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a statement is used: the topic, what uses it ("rule", "pattern", "table of limits" ...), which,
    and as what ("statement", "reason", "lead" ...). ``table`` is the rule's decision table."""

    topic: str
    kind: str
    name: str
    as_what: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class Citing:
    """``citing`` has the statements that cite a source, ``uses`` the places that use a statement, ``guarded_by`` the
    cautions that guard one, ``parameters`` the (topic, parameter) pairs that cite a source."""

    citing: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    uses: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)
    guarded_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parameters: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def citing(statements: Iterable[Statement], protocols: Iterable[Protocol]) -> Citing:
    """The whole index, in the order of the content."""
    by_source: dict[str, dict[str, Statement]] = {}
    guards: dict[str, list[str]] = {}
    for statement in statements:
        for citation in statement.citations:
            by_source.setdefault(citation.source, {})[statement.id] = statement
        for guarded in statement.guards:
            guards.setdefault(guarded, []).append(statement.id)
    uses: dict[str, dict[Use, None]] = {}
    parameters: dict[str, dict[tuple[str, str], None]] = {}
    for protocol in protocols:
        for statement_id, use in _uses(protocol):
            uses.setdefault(statement_id, {})[use] = None
        for parameter in protocol.parameters:
            parameters.setdefault(parameter.source, {})[protocol.id, parameter.name] = None
    return Citing(
        {key: tuple(found.values()) for key, found in by_source.items()},
        {key: tuple(found) for key, found in uses.items()},
        {key: tuple(found) for key, found in guards.items()},
        {key: tuple(found) for key, found in parameters.items()},
    )


def _uses(protocol: Protocol) -> Iterator[tuple[str, Use]]:
    topic = protocol.id
    for rule in protocol.rules:
        yield from _each({"statement": rule.statements, "reason": rule.why}, topic, "rule", rule.id, rule.table)
    for pattern in protocol.patterns:
        ids = {"lead": pattern.lead, "reason": pattern.why, "certainty": pattern.certainty}
        yield from _each(ids, topic, "pattern", pattern.id)
    for name, measure in protocol.measures.items():
        yield from _each({"table of limits": (measure.table,)}, topic, "measure", name)
    ids = {"assumption": protocol.assumptions, "signs for the same day": (protocol.same_day_signs,)}
    yield from _each(ids, topic, "protocol", topic)


def _each(
    ids: Mapping[str, tuple[str, ...]], topic: str, kind: str, name: str, table: str = ""
) -> Iterator[tuple[str, Use]]:
    for as_what, named in ids.items():
        yield from ((statement_id, Use(topic, kind, name, as_what, table)) for statement_id in named if statement_id)
