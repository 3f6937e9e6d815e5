"""Who may do what from which state: every action, state and role, against a table written by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from bedside.errors import ReviewMoved, ReviewRefused
from bedside.review.event import chained
from bedside.review.standing import Proposed, Signature, Standing, after
from bedside.review.state import Action, Role, State
from bedside.review.workflow import Command, Policy, decide
from tests.review.material import START, Content, member

ITEM = "statement:t/alone"
DOSE = "statement:t/dose"
PATTERN = "pattern:t/any"
SNAPSHOT = Content().snapshot()
A, R, E, ADMIN = Role.AUTHOR, Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR
N, S, U, B, V, L, W = (
    State.NOT_SUBMITTED,
    State.SUBMITTED,
    State.UNDER_REVIEW,
    State.RETURNED,
    State.APPROVED,
    State.LAPSED,
    State.WITHDRAWN,
)
LIVING = {N, S, U, B, V, L}

# By hand, from what the issue asks: authors and editors submit, reviewers claim, return, propose and sign, editors
# assign, adopt and withdraw, administrators do nothing with content, and nobody acts for the system.
ALLOWED = {
    Action.SUBMIT: ({A, E}, {N, B, W}),
    Action.CLAIM: ({R}, {S, L, U}),
    Action.RELEASE: ({R, E}, {U}),
    Action.ASSIGN: ({E}, {S, L, U}),
    Action.RETURN: ({R}, {U}),
    Action.PROPOSE: ({A, R}, LIVING),
    Action.ADOPT: ({E}, LIVING),
    Action.SIGN: ({R}, {U}),
    Action.APPROVE: ({R}, {U}),
    Action.ACCEPT: ({E}, {N, S, L}),
    Action.CHANGE: (set(), set()),
    Action.LAPSE: (set(), set()),
    Action.WITHDRAW: ({E}, LIVING),
}
AFTER = {
    Action.SUBMIT: S,
    Action.CLAIM: U,
    Action.RELEASE: S,
    Action.ASSIGN: U,
    Action.RETURN: B,
    Action.SIGN: V,  # one signature is enough for what states no dose
    Action.APPROVE: V,
    Action.ACCEPT: V,
    Action.WITHDRAW: W,
}  # proposing and adopting leave the state as it is


def whole(item=ITEM, handle="other", board="", **changes):
    """A signature of the item as it is."""
    made = Signature(
        item=item,
        fingerprint=SNAPSHOT.items[item].fingerprint,
        seal=SNAPSHOT.seal(item),
        handle=handle,
        name=handle,
        role="reviewer",
        credentials="",
        registration="1",
        interests="none",
        signed_at=START,
        expires="2027-01-01",
        rests=SNAPSHOT.beneath(item),
        board=board,
    )
    return replace(made, **changes)


def command(action, item=ITEM, **more):
    """A command that lacks nothing it may need."""
    known = {"seal": SNAPSHOT.seal(item), "note": "Because.", "to": "rev", "proposal": 4}
    given = (whole(item, "a", "Board"), whole(item, "b", "Board")) if action is Action.ACCEPT else ()
    return Command(action, item, 7, **{**known, "signatures": given, **more})


def standing(state, who, item=ITEM):
    """An item in a state; under review, it is held by who acts. The revision is 7."""
    holder = who.handle if state is State.UNDER_REVIEW else ""
    print_ = SNAPSHOT.items[item].fingerprint
    return Standing(
        item, state, 7, 70, START, print_, holder=holder, proposals=(Proposed(4, "somebody", print_, "0" * 64),)
    )


def done(order, stands, who, *, approved=lambda _: True, policy=None, members=()):
    people = {each.handle: each for each in (who, member("rev", Role.REVIEWER), *members)}
    return decide(
        order, stands, who, snapshot=SNAPSHOT, approved=approved, policy=policy or Policy(), now=START, members=people
    )


@pytest.mark.parametrize(("action", "state", "role"), list(product(Action, State, Role)))
def test_every_action_from_every_state_in_every_role(action, state, role):
    who = member("mia", role)
    stands = standing(state, who)
    if action is Action.CLAIM and state is State.UNDER_REVIEW:
        stands = replace(stands, holder="")  # released after a first signature
    roles, states = ALLOWED[action]
    if role not in roles or state not in states:
        with pytest.raises(ReviewRefused):
            done(command(action), stands, who)
        return
    draft = done(command(action), stands, who)
    assert (draft.actor, draft.role, draft.subject, draft.at) == ("mia", role.value, ITEM, START)
    assert (draft.before, draft.after) == (state.value, AFTER.get(action, state).value)
    assert draft.fingerprint == SNAPSHOT.items[ITEM].fingerprint
    assert len(draft.note) == 64
    folded = after(stands, chained(draft, 1, 8, "0" * 64))
    assert folded.state is AFTER.get(action, state)
    assert folded.revision == 8


def test_the_table_speaks_of_every_action():
    assert ALLOWED.keys() == set(Action)


@pytest.mark.parametrize("role", Role)
def test_nobody_acts_on_what_is_not_there_nor_when_no_longer_active(role):
    who = member("mia", role, active=False)
    for action in Action:
        with pytest.raises(ReviewRefused):
            done(command(action), standing(State.SUBMITTED, who), who)
        with pytest.raises(ReviewRefused):
            done(
                replace(command(action), item="statement:t/none"),
                standing(State.SUBMITTED, who),
                member("mia", *Role),
            )


@pytest.mark.parametrize(("action", "state"), [(a, min(ALLOWED[a][1])) for a in Action if ALLOWED[a][1]])
def test_who_saw_an_older_state_is_told(action, state):
    who = member("mia", *Role)
    for seen in (6, 8, 0, -1):
        with pytest.raises(ReviewMoved):
            done(replace(command(action), revision=seen), standing(state, who), who)


@pytest.mark.parametrize("action", [Action.SIGN, Action.APPROVE])
def test_a_signature_is_for_exactly_what_was_read(action):
    who = member("mia", Role.REVIEWER)
    for seal in ("", "0" * 64, SNAPSHOT.seal(DOSE), SNAPSHOT.items[ITEM].fingerprint):
        with pytest.raises(ReviewMoved):
            done(command(action, seal=seal), standing(State.UNDER_REVIEW, who), who)


@pytest.mark.parametrize("lack", [{"registration": ""}, {"interests": ""}, {"declared_on": ""}, {"name": ""}])
def test_a_signature_says_who_signed(lack):
    who = member("mia", Role.REVIEWER, **lack)
    with pytest.raises(ReviewRefused, match="cannot be signed yet"):
        done(command(Action.APPROVE), standing(State.UNDER_REVIEW, who), who)


@pytest.mark.parametrize("action", [Action.RETURN, Action.PROPOSE, Action.WITHDRAW])
def test_what_needs_a_reason_is_refused_without(action):
    who = member("mia", *Role)
    for note in ("", "  \n", "x" * 20_001):
        with pytest.raises(ReviewRefused):
            done(command(action, note=note), standing(State.UNDER_REVIEW, who), who)


@pytest.mark.parametrize("action", [Action.RETURN, Action.SIGN, Action.APPROVE])
@pytest.mark.parametrize("holder", ["", "ann"])
def test_only_the_holder_returns_and_signs(action, holder):
    who = member("mia", *Role)
    with pytest.raises(ReviewRefused, match="held by"):
        done(command(action), replace(standing(State.UNDER_REVIEW, who), holder=holder), who)


def test_nobody_signs_their_own_wording():
    who = member("mia", Role.REVIEWER, Role.AUTHOR)
    with pytest.raises(ReviewRefused, match="worded by you"):
        done(command(Action.APPROVE), replace(standing(State.UNDER_REVIEW, who), author="mia"), who)


def test_nobody_signs_what_they_submitted():
    who = member("mia", Role.REVIEWER, Role.EDITOR)
    with pytest.raises(ReviewRefused, match="submitted by you"):
        done(command(Action.APPROVE), replace(standing(State.UNDER_REVIEW, who), submitter="mia"), who)
    event = done(command(Action.SUBMIT), standing(State.RETURNED, who), who)
    assert after(standing(State.RETURNED, who), chained(event, 71, 8, "0" * 64)).submitter == "mia"


def test_a_dose_takes_two_members():
    ann, ben = member("ann", Role.REVIEWER), member("ben", Role.REVIEWER)
    first = done(command(Action.APPROVE, DOSE), standing(State.UNDER_REVIEW, ann, DOSE), ann)
    assert (first.action, first.after) == (Action.SIGN, State.UNDER_REVIEW)
    stands = after(standing(State.UNDER_REVIEW, ann, DOSE), chained(first, 71, 8, "0" * 64))
    assert stands.holder == ""
    with pytest.raises(ReviewRefused, match="signed by ann"):
        done(replace(command(Action.CLAIM, DOSE), revision=8), stands, ann)
    order, eve = replace(command(Action.ASSIGN, DOSE, to="ann"), revision=8), member("eve", Role.EDITOR)
    with pytest.raises(ReviewRefused, match="signed by ann"):
        done(order, stands, eve, members=(ann,))
    with pytest.raises(ReviewRefused, match="by you already"):
        done(replace(command(Action.APPROVE, DOSE), revision=8), replace(stands, holder="ann"), ann)
    second = done(replace(command(Action.APPROVE, DOSE), revision=8), replace(stands, holder="ben"), ben)
    assert (second.action, second.after) == (Action.APPROVE, State.APPROVED)
    assert [each["handle"] for each in second.detail["signatures"]] == ["ann", "ben"]


@pytest.mark.parametrize(
    "written", ["GMC 0000012", "gmc 0000012", " GMC-0000012.", "GMC\u00a00000012", "GMC ００００012"]
)
def test_a_registration_signs_once_whatever_account_it_is_given_to(written):
    """Two accounts with one registration are one person: neither claims, nor is assigned, nor signs a second time."""
    ann = member("ann", Role.REVIEWER, registration="GMC 0000012")
    again = member("anna", Role.REVIEWER, registration=written)
    first = done(command(Action.APPROVE, DOSE), standing(State.UNDER_REVIEW, ann, DOSE), ann)
    stands = after(standing(State.UNDER_REVIEW, ann, DOSE), chained(first, 71, 8, "0" * 64))
    with pytest.raises(ReviewRefused, match="under the registration of anna"):
        done(replace(command(Action.CLAIM, DOSE), revision=8), stands, again)
    order, eve = replace(command(Action.ASSIGN, DOSE, to="anna"), revision=8), member("eve", Role.EDITOR)
    with pytest.raises(ReviewRefused, match="under the registration of anna"):
        done(order, stands, eve, members=(again,))
    for action in (Action.SIGN, Action.APPROVE):
        with pytest.raises(ReviewRefused, match="under your registration"):
            done(replace(command(action, DOSE), revision=8), replace(stands, holder="anna"), again)
    ben = member("ben", Role.REVIEWER, registration="GMC 0000013")
    second = done(replace(command(Action.APPROVE, DOSE), revision=8), replace(stands, holder="ben"), ben)
    assert second.after == State.APPROVED


def test_a_first_signature_over_something_else_does_not_count():
    ben = member("ben", Role.REVIEWER)
    stands = replace(standing(State.UNDER_REVIEW, ben, DOSE), signatures=(whole(DOSE, "ann", seal="0" * 64),))
    draft = done(command(Action.APPROVE, DOSE), stands, ben)
    assert draft.after == State.UNDER_REVIEW
    assert [each["handle"] for each in draft.detail["signatures"]] == ["ben"]


@pytest.mark.parametrize(("setting", "item", "wanted"), [
    ("doses", ITEM, 1), ("doses", DOSE, 2), ("all", ITEM, 2), ("all", DOSE, 2), ("none", ITEM, 1), ("none", DOSE, 1),
])  # fmt: skip
def test_the_setting_says_how_many_sign(setting, item, wanted):
    assert Policy(setting).signatures(SNAPSHOT.items[item]) == wanted


@pytest.mark.parametrize("action", [Action.APPROVE, Action.ACCEPT])
def test_a_pattern_waits_for_everything_it_needs(action):
    who = member("mia", *Role)
    state = State.UNDER_REVIEW if action is Action.APPROVE else State.SUBMITTED
    needs = SNAPSHOT.items[PATTERN].needs
    assert needs
    for missing in needs:
        with pytest.raises(ReviewRefused, match="more approved"):
            done(command(action, PATTERN), standing(state, who, PATTERN), who, approved=lambda n, m=missing: n != m)
    assert done(command(action, PATTERN), standing(state, who, PATTERN), who).after == State.APPROVED


@pytest.mark.parametrize("expires", ["2026-11-22", "2026-11-21", "2027-11-23", "tomorrow", "2027-02-30", "20270101x"])
def test_an_expiry_is_a_day_within_the_time_allowed(expires):
    who = member("mia", Role.REVIEWER)
    with pytest.raises(ReviewRefused):
        done(command(Action.APPROVE, expires=expires), standing(State.UNDER_REVIEW, who), who)


@pytest.mark.parametrize(("expires", "printed"), [("", "2027-11-22"), ("2026-11-23", "2026-11-23")])
def test_a_signature_names_its_last_day(expires, printed):
    who = member("mia", Role.REVIEWER)
    draft = done(command(Action.APPROVE, expires=expires), standing(State.UNDER_REVIEW, who), who)
    [signed] = draft.detail["signatures"]
    assert signed["expires"] == printed
    assert (signed["seal"], signed["rests"]) == (SNAPSHOT.seal(ITEM), dict(SNAPSHOT.beneath(ITEM)))


@pytest.mark.parametrize("given", [
    (), (whole(),), (whole(board="B", fingerprint="0" * 64),), (whole(board="B", expires="2026-11-21"),),
    (whole(board="B", rests={}),),
])  # fmt: skip
def test_another_boards_signatures_count_for_exactly_the_same_content_only(given):
    who = member("eve", Role.EDITOR)
    with pytest.raises(ReviewRefused):
        done(command(Action.ACCEPT, signatures=given), standing(State.SUBMITTED, who), who)


def test_one_member_of_another_board_is_not_two():
    who = member("eve", Role.EDITOR)
    twice = (whole(DOSE, board="B"), whole(DOSE, board="B"))
    with pytest.raises(ReviewRefused, match="too few"):
        done(command(Action.ACCEPT, DOSE, signatures=twice), standing(State.SUBMITTED, who, DOSE), who)


def test_one_registration_of_another_board_is_not_two():
    who = member("eve", Role.EDITOR)
    one, other = (whole(DOSE, handle, "B", registration=number) for handle, number in (("a", "GMC 1"), ("b", "gmc1")))
    with pytest.raises(ReviewRefused, match="too few"):
        done(command(Action.ACCEPT, DOSE, signatures=(one, other)), standing(State.SUBMITTED, who, DOSE), who)
    given = (one, replace(other, registration="GMC 2"))
    assert done(command(Action.ACCEPT, DOSE, signatures=given), standing(State.SUBMITTED, who, DOSE), who)


def test_a_claim_is_not_taken_from_somebody_who_holds_it():
    who = member("mia", Role.REVIEWER)
    with pytest.raises(ReviewRefused, match="held by ann"):
        done(command(Action.CLAIM), replace(standing(State.UNDER_REVIEW, who), holder="ann"), who)


@pytest.mark.parametrize("to", ["", "nobody", "old", "eve"])
def test_an_item_is_assigned_to_an_active_reviewer_only(to):
    eve, old = member("eve", Role.EDITOR), member("old", Role.REVIEWER, active=False)
    with pytest.raises(ReviewRefused, match="cannot be assigned"):
        done(command(Action.ASSIGN, to=to), standing(State.SUBMITTED, eve), eve, members=(old,))


def test_a_reviewer_releases_what_they_hold_an_editor_anything():
    mia, eve = member("mia", Role.REVIEWER), member("eve", Role.EDITOR)
    held = replace(standing(State.UNDER_REVIEW, mia), holder="ann", waited=State.LAPSED)
    with pytest.raises(ReviewRefused, match="held by ann"):
        done(command(Action.RELEASE), held, mia)
    assert done(command(Action.RELEASE), held, eve).after == State.LAPSED
    with pytest.raises(ReviewRefused, match="held by nobody"):
        done(command(Action.RELEASE), replace(held, holder=""), eve)


@pytest.mark.parametrize("number", [0, 3, 5])
def test_only_a_proposal_of_this_item_over_this_content_is_adopted(number):
    eve = member("eve", Role.EDITOR)
    with pytest.raises(ReviewRefused, match="no proposal"):
        done(command(Action.ADOPT, proposal=number), standing(State.SUBMITTED, eve), eve)
    older = replace(standing(State.SUBMITTED, eve), proposals=(Proposed(4, "x", "0" * 64, ""),))
    with pytest.raises(ReviewRefused, match="has changed since"):
        done(command(Action.ADOPT), older, eve)


def test_what_the_content_has_no_more_is_not_submitted():
    who = member("eve", Role.EDITOR)
    with pytest.raises(ReviewRefused, match="no more"):
        done(command(Action.SUBMIT), replace(standing(State.WITHDRAWN, who), gone=True), who)
