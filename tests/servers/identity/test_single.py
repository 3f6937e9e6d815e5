"""Single sign-on against a provider on this machine: the right way in, and every wrong one."""

from __future__ import annotations

import builtins
import socket
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("authlib", reason="the extra oidc is not installed")
pytest.importorskip("joserfc", reason="the extra oidc is not installed")

from joserfc.jwk import RSAKey

from bedside.errors import ExtraMissing, SettingsError
from bedside.review.state import Role
from bedside.servers.identity import provider as module
from bedside.servers.identity.id_token import SingleRefused
from bedside.servers.identity.provider import Provider, provider_of
from bedside.settings import Settings
from tests.servers.identity.house import SECOND, START, House
from tests.servers.identity.local_provider import CLIENT, SECRET, LocalProvider

RAE = "rae@hospital.example"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """This machine may be asked, and nothing else."""
    real = socket.socket.connect

    def connect(self, address):
        assert address[0] == "127.0.0.1", address
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def provider():
    made = LocalProvider(START)
    yield made
    made.close()


@pytest.fixture
def house(tmp_path, provider):
    """A server with this provider, and a member whose address an administrator has entered."""
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n")
    made = House(tmp_path / "home", oidc_issuer=provider.issuer, oidc_client=CLIENT, oidc_secret=secret)
    made.begin()
    made.member("rae", Role.REVIEWER)
    made.accounts.set_email("rae", RAE)
    yield made
    made.accounts.close()


def began(browser, path="/board/sso"):
    """Where the provider is, with what it is asked."""
    sent = browser.get(path)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


def entered(house, provider, person=None):
    """A fresh browser after the whole way, and its last answer."""
    browser = house.browser()
    return browser, browser.get(provider.approved(began(browser), person))


def reason(response):
    """Why a sign-in was refused."""
    assert response.status_code == 403
    assert not any("bedside-board=" in line for line in response.headers.get_list("set-cookie"))
    return response.text.split("<main", 1)[1]


def test_a_member_comes_in_and_is_tied_the_first_time(house, provider):
    browser, sent = entered(house, provider)
    assert (sent.status_code, sent.headers["location"]) == (303, "/board")
    assert browser.get("/board/review").text == "reviewing: rae"
    assert house.accounts.account("rae").linked
    [event] = house.trail.store.events(subject="member:rae")
    assert (event.action, event.detail) == ("single-sign-on", {"linked": True})
    _, again = entered(house, provider, {"sub": "person-42"})  # no address any more: the subject is enough
    assert again.status_code == 303
    assert house.trail.actions("rae") == ["single-sign-on"]


def test_what_is_asked_of_the_provider(house, provider):
    """Code flow with PKCE, state and nonce; all of it new each time."""
    browser = house.browser()
    asked = [parse_qs(urlsplit(began(browser)).query) for _ in range(2)]
    for each in asked:
        assert each["scope"] == ["openid email"]
        assert each["redirect_uri"] == ["http://localhost/board/sso/back"]
        assert all(len(each[name][0]) == 43 for name in ("state", "nonce", "code_challenge"))
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert provider.asked == ["/.well-known/openid-configuration", "/keys"]  # read once


def test_the_way_back_is_kept_and_stays_on_the_board(house, provider):
    for written, goes in (("/board/items/rule:a/b", "/board/items/rule:a/b"), ("//evil.example", "/board")):
        browser = house.browser()
        sent = browser.get(provider.approved(began(browser, f"/board/sso?next={written}")))
        assert sent.headers["location"] == goes


def test_the_sign_in_offers_it(house):
    assert 'href="/board/sso"' in house.browser().get("/board/sign-in").text


def test_roles_never_come_from_the_provider(house, provider):
    provider.claims = {"roles": ["administrator"], "groups": ["administrator"], "role": "administrator"}
    browser, _ = entered(house, provider)
    assert house.accounts.member("rae").roles == {Role.REVIEWER}
    assert browser.get("/board/members").status_code == 403


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another-client"}, "aud"),
        ({"aud": None}, "aud"),
        ({"aud": ["another-client"]}, "aud"),
        ({"aud": [CLIENT, "another-client"]}, "azp"),
        ({"aud": [CLIENT, "another-client"], "azp": "another-client"}, "azp"),
        ({"azp": "another-client"}, "azp"),
        ({"iss": "https://evil.example"}, "iss"),
        ({"iss": None}, "iss"),
        ({"exp": 1}, "exp"),
        ({"exp": None}, "exp"),
        ({"exp": "never"}, "exp"),
        ({"iat": None}, "iat"),
        ({"iat": 4_000_000_000}, "iat"),
        ({"nbf": 4_000_000_000}, "nbf"),
        ({"sub": None}, "sub"),
        ({"sub": ""}, "sub"),
        ({"sub": 42}, "sub"),
        ({"sub": "x" * 256}, "sub"),
    ],
)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(house, provider, claims, said):
    provider.claims = claims
    browser, sent = entered(house, provider)
    assert f"({said})" in reason(sent)
    assert browser.get("/open").text == "nobody"
    assert not house.accounts.account("rae").linked


def test_several_audiences_with_us_as_the_party_are_fine(house, provider):
    provider.claims = {"aud": [CLIENT, "another-client"], "azp": CLIENT}
    assert entered(house, provider)[1].status_code == 303


@pytest.mark.parametrize("how", ["none", "hs256", "another key", "own key in its head", "changed", "nothing"])
def test_an_id_token_that_the_provider_did_not_sign_is_refused(house, provider, how):
    mallory = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})

    def by_mallory(claims, **header):
        from joserfc import jwt

        return jwt.encode({"alg": "RS256", "kid": "one", **header}, claims, mallory)

    def changed(claims):
        head, _, tail = provider.signed(claims).split(".")
        other = provider.signed({**claims, "sub": "person-1"}).split(".")[1]
        return f"{head}.{other}.{tail}"

    provider.write = {
        "none": provider.unsigned,
        "hs256": provider.signed_with_the_public_key,
        "another key": by_mallory,
        "own key in its head": lambda claims: by_mallory(claims, jwk=mallory.as_dict(private=False)),
        "changed": changed,
        "nothing": lambda _claims: "",
    }[how]
    browser, sent = entered(house, provider)
    assert "(signature)" in reason(sent)
    assert browser.get("/open").text == "nobody"


def test_a_secret_among_the_keys_is_no_key(house, provider):
    """A provider whose list of keys holds a symmetric one does not make HS256 acceptable."""
    provider.published = [{"kty": "oct", "kid": "one", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQ"}]
    assert "(no-key)" in reason(entered(house, provider)[1])


def test_a_new_key_is_read_once_the_old_ones_are_a_while_old(house, provider):
    first, _ = entered(house, provider)
    assert first.get("/board").status_code == 200
    provider.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    provider.published.append(provider.key.as_dict(private=False))
    provider.write = lambda claims: provider.signed(claims, {"kid": "two"})
    assert "(unknown-key)" in reason(entered(house, provider)[1])  # read a moment ago
    house.app.state.provider._clock = lambda: house.app.state.provider._read.at + 31
    assert entered(house, provider)[1].status_code == 303


def test_an_answer_can_be_used_once(house, provider):
    browser = house.browser()
    back = provider.approved(began(browser))
    assert browser.get(back).status_code == 303
    assert "has been used already" in reason(browser.get(back))


def test_an_answer_belongs_to_the_browser_that_asked(house, provider):
    """A link with somebody's state and code, sent to a victim, does not sign the victim in as that person."""
    mallory, victim = house.browser(), house.browser()
    back = provider.approved(began(mallory))
    began(victim)  # has a cookie of its own
    assert "in another browser" in reason(victim.get(back))
    assert "in another browser" in reason(house.browser().get(back))
    assert victim.get("/open").text == "nobody"


def test_a_stolen_code_in_ones_own_sign_in_is_refused(house, provider):
    """The code of a victim, put in the place of one's own: its challenge is another one."""
    victim, mallory = house.browser(), house.browser()
    theirs = parse_qs(urlsplit(provider.approved(began(victim))).query)["code"][0]
    own = urlsplit(provider.approved(began(mallory), {"sub": "person-666"}))
    state = parse_qs(own.query)["state"][0]
    sent = mallory.get(f"/board/sso/back?state={state}&code={theirs}")
    assert "(code)" in reason(sent)
    assert mallory.get("/open").text == "nobody"


def test_an_answer_is_waited_for_ten_minutes(house, provider):
    browser = house.browser()
    back = provider.approved(began(browser))
    house.trail.later(minutes=10)
    assert "ten minutes" in reason(browser.get(back))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "in another browser"),
        ("state=x&code=y", "in another browser"),
        ("state={state}", "did not let you in"),
        ("state={state}&error=access_denied&code=x", "did not let you in"),
        ("state={state}&code=made-up", "(code)"),
        ("state={state}&code=x&iss=https://evil.example", "(issuer)"),
    ],
)
def test_an_answer_that_is_none_is_refused(house, query, said):
    browser = house.browser()
    state = parse_qs(urlsplit(began(browser)).query)["state"][0]
    sent = browser.get("/board/sso/back?" + query.format(state=state))
    assert said in reason(sent)
    assert "access_denied" not in sent.text


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "person-1"},
        {"sub": "person-1", "email": RAE},
        {"sub": "person-1", "email": RAE, "email_verified": False},
        {"sub": "person-1", "email": RAE, "email_verified": "true"},
        {"sub": "person-1", "email": "other@hospital.example", "email_verified": True},
        {"sub": "person-1", "email": "", "email_verified": True},
        {"sub": "person-1", "email": ["x"], "email_verified": True},
        {"sub": "person-1", "email": "no address", "email_verified": True},
        {"sub": "rae"},
    ],
)
def test_a_person_without_an_account_gets_none(house, provider, person):
    before = house.accounts.accounts()
    assert "no account of this board is tied to you" in reason(entered(house, provider, person)[1])
    assert house.accounts.accounts() == before


def test_an_address_leads_to_its_account_once(house, provider):
    """Whoever has the address later, under another name at the provider, is somebody else."""
    entered(house, provider)
    other = {"sub": "person-43", "email": RAE, "email_verified": True}
    assert "tied to you" in reason(entered(house, provider, other)[1])


def test_a_deactivated_member_stays_out(house, provider):
    entered(house, provider)
    house.accounts.set_active("rae", active=False)
    assert "tied to you" in reason(entered(house, provider)[1])


def test_a_one_time_password_need_not_be_changed_by_who_comes_this_way(house, provider):
    house.accounts.give_password("rae", START)
    browser, _ = entered(house, provider)
    assert browser.get("/board/review").text == "reviewing: rae"


def test_the_session_of_before_ends(house, provider):
    browser = house.browser()
    browser.sign_in("rae", SECOND)
    old = browser.session
    browser.get(provider.approved(began(browser)))
    assert browser.session != old
    assert house.accounts.held(old, START) is None


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_says_it_is_another_is_not_asked(house, provider, about):
    provider.about = about
    assert reason(house.browser().get("/board/sso"))


def test_a_provider_that_is_away_is_said(house, provider):
    provider.close()
    assert "cannot be reached" in reason(house.browser().get("/board/sso"))
    assert house.browser().sign_in("rae", SECOND).status_code == 303  # passwords go on


def test_a_provider_that_is_away_is_asked_once_in_a_while(monkeypatch):
    """Each who asks would hold a thread of the server until it times out."""
    asked, time = [], [0.0]

    def away(address):
        asked.append(address)
        raise SingleRefused("provider")

    monkeypatch.setattr(module, "_get", away)
    provider = Provider("https://login.example", CLIENT, "", clock=lambda: time[0])
    for at, times in ((0.0, 1), (9.9, 1), (10.1, 2)):
        time[0] = at
        for _ in range(3):
            with pytest.raises(SingleRefused):
                provider.address("https://here.example/board/sso/back", "s", "n", "v")
        assert len(asked) == times


def test_where_none_is_set_there_is_no_such_page(tmp_path):
    house = House(tmp_path)
    house.begin()
    assert house.browser().get("/board/sso").status_code == 404
    assert house.browser().get("/board/sso/back?state=x&code=y").status_code == 404
    assert "/board/sso" not in house.browser().get("/board/sign-in").text
    house.accounts.close()


def test_a_setting_that_cannot_be_used_is_said(tmp_path):
    base = Settings(home=tmp_path, oidc_client="x")
    for issuer in ("http://login.example", "login.example", "ftp://login.example"):
        with pytest.raises(SettingsError, match="oidc_issuer"):
            provider_of(replace(base, oidc_issuer=issuer))
    with pytest.raises(SettingsError, match="oidc_client"):
        provider_of(Settings(home=tmp_path, oidc_issuer="https://login.example"))
    with pytest.raises(SettingsError, match="cannot be read"):
        provider_of(replace(base, oidc_issuer="https://login.example", oidc_secret=tmp_path / "nothing"))
    assert provider_of(base) is None


def test_without_the_extra_it_says_how_to_get_it(tmp_path, monkeypatch):
    real = builtins.__import__

    def missing(name, *rest, **more):
        if name.split(".")[0] in ("authlib", "joserfc"):
            raise ModuleNotFoundError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ExtraMissing, match=r"bedside\[oidc\]"):
        provider_of(Settings(home=tmp_path, oidc_issuer="https://login.example", oidc_client="x"))
