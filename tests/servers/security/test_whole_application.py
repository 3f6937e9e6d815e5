"""The walls hold around the application as it is served: pages, threads on disk, static files."""

from __future__ import annotations

import json
import logging
import os
import re
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bedside.servers.app import create_app
from bedside.servers.headers import ALWAYS
from bedside.settings import Settings
from tests.servers.application import HOME
from tests.servers.security.test_log import Lines

SCRIPT = "<script>alert(1)</script>"
MARK = "Zarquonberry"
HOSTILE = [
    f"{SCRIPT} My B12 is 268 pg/mL",
    "\"' onmouseover=alert(1) x=' My B12 is 268 pg/mL",
    "</textarea></title><svg onload=alert(1)> My B12 is 268 pg/mL",
    "{{ 7*7 }}{% raw %}{{ config }} My B12 is 268 pg/mL",
    "'; DROP TABLE turn; -- My B12 is 268 pg/mL",
    "javascript:alert(1) [x](javascript:alert(1)) My B12 is 268 pg/mL",
    "My B12 is 268 pg/mL<!-- --!> <![CDATA[ ]]> &lt;script&gt;",
]
TAKEN = ("leaflet", "appointment", "sbar", "follow-up.ics", "answer.md", "answer.json", "bundle.json", "proof/1")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The folder of the application."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def app(home):
    """The application as it is served, without a limit of rate."""
    return create_app(Settings(home=home, asking_rate=0))


@pytest.fixture
def asked(app):
    """A reader with a fresh browser."""
    return TestClient(app, base_url=HOME, follow_redirects=False)


def token_of(page):
    """The token of a page's forms."""
    return re.search(r'name="csrf" value="([^"]+)"', page.text)[1]


def question(asked, text, **more):
    """Ask by the form; gives the response."""
    form = {"csrf": token_of(asked.get("/")), "question": text, "reader": "patient", "region": "GB", **more}
    return asked.post("/ask", data=form)


def thread(asked, text):
    """The address of a new thread."""
    sent = question(asked, text)
    assert sent.status_code == 303
    return sent.headers["location"]


def test_the_api_and_the_pages_have_the_same_threads(asked):
    """A thread begun by a program opens in a browser."""
    begun = asked.post("/api/v1/threads", json={"question": "My B12 is 268 pg/mL", "reader": "nurse", "region": "GB"})
    assert asked.get(f"/t/{begun.json()['thread']['token']}").status_code == 200


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_on_every_page(asked, text):
    """In the article, the print sheets and the form that is shown again: nothing of it is markup, nothing is run."""
    where = thread(asked, text)
    for path in ("", "?for=clinician", *(f"/{name}" for name in TAKEN)):
        page = asked.get(where + path)
        assert page.status_code == 200, path
        if page.headers["content-type"].startswith("text/html"):
            assert text not in page.text or text == escape(text), path
            assert not re.search(r"<script>|<svg onload|<[a-z]+[^>]* onmouseover=|\b49\b.*config", page.text), path
            assert not re.search(r"""(href|src|action)\s*=\s*["']?\s*javascript:""", page.text), path
            assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", page.text), path
    again = question(asked, text + "\x00")
    assert again.status_code == 422
    assert SCRIPT not in again.text


def test_every_page_carries_the_headers_and_is_kept_by_nobody(asked):
    """Also the pages of a thread; their robots tag keeps them out of search engines."""
    where = thread(asked, "My B12 is 268 pg/mL")
    for path in ("/", where, *(f"{where}/{name}" for name in TAKEN), "/healthz", "/nothing", "/about"):
        page = asked.get(path)
        assert {name: page.headers[name] for name in ALWAYS} == ALWAYS, path
        if path != "/about":
            assert page.headers["cache-control"] == "no-store", path
    assert asked.get(where).headers["x-robots-tag"] == "noindex, nofollow"


TRAVERSALS = [
    "..%2f..%2fapp.py", "%2e%2e/app.py", "....//app.py", "..%5capp.py", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%00",
    "bedside.css%00.py", "/etc/passwd", "%2fetc%2fpasswd", "../app.py", "..;/app.py", "a" * 5_000, "",
]  # fmt: skip


@pytest.mark.parametrize("path", TRAVERSALS)
def test_static_files_are_those_and_no_others(asked, path):
    """No way out of the folder."""
    page = asked.get(f"/static/{path}")
    assert page.status_code in (400, 404)
    assert "def " not in page.text
    assert "root:" not in page.text


@pytest.mark.parametrize("key", ["x", "A" * 32, "%00", "'%20OR%201=1--", "..", "a" * 4_000, "%C3%A9"])
def test_a_link_that_is_none_and_one_that_was_deleted_look_alike(asked, key):
    """404 with the same page, but for the id of the request."""
    where = thread(asked, "My B12 is 268 pg/mL")
    assert asked.post(f"{where}/delete", data={"csrf": token_of(asked.get(where))}).status_code in (200, 303)
    gone, never = asked.get(where), asked.get(f"/t/{key}")
    if key == "..":
        assert never.status_code in (200, 404)
        return
    assert gone.status_code == never.status_code == 404
    strip = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
    assert strip.sub("", gone.text) == strip.sub("", never.text)


def test_what_changes_something_needs_the_token_of_a_form(asked, app):
    """Asking, following up, editing and deleting: none of it from a page elsewhere."""
    where = thread(asked, "My B12 is 268 pg/mL")
    forms = {
        "/ask": {"question": "x"},
        f"{where}/follow-up": {"question": "MMA 180 nmol/L"},
        f"{where}/facts": {"name": "pregnancy", "value": "present"},
        f"{where}/delete": {},
    }
    for path, form in forms.items():
        assert asked.post(path, data=form).status_code == 403, path
        stranger = TestClient(app, base_url=HOME, follow_redirects=False)
        assert stranger.post(path, data={**form, "csrf": token_of(asked.get("/"))}).status_code == 403, path
    assert asked.get(where).status_code == 200
    assert len(app.state.threads.read(where.removeprefix("/t/"), "2000-01-01T00:00:00+00:00").turns) == 1


def test_of_many_follow_ups_at_once_exactly_one_is_kept(asked, app):
    """Windows that are open beside each other do not overwrite each other."""
    where = thread(asked, "My B12 is 268 pg/mL")
    form = {
        "csrf": token_of(asked.get(where)),
        "question": "MMA 180 nmol/L",
        "number": "1",
        "reader": "patient",
        "region": "GB",
    }
    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(lambda _: asked.post(f"{where}/follow-up", data=form).status_code, range(6)))
    assert statuses == [303, *[409] * 5]
    assert len(app.state.threads.read(where.removeprefix("/t/"), "2000-01-01T00:00:00+00:00").turns) == 2


def test_no_mark_of_a_reader_is_anywhere_but_in_the_database(asked, home, capfd):
    """The canary, through the pages: logs, output, errors, headers, addresses, and every file in the home."""
    heard, root = Lines(), logging.getLogger()
    root.addHandler(heard)
    before = root.level
    root.setLevel(logging.DEBUG)
    try:
        where = thread(asked, f"My B12 is 268 pg/mL, says {MARK}")
        token = where.removeprefix("/t/")
        form = {"csrf": token_of(asked.get(where)), "number": "1", "reader": "patient", "region": "GB"}
        responses = [
            asked.get(where),
            asked.post(f"{where}/follow-up", data={**form, "question": f"{MARK} says MMA 180 nmol/L"}),
            asked.post(f"{where}/follow-up", data={**form, "question": f"{MARK} says MMA 180 nmol/L"}),
            asked.post(f"{where}/facts", data={**form, "number": "2", "name": MARK, "value": MARK}),
            asked.get(f"/{MARK}?{MARK}"),
            asked.get(f"/t/{MARK}"),
            *(asked.get(f"{where}/{name}") for name in TAKEN),
        ]
    finally:
        root.removeHandler(heard)
        root.setLevel(before)
    written = capfd.readouterr()
    places = {
        "log": "\n".join(line for name, line in heard.lines if not name.startswith(("httpx", "httpcore", "asyncio"))),
        "output": written.out + written.err,
        "errors": "\n".join(r.text for r in responses if r.status_code in (400, 403, 404, 500)),
        "files": "\n".join(
            path.read_bytes().decode("latin-1")
            for path in Path(home).rglob("*")
            if path.is_file() and not path.name.startswith("bedside.db")
        ),
    }
    headers = "\n".join(str(dict(r.headers)) for r in responses)
    assert all(r.status_code < 500 for r in responses)
    for place, text in places.items():
        assert MARK.lower() not in text.lower(), place
        assert token not in text, place
    assert MARK.lower() not in headers.lower()
    stored = b"".join(path.read_bytes() for path in Path(home).rglob("bedside.db*"))
    assert token.encode() not in stored  # only a hash of it is kept


def test_the_application_gives_nothing_away_to_telemetry(app):
    """FastAPI can tell a tracing library every address; here it must not."""
    assert not app._native_telemetry.enabled()
    assert os.environ.get("FASTAPI_OTEL_AUTO_CONFIGURE", "") == ""
    assert {name: app._telemetry[name] for name in ("tracing", "metrics", "logs")} == {
        "tracing": False, "metrics": False, "logs": False,
    }  # fmt: skip


def test_an_address_with_a_slash_too_many_is_not_repeated(asked):
    """A redirect would write the token into a header."""
    assert "location" not in asked.get("/t/abc/").headers


def test_the_description_has_nothing_but_the_api(asked):
    """Pages are no part of it."""
    described = json.loads(asked.get("/api/v1/openapi.json").text)
    assert all(path.startswith("/api/v1/") for path in described["paths"])


@pytest.mark.parametrize(
    ("name", "value"), [("pregnancy", "no"), ("numbness", "x" * 201), ("total_b12", "9" * 16), ("", "present")]
)
def test_a_value_that_is_none_is_not_kept(asked, name, value):
    """Set by hand it would count as a fact: it is refused, the page says so, and the thread stays as it was."""
    where = thread(asked, "My B12 is 268 pg/mL")
    form = {"csrf": token_of(asked.get("/")), "name": name, f"value.{name}": value, "number": "1"}
    assert asked.post(f"{where}/facts", data=form).status_code == 422
    assert asked.post(f"{where}/facts", data={**form, "name": "pregnancy", "value.pregnancy": "absent"}).is_redirect
    assert asked.get(f"{where}/answer.json").json()["facts"]


def test_a_deleted_thread_leaves_nothing_in_memory(asked, app):
    """Not the answers either, whose words would else stay until others push them out."""
    word = "Quonzarberry"  # of this test alone
    where = thread(asked, f"{word}: my B12 is 268 pg/mL")
    asked.get(f"{where}?for=clinician")
    assert any(word in str(key) for key in app.state.answers._made)
    assert asked.post(f"{where}/delete", data={"csrf": token_of(asked.get("/"))}).status_code == 200
    assert not any(word in str(key) for key in app.state.answers._made)
    assert asked.get(where).status_code == 404
