"""A form that a page elsewhere sends does nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from fastapi import Depends, Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.testclient import TestClient

from bedside.servers.csrf import FIELD, checked_form, cookie_name, csrf_field
from tests.servers.application import HOME, OPEN, application, client

COOKIE = cookie_name(secure=False)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def forms(app):
    """A page with two forms, and what they are sent to."""

    def page(request: Request):
        return HTMLResponse(f"<form>{csrf_field(request)}</form><form>{csrf_field(request)}</form>")

    async def sent(form=Depends(checked_form)):  # noqa: B008  how FastAPI is told
        return PlainTextResponse(form.get("text", ""))

    app.add_api_route("/form", page)
    app.add_api_route("/form", sent, methods=["POST"])


@pytest.fixture(scope="module")
def app():
    """An application with a form."""
    return application(routes=[forms])


@pytest.fixture
def asked(app):
    """A reader with a fresh browser."""
    return client(app)


def token_of(page):
    """The token that both forms of the page carry."""
    found = re.findall(rf'<input type="hidden" name="{FIELD}" value="([A-Za-z0-9_-]{{43}})">', page.text)
    assert len(found) == 2
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    "kind",
    ["multipart/form-data; boundary=x; charset=punycode", "multipart/form-data; boundary=x", "text/plain",
     "application/json", ""],
)  # fmt: skip
def test_no_other_kind_of_form_is_read(asked, kind):
    """In parts, a body may name a character set that takes minutes to read; while it is read nobody is answered."""
    token = token_of(asked.get("/form"))
    fields = {FIELD: token, "text": "a-" + "b" * 100}
    parts = "".join(f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items())
    body = f"{parts}--x--\r\n" if kind.startswith("multipart") else urlencode(fields)
    refused = asked.post("/form", content=body, headers={"Content-Type": kind} if kind else {})
    assert refused.status_code == 400
    assert "b" * 40 not in refused.text


def test_a_form_of_ours_is_read(asked):
    """The page gives token and cookie, the form brings both back; a second page keeps the token."""
    page = asked.get("/form")
    token = token_of(page)
    [cookie] = page.headers.get_list("set-cookie")
    assert cookie == f"{COOKIE}={token}; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax"
    assert asked.post("/form", data={FIELD: token, "text": "µ 268"}).text == "µ 268"
    again = asked.get("/form")
    assert token_of(again) == token
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize(
    "body",
    [{}, {FIELD: ""}, {FIELD: "x" * 43}, {FIELD: ["TOKEN", "TOKEN"]}, {FIELD: "TOKEN "}, {FIELD.upper(): "TOKEN"}],
    ids=["none", "empty", "another", "twice", "padded", "other name"],
)
def test_a_form_without_the_token_does_nothing(asked, body):
    """Missing, wrong, twice, or under another name."""
    token = token_of(asked.get("/form"))
    filled = [
        (name, v.replace("TOKEN", token))
        for name, each in body.items()
        for v in (each if isinstance(each, list) else [each])
    ]
    assert asked.post("/form", content=urlencode(filled), headers=FORM).status_code == 403


def test_a_token_without_its_cookie_does_nothing(app):
    """A page elsewhere may know a token of its own; it has no cookie here that fits."""
    token = token_of(client(app).get("/form"))
    assert client(app).post("/form", data={FIELD: token}).status_code == 403
    other = client(app)
    token_of(other.get("/form"))
    assert other.post("/form", data={FIELD: token}).status_code == 403


@pytest.mark.parametrize("cookie", ["", "short", "x" * 44, '"' + "x" * 41 + '"', "x" * 42 + "\u00e9"])
def test_a_cookie_that_is_not_ours_is_replaced(app, cookie):
    """Only what looks like a token of ours is taken for one: an empty cookie fits no empty field."""
    headers = {"Cookie": f"{COOKIE}={cookie}".encode("latin-1")}
    assert client(app).post("/form", content=urlencode({FIELD: cookie}), headers={**FORM, **headers}).status_code == 403
    assert "set-cookie" in client(app).get("/form", headers=headers).headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": HOME}, 200),
        ({"Origin": "null"}, 200),  # what a browser sends from a page with Referrer-Policy: no-referrer
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:8001"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
    ],
)
def test_what_says_that_it_comes_from_elsewhere_does_nothing(asked, headers, status):
    """Whatever token it carries."""
    token = token_of(asked.get("/form"))
    assert asked.post("/form", data={FIELD: token}, headers=headers).status_code == status


def test_over_https_the_cookie_is_secure_and_of_this_host_only(app):
    """Also where a proxy speaks https for us."""
    for browser in (
        TestClient(app, base_url="https://localhost"),
        client(application(replace(OPEN, https=True), routes=[forms])),
    ):
        [cookie] = browser.get("/form").headers.get_list("set-cookie")
        assert cookie.startswith("__Host-bedside-form=")
        assert cookie.endswith("; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure")


def test_no_page_without_a_form_sets_a_cookie(asked):
    """Nobody gets a cookie for reading, or for the API."""
    for path in ("/api/v1/version", "/nothing", "/docs/errors"):
        assert "set-cookie" not in asked.get(path).headers


def test_a_form_with_a_file_or_thousands_of_fields_is_refused(asked):
    """Our forms have neither."""
    token = token_of(asked.get("/form"))
    assert asked.post("/form", data={FIELD: token}, files={"text": b"x"}).status_code == 400
    many = urlencode([(FIELD, token), *((f"f{n}", "") for n in range(1_000))])
    assert asked.post("/form", content=many, headers=FORM).status_code == 400
    broken = asked.post("/form", content=b"\xff\xfe%zz&=&&" + f"&{FIELD}={token}".encode(), headers=FORM)
    assert broken.status_code in (200, 400, 403)
