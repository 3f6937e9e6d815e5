"""The board over the content that ships: all of it is submitted, nothing approved; signatures lapse with a source."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

import bedside
from bedside.board import Board
from bedside.errors import ReviewRefused
from bedside.review.lapse import Why
from bedside.review.state import Action, Role, State
from bedside.review.workflow import Command, Policy
from bedside.stores.review_memory import ReviewMemory
from tests.review.material import ANN, BEN, EVE, Clock, People
from tests.review.oracle import above, edges

PATTERN = "pattern:vitamin-b12/leber"
SOURCE = "nice-ng239"


@cache
def desk():
    return bedside.open()


@pytest.fixture
def board():
    people = People({each.handle: each for each in (ANN, BEN, EVE)})
    return Board(desk(), ReviewMemory(), people, Policy(), Clock())


def sign(board, item, who):
    board.act(who, Command(Action.CLAIM, item, board.standing(item).revision))
    board.act(who, Command(Action.APPROVE, item, board.standing(item).revision, seal=board.snapshot.seal(item)))


def approve(board, item):
    sign(board, item, ANN)
    if board.item(item).dose:
        assert not board.approved(item)
        sign(board, item, BEN)
    assert board.approved(item)


def test_what_ships_is_submitted_and_nothing_is_approved(board):
    assert {each.state for each in board.standings().values()} == {State.SUBMITTED}
    assert board.standings().keys() == board.snapshot.items.keys()
    assert len(board.queue()) == len(board.snapshot.items)
    assert not any(board.approved(item) for item in board.snapshot.items)
    assert Role.REVIEWER not in {event.role for event in board.store.events()}


def test_the_queue_begins_with_the_emergencies(board):
    queue = board.queue()
    urgent = [any("red flag" in reason for reason in entry.reasons) for entry in queue]
    assert sum(urgent) > 10
    assert urgent == sorted(urgent, reverse=True)


def test_a_pattern_is_approved_after_what_it_needs_and_lapses_with_a_source(board):
    with pytest.raises(ReviewRefused, match="more approved"):
        sign(board, PATTERN, ANN)
    board.act(ANN, Command(Action.RELEASE, PATTERN, board.standing(PATTERN).revision))
    needs = board.item(PATTERN).needs
    for need in needs:
        approve(board, need)
    approve(board, PATTERN)
    signed = {*needs, PATTERN}
    content = desk().content
    protocol = content.protocol("vitamin-b12")
    beneath = edges(protocol, desk().shipped.statements(), content.cases(protocol.id))
    resting = above({f"source:{SOURCE}"}, beneath) & signed
    foretold = board.what_if(SOURCE, "superseded")
    assert {lapse.item for lapse in foretold.lapses} == resting
    assert resting
    assert PATTERN in resting
    assert signed - resting
    _, lapsed = board.mark(EVE, SOURCE, "superseded", "", "A newer one is out.")
    assert lapsed == foretold.lapses
    states = Counter(board.standing(item).state for item in signed)
    assert states == {State.LAPSED: len(resting), State.APPROVED: len(signed - resting)}
    assert {reason.why for lapse in lapsed for reason in lapse.reasons} <= {Why.SUPERSEDED, Why.NEEDS}
    assert any("lapsed: source nice-ng239 was superseded" in reason for e in board.queue() for reason in e.reasons)
    assert board.prove().whole
