"""Changes of members as the command line makes them, over a real board in one database with the accounts."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from bedside.board import open_board
from bedside.errors import ReviewRefused, SignInRefused
from bedside.review.account import COMMAND_LINE
from bedside.review.state import Role
from bedside.settings import Settings
from bedside.stores.account_changes import MemberChanges, first_administrator, sign_in_with
from bedside.stores.account_password import Passwords
from bedside.stores.account_store import open_accounts
from tests.servers.board.application import desk
from tests.servers.identity.house import CHEAP, SECOND, START, WORDS


@pytest.fixture
def board(tmp_path):
    """A board, its clock set by hand."""
    settings = Settings(home=tmp_path)
    with closing(open_accounts(settings, Passwords(CHEAP))) as accounts:
        made = open_board(settings, desk(), lambda: START)
        made.accounts.close()
        made.accounts = accounts
        yield made
        made.close()


@pytest.fixture
def changes(board):
    return MemberChanges(board.accounts, board)


def actions(board, handle):
    return [event.action for event in board.store.events(subject=f"member:{handle}")]


def test_the_first_administrator_is_made_once(board):
    ada = first_administrator(board.accounts, board, "ada", "Ada Smith", WORDS)
    assert ada.roles == {Role.ADMINISTRATOR}
    assert not ada.public
    [event] = board.store.events(subject="member:ada")
    assert (event.actor, event.role, event.detail) == ("system", "system", {"first": True, "roles": ["administrator"]})
    for handle, password, said in (("eve", WORDS, "administrator already"), ("ada", WORDS, "administrator already")):
        with pytest.raises(ReviewRefused, match=said):
            first_administrator(board.accounts, board, handle, "Eve", password)
    assert board.prove().whole


@pytest.mark.parametrize(
    ("handle", "name", "password"),
    [("system", "Ada", WORDS), ("A", "Ada", WORDS), ("ada", "", WORDS), ("ada", "Ada Smith", "ada smith 1234")],
)
def test_a_first_administrator_that_cannot_be_leaves_no_row(board, handle, name, password):
    with pytest.raises(ReviewRefused):
        first_administrator(board.accounts, board, handle, name, password)
    assert board.accounts.members() == {}
    assert actions(board, handle) == []


def test_a_session_at_the_machine_is_a_session(board):
    first_administrator(board.accounts, board, "ada", "Ada Smith", WORDS)
    token = sign_in_with(board.accounts, "ada", WORDS, START)
    assert board.accounts.session(token, START).handle == "ada"
    assert [each.way for each in board.accounts.sessions("ada", START)] == [COMMAND_LINE]
    with pytest.raises(SignInRefused):
        sign_in_with(board.accounts, "ada", SECOND, START)


def test_a_one_time_password_gives_no_session_at_the_machine(board, changes):
    ada = first_administrator(board.accounts, board, "ada", "Ada Smith", WORDS)
    given = changes.create(ada, "rae", "Rae Jones", ["reviewer"])
    with pytest.raises(ReviewRefused, match="for one time"):
        sign_in_with(board.accounts, "rae", given, START)
    assert board.accounts.sessions("rae", START) == ()
    changes.password(board.accounts.member("rae"), given, SECOND)
    assert sign_in_with(board.accounts, "rae", SECOND, START)
    assert actions(board, "rae") == ["create", "password"]


def test_an_administrator_who_lost_the_password_is_helped_at_the_machine(board, changes):
    ada = first_administrator(board.accounts, board, "ada", "Ada Smith", WORDS)
    changes.create(ada, "rae", "Rae Jones", ["reviewer"])
    given = changes.rescue("ada")
    assert board.accounts.held(board.accounts.sign_in("ada", given, START), START).must_change
    for handle in ("rae", "nobody"):
        with pytest.raises(ReviewRefused):
            changes.rescue(handle)
    assert [event.actor for event in board.store.events(subject="member:ada")] == ["system", "system"]


@pytest.mark.parametrize("roles", [[], ["author"], ["reviewer"], ["editor"], ["author", "reviewer", "editor"]])
def test_nobody_but_an_administrator_changes_members(board, changes, roles):
    ada = first_administrator(board.accounts, board, "ada", "Ada Smith", WORDS)
    changes.create(ada, "rae", "Rae Jones", roles)
    changes.create(ada, "sam", "Sam Jones", [])
    rae, before = board.accounts.member("rae"), board.store.head()
    for change in (
        lambda: changes.create(rae, "new", "New", ["administrator"]),
        lambda: changes.roles(rae, "sam", ["reviewer"]),
        lambda: changes.roles(rae, "rae", ["administrator"]),
        lambda: changes.activate(rae, "ada", False),
        lambda: changes.revoke(rae, "ada"),
        lambda: changes.give_password(rae, "ada"),
        lambda: changes.email(rae, "rae", "rae@hospital.example"),
        lambda: changes.profile(rae, replace(board.accounts.member("sam"), name="Other")),
        lambda: changes.roles(replace(ada, active=False), "sam", ["reviewer"]),
    ):
        with pytest.raises(ReviewRefused):
            change()
    assert board.store.head() == before


def test_what_changes_nothing_leaves_no_row(board, changes):
    ada = first_administrator(board.accounts, board, "ada", "Ada Smith", WORDS)
    changes.create(ada, "rae", "Rae Jones", ["reviewer"])
    before = board.store.head()
    changes.roles(ada, "rae", ["reviewer"])
    changes.activate(ada, "rae", True)
    changes.profile(ada, board.accounts.member("rae"))
    assert board.store.head() == before


def test_the_trail_stays_whole_with_members_in_it(board, changes):
    ada = first_administrator(board.accounts, board, "ada", "Ada Smith", WORDS)
    for number in range(5):
        changes.create(ada, f"member{number}", f"Member {number}", ["reviewer"])
        changes.roles(ada, f"member{number}", ["editor"])
        changes.activate(ada, f"member{number}", False)
    proof = board.prove()
    assert proof.whole
    assert proof.rows >= 16
