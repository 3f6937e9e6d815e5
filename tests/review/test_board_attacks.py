"""What somebody may try so that an approval stands that should not: each of these was possible once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.errors import ReviewRefused
from bedside.evidence.source import SourceStatus
from bedside.protocol.condition import Has
from bedside.protocol.protocol import Ask, Wording
from bedside.review.event import LONGEST_NOTE
from bedside.review.lapse import Why
from bedside.review.reasons import said
from bedside.review.standing import Signature
from bedside.review.state import Action, Role, State
from bedside.review.workflow import Command, Policy
from bedside.stores.review_memory import ReviewMemory
from tests.review.material import ANN, BEN, EVE, PROTOCOL, WIN, Clock, Content, board_of, desk_of, member, rule

DAN = member("dan", Role.REVIEWER, Role.AUTHOR)
PEOPLE = (ANN, BEN, EVE, WIN, DAN)
WORDED, ALONE, DOSE = "statement:t/advice", "statement:t/alone", "statement:t/dose"
REWORDED = Content().with_statement("advice", clinical="Other words.", plain="Other plain words.")


@pytest.fixture
def board():
    return board_of(people=PEOPLE)


def act(board, who, action, item, **more):
    return board.act(who, Command(action, item, board.standing(item).revision, **more))


def sign(board, who, item):
    """Claim it, where the member does not hold it, and sign what is there."""
    if board.standing(item).holder != who.handle:
        act(board, who, Action.CLAIM, item)
    return act(board, who, Action.APPROVE, item, seal=board.snapshot.seal(item))


@pytest.fixture
def worded(board):
    """A board whose content has words of Dan's: a proposal of his was adopted."""
    number = act(board, DAN, Action.PROPOSE, WORDED, note="{}").number
    act(board, EVE, Action.ADOPT, WORDED, proposal=number)
    board.desk = desk_of(REWORDED)
    board.refresh()
    assert board.standing(WORDED).author == "dan"
    return board


def refuses_its_author(board):
    with pytest.raises(ReviewRefused, match="worded by you"):
        sign(board, DAN, WORDED)
    if board.standing(WORDED).holder:
        act(board, DAN, Action.RELEASE, WORDED)
    sign(board, BEN, WORDED)
    assert board.approved(WORDED)


def test_who_worded_it_is_not_forgotten_when_it_is_returned_and_submitted_again(worded):
    """Somebody else presses "submit": that makes them no author, and Dan no reviewer of his own words."""
    act(worded, ANN, Action.CLAIM, WORDED)
    act(worded, ANN, Action.RETURN, WORDED, note="Shorter.")
    act(worded, WIN, Action.SUBMIT, WORDED)
    refuses_its_author(worded)


def test_who_worded_it_is_not_forgotten_when_it_is_withdrawn_and_submitted_again(worded):
    act(worded, EVE, Action.WITHDRAW, WORDED, note="Wait.")
    act(worded, EVE, Action.SUBMIT, WORDED)
    refuses_its_author(worded)


def test_who_worded_it_is_not_forgotten_when_the_words_go_and_come_back(worded):
    """The file of adopted wordings is lost, and written again from the trail."""
    there = worded.desk
    worded.desk = desk_of(Content())
    worded.refresh()
    assert worded.standing(WORDED).author == ""
    worded.desk = there
    worded.refresh()
    refuses_its_author(worded)


def test_a_mark_hides_no_retraction_that_came_after_it(board):
    """The board had doubts; reviewers signed knowing them; then the paper is retracted."""
    board.mark(EVE, "three", "concern", "", "A letter to the editor.")
    sign(board, ANN, ALONE)
    assert board.approved(ALONE)
    board.desk = desk_of(Content().with_source("three", status=SourceStatus.RETRACTED))
    board.refresh()
    assert not board.approved(ALONE)
    assert [reason["why"] for reason in board.standing(ALONE).reasons] == [Why.RETRACTED]


def test_a_mark_says_otherwise_than_the_content_that_it_was_made_over(board):
    """Looked at again, and still current: what the editor saw, they may overrule, and only that."""
    board.desk = desk_of(Content().with_source("three", status=SourceStatus.DUE))
    board.mark(EVE, "three", "current", "", "Looked at today.")
    assert board.snapshot.grounds["source:three"].body["status"] == "current"
    sign(board, ANN, ALONE)
    board.desk = desk_of(Content().with_source("three", status=SourceStatus.SUPERSEDED, superseded_by="four"))
    board.refresh()
    assert not board.approved(ALONE)
    assert board.snapshot.grounds["source:three"].body["superseded_by"] == "four"


@pytest.mark.parametrize("by", ["nobody", "x" * 30_000, "a reader's words", "three"])
def test_the_trail_keeps_no_words_in_the_place_of_a_newer_source(board, by):
    board.refresh()
    head = board.store.head()
    with pytest.raises(ReviewRefused, match="cannot be superseded"):
        board.mark(EVE, "three", "superseded", by, "Seen.")
    with pytest.raises(ReviewRefused, match="longer than"):
        board.mark(EVE, "three", "superseded", "four", "x" * (LONGEST_NOTE + 1))
    assert board.store.head() == head


def test_a_pattern_lapses_when_a_hospital_overrides_one_of_its_rules(board):
    """Its own rules are as they were, and its answers are others."""
    for item in (*board.item("pattern:t/low").needs, "rule:t/TREAT"):
        for who in (ANN, BEN):
            if not board.approved(item):
                sign(board, who, item)
    sign(board, ANN, "pattern:t/low")
    if not board.approved("pattern:t/low"):
        sign(board, BEN, "pattern:t/low")
    own = rule("ST-TREAT", Has("low"), ["alone"], overrides=("TREAT",))
    board.desk = desk_of(Content().with_protocol(rules=(*PROTOCOL.rules, own)))
    board.refresh()
    assert not board.approved("pattern:t/low")
    reasons = {(each["why"], each["ref"]) for each in board.standing("pattern:t/low").reasons}
    assert (Why.ADDED, "rule:t/ST-TREAT") in reasons
    assert board.approved("rule:t/TREAT")


def test_a_pattern_lapses_with_a_question_that_its_answer_asks_back(board):
    """What a reply would change is said beside an approved answer: those are words, too."""
    asked = Ask("age", ("age",), Wording("Age?", "Age?"), (), Wording("the dose", "the dose"))
    board.desk = desk_of(Content().with_protocol(asks=(asked,)))
    board.refresh()
    before = board.snapshot.seal("pattern:t/low")
    other = Content().with_protocol(asks=(replace(asked, changes=Wording("nothing", "nothing")),)).snapshot()
    assert other.seal("pattern:t/low") != before
    assert other.seal("rule:t/TREAT") == board.snapshot.seal("rule:t/TREAT")


def test_approvals_lapse_when_the_board_begins_to_ask_for_two():
    """Approved means that the rules of this board are kept, and they are others now."""
    store, clock = ReviewMemory(), Clock()
    before = board_of(store=store, people=PEOPLE, clock=clock, policy=Policy("none"))
    sign(before, ANN, ALONE)
    sign(before, ANN, DOSE)
    doses = board_of(store=store, people=PEOPLE, clock=clock, policy=Policy("doses"))
    doses.refresh()
    assert (doses.approved(ALONE), doses.approved(DOSE)) == (True, False)
    [reason] = doses.standing(DOSE).reasons
    assert said(reason) == "the board asks for 2 signatures now"
    every = board_of(store=store, people=PEOPLE, clock=clock, policy=Policy("all"))
    every.refresh()
    assert every.standing(ALONE).state is State.LAPSED
    sign(every, ANN, ALONE)
    sign(every, BEN, ALONE)
    assert every.approved(ALONE)
    assert every.prove().whole


def test_what_another_program_signs_over_old_content_lapses_at_once():
    """A server that was not restarted after an update goes on with the old content. What is signed there is no approval
    of the new one, and is in its queue again on the same day."""
    store, clock = ReviewMemory(), Clock()
    new = board_of(Content().with_statement("alone", clinical="New."), store, PEOPLE, clock)
    old = board_of(store=store, people=PEOPLE, clock=clock)
    new.refresh()
    old.refresh()
    sign(old, ANN, ALONE)
    assert old.approved(ALONE)
    assert not new.approved(ALONE)
    assert ALONE in [entry.item.id for entry in new.queue()]
    assert new.standing(ALONE).state is State.LAPSED
    assert old.standing(ALONE).state is State.LAPSED
    rows = new.store.head()
    for each in (old, new, old, new):
        each.refresh()
    assert store.head() == rows


def test_what_another_program_signs_by_laxer_rules_lapses_at_once():
    store, clock = ReviewMemory(), Clock()
    strict = board_of(store=store, people=PEOPLE, clock=clock, policy=Policy("all"))
    lax = board_of(store=store, people=PEOPLE, clock=clock, policy=Policy("none"))
    strict.refresh()
    sign(lax, ANN, ALONE)
    strict.refresh()
    assert strict.standing(ALONE).state is State.LAPSED


def test_a_pack_does_not_overrule_a_reviewer_here(board):
    """What was returned with a reason is not approved because another board approved it."""
    act(board, ANN, Action.CLAIM, ALONE)
    act(board, ANN, Action.RETURN, ALONE, note="It is wrong for our patients.")
    given = Signature(
        item=ALONE,
        fingerprint=board.item(ALONE).fingerprint,
        seal=board.snapshot.seal(ALONE),
        handle="zoe",
        name="Zoe",
        role="reviewer",
        credentials="MB",
        registration="GMC 9",
        interests="none",
        signed_at="2026-11-01T09:00:00+00:00",
        expires="2027-10-01",
        rests=board.snapshot.beneath(ALONE),
        board="Another board",
    )
    with pytest.raises(ReviewRefused, match="Returned"):
        act(board, EVE, Action.ACCEPT, ALONE, signatures=(given,))
    act(board, EVE, Action.SUBMIT, ALONE)
    act(board, EVE, Action.ACCEPT, ALONE, signatures=(given,))
    assert board.approved(ALONE)
