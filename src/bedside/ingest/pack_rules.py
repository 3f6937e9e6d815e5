"""What a pack's rules may do, and above all which rules of ours they may silence.

An override changes one thing and says so: the rule that is named, with its sentence, and nothing besides. So whatever
silences that rule goes on to silence the one in its place, a rule that it held down stays down only if it is named
too, and what keeps people safe cannot be named at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bedside.evidence.statement import Basis
from bedside.ingest.compiled import from_pack
from bedside.ingest.pack_yaml import Front
from bedside.ingest.reading import Reading
from bedside.protocol.protocol import Effect
from bedside.protocol.strength import Jurisdiction, Level

Data = dict[str, Any]

_SAYING = (Effect.RECOMMEND, Effect.INFORM)
_KEPT_EFFECTS = {
    Effect.RED_FLAG: "is a red flag",
    Effect.ABSTAIN: "is a rule of abstention",
    Effect.DISAGREE: "shows where guidelines disagree",
    Effect.ASK: "asks for what must be known first",
}


def check_rules(
    rules: list[Data], shipped: Mapping[str, Data], topic_is_ours: bool, front: Front, reading: Reading
) -> None:
    """Names, effects and words of a pack's rules. *shipped* are our statements by id."""
    for rule in rules:
        about, where = f"the rule {rule['id']!r}", rule["where"]
        if not rule["id"].startswith(front.rule_prefix):
            remedy = f"Call it {front.rule_prefix + rule['id']!r}; to silence a rule of ours, overrides: [its id]."
            reading.refuse(where, f"{about} is not named after the pack.", remedy)
        if rule["effect"] == Effect.ABSTAIN:
            what = f"{about} abstains, which would withhold all advice, also of rules it does not name."
            reading.refuse(where, what, "Override the rules that are meant, by name.")
        if topic_is_ours and rule.get("classify"):
            reading.refuse(
                where, f"{about} classifies within a topic of ours.", "Write a rule that recommends or informs."
            )
        if rule["level"] == Level.X:
            reading.refuse(where, f"{about} has level X: those are bedside's own.", "Use level: E.")
        for statement in rule.get("statements", ()):
            if statement in shipped and rule["effect"] != Effect.DISAGREE:
                what = f"{about} says {statement!r}, which is bedside's own wording of another source."
                reading.refuse(where, what, "Write a statement of the hospital's own.")


def check_overrides(
    rules: list[Data], protocol: Data, statements: Mapping[str, Data], front: Front, reading: Reading
) -> None:
    """Each override of *rules* in a protocol of ours, *statements* being ours too. A name that is not there is noted
    elsewhere."""
    ours = {rule["id"]: rule for rule in _shipped(protocol)}
    others = {rule["id"] for rule in protocol["rules"]} - ours.keys()
    for rule in rules:
        targets = rule.get("overrides", [])
        for target in others.intersection(targets):
            reading.refuse(rule["where"], f"the rule {rule['id']!r} cannot override {target!r}: it is of another pack.")
        for target in (target for target in targets if target in ours):
            for what, remedy in _refusals(rule, ours[target], targets, ours, protocol, statements, front):
                about = f"the rule {rule['id']!r} cannot override {target!r}: {what}."
                reading.refuse(rule["where"], about, remedy)


def _shipped(protocol: Data) -> list[Data]:
    """The rules of a protocol that ship."""
    return [rule for rule in protocol["rules"] if not from_pack(rule["where"])]


def _refusals(
    rule: Data,
    target: Data,
    targets: list[str],
    ours: Mapping[str, Data],
    protocol: Data,
    statements: Mapping[str, Data],
    front: Front,
) -> Iterator[tuple[str, str]]:
    """Why one rule may not silence another of ours, each reason with what to do."""
    keep = "It stays; say beside it what the hospital adds."
    if reason := kept(target, statements):
        yield reason, keep
        return
    if target["jurisdiction"] not in (front.country, Jurisdiction.INT):
        yield f"it is {target['jurisdiction']} and the pack is {front.country}", "UK and US are never mixed."
    if rule["effect"] not in _SAYING or not rule.get("statements") or not rule.get("section"):
        yield "nothing would be said instead", "Give it the effect recommend or inform, statements and show."
    held = [name for name in target.get("overrides", ()) if name in ours and name not in targets]
    freed = [name for name in held if not kept(ours[name], statements)]
    if freed:
        yield f"it silences {', '.join(freed)}, which would come back", f"Name {', '.join(freed)} too."
    said = set(target.get("statements", ()))
    also = [
        name
        for name, other in ours.items()
        if name != target["id"] and name not in targets and said & {*other.get("statements", ()), *other.get("why", ())}
    ]
    if also:
        yield f"{', '.join(also)} would still say the same", f"Name {', '.join(also)} too."
    if said & said_without_rule(protocol):
        yield "its sentence also stands at the head of answers, where nothing overrides it", keep


def kept(rule: Data, statements: Mapping[str, Data]) -> str:
    """Why a rule of ours cannot be overridden by anybody, or ""."""
    if rule["effect"] in _KEPT_EFFECTS:
        return _KEPT_EFFECTS[rule["effect"]]
    words = [statements[name] for name in rule.get("statements", ()) if name in statements]
    if rule["level"] == Level.X or any(data["basis"] == Basis.OWN_RULE for data in words):
        return "is a safety rule of bedside"
    return "is a caution that guards other advice" if any(data.get("guards") for data in words) else ""


def said_without_rule(protocol: Data) -> set[str]:
    """The statements that a protocol says without a rule."""
    said = {*protocol["assumptions"], protocol["same_day_signs"]}
    said |= {measure["table"] for measure in protocol["measures"].values() if "table" in measure}
    return said.union(*(pattern[part] for pattern in protocol["patterns"] for part in ("lead", "why", "certainty")))


def take_places(rules: list[Data], protocol: Data, statements: Mapping[str, Data]) -> None:
    """Give each rule of a pack the place of those it overrides: what silences them silences it, and a caution that
    guards their advice guards its."""
    for rule in rules:
        targets = set(rule.get("overrides", ()))
        for other in _shipped(protocol):
            if other["id"] not in targets and targets & set(other.get("overrides", ())):
                other["overrides"] = [*other["overrides"], rule["id"]]
        advice = {name for other in protocol["rules"] if other["id"] in targets for name in other.get("statements", ())}
        for data in statements.values():
            if advice & set(data.get("guards", ())):
                data["guards"] = [*data["guards"], *rule["statements"]]
