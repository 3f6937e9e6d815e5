"""Everybody tries everything: each role, and who has none, against each route of the application.

What each may do is written here by hand, once more, and not read from the program. A route that nobody has entered here
fails the test. What is refused leaves the trail, the accounts and the sessions as they were.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.routing import Mount

from bedside.board_wordings import adopt
from bedside.review.state import Action, Role
from bedside.servers import csrf
from tests.servers.roles_oracle import (
    EVERYBODY,
    MOUNTS,
    ORACLE,
    STRANGERS,
    WORDED,
    Try,
    link,
    own_profile,
    proposed,
    take_back_directly,
)
from tests.servers.whole_board import PASSWORD, Whole


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Iterator[Whole]:
    """One application for every try."""
    made = Whole(tmp_path_factory.mktemp("roles"), every_statement=True)
    made.join("once", Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR, one_time=True)
    made.join("gone", *Role)
    made.left = made.session("gone")
    made.accounts.set_active("gone", active=False)
    yield made
    made.close()


def browser_of(whole: Whole, who: str):
    """A browser of who tries, with a session of its own."""
    if who == "nobody":
        return whole.browser()
    if who == "reader":
        reader = whole.browser()
        reader.get(f"/t/{link(whole)}")
        return reader
    if who == "gone":
        return whole.browser(whole.left)
    if who == "once":
        hashed = whole.accounts._passwords.hashed(PASSWORD)
        whole.accounts._update("once", {"password": hashed, "one_time_until": "2999-01-01T00:00:00+00:00"}, 0)
        return whole.browser(whole.accounts.sign_in("once", PASSWORD, whole.clock()))
    return whole.member(who)


def sent(browser, one: Try, path: str, fields: dict):
    """The reply to a try."""
    if one.method == "GET":
        return browser.get(path)
    if one.json:
        return browser.client.request(one.method, path, json=fields)
    return browser.post(path, **fields)


def test_every_route_is_tried(whole):
    found = {(method, route.path) for route in routes(whole.app.routes) for method in route.methods - {"HEAD"}}
    assert {(each.method, each.route) for each in ORACLE} == found
    assert {route.path for route in whole.app.routes if isinstance(route, Mount)} == MOUNTS


def routes(some) -> Iterator:
    """Every route, those of included routers too."""
    for route in some:
        if hasattr(route, "effective_candidates"):
            yield from routes(route.effective_candidates())
        elif not isinstance(route, Mount):
            yield route


@pytest.mark.parametrize("one", ORACLE, ids=lambda one: one.label)
def test_who_may(whole, one):
    for who in EVERYBODY:
        path, fields = one.make(whole, who)
        browser = browser_of(whole, who)
        assert browser.token
        before = None if one.open else whole.state()
        reply = sent(browser, one, path, fields)
        where = reply.headers.get("location", "")
        said = (who, reply.status_code, where, reply.text[:300])
        if who in one.allowed or (who == "once" and one.once):
            assert reply.status_code == one.status, said
            assert one.open or who == "once" or not where.startswith(("/board/sign-in", "/board/profile/password")), (
                said
            )
            if before and (one.method == "GET" or one.status == 404):
                assert whole.state() == before, said
            elif before and one.status == 303:
                assert whole.state() != before, said
            continue
        before = before or whole.state()
        assert whole.state() == before, said
        if who in STRANGERS:
            assert (reply.status_code, where.partition("?")[0]) == (303, "/board/sign-in"), said
        elif one.route == "/board/sign-in":
            assert (reply.status_code, where) == (303, "/board"), said
        elif who == "once":
            assert (reply.status_code, where) == (303, "/board/profile/password"), said
        else:
            assert reply.status_code == 403, said


SEARCHES = ("/patterns", "/library")
"""Forms that look for words and change nothing: they need no token, and their pages can be kept by a proxy."""
FORMS = [one for one in ORACLE if one.method == "POST" and not one.json and one.route not in SEARCHES]


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.label)
def test_a_form_that_is_not_ours_does_nothing(whole, one):
    """From a member who may do everything: without the token, with another session's, from another site, twice."""
    other = whole.member("all").token
    stranger = whole.browser().token
    path, fields = one.make(whole, "ruth")
    browser = whole.member("all")
    before = whole.state()
    forged = (
        (fields, {}),
        ({**fields, csrf.FIELD: ""}, {}),
        ({**fields, csrf.FIELD: other}, {}),
        ({**fields, csrf.FIELD: stranger}, {}),
        ({**fields, csrf.FIELD: [browser.token, browser.token]}, {}),
        ({**fields, csrf.FIELD: browser.token}, {"Origin": "https://elsewhere.example"}),
        ({**fields, csrf.FIELD: browser.token}, {"Sec-Fetch-Site": "cross-site"}),
        ({**fields, csrf.FIELD: browser.token}, {"Sec-Fetch-Site": "same-site"}),
    )
    for data, headers in forged:
        reply = browser.client.post(path, data=data, headers=headers)
        assert reply.status_code == 403, (headers, reply.status_code, reply.text[:300])
        assert whole.state() == before, headers
    browser.client.cookies.clear()
    browser.client.cookies.set("bedside-form", stranger)
    assert browser.client.post(path, data={**fields, csrf.FIELD: other}).status_code in (303, 403)
    assert whole.state() == before


def test_the_api_takes_no_form_and_knows_no_member(whole):
    """A page elsewhere can send a form, and never JSON."""
    browser = whole.member("all")
    for one in ORACLE:
        if one.json and one.method == "POST":
            path, fields = one.make(whole, "ruth")
            assert browser.client.post(path, data=fields).status_code == 415, path
            assert browser.client.post(path, content="{}", headers={"Content-Type": "text/plain"}).status_code == 415


def test_crafted_forms_give_nobody_more(whole):
    """Fields that a form does not have: whose profile it is, roles, a name to act under."""
    ruth = whole.member("ruth")
    _, fields = own_profile(whole, "ruth")
    more = {"handle": "ed", "roles": "administrator", "active": "yes", "who": "ed", "role": "editor"}
    assert ruth.post("/board/profile", **(fields | more)).status_code == 303
    assert whole.accounts.member("ruth").roles == {Role.REVIEWER}
    assert whole.accounts.member("ed").roles == {Role.EDITOR}
    item = whole.fresh()
    claimed = ruth.post(f"/board/items/{item}/claim", **whole.seen(item), **more)
    assert claimed.status_code == 303
    assert whole.board.standing(item).holder == "ruth"


def test_signatures_that_the_page_does_not_offer_are_refused(whole):
    """By who does not hold it, unread, of another seal, by its author, twice by one, before what it needs, too long."""
    ruth, ravi = whole.member("ruth"), whole.member("ravi")
    item = whole.fresh()
    good = {"read": "yes"}

    def refused(browser, what, status, **fields):
        before = whole.state()
        reply = browser.post(f"/board/items/{what}/approve", **(whole.seen(what) | good | fields))
        assert reply.status_code == status, reply.text[:500]
        assert whole.state() == before

    refused(ruth, item, 422)
    whole.act("ravi", Action.CLAIM, item)
    refused(ruth, item, 422)
    refused(ravi, item, 422, read="")
    refused(ravi, item, 409, seal="0" * 64)
    refused(ravi, item, 409, seal="")
    refused(ravi, item, 409, revision="0")
    refused(ravi, item, 409, revision="x")
    refused(ravi, item, 422, expires="2099-01-01")
    refused(ravi, item, 422, expires="2020-01-01")
    refused(ravi, item, 422, expires="tomorrow")
    items = whole.board.snapshot.items.values()
    dose = next(each.id for each in items if each.dose and not each.needs and each.id != WORDED)
    whole.act("ruth", Action.CLAIM, dose)
    whole.act("ruth", Action.APPROVE, dose)
    refused(ruth, dose, 422)
    assert ruth.post(f"/board/items/{dose}/claim", **whole.seen(dose)).status_code == 422
    pattern = "pattern:vitamin-b12/leber"
    whole.act("ruth", Action.CLAIM, pattern)
    refused(ruth, pattern, 422)
    take_back_directly(whole)
    made = proposed(whole)
    adopt(whole.board, whole.accounts.member("ed"), WORDED, made)
    author = whole.board.standing(WORDED).author
    assert author in ("ann", "ruth")
    whole.accounts.set_roles("ann", frozenset({Role.AUTHOR, Role.REVIEWER}))
    if holder := whole.board.standing(WORDED).holder:  # of another test of this board
        whole.act(holder, Action.RELEASE, WORDED)
    whole.act(author, Action.CLAIM, WORDED)
    refused(whole.member(author), WORDED, 422)
    whole.accounts.set_roles("ann", frozenset({Role.AUTHOR}))
