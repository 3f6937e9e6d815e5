"""The board as a service: what is written stands, nothing that fails leaves anything open, nobody overwrites."""

from __future__ import annotations

import pytest

from bedside import board as module
from bedside.board import open_board
from bedside.errors import LibraryUnusable, ReviewMoved
from bedside.review.state import Action, State
from bedside.review.workflow import Command
from bedside.settings import Settings
from bedside.stores import account_store, review_store
from bedside.stores.review_memory import ReviewMemory
from tests.review.material import ANN, BEN, EVE, board_of
from tests.servers.application import desk


class Failing(ReviewMemory):
    """A store that loses its disk once a mark is written."""

    def keep(self, things, now):
        """Versions are kept no more."""
        if self.head()[0] and any(row.action == "mark" for row in self.events()):
            raise LibraryUnusable("The disk is full.", "Make room.")
        return super().keep(things, now)


def approve(board, item, *people):
    """Each of these members claims and signs it."""
    for who in people:
        board.act(who, Command(Action.CLAIM, item, board.revision(item)))
        board.act(who, Command(Action.APPROVE, item, board.revision(item), seal=board.snapshot.seal(item)))


def test_nobody_is_told_that_what_was_written_was_not_done():
    """The mark stands in the trail; that what follows from it has to wait is not its failure."""
    board = board_of(store=Failing())
    approve(board, "statement:t/alone", ANN)
    event, lapsed = board.mark(EVE, "three", "superseded", "", "Seen on its page.")
    assert [row.number for row in board.store.events(event.number - 1)] == [event.number]
    assert lapsed == ()
    assert not board.approved("statement:t/alone")


def test_a_source_that_was_marked_meanwhile_is_not_marked_over():
    """Of two editors the second is told."""
    board = board_of()
    board.mark(EVE, "one", "superseded", "", "Seen on its page.", 0)
    with pytest.raises(ReviewMoved):
        board.mark(EVE, "one", "current", "", "It is not.", 0)
    assert board.marks["one"].status == "superseded"
    board.mark(EVE, "one", "retracted", "", "Worse.", 1)
    assert board.marks["one"].status == "retracted"


def test_a_pattern_is_not_approved_without_what_it_needs():
    """Also where another program took it away, and nobody has written the lapse yet."""
    board = board_of()
    pattern = "pattern:t/any"
    for need in (*board.snapshot.items[pattern].needs, pattern):
        approve(board, need, *((ANN, BEN) if board.snapshot.items[need].dose else (ANN,)))
    assert board.approved(pattern)
    need = board.snapshot.items[pattern].needs[0]
    other = board_of(store=board.store)
    other.refresh()
    other._sweep = lambda _now: True  # killed before it went on
    other.act(EVE, Command(Action.WITHDRAW, need, other.revision(need), note="Not any more."))
    assert other.standing(pattern).state is State.APPROVED
    assert not other.approved(pattern)
    board.refresh()
    assert board.standing(pattern).state is State.LAPSED


def test_a_board_that_cannot_be_opened_leaves_nothing_open(tmp_path, monkeypatch):
    """The accounts are closed again where the trail cannot be read, and both where the content cannot be swept."""
    closed = []
    for store in (account_store.AccountDatabase, review_store.ReviewDatabase):
        monkeypatch.setattr(store, "close", lambda self, real=store.close: (closed.append(type(self)), real(self)))

    def unusable(*_):
        raise LibraryUnusable("It is damaged.", "Restore it.")

    with monkeypatch.context() as context:
        context.setattr(review_store, "open_review", unusable)
        with pytest.raises(LibraryUnusable):
            open_board(Settings(home=tmp_path), desk())
    assert closed == [account_store.AccountDatabase]
    monkeypatch.setattr(module.Board, "refresh", unusable)
    with pytest.raises(LibraryUnusable):
        open_board(Settings(home=tmp_path), desk())
    assert closed[1:] == [review_store.ReviewDatabase, account_store.AccountDatabase]
