"""Two reviewers at two browsers and two servers over one database want the same item at the same moment.

One is done, the other is told; what was typed stands on the page that tells it; nothing is overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import escape
from threading import Barrier
from types import SimpleNamespace

import pytest

from bedside.review.event import Event
from bedside.review.state import Action, Role, State
from tests.servers.roles_oracle import WORDED, wording
from tests.servers.whole_board import Browser, Whole
from tests.stores.conftest import postgres  # noqa: F401  a fixture

ROUNDS = 8
TYPED = 'Typed with care: one "quoted" word & 2 < 3.'


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def two(request, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """Two servers over one database, Dr Ruth at the first and Dr Ravi at the second."""
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else ""
    home = tmp_path_factory.mktemp(request.param)
    first = Whole(home, url)
    second = Whole(home, url, members=False)
    first.join("rita", Role.REVIEWER, Role.AUTHOR, number=41)
    yield SimpleNamespace(
        first=first, second=second, ruth=first.member("ruth"), ravi=second.member("ravi"), ed=second.member("ed")
    )
    first.close()
    second.close()


def at_once(*sent: tuple[Browser, str, dict]) -> list:
    """Send forms at the same moment, each from its own thread; the replies in the same order."""
    start = Barrier(len(sent))

    def one(each: tuple[Browser, str, dict]):
        browser, path, fields = each
        assert browser.token
        start.wait(10)
        return browser.post(path, **fields)

    with ThreadPoolExecutor(len(sent)) as pool:
        return list(pool.map(one, sent))


def seen(browser: Browser, item: str) -> dict[str, str]:
    """The hidden fields of the item's page as that browser has it."""
    page = browser.text(f"/board/items/{item}")
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("revision", "seal")}


def events(two, item: str, *actions: Action) -> list[Event]:
    """What the trail says was done with an item."""
    return [each for each in two.first.board.store.events(subject=item) if each.action in actions]


def one_was_told(replies) -> None:
    """One was done, and the other read why not."""
    assert sorted(reply.status_code for reply in replies) == [303, 409]
    [told] = [reply.text for reply in replies if reply.status_code == 409]
    assert "Somebody was faster" in told
    assert "has moved on since you read it" in told


def test_both_claim_it(two):
    for _ in range(ROUNDS):
        item = two.first.fresh()
        path = f"/board/items/{item}/claim"
        replies = at_once((two.ruth, path, seen(two.ruth, item)), (two.ravi, path, seen(two.ravi, item)))
        one_was_told(replies)
        [claimed] = events(two, item, Action.CLAIM)
        assert claimed.actor == ("ruth" if replies[0].status_code == 303 else "ravi")
        for whole in (two.first, two.second):
            assert whole.board.standing(item).holder == claimed.actor


def test_one_signs_what_the_other_takes_away(two):
    """A signature and an assignment at once: never both, and no approval by who does not hold it."""
    for _ in range(ROUNDS):
        item = two.first.fresh()
        two.first.act("ruth", Action.CLAIM, item)
        held, base = seen(two.ruth, item), f"/board/items/{item}"
        replies = at_once(
            (two.ruth, f"{base}/approve", held | {"read": "yes"}), (two.ed, f"{base}/assign", held | {"to": "ravi"})
        )
        one_was_told(replies)
        state = State.APPROVED if replies[0].status_code == 303 else State.UNDER_REVIEW
        for whole in (two.first, two.second):
            assert whole.board.standing(item).state is state
            assert whole.board.approved(item) == (state is State.APPROVED)


def test_two_signatures_of_a_dose_are_two(two):
    """The second member claims after the first has signed; both seals stand side by side."""
    item = next(each.id for each in two.first.board.snapshot.items.values() if each.dose and not each.needs)
    two.first.act("ruth", Action.CLAIM, item)
    two.first.act("ruth", Action.APPROVE, item)
    path = f"/board/items/{item}/claim"
    rita = two.second.member("rita")
    one_was_told(at_once((two.ravi, path, seen(two.ravi, item)), (rita, path, seen(rita, item))))
    holder = two.first.board.standing(item).holder
    two.second.act(holder, Action.APPROVE, item)
    assert [each.handle for each in two.first.board.standing(item).signatures] == ["ruth", holder]
    assert two.first.board.approved(item)


def test_what_was_typed_is_kept_when_the_form_is_gone(two):
    """Ruth writes a long comment; meanwhile an editor gives the item to somebody else."""
    item = two.first.fresh()
    two.first.act("ruth", Action.CLAIM, item)
    before = seen(two.ruth, item)
    assert two.ed.post(f"/board/items/{item}/assign", **before, to="ravi").status_code == 303
    for action in ("return", "approve"):
        reply = two.ruth.post(f"/board/items/{item}/{action}", **before, note=TYPED, read="yes")
        assert reply.status_code == 409
        assert "Somebody was faster" in reply.text
        assert str(escape(TYPED)).replace("&quot;", "&#34;") in reply.text
    assert two.first.board.standing(item).holder == "ravi"
    assert events(two, item, Action.RETURN, Action.APPROVE) == []


def test_two_wordings_at_once_are_both_kept_or_told(two):
    """The second one's wording stands in its field; sent again from the new page, it is a proposal beside the first."""
    made = wording(two.first)
    fields = {"clinical": made.clinical, "plain": made.plain, "why": TYPED}
    path = f"/board/items/{WORDED}/propose"
    replies = at_once(
        (two.ruth, path, seen(two.ruth, WORDED) | fields), (two.ravi, path, seen(two.ravi, WORDED) | fields)
    )
    one_was_told(replies)
    slower = two.ravi if replies[0].status_code == 303 else two.ruth
    [told] = [reply.text for reply in replies if reply.status_code == 409]
    assert str(escape(made.clinical)).replace("&#x27;", "&#39;") in told
    assert str(escape(TYPED)).replace("&quot;", "&#34;") in told
    assert slower.post(path, **seen(slower, WORDED), **fields).status_code == 303
    assert {each.actor for each in events(two, WORDED, Action.PROPOSE)} == {"ruth", "ravi"}


def test_two_marks_of_a_source_at_once(two):
    key = "nhs-b12-page"
    revision = str(two.first.board.revision(f"source:{key}"))
    other = two.first.member("all")
    forms = [{"status": status, "note": TYPED, "revision": revision} for status in ("concern", "retracted")]
    path = f"/board/sources/{key}"
    replies = at_once((other, path, forms[0]), (two.ed, path, forms[1]))
    one_was_told(replies)
    [told] = [reply.text for reply in replies if reply.status_code == 409]
    assert str(escape(TYPED)).replace("&quot;", "&#34;") in told
    marked = "concern" if replies[0].status_code == 303 else "retracted"
    for whole in (two.first, two.second):
        assert whole.board.marks[key].status == marked


def test_the_trail_of_both_is_one_and_whole(two):
    proofs = [whole.board.prove() for whole in (two.first, two.second)]
    assert proofs[0].whole
    assert proofs[0] == proofs[1]
    assert two.first.board.standings() == two.second.board.standings()
