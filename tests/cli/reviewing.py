"""A board in a home of its own, acted on by command line: who there is, and how a command is run. Its content is a cut
of what ships (``tests.board_content``)."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing, contextmanager
from pathlib import Path

from argon2 import PasswordHasher

from bedside.board import Board
from bedside.cli.main import main
from bedside.cli.review_acting import SESSION
from bedside.clock import now
from bedside.desk import Desk
from bedside.ingest.compiled import CompiledContent
from bedside.review.member import Member
from bedside.review.state import Action, Role
from bedside.review.workflow import Command, Policy
from bedside.settings import Settings
from bedside.stores import account_store
from bedside.stores.account_password import Passwords
from bedside.stores.account_store import open_accounts
from bedside.stores.review_store import open_review
from tests.board_content import cut

PASSWORD = "seven grey herons under the pier"  # noqa: S105  (of nobody)
DOSE = "vitamin-b12/oral-label-gb"
"""A statement that states a dose, and so takes two signatures. It rests on one source."""
DOSE_SOURCE = "smpc-orobalin"
PLAIN = "vitamin-b12/wait-for-results"
"""A statement that takes one signature."""

MEMBERS = {
    "jane": (Role.ADMINISTRATOR,),
    "ann": (Role.AUTHOR,),
    "ruth": (Role.REVIEWER,),
    "omar": (Role.REVIEWER,),
    "edith": (Role.EDITOR,),
}


def cheap():
    """Passwords hashed at no cost: what they cost is not looked at here."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class CommandLine:
    """Runs commands in a home and gives what they wrote."""

    def __init__(self, home, monkeypatch, capsys):
        self.home, self._monkeypatch, self._capsys = Path(home), monkeypatch, capsys
        self.out = self.err = ""
        monkeypatch.setattr(CompiledContent, "open", lambda _path=None: cut())
        monkeypatch.setattr(account_store, "Passwords", cheap)

    def __call__(self, *words, as_=None):
        """The exit status of ``bedside review WORDS``, as a member whose session was prepared."""
        self._monkeypatch.setenv("BEDSIDE_HOME", str(self.home))
        if as_ is not None:
            self.sign_in(as_)
        status = main(["review", *words])
        self.out, self.err = self._capsys.readouterr()
        return status

    def done(self, *words, as_=None):
        """What a command that succeeds writes."""
        assert self(*words, as_=as_) == 0, f"{words}: {self.out}{self.err}"
        return self.out

    def refused(self, *words, as_=None, status=1):
        """What a command that does not succeed says."""
        assert self(*words, as_=as_) == status, f"{words}: {self.out}{self.err}"
        return self.err

    def json(self, *words, as_=None):
        """The JSON that a command writes."""
        return json.loads(self.done(*words, "--json", as_=as_))

    def sign_in(self, handle):
        """Put the prepared session of a member in place; "" for nobody."""
        place = self.home / SESSION
        place.unlink(missing_ok=True)
        if handle:
            shutil.copyfile(self.home / f"session-{handle}", place)

    def seal(self, item):
        """What `show` prints for a signature."""
        return self.done("show", item).splitlines()[-1].removeprefix("seal ")

    def state(self, item):
        """Where an item stands."""
        return self.json("show", item)["standing"]["state"]

    def sign(self, item, as_):
        """Claim and sign an item."""
        self.done("claim", item, as_=as_)
        return self.done("approve", item, "--seal", self.seal(item)[:12], "--yes", as_=as_)

    def written(self, name, text):
        """A file with this text."""
        path = self.home / name
        path.write_text(text, encoding="utf-8")
        return str(path)


@contextmanager
def the_board(home):
    """The board of a home, without a command."""
    settings = Settings.load({**os.environ, "BEDSIDE_HOME": str(home)})
    desk = Desk(settings, cut())
    board = Board(desk, open_review(settings), open_accounts(settings, cheap()), Policy(), now)
    with closing(board.accounts), closing(board):
        yield board


def settle(home):
    """Make a board with everybody of MEMBERS in *home*, and a session of each; gives the home."""
    home = Path(home)
    home.mkdir(parents=True, exist_ok=True)
    with the_board(home) as board:
        board.refresh()
        for handle, roles in MEMBERS.items():
            who = Member(
                handle,
                f"{handle.title()} Ødegård",
                frozenset(roles),
                registration=f"GMC {handle}",
                interests="None.",
                declared_on=board.now()[:10],
            )
            board.accounts.create(who, PASSWORD, board.now())
            token = board.accounts.sign_in(handle, PASSWORD, board.now())
            (home / f"session-{handle}").write_text(token, encoding="ascii")
    return home


def does(board, handle, action, item, **more):
    """A member does something to an item."""
    command = Command(Action(action), item, board.standing(item).revision, **more)
    return board.act(board.accounts.member(handle), command)


def signs(board, item, *handles):
    """Members claim and sign an item."""
    for handle in handles:
        does(board, handle, "claim", item)
        does(board, handle, "approve", item, seal=board.snapshot.seal(item))
