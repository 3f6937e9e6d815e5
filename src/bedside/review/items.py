"""Items: everything of the content that people review, with everything an approval of it rests on.

A pattern needs its statements and its rules approved. Its rules are every red flag of the protocol, every rule that
shows one of its statements, and every rule that a worked case of the pattern expects to fire or to stay undecided.
What a case lists under ``fires`` is what it was written to prove, not everything that fires: a rule that no case of the
pattern names, and that shows none of its statements, is not asked for, and has a standing of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bedside.answer import fingerprint
from bedside.evidence.source import Source
from bedside.evidence.statement import Statement
from bedside.protocol.case import Case
from bedside.protocol.protocol import Effect, Pattern, Protocol, Rule
from bedside.review.item import Ground, Item, ItemKind, Snapshot, Trait
from bedside.review.item_bodies import Body, pattern_body, rule_body, source_body, statement_body
from bedside.review.item_grounds import ask_ref, before_ref, ground, named, protocol_grounds, refs_of, unique
from bedside.review.item_traits import (
    INHERITED,
    ordered,
    rule_traits,
    source_traits,
    statement_traits,
)

_TITLE = 100
"""A title is cut after so many characters."""
_STATEMENT, _SOURCE = "statement:", "source:"


def snapshot_of(
    protocols: Iterable[Protocol],
    statements: Iterable[Statement],
    sources: Mapping[str, Source],
    cases: Mapping[str, tuple[Case, ...]],
) -> Snapshot:
    """Every statement, rule and pattern as an item, and everything they rest on as grounds, by topic's *cases*.

    Pure: the order of what is given, and where it stands in which file, change nothing. What does not depend on the
    sources is remembered, so that asking what another state of one source would change is cheap.
    """
    parts = [_statement(each) for each in statements]
    texts = {part.id: part.ground.title for part in parts}
    grounds = {f"{_SOURCE}{key}": _source(key, source) for key, source in sources.items()}
    for protocol in protocols:
        made = _protocol(protocol, cases.get(protocol.id, ()))
        parts += (_titled(part, texts) for part in made.parts)
        grounds |= made.grounds
    urgent = frozenset(ref for part in parts if Trait.EMERGENCY in part.traits for ref in part.shows)
    shown = {part.id: _traits(part, sources) for part in parts if part.kind is ItemKind.STATEMENT}
    items = {part.id: _item(part, shown, urgent, sources, grounds) for part in parts}
    grounds |= {part.id: part.ground for part in parts}
    state = [[ref, grounds[ref].fingerprint, sorted(grounds[ref].rests_on)] for ref in sorted(grounds)]
    return Snapshot(fingerprint(state), items, grounds)


@dataclass(frozen=True, eq=False, slots=True)
class _Part:
    """An item before its sources are looked at. ``ground`` is what others see of it; ``shows`` are refs of the
    statements it puts before a reader."""

    kind: ItemKind
    topic: str
    ground: Ground
    traits: frozenset[Trait]
    shows: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    where: str = ""

    @property
    def id(self) -> str:
        return self.ground.ref


@dataclass(frozen=True, eq=False, slots=True)
class _Made:
    parts: tuple[_Part, ...]
    grounds: Mapping[str, Ground]


def _item(
    part: _Part,
    shown: Mapping[str, frozenset[Trait]],
    urgent: frozenset[str],
    sources: Mapping[str, Source],
    grounds: Mapping[str, Ground],
) -> Item:
    """The item of a part: with what its sources and the statements it shows give it."""
    traits = set(shown[part.id] if part.id in shown else _traits(part, sources, grounds))
    if part.id in urgent:
        traits.add(Trait.EMERGENCY)
    for statement in part.shows:
        traits.update(trait for trait in shown.get(statement, ()) if trait in INHERITED)
    made = part.ground
    return Item(
        id=made.ref,
        kind=part.kind,
        topic=part.topic,
        title=made.title,
        fingerprint=made.fingerprint,
        body=made.body,
        rests_on=made.rests_on,
        needs=part.needs,
        traits=ordered(traits),
        where=part.where,
    )


def _traits(
    part: _Part, sources: Mapping[str, Source], grounds: Mapping[str, Ground] | None = None
) -> frozenset[Trait]:
    """Its own traits and those of the sources it cites, by itself or through a parameter that it names."""
    refs = list(part.ground.rests_on)
    if grounds is not None:
        refs += [
            below for ref in part.ground.rests_on if ref.startswith("parameter:") for below in _below(ref, grounds)
        ]
    keys = [ref.removeprefix(_SOURCE) for ref in refs if ref.startswith(_SOURCE)]
    return part.traits.union(source_traits(keys, sources))


def _below(ref: str, grounds: Mapping[str, Ground]) -> tuple[str, ...]:
    return grounds[ref].rests_on if ref in grounds else ()


@lru_cache(maxsize=16384)
def _source(key: str, source: Source) -> Ground:
    return ground(f"{_SOURCE}{key}", source.title, source_body(source))


@lru_cache(maxsize=16384)
def _statement(statement: Statement) -> _Part:
    rests_on = [f"{_SOURCE}{citation.source}" for citation in statement.citations]
    made = ground(f"{_STATEMENT}{statement.id}", cut(statement.clinical), statement_body(statement), rests_on)
    topic = statement.id.partition("/")[0]
    return _Part(ItemKind.STATEMENT, topic, made, statement_traits(statement), where=statement.where)


@lru_cache(maxsize=64)
def _protocol(protocol: Protocol, cases: tuple[Case, ...]) -> _Made:
    """What of a protocol depends on no source."""
    rules = [_rule(rule, protocol) for rule in protocol.rules]
    expected = _expected(cases)
    patterns = [
        _pattern(pattern, place, protocol, expected.get(pattern.id, frozenset()))
        for place, pattern in enumerate(protocol.patterns)
    ]
    return _Made((*rules, *patterns), {each.ref: each for each in protocol_grounds(protocol)})


def _rule(rule: Rule, protocol: Protocol) -> _Part:
    shows = _refs(rule.statements, rule.why)
    rests_on = (
        f"scope:{protocol.id}",
        *shows,
        *(f"{_SOURCE}{key}" for key in rule.sources),
        *refs_of(rule.given, protocol),
        *refs_of(rule.when, protocol),
    )
    body: Body = rule_body(rule)
    title = f"{rule.id} ({rule.effect.value.replace('_', ' ')})"
    made = ground(f"rule:{protocol.id}/{rule.id}", title, body, rests_on)
    return _Part(ItemKind.RULE, protocol.id, made, frozenset(rule_traits(rule)), shows, where=rule.where)


def _titled(part: _Part, texts: Mapping[str, str]) -> _Part:
    """A rule is called by its id and effect, and by the first words that it puts before a reader."""
    first = texts.get(part.shows[0], "") if part.kind is ItemKind.RULE and part.shows else ""
    if not first:
        return part
    return replace(part, ground=replace(part.ground, title=cut(f"{part.ground.title}: {first}")))


def _pattern(pattern: Pattern, place: int, protocol: Protocol, expected: frozenset[str]) -> _Part:
    own = _refs(pattern.lead, pattern.why, pattern.certainty)
    signs = (protocol.same_day_signs,) if protocol.same_day_signs else ()
    beside = _refs(protocol.assumptions, signs)
    rules = tuple(
        f"rule:{protocol.id}/{rule.id}"
        for rule in sorted(protocol.rules, key=lambda each: each.id)
        if rule.effect is Effect.RED_FLAG or rule.id in expected or not set(own).isdisjoint(_refs(rule.statements))
    )
    needs = unique((*own, *beside, *rules))
    rests_on = (
        f"scope:{protocol.id}",
        *needs,
        *_silencing(rules, protocol),
        *refs_of(pattern.when, protocol),
        *(ref for name in pattern.decisive for ref in named(name, protocol)),
        *(ask_ref(protocol.id, ask.id) for ask in protocol.asks),
        *(before_ref(protocol.id, earlier.id) for earlier in protocol.patterns[:place]),
    )
    made = ground(
        f"pattern:{protocol.id}/{pattern.id}", pattern.title.clinical, pattern_body(pattern, protocol), rests_on
    )
    return _Part(ItemKind.PATTERN, protocol.id, made, frozenset(), (*own, *beside), needs, protocol.where)


def _silencing(rules: tuple[str, ...], protocol: Protocol) -> Iterator[str]:
    """The refs of what may silence one of these rules: where a hospital overrides one, the answers are others."""
    names = {ref.rpartition("/")[2] for ref in rules}
    for rule in protocol.rules:
        if not names.isdisjoint(rule.overrides):
            yield f"rule:{protocol.id}/{rule.id}"


def _expected(cases: tuple[Case, ...]) -> dict[str, frozenset[str]]:
    """Pattern id -> the rules that its worked cases expect to fire or to stay undecided."""
    found: dict[str, frozenset[str]] = {}
    for case in cases:
        if case.expect.pattern is not None:
            named = found.get(case.expect.pattern, frozenset())
            found[case.expect.pattern] = named.union(case.expect.fires, case.expect.undecided)
    return found


def _refs(*ids: Iterable[str]) -> tuple[str, ...]:
    """The refs of statements, each once."""
    return unique(f"{_STATEMENT}{statement}" for group in ids for statement in group)


def cut(text: str) -> str:
    """A text, cut at a word after _TITLE characters."""
    if len(text) <= _TITLE:
        return text
    return text[:_TITLE].rpartition(" ")[0].rstrip(",;: ") + " ..."
