"""Grounds: what rules and patterns rest on in a protocol (scope, parameters, measures, definitions, earlier patterns),
each with what it rests on in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bedside.answer import fingerprint
from bedside.protocol.condition import Asked, Compare, Condition, as_text, leaves, to_json
from bedside.protocol.protocol import Edge, Measure, Parameter, Protocol
from bedside.protocol.strength import Jurisdiction
from bedside.review.item import Ground
from bedside.review.item_bodies import Body, ask_body, measure_body, parameter_body, scope_body


def ground(ref: str, title: str, body: Body, rests_on: Iterable[str] = ()) -> Ground:
    """A ground with its fingerprint."""
    return Ground(ref, title, fingerprint(body), body, unique(rests_on))


def unique(refs: Iterable[str]) -> tuple[str, ...]:
    """Every ref once, in the order given."""
    return tuple(dict.fromkeys(refs))


def protocol_grounds(protocol: Protocol) -> Iterator[Ground]:
    """Every ground of a protocol that is no item itself: scope, parameters, measures, definitions, earlier patterns."""
    topic = protocol.id
    scope = refs_of(protocol.scope, protocol)
    yield ground(f"scope:{topic}", f"scope of {protocol.title.clinical}", scope_body(protocol), scope)
    for name in dict.fromkeys(parameter.name for parameter in protocol.parameters):
        dated = protocol.parameters_of(name)
        sources = (f"source:{parameter.source}" for parameter in dated)
        yield ground(f"parameter:{topic}/{name}", f"parameter {name}", parameter_body(dated), sources)
    for name, measure in protocol.measures.items():
        read = _beneath_measure(measure, protocol)
        yield ground(f"measure:{topic}/{name}", f"measure {name}", measure_body(measure), read)
    for name, condition in protocol.definitions.items():
        rests_on = refs_of(condition, protocol, but=name)
        body = {"when": to_json(condition)}
        yield ground(f"definition:{topic}/{name}", f"{name}: {as_text(condition)}", body, rests_on)
    for ask in protocol.asks:
        title = f"{ask.wording.clinical} This would change: {ask.changes.clinical}."
        yield ground(ask_ref(topic, ask.id), title, ask_body(ask))
    for pattern in protocol.patterns:
        rests_on = refs_of(pattern.when, protocol)
        title = f"when the earlier pattern {pattern.id} is chosen"
        yield ground(before_ref(topic, pattern.id), title, {"when": to_json(pattern.when)}, rests_on)


def ask_ref(topic: str, ask: str) -> str:
    """The ref of a question that is asked back. Every pattern rests on all of them: any may stand beside its answer."""
    return f"ask:{topic}/{ask}"


def before_ref(topic: str, pattern: str) -> str:
    """The ref of a pattern's condition, as those after it rest on it."""
    return f"before:{topic}/{pattern}"


def refs_of(condition: Condition, protocol: Protocol, but: str = "") -> tuple[str, ...]:
    """The definitions, measures and parameters that a condition names, *but* left out (a fact may share the name of the
    definition that looks it up)."""
    found: list[str] = []
    for leaf in leaves(condition):
        if isinstance(leaf, Asked):
            continue
        if leaf.name != but:
            found += named(leaf.name, protocol)
        if isinstance(leaf, Compare) and leaf.parameter:
            found.append(f"parameter:{protocol.id}/{leaf.parameter}")
    return unique(found)


def named(name: str, protocol: Protocol) -> Iterator[str]:
    """The refs of the definition and the measure of a name; none where it is a bare fact."""
    if name in protocol.definitions:
        yield f"definition:{protocol.id}/{name}"
    if name in protocol.measures:
        yield f"measure:{protocol.id}/{name}"


def _beneath_measure(measure: Measure, protocol: Protocol) -> Iterator[str]:
    """The measures it reads, the statement that prints its limits, and the parameters that its limits are."""
    for name in (*measure.first_known, *measure.per_day):
        if name in protocol.measures and name != measure.name:
            yield f"measure:{protocol.id}/{name}"
    if measure.table:
        yield f"statement:{measure.table}"
    for place, bands in measure.bands.items():
        edges = [edge for band in bands for edge in (band.low, band.high) if edge is not None]
        for parameter in protocol.parameters:
            if any(_is_limit(edge, place, parameter) for edge in edges):
                yield f"parameter:{protocol.id}/{parameter.name}"


def _is_limit(edge: Edge, place: str, parameter: Parameter) -> bool:
    """Whether an edge is the value of a parameter. The compiled content no longer says which one was meant, so every
    one of the jurisdiction with the same numbers counts: too much rests on it sooner than too little."""
    return parameter.jurisdiction in (place, Jurisdiction.INT) and dict(parameter.values) == dict(edge.values)
