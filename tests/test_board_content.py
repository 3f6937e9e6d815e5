"""The cut of the content that tests of the board work on is a cut of what ships, and has everything it needs."""

from __future__ import annotations

from bedside.ingest.compiled import CompiledContent
from bedside.review.item import ItemKind
from bedside.review.items import snapshot_of
from tests.board_content import PATTERNS, RULES, STATEMENTS, TOPIC, cut, cut_file, shipped


def snapshot(content: CompiledContent):
    """Every item of a content."""
    topics = [topic.id for topic in content.topics()]
    computable = [topic.id for topic in content.topics() if topic.computable]
    statements = [each for topic in topics for each in content.statements(topic).values()]
    cases = {topic: content.cases(topic) for topic in computable}
    return snapshot_of([content.protocol(topic) for topic in computable], statements, content.sources(), cases)


def test_the_cut_says_what_ships():
    """Its statements and rules are those that ship, with the same grounds; nothing it needs is left out."""
    small, whole = snapshot(cut()), snapshot(shipped())
    for name, item in small.items.items():
        if item.kind is not ItemKind.PATTERN:  # a pattern says which place it has among all
            assert item.fingerprint == whole.items[name].fingerprint, name
        assert whole.items[name].needs == item.needs, name
        assert small.items.keys() >= set(item.needs)
        assert {ref for ref in item.rests_on if ref not in small.grounds} == set()
    named = {f"pattern:{TOPIC}/{name}" for name in PATTERNS} | {f"rule:{TOPIC}/{name}" for name in RULES}
    assert small.items.keys() >= named | {f"statement:{name}" for name in STATEMENTS}
    assert len(small.items) < len(whole.items) / 3


def test_the_cut_is_read_as_any_content():
    """With or without every statement of its topics."""
    for every_statement in (False, True):
        content = CompiledContent.open(cut_file(every_statement=every_statement))
        assert (content.release, content.date) == (shipped().release, shipped().date)
    assert len(content.statements(TOPIC)) == len(shipped().statements(TOPIC)) > len(cut().statements(TOPIC))
