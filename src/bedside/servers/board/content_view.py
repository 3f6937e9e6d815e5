"""What an item is, as the workbench shows it: its sentences, a rule's table row, a pattern's conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.facts.read import read_facts
from bedside.protocol.case import Case
from bedside.protocol.cases import run_case
from bedside.protocol.protocol import Protocol, Rule, Wording
from bedside.rendering.public.clauses import RangeOf
from bedside.rendering.public.pattern_page import PatternEntry
from bedside.rendering.public.tables import Row
from bedside.review.affected import cases_of
from bedside.review.item import Item, ItemKind
from bedside.review.mark import Mark
from bedside.servers.board.evidence_view import SentenceView, sentence_view
from bedside.servers.public.shelf import Shelf

Marks = Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A worked case: its sentence, its question in words ("" for facts given by hand), what comes of the rule or
    pattern in it, whether it was written for that, and whether it comes out as it demands."""

    name: str
    question: str
    came: str
    named: bool
    passes: bool


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule as a row of its table, with the bands it reads and its cases."""

    table: str
    row: Row
    bands: tuple[RangeOf, ...]
    cases: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class PatternView:
    """An answer pattern: its title in both wordings, conditions and ranges, and its cases."""

    entry: PatternEntry
    title: Wording
    cases: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class ContentView:
    """What stands left and right. ``lost`` are ids of statements that the content does not have."""

    topic: str
    sentences: tuple[SentenceView, ...]
    lost: tuple[str, ...] = ()
    rule: RuleView | None = None
    pattern: PatternView | None = None


def content_view(item: Item, shelf: Shelf, marks: Marks) -> ContentView | None:
    """What the content has of an item; None where it has it no more."""
    name = item.id.partition("/")[2]
    protocol = shelf.protocol(item.topic)
    if item.kind is ItemKind.STATEMENT:
        return _statement(item, shelf, marks)
    if protocol is None:
        return None
    if item.kind is ItemKind.RULE:
        return _rule(name, protocol, shelf, marks)
    return _pattern(name, protocol, shelf, marks)


def _statement(item: Item, shelf: Shelf, marks: Marks) -> ContentView | None:
    found = shelf.statements.get(item.id.partition(":")[2])
    if found is None:
        return None
    return ContentView(item.topic, (sentence_view(found, shelf, marks),))


def _rule(name: str, protocol: Protocol, shelf: Shelf, marks: Marks) -> ContentView | None:
    rule = next((each for each in protocol.rules if each.id == name), None)
    if rule is None:
        return None
    row = next(each for each in shelf.tables(protocol)[rule.table].rows if each.id == name)
    clauses = shelf.clauses(protocol)
    bands = tuple(dict.fromkeys((*clauses.ranges(rule.given), *clauses.ranges(rule.when))))
    cases = _rule_cases(rule, protocol, shelf)
    sentences, lost = _sentences(rule.statements, protocol, shelf, marks)
    return ContentView(protocol.id, sentences, lost, rule=RuleView(rule.table, row, bands, cases))


def _pattern(name: str, protocol: Protocol, shelf: Shelf, marks: Marks) -> ContentView | None:
    pattern = next((each for each in protocol.patterns if each.id == name), None)
    entry = next((each for each in shelf.patterns if (each.topic, each.id) == (protocol.id, name)), None)
    if pattern is None or entry is None:
        return None
    cases = tuple(
        CaseLine(case.name, case.question, "the pattern is chosen", named=True, passes=_passes(case, protocol, shelf))
        for case in shelf.desk.content.cases(protocol.id)
        if case.expect.pattern == name
    )
    ids = tuple(dict.fromkeys((*pattern.lead, *pattern.why, *pattern.certainty)))
    sentences, lost = _sentences(ids, protocol, shelf, marks)
    return ContentView(protocol.id, sentences, lost, pattern=PatternView(entry, pattern.title, cases))


def _sentences(
    ids: tuple[str, ...], protocol: Protocol, shelf: Shelf, marks: Marks
) -> tuple[tuple[SentenceView, ...], tuple[str, ...]]:
    """The statements of these ids, which may leave the topic out, and the ids of those that are not there."""
    full = [each if "/" in each else f"{protocol.id}/{each}" for each in ids]
    found = tuple(sentence_view(shelf.statements[each], shelf, marks) for each in full if each in shelf.statements)
    return found, tuple(each for each in full if each not in shelf.statements)


def _rule_cases(rule: Rule, protocol: Protocol, shelf: Shelf) -> tuple[CaseLine, ...]:
    """The cases that touch a rule, those written for it first."""

    def make() -> tuple[CaseLine, ...]:
        cases, vocabulary = shelf.desk.content.cases(protocol.id), shelf.desk.vocabulary
        return tuple(
            CaseLine(
                each.case.name,
                each.case.question,
                f"the rule {each.came.value}",
                each.named,
                not each.named or _passes(each.case, protocol, shelf),
            )
            for each in cases_of(rule, protocol, cases, vocabulary, read_facts)
        )

    return shelf.once(("board cases", protocol.id, rule.id), make)


def _passes(case: Case, protocol: Protocol, shelf: Shelf) -> bool:
    """Whether everything the case demands comes out."""
    result = shelf.once(
        ("case", protocol.id, case.name), lambda: run_case(case, protocol, shelf.desk.vocabulary, read_facts)
    )
    return result.passed
