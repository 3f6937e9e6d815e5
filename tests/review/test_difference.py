"""The difference between two bodies: by field, by sentence, by word, and nothing lost of either side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.review.difference import Mark, differences
from tests.review.material import PROTOCOL, Content

WORDS = st.lists(st.sampled_from(["take", "not", "1 mg.", "Stop.", "a", "day", "B12", "  ", "\n"]), max_size=12).map(
    " ".join
)
BODIES = st.fixed_dictionaries(
    {
        "clinical": WORDS,
        "strength": st.sampled_from(["do", "consider"]),
        "dose": st.booleans(),
        "citations": st.lists(st.lists(st.sampled_from("abc"), min_size=2, max_size=2), max_size=3),
        "title": st.fixed_dictionaries({"plain": WORDS}),
    }
)


def text(pieces):
    return "".join(piece.text for piece in pieces)


def test_equal_bodies_do_not_differ():
    for item in Content().snapshot().items.values():
        assert differences(item.body, dict(item.body)) == ()


def test_a_word_is_marked_in_its_sentence_and_the_others_stay():
    before = {"clinical": "Keep it. Give 1 mg each day. End."}
    [found] = differences(before, {"clinical": "Keep it. Give 2 mg each day. End."})
    assert (found.field, found.before) == ("clinical", before["clinical"])
    same, changed, last = found.changes
    assert not same.changed
    assert not last.changed
    assert [(piece.mark, piece.text.strip()) for piece in changed.before] == [
        (Mark.SAME, "Give"), (Mark.GONE, "1"), (Mark.SAME, "mg each day."),
    ]  # fmt: skip
    assert [(piece.mark, piece.text.strip()) for piece in changed.after][1] == (Mark.NEW, "2")


def test_a_not_that_was_lost_is_seen():
    [found] = differences({"plain": "Do not stop it."}, {"plain": "Do stop it."})
    [change] = found.changes
    assert [piece.text.strip() for piece in change.before if piece.mark is Mark.GONE] == ["not"]


def test_sentences_are_put_in_and_taken_out_whole():
    [found] = differences({"plain": "One is here."}, {"plain": "One is here. Two stands quite apart."})
    assert [change.before == () for change in found.changes] == [False, True]
    assert text(found.changes[1].after) == "Two stands quite apart."


def test_conditions_are_said_in_words():
    body = Content().snapshot().items["rule:t/TREAT"].body
    [found] = differences(body, {**body, "when": ["all", ["has", "low"], ["not", ["has", "ill"]]]})
    assert (found.field, found.before, found.after) == ("when", "low", "(low and not ill)")


def test_an_edge_of_a_band_is_named_by_its_place():
    grounds = Content().snapshot().grounds
    body = grounds["measure:t/b12"].body
    low, fine = body["bands"]["GB"]
    other = {**low, "high": {"values": {"ng/L": "150"}, "inclusive": False}}
    [found] = differences(body, {**body, "bands": {"GB": [other, fine]}})
    assert (found.field, found.before, found.after) == ("bands.GB.low.high.values.ng/L", "180", "150")


def test_an_entry_of_a_list_is_one_change():
    before = {"citations": [["one", "1.1"], ["two", "2"]]}
    [found] = differences(before, {"citations": [["one", "1.1"]]})
    assert [(text(each.before), text(each.after)) for each in found.changes] == [
        ("one, 1.1", "one, 1.1"),
        ("two, 2", ""),
    ]


@pytest.mark.parametrize(
    ("value", "shown"), [(True, "yes"), ("2027-01-01", "2027-01-01"), (["t/a", "t/b"], "t/a; t/b")]
)
def test_a_field_that_was_empty_is_new(value, shown):
    [found] = differences({}, {"field": value})
    assert (found.before, found.after) == ("", shown)


@pytest.mark.parametrize("name", sorted(Content().snapshot().grounds))
def test_every_body_can_be_compared_with_nothing(name):
    body = Content().snapshot().grounds[name].body
    there, back = differences({}, body), differences(body, {})
    assert there
    assert [(each.field, each.after) for each in there] == [(each.field, each.before) for each in back]


@pytest.mark.parametrize(("before", "after"), [("", "  "), (" ", "\n"), ("a  b", "a b"), ("a.", "a. ")])
def test_white_space_alone_is_a_difference(before, after):
    [found] = differences({"plain": before}, {"plain": after})
    assert text(piece for each in found.changes for piece in each.before) == before
    assert text(piece for each in found.changes for piece in each.after) == after
    assert any(each.changed for each in found.changes)


@given(BODIES, BODIES)
def test_nothing_is_lost_of_either_side(before, after):
    found = differences(before, after)
    for each in found:
        by = "; " if each.field == "citations" else ""
        assert by.join(text(change.before) for change in each.changes if change.before) == each.before
        assert by.join(text(change.after) for change in each.changes if change.after) == each.after
        assert each.before != each.after
        assert any(change.changed for change in each.changes)
    assert sorted((each.field, each.after, each.before) for each in differences(after, before)) == sorted(
        (each.field, each.before, each.after) for each in found
    )
    unsaid = {name for name in before if not any(each.field.split(".")[0] == name for each in found)}
    assert all(before[name] == after[name] for name in unsaid)


def test_rows_of_a_protocol_can_be_compared():
    assert PROTOCOL.rules[0].id == "RF"
    items = Content().snapshot().items
    assert {each.field for each in differences(items["rule:t/RF"].body, items["rule:t/TREAT"].body)} >= {"id", "effect"}
