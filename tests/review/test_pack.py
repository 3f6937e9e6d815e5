"""A signed pack reads as it was written, and with one byte changed anywhere it is no pack."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.errors import InputRefused, ReviewRefused
from bedside.review import pack as packing
from bedside.review.pack import chosen, message, read
from bedside.review.standing import Standing
from bedside.review.state import State
from tests.review.packs import BOARD, KEY, OTHER, PUBLIC, TODAY, approved, board, packed, signature, snapshot, whole

WHOLE = whole()


def anybody(_key, _name):
    """Trusts whoever comes."""


def refused(data, words="."):
    """The data is no pack, with these words in the reason."""
    with pytest.raises(InputRefused, match=words):
        read(data, anybody)


def resigned(lines, key=KEY):
    """Lines with a right seal: what only the holder of the key can make."""
    whole = b"".join(lines)
    seal = {"key": key.public_key().public_bytes_raw().hex(), "signature": key.sign(message(whole)).hex()}
    return whole + rfc8785.dumps(seal) + b"\n"


def changed_item(change):
    """The whole pack, its first item changed and signed anew."""
    lines = WHOLE.splitlines(keepends=True)[:-1]
    item = json.loads(lines[1])
    change(item)
    return resigned([lines[0], rfc8785.dumps(item) + b"\n", *lines[2:]])


def test_what_was_written_is_read():
    """Names in every script, grounds and signatures too."""
    standings, where = board()
    found = read(WHOLE, anybody)
    assert found.key == PUBLIC
    assert found.manifest.board == BOARD
    assert {each.id for each in found.items} == set(where.items)
    for each in found.items:
        item = where.items[each.id]
        assert each.body == item.body
        assert each.fingerprint == item.fingerprint
        assert each.grounds == where.beneath(item.id)
        assert each.seal == where.seal(item.id)
        theirs = tuple(replace(signed, board=BOARD) for signed in standings[item.id].signatures)
        assert each.signatures == theirs
        assert dict(each.signatures[0].rests) == dict(where.beneath(item.id))


def test_the_same_board_gives_the_same_bytes():
    """Nothing of the clock or of chance is in it but what it was given."""
    assert whole() == WHOLE


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
@settings(max_examples=400, deadline=None)
def test_a_changed_byte_anywhere_is_found(place, by):
    """The seal line too: there is one way only to write it."""
    data = bytearray(WHOLE)
    data[place] ^= by
    refused(bytes(data))


def test_every_place_is_looked_at():
    """One bit of each byte, every byte of the file: what the property above draws from."""
    for place in range(len(WHOLE)):
        data = bytearray(WHOLE)
        data[place] ^= 1
        refused(bytes(data))


@given(st.integers(0, len(WHOLE) - 1))
@settings(max_examples=100, deadline=None)
def test_a_truncated_file_is_found(end):
    """Cut anywhere, at the end of a line too."""
    refused(WHOLE[:end])


@pytest.mark.parametrize("more", [b"\n", b" ", b"{}\n", b"\x00", WHOLE])
def test_nothing_may_follow(more):
    """What is appended is found."""
    refused(WHOLE + more)


def test_another_key_signs_only_as_itself():
    """Whoever signs it anew has another key, and that is what trust is asked about."""
    lines = WHOLE.splitlines(keepends=True)[:-1]
    asked = []
    read(resigned(lines, OTHER), lambda key, name: asked.append((key, name)))
    assert asked == [(OTHER.public_key().public_bytes_raw().hex(), BOARD)]
    other = json.loads(resigned(lines, OTHER).splitlines()[-1])
    swapped = rfc8785.dumps({"key": PUBLIC, "signature": other["signature"]}) + b"\n"
    refused(b"".join(lines) + swapped, "signature")


def test_trust_is_asked_before_an_item_is_read():
    """An item that is none does not matter: the key is not trusted."""
    lines = WHOLE.splitlines(keepends=True)[:-1]
    data = resigned([lines[0], b"nonsense\n", *lines[2:]])

    def nobody(_key, _name):
        raise ReviewRefused("not trusted")

    with pytest.raises(ReviewRefused, match="not trusted"):
        read(data, nobody)
    refused(data, "line 2, is not canonical")


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":-0}',
        b'{"a":1e2}',
        b'{"a":"\\u0041"}',
        b'{"a":"\xff"}',
        b'{"a":12345678901234567890}',
        b"[1]",
        b"1",
        b"",
        b"[" * 100_000,
    ],
)
def test_a_line_can_be_written_in_one_way_only(line):
    """Keys that stand twice or unordered, spaces, numbers otherwise written, depth: all refused, signed or not."""
    lines = WHOLE.splitlines(keepends=True)[:-1]
    refused(resigned([lines[0], line + b"\n", *lines[2:]]), "line 2")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda item: item.update(title="a\x1b[2J"), "no proper text"),
        (lambda item: item.update(title="a\u202eb"), "no proper text"),
        (lambda item: item.update(title=3), "no proper text"),
        (lambda item: item.update(more=1), "other keys"),
        (lambda item: item.pop("body"), "other keys"),
        (lambda item: item["body"].update(clinical="Two."), "fingerprint"),
        (lambda item: item["grounds"].update({"source:z": "0" * 64}), "fingerprint"),
        (lambda item: item.update(kind="source"), "kind"),
        (lambda item: item.update(signatures=[]), "nobody signed"),
        (lambda item: item["signatures"][0].update(name=" "), "who signed"),
        (lambda item: item["signatures"][0].update(name="\x9b31m"), "no proper text"),
        (lambda item: item["signatures"][0].update(seal="0" * 64), "something else"),
        (lambda item: item["signatures"][0].update(board="ours"), "other keys"),
    ],
)
def test_an_item_agrees_with_itself(change, words):
    """Even the holder of a trusted key cannot sign nonsense."""
    refused(changed_item(change), words)


def test_an_item_stands_once():
    """Twice would leave open which one counts."""
    lines = WHOLE.splitlines(keepends=True)[:-1]
    head = json.loads(lines[0])
    head["items"] += 1
    refused(resigned([rfc8785.dumps(head) + b"\n", *lines[1:], lines[1]]), "twice")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "bedside.review-pack/2"}, "no review pack"),
        ({"board": " "}, "of which board"),
        ({"items": 3}, "should hold 3"),
        ({"items": True}, "no numbers"),
        ({"rows": -1}, "no numbers"),
        ({"made_at": None}, "no proper text"),
        ({"more": 1}, "other keys"),
    ],
)
def test_a_manifest_is_whole(change, words):
    """A count that is wrong, a name that is missing, another format."""
    lines = WHOLE.splitlines(keepends=True)[:-1]
    refused(resigned([rfc8785.dumps(json.loads(lines[0]) | change) + b"\n", *lines[1:]]), words)


def test_what_is_too_large_is_not_looked_at(monkeypatch):
    """A hundred megabytes, many items, a long line: refused before anything is parsed."""
    monkeypatch.setattr(packing, "value_of", None)
    refused(b"{" * 100_000_000, "larger than")
    refused(b"{}\n" * (packing.MOST_ITEMS + 3), "more than")
    refused(b"{}\n" + b"x" * (packing.LONGEST_LINE + 1) + b"\n{}\n", "longer than")


@pytest.mark.parametrize("data", [b"", b"\n", b"\n\n\n", b"{}\n{}\n", b"PK\x03\x04", "ÿ\n".encode() * 5])
def test_other_files_are_no_packs(data):
    """Whatever it is."""
    refused(data)


def test_what_is_chosen_holds_by_this_boards_own_signatures():
    """Not what is expired, over another state, under review, or brought by another board."""
    standings, where = board()
    assert [item.id for item, _ in chosen(standings, where, TODAY).items] == [
        "statement:t/a",
        "statement:t/dose",
        "rule:t/R1",
        "pattern:t/p",
    ]
    brought = approved("statement:t/a", where, replace(signature("statement:t/a", where), board="Another"))
    found = chosen({**standings, "statement:t/a": brought}, where, TODAY)
    assert "statement:t/a" not in [item.id for item, _ in found.items]
    assert found.others == ("statement:t/a",)
    assert chosen(standings, where, "2027-06-02").items == ()
    assert chosen(standings, snapshot(source={"status": "retracted"}), TODAY).items == ()
    waiting = Standing("statement:t/a", State.UNDER_REVIEW, signatures=(signature("statement:t/a", where),))
    assert "statement:t/a" not in [i.id for i, _ in chosen({**standings, "statement:t/a": waiting}, where, TODAY).items]


def test_an_empty_pack_is_a_pack():
    """Nothing in it, and signed."""
    assert read(packed([], snapshot()), anybody).items == ()
