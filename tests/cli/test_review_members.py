"""Members on the command line: who adds them, what is their own, and how a lost password is found again."""

from __future__ import annotations

import json

from tests.cli.reviewing import PASSWORD


def test_a_member_is_who_the_administrator_says(board):
    """Roles, in and out, a new password, and what is the member's own."""
    given = board.json("member", "add", "june", "--name", "June Ńowak", "--role", "reviewer", as_="jane")
    assert given["handle"] == "june"
    assert len(given["one_time_password"]) > 12
    assert board.json("member", "roles", "june", "--role", "editor", "--role", "author")["roles"] == [
        "author",
        "editor",
    ]
    assert "INACTIVE" in board.done("member", "deactivate", "june")
    [row] = [line.split() for line in board.done("member", "list").splitlines() if line.startswith("june")]
    assert row[:3] == ["june", "INACTIVE", "author,editor"]
    assert "member's own" in board.refused("member", "profile", "june", "--interests", "None.", status=2)
    assert "June Ńowak" in board.done("member", "profile", "june", "--registration", "NMC 1")
    trail = board.done("log", "--item", "member:june", "--json")
    assert given["one_time_password"] not in trail
    assert [each["action"] for each in json.loads(trail)] == ["create", "roles", "deactivate", "profile"]
    assert "comes by single sign-on" in board.done(
        "member", "add", "kim", "--name", "Kim", "--email", "kim@hospital.example", "--no-password"
    )


def test_an_administrator_who_lost_the_password_is_rescued_at_the_machine(board):
    """By whoever may read the database anyway; the trail says so."""
    assert "no active administrator" in board.refused("member", "password", "ruth", "--rescue")
    assert "handle of an administrator" in board.refused("member", "password", "--rescue", status=2)
    given = board.json("member", "password", "jane", "--rescue")["one_time_password"]
    once = board.written("once", given)
    new = board.written("new", f"quite another {PASSWORD}")
    board.done("member", "password", "--as", "jane", "--password-file", once, "--new-password-file", new)
    board.done("login", "jane", "--password-file", new)
    assert board.json("log", "--item", "member:jane")[0]["actor"] == "system"


def test_declaring_interests_is_dated(board):
    """Today's date stands beside them, and a new session replaces the one of this machine with a new password."""
    found = board.json("member", "profile", "--interests", "Shares in none.", as_="ruth")
    assert found["interests"] == "Shares in none."
    assert found["declared_on"] == board.json("log", "--limit", "1")[0]["at"][:10]
    old, new = board.written("old", PASSWORD), board.written("new", f"another {PASSWORD}")
    board.done("member", "password", "--password-file", old, "--new-password-file", new)
    assert board.json("whoami")["handle"] == "ruth"
    wrong = board.refused("member", "password", "--as", "zoe", "--password-file", old, "--new-password-file", new)
    assert "not right" in wrong
