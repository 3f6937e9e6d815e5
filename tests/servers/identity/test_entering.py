"""Signing in and out: sessions are the server's, tokens are new, tries are slowed down, nothing is given away."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bedside.review.state import Role
from bedside.servers.csrf import of_session
from bedside.servers.identity import entering, members, profile, single
from bedside.servers.identity.guard import way_back
from bedside.stores.account_schema import failure
from bedside.stores.token import hash_of
from tests.servers.application import OPEN
from tests.servers.identity.house import ADMIN, SECOND, WORDS, House


def test_a_member_signs_in_and_out(house, browser):
    page = browser.get("/board")
    assert (page.status_code, page.headers["location"]) == (303, "/board/sign-in")
    entered = browser.sign_in()
    assert (entered.status_code, entered.headers["location"]) == (303, "/board")
    assert browser.get("/board").text == "home of ada: administrator"
    left = browser.send("/board/sign-out", {}, page="/board/profile")
    assert (left.status_code, left.headers["location"]) == (303, "/board/sign-in")
    assert browser.get("/board").status_code == 303
    assert house.accounts.sessions(ADMIN, house.trail.time) == ()


def test_the_cookies_are_for_this_host_and_no_script(house):
    """HttpOnly, Lax, of the whole host; over https Secure, and under a name that no other site can set."""
    plain = house.browser()
    names = [line.split(";", 1) for line in plain.sign_in().headers.get_list("set-cookie")]
    assert [(name.partition("=")[0], rest) for name, rest in names] == [
        ("bedside-board", " Path=/; HttpOnly; SameSite=Lax"),
        ("bedside-known", " Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"),
    ]
    https = house.browser("https://localhost")
    lines = https.sign_in().headers.get_list("set-cookie")
    assert [line.partition("=")[0] for line in lines] == ["__Host-bedside-board", "__Host-bedside-known"]
    assert all(line.endswith("; HttpOnly; SameSite=Lax; Secure") for line in lines)


def test_a_proxy_that_speaks_https_for_us_counts_as_https(tmp_path):
    house = House(tmp_path, replace(OPEN, https=True))
    house.begin()
    page = house.browser().get("/board/sign-in")
    assert page.headers["set-cookie"].startswith("__Host-bedside-form=")
    house.accounts.close()


@pytest.mark.parametrize(
    ("handle", "password"),
    [(ADMIN, "wrong"), ("nobody", WORDS), ("nobody", "wrong"), ("", ""), (ADMIN, ""), (ADMIN, WORDS + " "),
     ("../x", "y"), (ADMIN, "x" * 100_000), ("é" * 50, "\x00")],
)  # fmt: skip
def test_whatever_is_wrong_the_answer_is_the_same(house, browser, handle, password):
    """Also for somebody who is deactivated or locked: no name can be found out."""

    def answer(given):
        assert given.status_code == 403
        assert "set-cookie" not in given.headers
        text = re.sub(r'value="[^"]*"|Request [0-9a-f-]+', "", given.text)
        return re.sub(r"\s+", " ", text)

    house.member("rae", Role.REVIEWER)
    house.accounts.set_active("rae", False)
    inactive = answer(browser.sign_in("rae", SECOND))
    assert answer(house.browser().sign_in(handle, password)) == inactive
    for _ in range(6):
        locked = answer(browser.sign_in(ADMIN, "wrong"))
    assert locked == inactive == answer(browser.sign_in(ADMIN, WORDS))


def test_an_unknown_handle_takes_as_long_as_a_wrong_password(house, browser, monkeypatch):
    """A password is checked each time, also where there is none."""
    checked = []
    passwords = house.accounts._passwords
    real = passwords._hasher.verify

    class Watched:
        def __init__(self, hasher):
            self._hasher = hasher

        def verify(self, kept, password):
            checked.append(kept)
            return real(kept, password)

        def __getattr__(self, name):
            return getattr(self._hasher, name)

    monkeypatch.setattr(passwords, "_hasher", Watched(passwords._hasher))
    browser.sign_in("nobody", "wrong")
    browser.sign_in(ADMIN, "wrong")
    assert len(checked) == 2
    assert checked[0].split("$")[:4] == checked[1].split("$")[:4]  # the same parameters, so the same work


def test_a_token_that_the_browser_brought_is_never_taken_up(house):
    """Session fixation: whatever stood in the cookie, the session has a new token, and the old one is nothing."""
    mallory = house.browser()
    mallory.sign_in()
    for planted in ("A" * 43, mallory.session):
        browser = house.browser()
        browser.client.cookies.set("bedside-board", planted, domain="localhost.local")
        if planted == mallory.session:
            assert browser.get("/board/sign-in").status_code == 303  # somebody else's session, planted
            sent = browser.client.post(
                "/board/sign-in", data={"csrf": of_session(planted), "handle": ADMIN, "password": WORDS}
            )
        else:
            sent = browser.sign_in()
        assert sent.status_code == 303
        given = re.search(r"bedside-board=([^;]+)", sent.headers.get_list("set-cookie")[0])[1]
        assert given != planted
        assert house.accounts.held(planted, house.trail.time) is None
        assert house.accounts.held(given, house.trail.time) is not None


def test_signing_in_again_gives_a_new_token_each_time(house):
    tokens = set()
    for _ in range(3):
        browser = house.browser()
        browser.sign_in()
        tokens.add(browser.session)
    assert len(tokens) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)


def test_a_stolen_token_is_worth_nothing_after_the_sign_out(house, admin):
    stolen = admin.session
    admin.send("/board/sign-out", {}, page="/board/profile")
    thief = house.browser()
    thief.client.cookies.set("bedside-board", stolen, domain="localhost.local")
    assert thief.get("/board").status_code == 303
    assert thief.get("/open").text == "nobody"


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "A" * 44, "' OR 1=1 --", "%00"])
def test_a_cookie_that_is_no_session_is_nobody(house, token):
    browser = TestClient(house.app, base_url="http://localhost", follow_redirects=False)
    headers = {"Cookie": f"bedside-board={token}"}
    assert browser.get("/open", headers=headers).text == "nobody"
    assert browser.get("/board", headers=headers).status_code == 303


def test_a_session_ends_when_it_is_left_alone_and_at_its_end(house, admin):
    """Two hours without a request; twelve hours whatever happens."""
    for _ in range(7):
        house.trail.later(minutes=100)
        assert admin.get("/board").status_code == 200
    house.trail.later(minutes=21)  # 12 h 01
    assert admin.get("/board").status_code == 303
    other = house.browser()
    other.sign_in()
    house.trail.later(hours=2, seconds=1)
    assert other.get("/board").status_code == 303
    assert other.get("/board").headers["location"] == "/board/sign-in"


def test_a_deactivated_member_is_out_at_once_and_roles_are_read_anew(house):
    house.member("rae", Role.REVIEWER)
    browser = house.browser()
    browser.sign_in("rae", SECOND)
    assert browser.get("/board/review").text == "reviewing: rae"
    house.accounts.set_active("rae", False)
    assert browser.get("/board/review").status_code == 303
    assert browser.get("/open").text == "nobody"
    house.accounts.set_active("rae", True)
    assert browser.get("/board/review").status_code == 303  # the session has ended, it does not come back
    browser.sign_in("rae", SECOND)
    house.accounts.set_roles("rae", frozenset({Role.AUTHOR}))
    assert browser.get("/board/review").status_code == 303
    browser.sign_in("rae", SECOND)
    refused = browser.get("/board/review")
    assert refused.status_code == 403
    assert "reviewer or editor" in refused.text
    assert "author" in refused.text


def test_the_token_of_forms_is_of_the_session(house, browser):
    """It changes at the sign-in; one of before, of another session, or of the cookie of forms opens nothing."""
    before = browser.token("/board/sign-in")
    browser.sign_in()
    after = browser.token("/board/profile")
    assert after != before
    assert after == of_session(browser.session) != browser.session
    other = house.browser()
    other.sign_in()
    for wrong in (before, other.token("/board/profile"), browser.session, "", "x" * 43):
        assert browser.client.post("/board/act", data={"csrf": wrong}).status_code == 403
    browser.client.cookies.set("bedside-form", "F" * 43, domain="localhost.local")  # a cookie that somebody planted
    assert browser.client.post("/board/act", data={"csrf": "F" * 43}).status_code == 403
    assert browser.client.post("/board/act", data={"csrf": after}).text == "done by ada"
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert browser.client.post("/board/act", data={"csrf": after}, headers=elsewhere).status_code == 403


OF_ONE = ("profile", "roles", "active", "sessions", "password", "single-sign-on")
EVERY_POST = [
    "/board/sign-in",
    "/board/sign-out",
    "/board/profile",
    "/board/profile/password",
    "/board/profile/sessions",
    "/board/members",
    *(f"/board/members/rae/{name}" for name in OF_ONE),
]


def test_every_form_there_is_is_in_the_list():
    """So that the next test forgets none."""
    routes = [route for pages in (entering, single, profile, members) for route in pages.router.routes]
    posts = {route.path for route in routes if "POST" in route.methods}
    assert {path.replace("{handle}", "rae") for path in posts} == set(EVERY_POST)


@pytest.mark.parametrize("path", EVERY_POST)
def test_no_form_does_anything_without_its_token(house, admin, path):
    """Signed in as administrator, from a page elsewhere: nothing changes, nothing is written."""
    house.member("rae", Role.REVIEWER)
    before = (house.accounts.accounts(), house.trail.store.head(), house.accounts.sessions(ADMIN, house.trail.time))
    fields = {
        "handle": "new", "name": "New", "roles": "administrator", "active": "no", "new": SECOND, "again": SECOND,
        "old": WORDS, "password": WORDS, "email": "a@b.example",
    }  # fmt: skip
    for token in ("", "x" * 43):
        assert admin.client.post(path, data={**fields, "csrf": token}).status_code == 403
    after = (house.accounts.accounts(), house.trail.store.head(), house.accounts.sessions(ADMIN, house.trail.time))
    assert after == before


def test_tries_are_slowed_down_and_never_for_good(house):
    """Five are free, then each doubles the wait, up to a quarter of an hour; a right password ends it."""
    stranger = house.browser()
    waits = []
    for _ in range(20):
        stranger.sign_in(ADMIN, "wrong")
        wait = 0
        while _locked(house):
            house.trail.later(seconds=1)
            wait += 1
        waits.append(wait)
    assert waits == [0, 0, 0, 0, *(min(900, 2**n) for n in range(16))]
    entered = house.browser()
    assert entered.sign_in().status_code == 303
    house.browser().sign_in(ADMIN, "wrong")
    assert not _locked(house)


def test_tries_while_it_waits_do_not_make_it_longer(house):
    for _ in range(6):
        house.browser().sign_in(ADMIN, "wrong")
    for _ in range(50):
        assert house.browser().sign_in().status_code == 403
    house.trail.later(seconds=2)
    assert house.browser().sign_in().status_code == 303


def test_strangers_cannot_shut_a_member_out_of_a_browser_that_is_known(house):
    """The member's own browser has tries of its own; a stranger's browser has none of them."""
    own = house.browser()
    own.sign_in()
    own.send("/board/sign-out", {}, page="/board/profile")
    for _ in range(12):
        house.browser().sign_in(ADMIN, "wrong")
        house.trail.later(seconds=1)
    assert house.browser().sign_in().status_code == 403  # even with the right password
    assert own.sign_in().status_code == 303
    for _ in range(6):
        own.send("/board/sign-out", {}, page="/board/profile") if own.session else None
        own.sign_in(ADMIN, "wrong")
    assert own.sign_in().status_code == 403  # that browser waits, too
    house.trail.later(seconds=2)
    assert own.sign_in().status_code == 303


def test_a_known_browser_is_known_for_its_own_member_only(house):
    house.member("rae", Role.REVIEWER)
    own = house.browser()
    own.sign_in()
    own.send("/board/sign-out", {}, page="/board/profile")
    for _ in range(6):
        own.sign_in("rae", "wrong")
    assert house.browser().sign_in("rae", SECOND).status_code == 403


def test_one_address_that_tries_many_names_waits(house):
    browser = house.browser()
    for number in range(30):
        browser.sign_in(f"name{number}", "wrong")
    assert browser.sign_in().status_code == 403
    house.trail.later(minutes=1, seconds=1)
    assert browser.sign_in().status_code == 303


def test_what_was_typed_is_in_no_log(browser, monkeypatch):
    lines = []
    monkeypatch.setattr("bedside.servers.request_log.log_line", lines.append)
    browser.get("/board/items/zarquon")
    browser.sign_in("Zarquon", "Zarquonberry pass")
    assert len(lines) == 3
    assert "arquon" not in str(lines)


@pytest.mark.parametrize(
    ("written", "goes"),
    [
        ("/board/items/rule:a/b", "/board/items/rule:a/b"),
        ("/board", "/board"),
        ("", "/board"),
        ("https://evil.example/board", "/board"),
        ("//evil.example", "/board"),
        ("/board//evil.example", "/board"),
        ("/board/../x", "/board"),
        ("/\\evil.example", "/board"),
        ("/board\\@evil", "/board"),
        ("/boardwalk", "/board"),
        ("/board/x\r\nSet-Cookie: a=b", "/board"),
        ("/board/x?q=words", "/board"),
        ("/board/sign-out", "/board"),
        ("/board/sso", "/board"),
        ("/t/abc", "/board"),
        ("/board/" + "x" * 400, "/board"),
        ("javascript:alert(1)", "/board"),
    ],
)
def test_after_the_sign_in_one_is_on_a_page_of_the_board(house, written, goes):
    assert way_back(written) == goes
    browser = house.browser()
    assert browser.sign_in(next=written).headers["location"] == goes


def test_the_sign_in_leads_back_without_what_was_looked_for(browser):
    page = browser.get("/board/items/rule:a/b?find=words")
    assert page.headers["location"] == "/board/sign-in?next=/board/items/rule:a/b"
    assert 'value="/board/items/rule:a/b"' in browser.get(page.headers["location"]).text


def test_a_board_without_accounts_says_which_command_makes_the_first(tmp_path):
    house = House(tmp_path / "empty")
    page = house.browser().get("/board/sign-in")
    assert "bedside review setup" in page.text
    assert "<form" not in page.text.split("<main", 1)[1]
    house.accounts.close()


def test_a_server_without_a_board_has_nobody(house, browser):
    house.app.state.accounts = None
    assert browser.get("/open").text == "nobody"
    assert "bedside review setup" in browser.get("/board/sign-in").text


def test_no_page_of_accounts_is_kept_by_anybody(house, admin):
    house.member("rae")
    for path in ("/board/sign-in", "/board/profile", "/board/profile/password", "/board/members", "/board/members/rae"):
        assert admin.get(path).headers["cache-control"] == "no-store"


def _locked(house):
    """Whether a stranger has to wait for the administrator's account now; asked of the database, without a try."""
    with house.accounts._engine.connect() as connection:
        chosen = select(failure.c.until).where(failure.c.key == hash_of(f"handle:{ADMIN}"))
        until = connection.execute(chosen).scalar() or ""
    return house.trail.time < until
