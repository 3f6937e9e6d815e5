"""Profiles and members: who may change what, by every form there is, and by forms that were made up."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from bedside.review.chain import prove
from bedside.review.state import Role
from tests.servers.identity.house import ADMIN, SECOND, START, WORDS


@pytest.fixture
def rae(house):
    """A browser in which a reviewer is signed in."""
    house.member("rae", Role.REVIEWER)
    made = house.browser()
    assert made.sign_in("rae", SECOND).status_code == 303
    return made


PROFILE = {
    "name": "Rae Jones",
    "credentials": "MB ChB",
    "registration": "GMC 1234567",
    "interests": "None",
    "public": "yes",
}


def test_a_member_keeps_their_own_profile(house, rae):
    assert "you cannot sign" in rae.get("/board/profile").text
    assert rae.send("/board/profile", PROFILE).status_code == 303
    found = house.accounts.member("rae")
    assert (found.credentials, found.registration, found.interests) == ("MB ChB", "GMC 1234567", "None")
    assert found.declared_on == START[:10]
    assert found.public
    assert found.may_sign
    [event] = house.trail.store.events(subject="member:rae")
    assert (event.action, event.actor, event.role) == ("profile", "rae", "member")
    assert event.detail == {"changed": ["credentials", "declared_on", "interests", "registration"]}
    assert "1234567" in (house.trail.store.text(event.note) or "")
    assert "1234567" not in str(event)


def test_a_declaration_has_the_day_of_its_change_or_confirmation(house, rae):
    rae.send("/board/profile", PROFILE)
    house.trail.later(days=3)
    rae.sign_in("rae", SECOND)
    rae.send("/board/profile", {**PROFILE, "credentials": "MD"})
    assert house.accounts.member("rae").declared_on == "2026-11-23"
    rae.send("/board/profile", {**PROFILE, "declared": "yes"})
    assert house.accounts.member("rae").declared_on == "2026-11-26"
    rae.send("/board/profile", {**PROFILE, "interests": ""})
    assert house.accounts.member("rae").declared_on == ""
    assert not house.accounts.member("rae").may_sign


@pytest.mark.parametrize(
    "crafted",
    [
        {"roles": "administrator"},
        {"roles": ["reviewer", "administrator"]},
        {"role": "administrator", "is_admin": "1"},
        {"handle": ADMIN},
        {"handle": ADMIN, "active": "no", "password": "x", "declared_on": "2030-01-01"},
        {"member.roles": "administrator", "roles[]": "administrator"},
    ],
)
def test_fields_that_were_added_to_the_profile_do_nothing(house, rae, crafted):
    """No role, no other account, no date of one's own choosing."""
    before = house.accounts.member(ADMIN)
    rae.send("/board/profile", {**PROFILE, **crafted})
    assert house.accounts.member("rae").roles == {Role.REVIEWER}
    assert house.accounts.member("rae").active
    assert house.accounts.member("rae").declared_on == "2026-11-23"
    assert house.accounts.member(ADMIN) == before
    assert rae.get("/board/members").status_code == 403


OF_ADMINISTRATORS = [("GET", "/board/members"), ("POST", "/board/members"), ("GET", "/board/members/ada"),
                     *(("POST", f"/board/members/{handle}/{name}") for handle in ("ada", "rae") for name in
                       ("profile", "roles", "active", "sessions", "password", "single-sign-on"))]  # fmt: skip


@pytest.mark.parametrize(
    "roles", [(), (Role.AUTHOR,), (Role.REVIEWER,), (Role.EDITOR,), tuple(set(Role) - {"administrator"})]
)
def test_only_administrators_keep_members(house, roles):
    """Every page and form of theirs, asked for by everybody else with a right token: 403, and nothing changes."""
    house.member("rae", *roles)
    browser = house.browser()
    browser.sign_in("rae", SECOND)
    before = (house.accounts.accounts(), house.trail.store.head())
    token = browser.token("/board/profile")
    fields = {"csrf": token, "handle": "new", "name": "New", "roles": "administrator", "active": "no", "email": "a@b.c"}
    for method, path in OF_ADMINISTRATORS:
        sent = browser.client.request(method, path, data=fields if method == "POST" else None)
        assert sent.status_code == 403, path
        assert "takes the role administrator" in sent.text
    assert (house.accounts.accounts(), house.trail.store.head()) == before


def test_nobody_who_is_not_signed_in_reaches_them(house, browser):
    house.member("rae", Role.REVIEWER)
    token = browser.token("/board/sign-in")
    for method, path in OF_ADMINISTRATORS:
        sent = browser.client.request(method, path, data={"csrf": token} if method == "POST" else None)
        assert (sent.status_code, sent.headers["location"].partition("?")[0]) == (303, "/board/sign-in")


def test_a_new_member_chooses_a_password_before_anything_else(house, admin):
    made = admin.send("/board/members", {"handle": "rae", "name": "Rae Jones", "roles": ["reviewer", "author"]})
    assert made.status_code == 200
    given = re.search(r"<code[^>]*>([a-z0-9-]{23})</code>", made.text)[1]
    assert given not in admin.get("/board/members/rae").text
    assert given not in str(list(house.trail.store.events()))
    browser = house.browser()
    browser.sign_in("rae", given)
    first = browser.session
    for path in ("/board", "/board/profile", "/board/review", "/board/members"):
        assert browser.get(path).headers["location"] == "/board/profile/password"
    assert browser.get("/open").text == "nobody"
    assert house.accounts.session(first, house.trail.time) is None
    page = "/board/profile/password"
    wrong = browser.send(page, {"old": given, "new": "rae.jones2026", "again": "rae.jones2026"})
    assert (wrong.status_code, "made of your name" in wrong.text) == (422, True)
    assert browser.send(page, {"old": given, "new": SECOND, "again": SECOND + "x"}).status_code == 422
    assert browser.send(page, {"old": "not it", "new": SECOND, "again": SECOND}).status_code == 422
    done = browser.send(page, {"old": given, "new": SECOND, "again": SECOND})
    assert (done.status_code, done.headers["location"]) == (303, "/board")
    assert browser.session != first
    assert house.accounts.held(first, house.trail.time) is None
    assert browser.get("/board/review").text == "reviewing: rae"
    assert house.browser().sign_in("rae", given).status_code == 403
    assert house.trail.actions("rae") == ["create", "password"]


def test_a_password_for_one_time_is_good_for_a_week(house, admin):
    made = admin.send("/board/members", {"handle": "rae", "name": "Rae Jones"})
    given = re.search(r"<code[^>]*>([a-z0-9-]{23})</code>", made.text)[1]
    house.trail.time = (datetime.fromisoformat(START) + timedelta(days=7, seconds=1)).isoformat()
    assert house.browser().sign_in("rae", given).status_code == 403


def test_a_new_password_ends_every_other_session(house, rae):
    other = house.browser()
    other.sign_in("rae", SECOND)
    changed = {"old": SECOND, "new": "another oboe entirely", "again": "another oboe entirely"}
    before = rae.session
    assert rae.send("/board/profile/password", changed).status_code == 303
    assert rae.session != before
    assert rae.get("/board").status_code == 200
    assert other.get("/board").status_code == 303


def test_a_stolen_session_cannot_try_passwords_for_ever(house, rae):
    fields = {"old": "wrong", "new": "another oboe entirely", "again": "another oboe entirely"}
    for _ in range(5):
        rae.send("/board/profile/password", fields)
    assert rae.send("/board/profile/password", {**fields, "old": SECOND}).status_code == 422
    house.trail.later(seconds=2)
    assert rae.send("/board/profile/password", {**fields, "old": SECOND}).status_code == 303


def test_sessions_can_be_ended_one_by_one_and_all(house, rae):
    others = [house.browser() for _ in range(3)]
    for each in others:
        each.sign_in("rae", SECOND)
    numbers = re.findall(r'name="number" value="(\d+)"', rae.get("/board/profile").text)
    assert len(numbers) == 3
    rae.send("/board/profile/sessions", {"number": max(numbers)}, page="/board/profile")
    assert [each.get("/board").status_code for each in others] == [200, 200, 303]
    rae.send("/board/profile/sessions", {}, page="/board/profile")
    assert [each.get("/board").status_code for each in others] == [303, 303, 303]
    assert rae.get("/board").status_code == 200
    assert house.trail.actions("rae") == ["sessions-revoked"]


def test_nobody_ends_a_session_of_another_member(house, admin, rae):
    [theirs] = house.accounts.sessions(ADMIN, house.trail.time)
    rae.send("/board/profile/sessions", {"number": theirs.number, "handle": ADMIN}, page="/board/profile")
    assert admin.get("/board").status_code == 200


def test_an_administrator_keeps_members(house, admin, rae):
    page = "/board/members/rae"
    assert admin.send(f"{page}/roles", {"roles": ["editor", "author"]}, page=page).status_code == 303
    assert house.accounts.member("rae").roles == {Role.EDITOR, Role.AUTHOR}
    assert rae.get("/board").status_code == 303  # roles changed: signed out
    rae.sign_in("rae", SECOND)
    admin.send(f"{page}/sessions", {}, page=page)
    assert rae.get("/board").status_code == 303
    rae.sign_in("rae", SECOND)
    admin.send(f"{page}/active", {"active": "no"}, page=page)
    assert rae.get("/board").status_code == 303
    assert rae.sign_in("rae", SECOND).status_code == 403
    admin.send(f"{page}/active", {"active": "yes"}, page=page)
    assert rae.sign_in("rae", SECOND).status_code == 303
    given = re.search(r"<code[^>]*>([a-z0-9-]{23})</code>", admin.send(f"{page}/password", {}, page=page).text)[1]
    assert rae.get("/board").status_code == 303
    assert rae.sign_in("rae", SECOND).status_code == 403
    assert rae.sign_in("rae", given).status_code == 303
    assert house.trail.actions("rae") == ["roles", "sessions-revoked", "deactivate", "activate", "password"]
    assert all(event.actor == ADMIN for event in house.trail.store.events(subject="member:rae"))
    assert prove(house.trail.store.events()).whole


def test_an_administrator_corrects_a_name_but_declares_for_nobody(house, admin, rae):
    rae.send("/board/profile", PROFILE)
    page = "/board/members/rae"
    crafted = {"name": "Rae Brown", "credentials": "", "registration": "GMC 7654321", "interests": "Shares in B12",
               "declared_on": "2030-01-01", "public": "", "roles": "administrator"}  # fmt: skip
    assert admin.send(f"{page}/profile", crafted, page=page).status_code == 303
    found = house.accounts.member("rae")
    assert (found.name, found.registration) == ("Rae Brown", "GMC 7654321")
    assert (found.interests, found.declared_on, found.public) == ("None", "2026-11-23", True)
    assert found.roles == {Role.REVIEWER}


def test_nobody_changes_their_own_roles_or_lets_themselves_in(house, admin):
    page = "/board/members/ada"
    assert "/board/members/ada/" not in admin.get(page).text
    before = house.accounts.account(ADMIN)
    for name, fields in (
        ("roles", {"roles": ["administrator", "reviewer"]}),
        ("active", {"active": "no"}),
        ("password", {}),
        ("single-sign-on", {"email": "a@b.example"}),
    ):
        assert admin.send(f"{page}/{name}", fields, page="/board/profile").status_code == 422, name
    assert house.accounts.account(ADMIN) == before
    assert house.trail.actions(ADMIN) == ["create"]


def test_the_last_administrator_remains(house, admin):
    """Two may take each other's role away, but never both."""
    house.member("rae", Role.ADMINISTRATOR)
    rae = house.browser()
    rae.sign_in("rae", SECOND)
    admin.send("/board/members/rae/roles", {"roles": []}, page="/board/members/rae")
    assert rae.get("/board/members").status_code == 303
    with pytest.raises(Exception, match="last administrator"):
        house.accounts.set_roles(ADMIN, frozenset())
    with pytest.raises(Exception, match="last administrator"):
        house.accounts.set_active(ADMIN, False)
    assert house.accounts.any_administrator()


def test_of_two_who_change_a_profile_the_second_is_told(house, admin, rae):
    [old] = re.findall(r'action="/board/members/rae/profile">\s*.*?name="revision" value="(\d+)"',
                       admin.get("/board/members/rae").text, re.DOTALL)  # fmt: skip
    rae.send("/board/profile", PROFILE)
    for name, fields in (("profile", {"name": "Other"}), ("roles", {"roles": "editor"})):
        sent = admin.send(f"/board/members/rae/{name}", {**fields, "revision": old}, page="/board/members/rae")
        assert sent.status_code == 409
        assert "moved on" in sent.text
    assert house.accounts.member("rae").name == "Rae Jones"
    assert house.accounts.member("rae").roles == {Role.REVIEWER}
    stale = rae.send("/board/profile", {**PROFILE, "revision": "1", "credentials": "typed words"})
    assert (stale.status_code, "typed words" in stale.text) == (409, True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"handle": "ada"}, "has an account already"),
        ({"handle": "system"}, "cannot be a handle"),
        ({"handle": "Rae"}, "cannot be a handle"),
        ({"handle": ".."}, "cannot be a handle"),
        ({"handle": "-x"}, "cannot be a handle"),
        ({"handle": "x" * 41}, "cannot be a handle"),
        ({"name": ""}, "needs a name"),
        ({"name": "x" * 201}, "more than 200"),
        ({"name": "Eve\u202eada"}, "cannot be shown"),
        ({"roles": "owner"}, "no such role"),
        ({"single": "yes"}, "needs an address"),
        ({"email": "not an address"}, "not an e-mail address"),
    ],
)
def test_a_member_that_cannot_be_is_refused_and_what_was_typed_stays(house, admin, fields, said):
    typed = {"handle": "rae", "name": "Rae Jones", "roles": "author", **fields}
    sent = admin.send("/board/members", typed)
    assert sent.status_code == 422
    assert said in sent.text
    assert set(house.accounts.members()) == {ADMIN}
    assert house.trail.store.head()[0] == 1  # the first administrator, and nothing since
    if typed["name"] == "Rae Jones":
        assert 'value="Rae Jones"' in sent.text


def test_hostile_words_in_a_profile_are_words(admin, rae):
    script = "<script>alert(1)</script>\"'"
    assert rae.send("/board/profile", {**PROFILE, "name": script, "interests": script}).status_code == 303
    for browser, path in ((rae, "/board/profile"), (admin, "/board/members"), (admin, "/board/members/rae")):
        assert "<script>alert" not in browser.get(path).text


def test_a_change_that_cannot_be_written_down_is_not_made(house, admin, monkeypatch):
    """The row comes first: where the trail refuses it, nobody was changed."""
    house.member("rae", Role.REVIEWER)

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(house.trail, "write", broken)
    admin.client.post("/board/members/rae/roles", data={"csrf": admin.token("/board/profile"), "roles": "editor"})
    assert house.accounts.member("rae").roles == {Role.REVIEWER}


def test_a_change_that_fails_after_its_row_is_said_to_be_undone(house, admin, monkeypatch):
    house.member("rae", Role.REVIEWER)

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(house.accounts, "set_roles", broken)
    admin.client.post("/board/members/rae/roles", data={"csrf": admin.token("/board/profile"), "roles": "editor"})
    rows = list(house.trail.store.events(subject="member:rae"))
    assert [row.action for row in rows] == ["roles", "undone"]
    assert rows[1].detail == {"row": rows[0].number}


def test_no_member_is_no_page(admin):
    for handle in ("nobody", "..%2fada", "ADA", "%00"):
        assert admin.get(f"/board/members/{handle}").status_code == 404


def test_the_trail_has_no_password_address_or_token(house, admin):
    made = admin.send(
        "/board/members", {"handle": "rae", "name": "Rae Jones", "roles": "reviewer", "email": "rae@hospital.example"}
    )
    given = re.search(r"<code[^>]*>([a-z0-9-]{23})</code>", made.text)[1]
    browser = house.browser()
    browser.sign_in("rae", given)
    browser.send("/board/profile/password", {"old": given, "new": SECOND, "again": SECOND})
    written = str(list(house.trail.store.events())) + str(house.trail.store._texts)
    for secret in (given, SECOND, WORDS, "hospital.example", browser.session, admin.session, "argon2"):
        assert secret not in written
