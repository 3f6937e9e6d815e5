"""A board's whole path by command line, on the shipped content: set up, sign, return, lapse, sign anew, prove, pack."""

from __future__ import annotations

import hashlib
import json

import pytest
import rfc8785

from bedside.cli.review_acting import SESSION
from tests.cli.reviewing import DOSE, DOSE_SOURCE, PASSWORD, PLAIN, CommandLine

HANDLES = {"ann": "author", "ruth": "reviewer", "omar": "reviewer", "edith": "editor"}


@pytest.fixture
def board(tmp_path, monkeypatch, capsys):
    """The command line in an empty home."""
    (tmp_path / "home").mkdir()
    return CommandLine(tmp_path / "home", monkeypatch, capsys)


def begun(board, name="Jane Smith"):
    """A board with an administrator and members who chose their own passwords; gives the file of the password."""
    mine = board.written("password", f"{PASSWORD}\n")
    board.done("setup", "jane", "--name", name, "--password-file", mine)
    assert "already" in board.refused("setup", "june", "--name", "June", "--password-file", mine)
    board.done("login", "jane", "--password-file", mine)
    for handle, role in HANDLES.items():
        given = board.json("member", "add", handle, "--name", handle.title(), "--role", role)["one_time_password"]
        once = board.written("once", f"{given}\n")
        assert "one time" in board.refused("claim", PLAIN, "--as", handle, "--password-file", once)
        board.done("member", "password", "--as", handle, "--password-file", once, "--new-password-file", mine)
    board.done("logout")
    return mine


def acts(board, mine):
    """What runs a command as a member who has signed in."""
    for handle in HANDLES:
        board.done("login", handle, "--password-file", mine, as_="")
        (board.home / f"session-{handle}").write_bytes((board.home / SESSION).read_bytes())
    board.sign_in("")

    def run(handle, *words):
        done = board.done(*words, as_=handle)
        board.sign_in("")
        return done

    return run


def profile(act, handle):
    """Say what a signature needs."""
    act(handle, "member", "profile", "--registration", f"GMC {handle}", "--interests", "None.", "--public")


def sign(board, act, item, *handles):
    """Everybody of *handles* claims and signs."""
    for handle in handles:
        act(handle, "claim", item)
        act(handle, "approve", item, "--seal", board.seal(item)[:12], "--yes")


def test_a_reviewers_whole_path(board, tmp_path, monkeypatch, capsys):
    """As an editor would do it who has the README and nothing else."""
    mine = begun(board)
    act = acts(board, mine)
    signed_by_two(board, act, mine)
    returned_and_back(board, act)
    lapsed_and_signed_anew(board, act)
    proved(board, tmp_path)
    key = packed(board, act, mine, tmp_path / "pack.jsonl")
    elsewhere(CommandLine(tmp_path / "other", monkeypatch, capsys), tmp_path / "pack.jsonl", key)


def signed_by_two(board, act, mine):
    """Nobody signs before saying who they are, and a dose takes two."""
    act("ruth", "claim", DOSE)
    seal = board.seal(DOSE)
    words = ("approve", DOSE, "--seal", seal, "--yes", "--as", "ruth", "--password-file", mine)
    assert "registration" in board.refused(*words)
    for handle in ("ruth", "omar"):
        profile(act, handle)

    told = act("ruth", "approve", DOSE, "--seal", seal[:12], "--yes")
    assert "sign, Under review" in told
    assert "GMC ruth" in board.err
    assert seal in board.err
    assert "it takes 2; 0 given so far" in board.err
    assert board.state(DOSE) == "Under review"
    assert "already" in board.refused("claim", DOSE, "--as", "ruth", "--password-file", mine)
    sign(board, act, DOSE, "omar")
    shown = board.json("show", DOSE)
    assert shown["standing"]["state"] == "Approved"
    assert [each["handle"] for each in shown["standing"]["signatures"]] == ["ruth", "omar"]


def returned_and_back(board, act):
    """One goes back to its author with a comment, and comes again."""
    act("ruth", "claim", PLAIN)
    act("ruth", "return", PLAIN, "--because", "Say how long.")
    assert "Say how long." in board.done("show", PLAIN)
    act("ann", "submit", PLAIN)
    sign(board, act, PLAIN, "omar")
    assert board.state(PLAIN) == "Approved"


def lapsed_and_signed_anew(board, act):
    """A source is superseded: what would lapse is what lapses. The mark is taken away: nothing is approved by that."""
    would = board.json("lapse", "--what-if", DOSE_SOURCE)["would_lapse"]
    assert [each["item"] for each in would] == [f"statement:{DOSE}"]
    words = ("source", DOSE_SOURCE, "--status", "superseded", "--because", "A new label of 2026.")
    did = json.loads(act("edith", *words, "--json"))
    assert did["lapsed"] == would
    assert f"source {DOSE_SOURCE} was superseded" in board.done("lapse")
    assert [each["item"] for each in board.json("queue", "--lapsed")] == [f"statement:{DOSE}"]
    assert board.state(PLAIN) == "Approved"
    assert "marked by edith" in board.done("show", DOSE)
    assert "status: current -> superseded" in board.out

    act("edith", "source", DOSE_SOURCE, "--status", "as-in-content", "--because", "That was another tablet.")
    assert board.state(DOSE) == "Lapsed"
    sign(board, act, DOSE, "ruth", "omar")
    assert board.state(DOSE) == "Approved"


def proved(board, tmp_path):
    """The trail is whole, against an anchor too, and can be proved from its export alone."""
    assert board.done("verify").startswith("Whole")
    anchor = board.done("head").strip()
    board.done("verify", "--anchor", anchor)
    trail = tmp_path / "trail.jsonl"
    board.done("export", "trail", str(trail))
    rows = [json.loads(line) for line in trail.read_text(encoding="utf-8").splitlines()]
    assert f"{rows[-1]['number']}:{rows[-1]['hash']}" == anchor
    for row in rows:
        without = {key: value for key, value in row.items() if key != "hash"}
        assert hashlib.sha256(rfc8785.dumps(without)).hexdigest() == row["hash"]
    assert "Say how long" not in trail.read_text(encoding="utf-8")
    board.done("export", "board", str(tmp_path / "board.jsonl"))
    stands = [json.loads(line) for line in (tmp_path / "board.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sum(each["line"] == "item" and each["state"] == "Approved" for each in stands) == 2


def packed(board, act, mine, file):
    """What is approved goes into a pack, once there are a key and a name; gives the key."""
    words = ("pack", str(file), "--as", "edith", "--password-file", mine)
    assert "no key" in board.refused(*words)
    key = act("edith", "key", "new").strip()
    assert board.done("key", "show").strip() == key
    assert "no name" in board.refused(*words, status=2)
    (board.home / "bedside.toml").write_text('board = "Board of St Elsewhere"\n', encoding="utf-8")
    act("edith", *words[:2])
    assert "2 approved items" in board.err
    return key


def elsewhere(board, pack, key):
    """Another installation loads the pack: not before its key is trusted, and once."""
    board.home.mkdir()
    mine = begun(board, "João 山")
    act = acts(board, mine)
    as_edith = ("--as", "edith", "--password-file", mine)
    assert "not trusted here" in board.refused("load", str(pack), *as_edith)
    before = board.done("head")
    assert "2 accepted" in act("edith", "load", str(pack), "--trust", key, "--dry-run")
    assert board.done("head") == before
    assert not (board.home / "trusted-keys.json").exists()
    assert "2 accepted" in act("edith", "load", str(pack), "--trust", key)
    assert board.state(DOSE) == "Approved"
    assert "of Board of St Elsewhere" in board.done("show", DOSE)
    [trusted] = board.json("key", "list")
    assert (trusted["key"], trusted["name"], trusted["by"]) == (key, "Board of St Elsewhere", "edith")
    before = board.done("head")
    assert "Everything in it was here already." in act("edith", "load", str(pack))
    assert board.done("head") == before
    assert "no key" in board.refused("pack", "x", *as_edith)
    act("edith", "key", "new")
    assert "nothing that this board has approved" in board.refused("pack", "x", *as_edith)
    act("edith", "source", DOSE_SOURCE, "--status", "retracted", "--because", "It was.")
    assert board.state(DOSE) == "Lapsed"
    assert "rests on what is otherwise here" in run_load(board, pack, as_edith)
    act("edith", "key", "distrust", key)
    assert "not trusted here" in board.refused("load", str(pack), *as_edith)
    board.done("verify")


def run_load(board, pack, as_edith):
    """Load a pack of which something is not accepted."""
    board.refused("load", str(pack), *as_edith)
    return board.out
