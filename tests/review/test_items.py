"""Every statement, rule and pattern is an item; an approval rests on exactly what is beneath it."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
import yaml

from bedside.evidence.source import RecordCheck, SourceStatus
from bedside.evidence.statement import Basis
from bedside.ingest.compile import CONTENT
from bedside.ingest.compiled import CompiledContent
from bedside.protocol.condition import Compare, Has
from bedside.protocol.load import protocol_from
from bedside.protocol.protocol import Effect, Urgency
from bedside.protocol.strength import Strength
from bedside.review.item import ItemKind, Trait
from bedside.review.item_traits import fails
from bedside.review.items import cut, snapshot_of
from tests.review.material import CASES, PROTOCOL, SOURCES, Content, parameter, statement
from tests.review.oracle import above, edges

TOPIC = "vitamin-b12"


@pytest.fixture(scope="module")
def shipped():
    content = CompiledContent.open()
    statements = tuple(s for topic in content.topics() for s in content.statements(topic.id).values())
    return content.protocol(TOPIC), statements, dict(content.sources()), {TOPIC: content.cases(TOPIC)}


@pytest.fixture(scope="module")
def snapshot(shipped):
    protocol, statements, sources, cases = shipped
    return snapshot_of([protocol], statements, sources, cases)


# The shipped content --------------------------------------------------------------------------------------------------


def test_every_statement_rule_and_pattern_that_ships_is_an_item_exactly_once(shipped, snapshot):
    protocol, statements, _, _ = shipped
    expected = Counter(
        [
            *(f"statement:{each.id}" for each in statements),
            *(f"rule:{protocol.id}/{each.id}" for each in protocol.rules),
            *(f"pattern:{protocol.id}/{each.id}" for each in protocol.patterns),
        ]
    )
    assert set(expected.values()) == {1}
    assert snapshot.items.keys() == expected.keys()
    assert all(name == item.id for name, item in snapshot.items.items())


def test_everything_that_anything_rests_on_is_there(snapshot):
    named = {ref for thing in (*snapshot.items.values(), *snapshot.grounds.values()) for ref in thing.rests_on}
    assert named <= snapshot.grounds.keys()
    assert {need for item in snapshot.items.values() for need in item.needs} <= snapshot.items.keys()


def test_a_body_is_plain_json_without_floats_and_stands_in_no_file(snapshot):
    for thing in (*snapshot.items.values(), *snapshot.grounds.values()):
        json.dumps(thing.body, allow_nan=False)
        assert not [value for value in _scalars(thing.body) if not isinstance(value, str | bool | int | None)]
        assert "where" not in thing.body
        assert "order" not in thing.body


def _scalars(value):
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in _scalars(each)]
    if isinstance(value, list | tuple):
        return [leaf for each in value for leaf in _scalars(each)]
    return [value]


def test_nothing_of_a_rule_or_pattern_is_left_out(shipped, snapshot):
    protocol = shipped[0]
    raw = CompiledContent.open().raw(TOPIC, "protocol")
    parts = {
        "rules": [
            {**snapshot.items[f"rule:{TOPIC}/{each.id}"].body, "order": each.order, "where": each.where}
            for each in protocol.rules
        ],
        "patterns": [snapshot.items[f"pattern:{TOPIC}/{each.id}"].body for each in protocol.patterns],
    }
    back = protocol_from({**raw, **parts})
    assert back.rules == protocol.rules
    assert back.patterns == protocol.patterns


def test_a_measure_rests_on_the_parameters_its_source_text_names(snapshot):
    written = yaml.safe_load((CONTENT / TOPIC / "protocol.yaml").read_text(encoding="utf-8"))
    for name, measure in written["measures"].items():
        edges = {str(v) for band in measure.get("bands", ()) for key, v in band.items() if key != "name"}
        wanted = {f"parameter:{TOPIC}/{edge}" for edge in edges if edge in written["parameters"]}
        found = {ref for ref in snapshot.grounds[f"measure:{TOPIC}/{name}"].rests_on if ref.startswith("parameter:")}
        assert found == wanted, name


def test_a_pattern_needs_its_statements_every_red_flag_and_the_rules_of_its_cases(shipped, snapshot):
    protocol, _, _, cases = shipped
    item = snapshot.items[f"pattern:{TOPIC}/low-untreated"]
    chosen = next(each for each in protocol.patterns if each.id == "low-untreated")
    expected = {
        rule
        for case in cases[TOPIC]
        if case.expect.pattern == chosen.id
        for rule in (*case.expect.fires, *case.expect.undecided)
    }
    red = {each.id for each in protocol.rules if each.effect is Effect.RED_FLAG}
    assert red
    assert expected
    assert {f"rule:{TOPIC}/{each}" for each in red | expected} <= set(item.needs)
    assert {f"statement:{each}" for each in (*chosen.lead, *chosen.why, *chosen.certainty)} <= set(item.needs)
    assert not [each for each in snapshot.items.values() if each.needs and each.kind is not ItemKind.PATTERN]


def test_the_machine_checks_find_nothing_wrong_in_what_ships(shipped):
    assert not [each.id for each in shipped[1] if fails(each)]


# What an approval rests on, against an oracle (tests.review.oracle) -----------------------------------------------


def seals(protocol, statements, sources, cases):
    made = snapshot_of([protocol], statements, sources, cases)
    return {name: made.seal(name) for name in made.items}


def moved(before, after):
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def altered(parts, ref):
    """The same content with one thing changed: a word, a number, an edge, a condition, a status."""
    protocol, statements, sources, cases = parts
    kind, _, name = ref.partition(":")
    local = name.partition("/")[2]
    if kind == "statement":
        statements = tuple(
            replace(each, plain=f"{each.plain} Indeed.") if each.id == name else each for each in statements
        )
    elif kind == "source":
        sources = sources | {name: replace(sources[name], status=SourceStatus.CONCERN)}
    elif kind == "parameter":
        rows = tuple(replace(e, locator=f"{e.locator}x") if e.name == local else e for e in protocol.parameters)
        protocol = _with(protocol, parameters=rows)
    elif kind == "definition":
        both = protocol.definitions | {local: Has("tingling_of_the_test")}
        protocol = _with(protocol, definitions=both)
    elif kind == "measure":
        measure = protocol.measures[local]
        protocol = _with(
            protocol, measures=protocol.measures | {local: replace(measure, per_day=(*measure.per_day, "x"))}
        )
    elif kind == "scope":
        protocol = _with(protocol, scope_wording=replace(protocol.scope_wording, plain="Somebody else."))
    elif kind == "ask":
        rows = tuple(
            replace(e, changes=replace(e.changes, plain=f"{e.changes.plain} now")) if e.id == local else e
            for e in protocol.asks
        )
        protocol = _with(protocol, asks=rows)
    elif kind == "rule":
        rows = tuple(replace(e, strength=Strength.CONSIDER, level="D") if e.id == local else e for e in protocol.rules)
        rows = tuple(replace(e, first_screen=not e.first_screen) if e.id == local else e for e in protocol.rules)
        protocol = _with(protocol, rules=rows)
    elif kind == "pattern":
        rows = tuple(
            replace(e, title=replace(e.title, plain="Otherwise")) if e.id == local else e for e in protocol.patterns
        )
        protocol = _with(protocol, patterns=rows)
    return protocol, statements, sources, cases


def _with(protocol, **changes):
    return replace(protocol, **changes, _named={}, _rules={})


def test_to_change_one_thing_changes_the_seal_of_exactly_what_rests_on_it(shipped, snapshot):
    before = {name: snapshot.seal(name) for name in snapshot.items}
    random_ = random.Random(6)  # noqa: S311  nothing secret
    refs = [ref for ref in sorted(snapshot.grounds) if not ref.startswith("before:")]
    by_kind = {}
    for ref in refs:
        by_kind.setdefault(ref.partition(":")[0], []).append(ref)
    assert len(by_kind) == 9
    beneath = edges(shipped[0], shipped[1], shipped[3][TOPIC])
    for kind, known in by_kind.items():
        for ref in random_.sample(known, min(4, len(known))):
            parts = altered(shipped, ref)
            changed = beneath
            if kind in {"definition", "measure"}:  # what it rests on has changed, too: reckon with both
                after = edges(parts[0], parts[1], parts[3][TOPIC])
                changed = {each: beneath[each] | after[each] for each in beneath}
            assert moved(before, seals(*parts)) == above({ref}, changed), ref


def test_every_thing_of_a_small_content_changes_exactly_what_rests_on_it():
    parts = (PROTOCOL, Content().statements, SOURCES, CASES)
    before, beneath = seals(*parts), edges(PROTOCOL, Content().statements, CASES["t"])
    refs = [*beneath, *(f"source:{key}" for key in SOURCES)]
    for ref in refs:
        if not ref.startswith("before:"):
            assert moved(before, seals(*altered(parts, ref))) == above({ref}, beneath), ref
    assert above({"source:four"}, beneath) == set()
    assert above({"source:three"}, beneath) == {"statement:t/alone"}


def test_a_parameter_changes_exactly_the_rules_and_patterns_above_it():
    numbers = (parameter(), replace(PROTOCOL.parameters[1], values={"ng/L": Decimal(999)}))
    before, after = Content().snapshot(), Content().with_protocol(parameters=numbers).snapshot()
    assert moved(*({i: s.seal(i) for i in s.items} for s in (before, after))) == {"rule:t/STOP", "pattern:t/low"}
    assert before.way("pattern:t/low", "parameter:t/high_from") == ("rule:t/STOP",)


def test_an_edge_of_a_band_changes_what_uses_the_band(shipped, snapshot):
    protocol, statements, sources, cases = shipped
    measure = protocol.measures["active_b12"]
    bands = dict(measure.bands)
    low = bands["GB"][0]
    bands["GB"] = (replace(low, high=replace(low.high, inclusive=True)), *bands["GB"][1:])
    other = _with(protocol, measures=protocol.measures | {"active_b12": replace(measure, bands=bands)})
    before = {name: snapshot.seal(name) for name in snapshot.items}
    expected = above({f"measure:{TOPIC}/active_b12"}, edges(protocol, statements, cases[TOPIC]))
    assert moved(before, seals(other, statements, sources, cases)) == expected
    assert expected


def test_two_patterns_that_change_places_change_and_nothing_else_does():
    first, second, third = PROTOCOL.patterns
    before = Content().snapshot()
    after = Content().with_protocol(patterns=(second, first, third)).snapshot()
    changed = moved(*({i: s.seal(i) for i in s.items} for s in (before, after)))
    assert changed == {"pattern:t/low-and-ill", "pattern:t/low"}


def test_the_order_of_rows_and_their_place_in_a_file_change_nothing(shipped, snapshot):
    protocol, statements, sources, cases = shipped
    rules = tuple(replace(each, where="elsewhere:1", order=-each.order) for each in reversed(protocol.rules))
    moved_protocol = _with(
        protocol,
        rules=rules,
        parameters=protocol.parameters[::-1],
        definitions=dict(reversed(protocol.definitions.items())),
        measures=dict(reversed(protocol.measures.items())),
        where="elsewhere",
    )
    moved_statements = tuple(replace(each, where="x.md:9") for each in reversed(statements))
    other = snapshot_of(
        [moved_protocol], moved_statements, dict(reversed(sources.items())), {TOPIC: cases[TOPIC][::-1]}
    )
    assert other.key == snapshot.key
    assert {name: other.seal(name) for name in other.items} == {name: snapshot.seal(name) for name in snapshot.items}
    assert {name: item.traits for name, item in other.items.items()} == {
        name: item.traits for name, item in snapshot.items.items()
    }


def test_the_day_a_source_was_looked_at_again_lapses_nothing_and_its_record_does():
    before = Content().snapshot()
    assert Content().with_source("two", checked_on="2027-01-01").snapshot().key == before.key
    for change in ({"title": "Other"}, {"doi": "10.1/x"}, {"check": RecordCheck.MEMORY}, {"superseded_by": "three"}):
        assert Content().with_source("two", **change).snapshot().key != before.key


# Traits ---------------------------------------------------------------------------------------------------------------


def traits(content, name):
    return set(content.snapshot().items[name].traits)


def test_a_red_flag_of_today_and_what_it_shows_are_emergencies():
    assert traits(Content(), "rule:t/RF") == {Trait.EMERGENCY}
    assert traits(Content(), "statement:t/emergency") == {Trait.EMERGENCY}
    week = Content().with_rule("RF", urgency=Urgency.WEEK)
    assert traits(week, "rule:t/RF") == traits(week, "statement:t/emergency") == set()


def test_a_dose_is_one_for_the_rule_and_the_pattern_that_show_it():
    assert Trait.DOSE in traits(Content(), "statement:t/dose")
    assert Content().snapshot().items["rule:t/STOP"].dose
    assert not Content().snapshot().items["pattern:t/low"].dose
    shown = tuple(replace(each, lead=("t/dose",)) for each in PROTOCOL.patterns)
    assert Content().with_protocol(patterns=shown).snapshot().items["pattern:t/low"].dose


@pytest.mark.parametrize(
    ("change", "trait"),
    [
        ({"strength": Strength.DO_NOT, "clinical": "Do not.", "plain": "Do not."}, Trait.CAUTION),
        ({"guards": ("t/dose",)}, Trait.CAUTION),
        ({"unconfirmed": True}, Trait.UNCONFIRMED),
        ({"basis": Basis.SECONDHAND}, Trait.SECONDHAND),
        ({"plain": "In plain words, 3 of them."}, Trait.FAILED_CHECK),
        ({"clinical": "Do not.", "plain": "Do."}, Trait.FAILED_CHECK),
        ({"strength": Strength.CONSIDER}, Trait.FAILED_CHECK),
        ({"dose": True}, Trait.FAILED_CHECK),
    ],
)
def test_what_makes_a_statement_a_risk_is_its_trait(change, trait):
    assert trait not in traits(Content(), "statement:t/advice")
    assert trait in traits(Content().with_statement("advice", **change), "statement:t/advice")


@pytest.mark.parametrize(
    ("change", "trait"),
    [
        ({"check": RecordCheck.MEMORY}, Trait.MEMORY),
        ({"status": SourceStatus.SUPERSEDED}, Trait.UNFIT_SOURCE),
        ({"status": SourceStatus.RETRACTED}, Trait.UNFIT_SOURCE),
        ({"status": SourceStatus.CONCERN}, Trait.UNFIT_SOURCE),
    ],
)
def test_a_source_gives_its_trait_to_what_cites_it_by_statement_or_parameter(change, trait):
    content = Content().with_source("two", **change)
    having = {name for name, item in content.snapshot().items.items() if trait in item.traits}
    assert having == {
        "statement:t/advice", "statement:t/reason", "rule:t/TREAT", "rule:t/STOP",
        "pattern:t/low-and-ill", "pattern:t/low", "pattern:t/any",
    }  # fmt: skip


def test_a_source_that_is_not_there_is_one_that_nobody_has_seen():
    content = replace(Content(), statements=(*Content().statements, statement("lost", cites="nowhere")))
    assert traits(content, "statement:t/lost") == {Trait.MEMORY, Trait.UNFIT_SOURCE}


def test_a_title_is_cut_at_a_word():
    assert cut("Short.") == "Short."
    long = cut("word, " * 40)
    assert len(long) <= 104
    assert long.endswith("word ...")


def test_a_rule_is_called_by_its_first_words():
    """Its id, its effect, and what it puts before a reader first; cut like any other title."""
    titles = {name: item.title for name, item in Content().snapshot().items.items()}
    rule = PROTOCOL.rules[2]
    first = Content().snapshot().items[f"statement:{rule.statements[0]}"].body["clinical"]
    assert titles[f"rule:t/{rule.id}"] == cut(f"{rule.id} ({rule.effect.value.replace('_', ' ')}): {first}")


def test_a_comparison_names_its_measure_and_its_parameter():
    assert isinstance(PROTOCOL.rules[2].when, Compare)
    rests = Content().snapshot().items["rule:t/STOP"].rests_on
    assert {"measure:t/b12", "parameter:t/high_from", "scope:t", "statement:t/reason"} <= set(rests)
