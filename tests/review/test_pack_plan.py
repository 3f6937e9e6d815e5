"""Loading accepts exactly what is the same here, signed by enough and for long enough; the rest is told, with why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.review.member import Member
from bedside.review.pack import read
from bedside.review.pack_plan import Fate, Here, plan
from bedside.review.standing import Standing
from bedside.review.state import Role, State
from bedside.review.workflow import Policy
from tests.review.packs import BOARD, EDITOR, NOW, approved, packed, signature, snapshot, whole

PACK = read(whole(), lambda _key, _name: None)
ALL = [each.id for each in PACK.items]


def here(where=None, standings=None, **changed):
    """A board that has approved nothing yet."""
    where = where or snapshot()
    standings = {name: Standing(name, State.SUBMITTED) for name in where.items} | (standings or {})
    made = Here(
        where, standings, lambda name: standings[name].state is State.APPROVED, EDITOR, Policy(), {"ed": EDITOR}, NOW
    )
    return replace(made, **changed)


def fates(found, at):
    """Item id -> fate and reason."""
    return {each.item.id: (each.fate, each.reason) for each in plan(found, at)}


def of(*pairs, where=None):
    """A pack of items with these standings."""
    where = where or snapshot()
    return read(packed([(where.items[name], standing) for name, standing in pairs], where), lambda _key, _name: None)


def test_the_same_content_is_accepted_and_patterns_come_last():
    """A pattern needs what comes before it in the very same pack."""
    made = plan(PACK, here())
    assert {each.fate for each in made} == {Fate.ACCEPTED}
    assert [each.item.id for each in made][-1] == "pattern:t/p"


def test_a_pattern_without_what_it_needs_is_not_accepted():
    """The pack has the pattern alone."""
    where = snapshot()
    [(fate, reason)] = fates(of(("pattern:t/p", approved("pattern:t/p", where))), here()).values()
    assert fate is Fate.REFUSED
    assert "needs 2 more approved" in reason


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (
            snapshot(statement={"clinical": "Another."}),
            {"statement:t/a": "another one here", "rule:t/R1": "statement:t/a", "pattern:t/p": "statement:t/a"},
        ),
        (
            snapshot(source={"status": "superseded"}),
            dict.fromkeys(ALL, "source:s"),
        ),
    ],
)
def test_another_release_is_accepted_only_where_it_is_the_same(where, expected):
    """Exactly what rests on the difference is left out, and the difference is named."""
    found = fates(PACK, here(where))
    assert {name for name, (fate, _) in found.items() if fate is Fate.REFUSED} == set(expected)
    for name, words in expected.items():
        assert words in found[name][1]


def test_what_is_not_here_is_named():
    """An item of another content."""
    where = snapshot()
    less = replace(where, items={k: v for k, v in where.items.items() if k != "statement:t/dose"}, _beneath={})
    assert fates(PACK, here(less))["statement:t/dose"] == (Fate.REFUSED, "the content here has no such item")


def test_expired_signatures_are_not_accepted():
    """The day after the last one, nothing is."""
    later = here(now="2027-06-02T00:00:00+00:00")
    found = fates(PACK, later)
    assert all(fate is Fate.REFUSED for fate, _ in found.values())
    assert "expired" in found["statement:t/a"][1]
    assert all(fate is Fate.ACCEPTED for fate, _ in fates(PACK, here(now="2027-06-01T23:59:59+00:00")).values())


def test_a_signature_from_the_future_is_not_accepted():
    """It would hide a review date that comes before it."""
    assert "not come here" in fates(PACK, here(now="2026-11-19T00:00:00+00:00"))["statement:t/a"][1]


def test_a_dose_takes_two_here_whatever_it_took_there():
    """One signature, or one member twice, is too few."""
    where = snapshot()
    one = signature("statement:t/dose", where)
    for signatures in ([one], [one, replace(one, signed_at="2026-11-21T10:00:00+00:00")]):
        found = fates(of(("statement:t/dose", approved("statement:t/dose", where, *signatures))), here())
        assert found["statement:t/dose"][0] is Fate.REFUSED
        assert "too few" in found["statement:t/dose"][1]
    lax = here(policy=Policy(second_signature="none"))
    assert (
        fates(of(("statement:t/dose", approved("statement:t/dose", where))), lax)["statement:t/dose"][0]
        is Fate.ACCEPTED
    )
    strict = here(policy=Policy(second_signature="all"))
    assert fates(PACK, strict)["statement:t/a"][0] is Fate.REFUSED


def test_what_is_there_is_left_as_it_is():
    """Loaded twice, or approved here by others."""
    where = snapshot()
    theirs = replace(signature("statement:t/a", where), board=BOARD)
    twice = here(standings={"statement:t/a": approved("statement:t/a", where, theirs)})
    assert fates(PACK, twice)["statement:t/a"] == (Fate.THERE, "")
    ours = here(standings={"statement:t/a": approved("statement:t/a", where)})
    assert fates(PACK, ours)["statement:t/a"] == (Fate.OWN, "")


@pytest.mark.parametrize("state", [State.UNDER_REVIEW, State.WITHDRAWN])
def test_what_somebody_works_on_or_took_out_is_left_alone(state):
    """The pack does not go over the board's own work."""
    at = here(standings={"statement:t/a": Standing("statement:t/a", state)})
    fate, reason = fates(PACK, at)["statement:t/a"]
    assert fate is Fate.REFUSED
    assert state.value in reason


def test_only_an_editor_accepts():
    """Every other role is told so."""
    for role in set(Role) - {Role.EDITOR}:
        who = Member("x", "X", frozenset({role}))
        found = fates(PACK, here(who=who))
        assert all(fate is Fate.REFUSED and "takes the role editor" in reason for fate, reason in found.values())
