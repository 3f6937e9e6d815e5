"""Keys and packs on the command line: what is trusted, what is loaded, and what of it is written down."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.cli.reviewing import DOSE, PLAIN, CommandLine


def named(board, name="Board of St Elsewhere"):
    """Give the board a name and a key; gives the key."""
    (board.home / "bedside.toml").write_text(f'board = "{name}"\n', encoding="utf-8")
    return board.done("key", "new", as_="edith").strip()


@pytest.fixture
def other(settled, tmp_path, monkeypatch, capsys):
    """Another installation."""
    return CommandLine(shutil.copytree(settled, tmp_path / "other"), monkeypatch, capsys)


@pytest.fixture
def pack(board, tmp_path):
    """A pack of one approved statement and the key it was signed with."""
    key = named(board)
    board.sign(PLAIN, "ruth")
    file = tmp_path / "pack.jsonl"
    board.done("pack", str(file), as_="edith")
    return file, key


def test_the_private_key_is_never_shown(board):
    """Not by making it, not by showing it, not in a pack, not when others may read it."""
    key = named(board)
    private = (board.home / "board-key").read_text(encoding="ascii")
    secret = private.splitlines()[1]
    said = board.done("key", "show") + board.err + key
    board.sign(PLAIN, "ruth")
    said += board.done("pack", "-", as_="edith")
    assert secret not in said
    (board.home / "board-key").chmod(0o644)
    assert "others may read" in board.refused("key", "show", status=4)
    (board.home / "board-key").chmod(0o600)
    (board.home / "board-key").write_text("-----BEGIN NONSENSE-----", encoding="ascii")
    assert "no key of a board" in board.refused("pack", "-", as_="edith", status=4)


def test_what_was_typed_is_not_in_the_trail(other, pack):
    """The name of a board is kept beside it."""
    file, key = pack
    other.done("key", "trust", key, "--name", "Board of St Elsewhere", as_="edith")
    event = other.json("log", "--limit", "1")[0]
    assert (event["action"], event["subject"]) == ("trust", f"pack:{key.partition(':')[2]}")
    assert "Elsewhere" not in json.dumps(event)
    other.done("load", str(file))
    assert other.json("log", "--limit", "1")[0]["detail"]["accepted"] == 1


@pytest.mark.usefixtures("pack")
def test_making_a_pack_is_in_the_trail(board):
    """Which, by whom, with how many items."""
    event = board.json("log", "--limit", "1")[0]
    assert (event["action"], event["actor"], event["detail"]["items"]) == ("pack", "edith", 1)
    assert event["subject"].startswith("pack:")


def test_a_pack_of_this_board_is_not_loaded_here(board, pack):
    """Its own approvals need no pack."""
    file, key = pack
    assert "by this board itself" in board.refused("load", str(file), as_="edith")
    assert "this board itself" in board.refused("key", "trust", key, "--name", "Us")


def test_a_key_is_trusted_for_one_board(other, pack):
    """A pack that says it is of another board, or of ours, is refused."""
    file, key = pack
    other.done("key", "trust", key, "--name", "Somebody else", as_="edith")
    assert "Somebody else" in other.refused("load", str(file))
    assert "already" in other.refused("key", "trust", key, "--name", "Board of St Elsewhere")
    other.done("key", "distrust", key)
    (other.home / "bedside.toml").write_text('board = "Board of St Elsewhere"\n', encoding="utf-8")
    assert "called Board of St Elsewhere, too" in other.refused("load", str(file), "--trust", key)


def test_a_key_that_only_the_file_names_is_not_trusted(other, pack):
    """Whoever may write that file alone can add nothing."""
    file, key = pack
    line = {"name": "Board of St Elsewhere", "key": key.partition(":")[2], "by": "edith", "at": "2026-01-01"}
    kept = {"format": "bedside.trusted-keys/1", "keys": [line]}
    (other.home / "trusted-keys.json").write_text(json.dumps(kept), encoding="utf-8")
    assert "not trusted here" in other.refused("load", str(file), as_="edith")
    assert other.json("key", "list") == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 1, "keys": []}', '{"format": "bedside.trusted-keys/1", "keys": [{"name": 1}]}'],
)
def test_a_damaged_list_of_keys_is_said(other, text):
    """It is not taken for an empty one."""
    (other.home / "trusted-keys.json").write_text(text, encoding="utf-8")
    assert "no list of trusted keys" in other.refused("key", "list", status=4)


@pytest.mark.parametrize("key", ["", "x", "ed25519:" + "a" * 63, "rsa:" + "a" * 64])
def test_what_is_no_key_is_refused(other, key):
    """Wrong use."""
    assert "no public key" in other.refused("key", "trust", key, "--name", "X", as_="edith", status=2)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "\u202ex", "x" * 201])
def test_a_board_is_called_what_can_be_shown(other, name):
    """No characters that would make another name of it."""
    assert "no name of a board" in other.refused("key", "trust", "3b" * 32, "--name", name, as_="edith", status=2)


def test_nothing_is_written_before_all_of_a_pack_holds(other, pack, tmp_path):
    """A damaged, cut, foreign or enormous file leaves the board as it was, its key untrusted."""
    file, key = pack
    before = other.done("head", as_="edith")
    data = file.read_bytes()
    spoiled = tmp_path / "spoiled.jsonl"
    for wrong in (data[:-40], data[: len(data) // 2], data.replace(b"ruth", b"rutk"), b"", b"PK\x03\x04", data + data):
        spoiled.write_bytes(wrong)
        assert "pack" in other.refused("load", str(spoiled), "--trust", key, status=3)
    with spoiled.open("wb") as opened:
        opened.truncate(100_000_000)  # a file with a hole: it takes no room on the disk
    assert "larger than a pack may be" in other.refused("load", str(spoiled), "--trust", key, status=3)
    assert "cannot be read" in other.refused("load", str(tmp_path), "--trust", key, status=2)
    assert other.done("head") == before
    assert other.json("key", "list") == []


def test_a_pack_of_another_state_is_not_accepted(other, pack):
    """What rests on a source that stands otherwise here is named, with the source."""
    file, key = pack
    [source] = [each["source"] for each in other.json("show", PLAIN)["says"]["sources"]][:1]
    other.done("source", source, "--status", "superseded", "--because", "Seen.", as_="edith")
    assert other("load", str(file), "--trust", key) == 1
    assert f"source:{source}" in other.out
    assert "1 not accepted" in other.out
    assert other.state(PLAIN) == "Submitted"


def test_what_came_by_a_pack_goes_into_no_other(other, pack, tmp_path):
    """A board hands on its own signatures only."""
    file, key = pack
    other.done("load", str(file), "--trust", key, as_="edith")
    named(other, "The other board")
    other.sign(DOSE, "ruth")
    assert "nothing that this board has approved" in other.refused("pack", str(tmp_path / "b"), as_="edith")
    other.sign(DOSE, "omar")
    other.done("pack", str(tmp_path / "b"), as_="edith")
    assert "1 that were accepted from another board's pack are left out" in other.err
