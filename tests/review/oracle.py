"""What rests on what, worked out anew from the content: names are read out of the printed form of conditions."""

from __future__ import annotations

import re

from bedside.protocol.protocol import Effect


def _names(condition, protocol):
    """Refs of everything a condition names, read out of its repr."""
    text = re.sub(r"Asked\([^)]*\)", "", repr(condition))
    for name in re.findall(r"name='(\w+)'", text):
        yield from (f"definition:{protocol.id}/{name}" for _ in range(name in protocol.definitions))
        yield from (f"measure:{protocol.id}/{name}" for _ in range(name in protocol.measures))
    yield from (f"parameter:{protocol.id}/{name}" for name in re.findall(r"parameter='(\w+)'", text))


def edges(protocol, statements, cases):
    """Ref -> the refs directly beneath it, worked out anew."""
    topic, found = protocol.id, {}
    for each in statements:
        found[f"statement:{each.id}"] = {f"source:{citation.source}" for citation in each.citations}
    for each in protocol.parameters:
        found.setdefault(f"parameter:{topic}/{each.name}", set()).add(f"source:{each.source}")
    for name, body in protocol.definitions.items():
        found[f"definition:{topic}/{name}"] = set(_names(body, protocol))
    for name, each in protocol.measures.items():
        beneath = {
            f"measure:{topic}/{part}" for part in (*each.first_known, *each.per_day) if part in protocol.measures
        }
        beneath |= {f"statement:{each.table}"} if each.table else set()
        for place, bands in each.bands.items():
            numbers = [dict(edge.values) for band in bands for edge in (band.low, band.high) if edge]
            beneath |= {
                f"parameter:{topic}/{p.name}"
                for p in protocol.parameters
                if p.jurisdiction.value in (place, "INT") and dict(p.values) in numbers
            }
        found[f"measure:{topic}/{name}"] = beneath
    found[f"scope:{topic}"] = set(_names(protocol.scope, protocol))
    for each in protocol.rules:
        shown = {f"statement:{s}" for s in (*each.statements, *each.why)}
        conditions = {*_names(each.given, protocol), *_names(each.when, protocol)}
        found[f"rule:{topic}/{each.id}"] = {f"scope:{topic}", *shown, *conditions} | {
            f"source:{s}" for s in each.sources
        }
    before = set()
    for each in protocol.patterns:
        own = {f"statement:{s}" for s in (*each.lead, *each.why, *each.certainty)}
        beside = {f"statement:{s}" for s in (*protocol.assumptions, protocol.same_day_signs) if s}
        proved = {
            rule
            for case in cases
            if case.expect.pattern == each.id
            for rule in (*case.expect.fires, *case.expect.undecided)
        }
        rules = {
            f"rule:{topic}/{rule.id}"
            for rule in protocol.rules
            if rule.effect is Effect.RED_FLAG or rule.id in proved or own & {f"statement:{s}" for s in rule.statements}
        }
        shown = {ref.rpartition("/")[2] for ref in rules}
        rules |= {f"rule:{topic}/{rule.id}" for rule in protocol.rules if shown & set(rule.overrides)}
        named = {
            f"{kind}:{topic}/{name}"
            for kind, known in (("definition", protocol.definitions), ("measure", protocol.measures))
            for name in each.decisive
            if name in known
        }
        found[f"pattern:{topic}/{each.id}"] = {
            f"scope:{topic}",
            *own,
            *beside,
            *rules,
            *named,
            *_names(each.when, protocol),
            *before,
            *(f"ask:{topic}/{ask.id}" for ask in protocol.asks),
        }
        found[f"before:{topic}/{each.id}"] = set(_names(each.when, protocol))
        before.add(f"before:{topic}/{each.id}")
    return found


def above(changed, beneath):
    """The items at or above any of these refs."""
    reached = set(changed)
    while more := {ref for ref, below in beneath.items() if ref not in reached and below & reached}:
        reached |= more
    return {ref for ref in reached if ref.startswith(("statement:", "rule:", "pattern:"))}
