"""A retraction that is loaded while the board is open takes the approvals that rest on it, without a restart."""

from __future__ import annotations

import pytest

from bedside.board import Board
from bedside.board_notices import hear
from bedside.desk import library_place
from bedside.desk import open as open_desk
from bedside.evidence.notice import Direction, Notice, NoticeKind
from bedside.evidence.source import SourceStatus
from bedside.review.lapse import Why
from bedside.review.state import Action, State
from bedside.review.workflow import Command, Policy
from bedside.settings import Settings
from bedside.stores.review_memory import ReviewMemory
from bedside.stores.writer import LibraryWriter
from tests.review.material import ANN, BEN, EVE, Clock, People


@pytest.fixture
def board(tmp_path):
    """A board over a home without a library."""
    desk = open_desk(Settings.load({"BEDSIDE_HOME": str(tmp_path)}))
    return Board(desk, ReviewMemory(), People({each.handle: each for each in (ANN, BEN, EVE)}), Policy("none"), Clock())


def sign(board, item):
    for action in (Action.CLAIM, Action.APPROVE):
        seal = board.snapshot.seal(item)
        board.act(ANN, Command(action, item, board.standing(item).revision, seal=seal))


def retract(board, pmid):
    """As another program does that loads a list of retractions."""
    with LibraryWriter(library_place(board.desk.settings)) as writer:
        writer.begin("retractions")
        counts = writer.add_notices([(pmid, "", Notice(NoticeKind.RETRACTION, Direction.IN))])
        writer.end(counts)


def test_a_retraction_loaded_meanwhile_is_heard(board):
    sources = {source.key: source for source in board.desk.shipped.sources()}
    statement = next(
        each for each in board.desk.shipped.statements() if any(sources[c.source].pmid for c in each.citations)
    )
    item, other = f"statement:{statement.id}", "statement:vitamin-b12/b12-low"
    cited = next(c.source for c in statement.citations if sources[c.source].pmid)
    assert f"source:{cited}" not in board.snapshot.beneath(other)
    sign(board, item)
    sign(board, other)
    followed = []
    board.follow = followed.append
    assert not hear(board)
    retract(board, "99999999")  # of nothing that is cited here
    assert not hear(board)
    retract(board, sources[cited].pmid)
    assert hear(board)
    assert followed == [board.desk]
    assert board.desk.shipped.source(cited).status is SourceStatus.RETRACTED
    assert (board.standing(item).state, board.standing(other).state) == (State.LAPSED, State.APPROVED)
    assert [reason["why"] for reason in board.standing(item).reasons] == [Why.RETRACTED]
    assert not hear(board)
