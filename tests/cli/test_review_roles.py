"""Every role tries every command of the board. What each may do is written here by hand, from the issue."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import click
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bedside.board_wordings import propose
from bedside.cli.review import review
from bedside.cli.review_key import trusting
from bedside.review.pack import write
from bedside.review.proposal import worded, wording_of
from bedside.stores.account_changes import MemberChanges
from bedside.stores.board_key import new_key
from tests.cli.reviewing import DOSE_SOURCE, PASSWORD, PLAIN, CommandLine, does, signs, the_board
from tests.review.packs import approved, manifest, signature

NOBODY, AUTHOR, REVIEWER, EDITOR, ADMINISTRATOR, GONE = "", "ann", "ruth", "edith", "jane", "omar"
EVERYBODY = {NOBODY, AUTHOR, REVIEWER, EDITOR, ADMINISTRATOR, GONE}
SIGNED_IN = {AUTHOR, REVIEWER, EDITOR, ADMINISTRATOR}
GROUPS = ("member", "key", "export")
KEY = "ed25519:" + "3b" * 32

FREE = f"statement:{PLAIN}"
HELD = "statement:vitamin-b12/pitfall-units"
BACK = "statement:vitamin-b12/pitfall-total-active"
DONE = "statement:vitamin-b12/raised-on-treatment"
WORDED = "statement:b12-evidence/autoimmune-cause-of-severe-deficiency"
SENT = "statement:vitamin-b12/potassium-with-heart-medicines"
"""One that waits, one that the reviewer holds, one that was returned, one that is approved, one for which a wording is
proposed, and one that another board's pack approves."""
OTHERS_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TRUSTED = "4c" * 32

MAY = {
    # reading needs no account
    ("queue",): EVERYBODY,
    ("show", FREE): EVERYBODY,
    ("lapse",): EVERYBODY,
    ("lapse", "--what-if", DOSE_SOURCE): EVERYBODY,
    ("log",): EVERYBODY,
    ("verify",): EVERYBODY,
    ("head",): EVERYBODY,
    ("export", "trail", "-"): EVERYBODY,
    ("export", "board", "-"): EVERYBODY,
    ("member", "list"): EVERYBODY,
    ("key", "list"): EVERYBODY,
    ("key", "show"): EVERYBODY,
    ("logout",): EVERYBODY,
    # one's own
    ("whoami",): SIGNED_IN,
    ("queue", "--mine"): SIGNED_IN,
    ("member", "profile"): SIGNED_IN,
    ("member", "profile", "--credentials", "MD"): SIGNED_IN,
    ("member", "password", "--password-file", "PASSWORD", "--new-password-file", "ANOTHER"): SIGNED_IN,
    ("login", "edith", "--password-file", "PASSWORD"): EVERYBODY,
    ("login", "omar", "--password-file", "PASSWORD"): set(),
    ("login", "edith", "--password-file", "ANOTHER"): set(),
    ("setup", "june", "--name", "June", "--password-file", "PASSWORD"): set(),
    # reviewers
    ("claim", FREE): {REVIEWER},
    ("return", HELD, "--because", "Why not."): {REVIEWER},
    ("approve", HELD, "--seal", "SEAL", "--yes"): {REVIEWER},
    ("release", HELD): {REVIEWER, EDITOR},
    # authors, and reviewers and editors beside them
    ("submit", BACK): {AUTHOR, EDITOR},
    ("propose", WORDED, "--plain", "WORDING", "--because", "It reads better."): {AUTHOR, REVIEWER},
    # editors
    ("assign", FREE, "--to", "ruth"): {EDITOR},
    ("adopt", WORDED, "--proposal", "PROPOSAL"): {EDITOR},
    ("withdraw", FREE, "--because", "Why not."): {EDITOR},
    ("source", DOSE_SOURCE, "--status", "concern", "--because", "Seen."): {EDITOR},
    ("export", "reports", "-"): {EDITOR},
    ("pack", "-"): {EDITOR},
    ("load", "PACK", "--trust", "PACK_KEY"): {EDITOR},
    ("load", "PACK", "--trust", "PACK_KEY", "--dry-run"): {EDITOR},
    ("key", "trust", KEY, "--name", "Another"): {EDITOR},
    ("key", "distrust", TRUSTED): {EDITOR},
    ("key", "new"): set(),  # there is one: see test_who_makes_the_key
    # administrators
    ("member", "add", "june", "--name", "June", "--role", "editor"): {ADMINISTRATOR},
    ("member", "roles", "ruth", "--role", "editor"): {ADMINISTRATOR},
    ("member", "roles", "jane", "--role", "editor", "--role", "administrator"): set(),
    ("member", "deactivate", "ruth"): {ADMINISTRATOR},
    ("member", "deactivate", "jane"): set(),  # the last administrator
    ("member", "activate", "omar"): {ADMINISTRATOR},
    ("member", "password", "ann"): {ADMINISTRATOR},
    ("member", "profile", "ann", "--name", "Anne"): {ADMINISTRATOR, AUTHOR},
}


@pytest.fixture(scope="module")
def template(settled, tmp_path_factory):
    """A home with a board in which something of everything has happened, and what commands name; tests use copies."""
    home = shutil.copytree(settled, tmp_path_factory.mktemp("board") / "home")
    (home / "bedside.toml").write_text('board = "Our board"\n', encoding="utf-8")
    new_key(home)
    with the_board(home) as board:
        does(board, "ruth", "claim", BACK)
        does(board, "ruth", "return", BACK, note="Too short.")
        signs(board, DONE, "ruth")
        signs(board, HELD, *["omar"] * (board.policy.signatures(board.item(HELD)) - 1))
        does(board, "ruth", "claim", HELD)
        wording = worded(wording_of(board.desk.shipped.statement(WORDED.partition(":")[2])).clinical, _reworded(board))
        proposed = propose(board, board.accounts.member("ann"), WORDED, 1, wording, "Plainer.")
        words = {
            "PASSWORD": _file(home, "password", PASSWORD),
            "ANOTHER": _file(home, "another", f"another {PASSWORD}"),
            "SEAL": board.snapshot.seal(HELD),
            "WORDING": wording.plain,
            "PROPOSAL": str(proposed.number),
            "PACK": _pack(home, board),
            "PACK_KEY": OTHERS_KEY.public_key().public_bytes_raw().hex(),
        }
        trusting(board, board.accounts.member("edith"), TRUSTED, "A third board")
        MemberChanges(board.accounts, board).activate(board.accounts.member("jane"), "omar", active=False)
    return home, words


def _file(home, name, text):
    (home / name).write_text(f"{text}\n", encoding="utf-8")
    return str(home / name)


def _reworded(board):
    return board.desk.shipped.statement(WORDED.partition(":")[2]).plain.replace(" is not ", " isn't ")


def _pack(home, board):
    """A pack of another board that has the same content."""
    where, public = board.snapshot, OTHERS_KEY.public_key().public_bytes_raw().hex()
    signed = signature(SENT, where, signed_at="2026-01-01T00:00:00+00:00", expires="2999-01-01")
    pair = where.items[SENT], approved(SENT, where, signed)
    data = write(manifest(1, board="Theirs"), [pair], where, public, OTHERS_KEY.sign)
    (home / "pack.jsonl").write_bytes(data)
    return str(home / "pack.jsonl")


@pytest.fixture
def board(template, tmp_path, monkeypatch, capsys):
    """The command line in a copy of it."""
    shutil.copytree(template[0], tmp_path / "home")
    return CommandLine(tmp_path / "home", monkeypatch, capsys)


@pytest.mark.parametrize("who", sorted(EVERYBODY))
@pytest.mark.parametrize("command", MAY, ids=" ".join)
def test_every_role_tries_every_command(board, template, command, who):
    """Who may, does it; who may not is refused, and leaves no trace in the trail."""
    words = tuple(template[1].get(word, word) for word in command)
    before = rows(board)
    status = board(*words, as_=who)
    assert status == (0 if who in MAY[command] else 1), board.out + board.err
    if who not in MAY[command]:
        assert board.err.startswith("bedside: ")
        assert rows(board) == before


def rows(board):
    """The number of the last row of the trail."""
    with closing(sqlite3.connect(board.home / "bedside.db")) as database:
        return database.execute("SELECT max(number) FROM review_event").fetchone()[0]


def test_no_command_is_left_out():
    """Every command of the group, and of the groups in it, stands in the table above."""
    context = click.Context(review)
    wanted = set()
    for name in review.list_commands(context):
        command = review.get_command(context, name)
        assert command is not None
        below = command.commands if isinstance(command, click.Group) else {}
        wanted |= {(name, each) for each in below} or {(name,)}
    tried = {words[: 2 if words[0] in GROUPS else 1] for words in MAY}
    assert tried == wanted


@pytest.mark.parametrize("words", sorted({words[: 2 if words[0] in GROUPS else 1] for words in MAY}), ids=" ".join)
def test_every_command_explains_itself(board, words):
    """With an example that begins as it does."""
    help_of = board.done(*words, "--help")
    assert f"bedside review {' '.join(words)}" in help_of.partition("Examples:")[2]


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_who_makes_the_key(board, who):
    """An editor or an administrator, once."""
    (board.home / "board-key").unlink()
    status = board("key", "new", as_=who)
    assert status == (0 if who in {EDITOR, ADMINISTRATOR} else 1)
    assert (board.home / "board-key").exists() == (status == 0)
    if status == 0:
        assert (board.home / "board-key").stat().st_mode & 0o077 == 0
        assert "already" in board.refused("key", "new", as_=who)
