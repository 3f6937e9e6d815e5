"""Every response carries the headers that keep a browser from doing what it need not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from bedside.servers.headers import ALWAYS, POLICY
from tests.servers.application import OPEN, application, asking, client


def extra(app):
    """A page, a page that fails, and one that sets headers of its own."""

    def failing():
        raise RuntimeError("a fault")

    def own():
        return PlainTextResponse("x", headers={"Cache-Control": "no-cache", "Content-Security-Policy": "default-src *"})

    app.add_api_route("/own", own)
    app.add_api_route("/failing", failing)
    app.add_api_route("/t/{token}", lambda: PlainTextResponse(""))


@pytest.fixture
def asked():
    """A client of the application with a few pages more."""
    return client(application(routes=[extra]))


def responses(asked):
    """One response of every kind: found, made, refused by each wall, wrong method, failed."""
    yield asked.get("/api/v1/version")
    yield asked.post("/api/v1/ask", json=asking())
    yield asked.post("/api/v1/threads", json=asking())
    yield asked.get("/api/v1/nothing")
    yield asked.get("/nothing")
    yield asked.put("/api/v1/ask")
    yield asked.get("/failing")
    yield asked.get("/own")
    yield asked.head("/api/v1/version")
    yield asked.options("/api/v1/ask")
    yield asked.get("/", headers={"Host": "elsewhere.example"})
    yield asked.post("/api/v1/ask", content=b"x" * 2_000_000)
    yield asked.post("/api/v1/ask", content=b"x")
    yield client(application(replace(OPEN, body_bytes=10))).post("/nothing", content=b"x" * 11)


def test_every_response_carries_them(asked):
    """Whatever answers, a route, a wall or a fault, the headers are there, and as they are written here."""
    seen = set()
    for response in responses(asked):
        seen.add(response.status_code)
        for name, value in ALWAYS.items():
            assert response.headers.get_list(name) == [value], (response.status_code, name)
        assert response.headers["x-request-id"]
        assert "server" not in response.headers
        assert not [name for name in response.headers if name.startswith("access-control-")]
    assert seen >= {200, 201, 400, 404, 405, 413, 415, 500}


def test_the_policy_lets_nothing_inline_or_from_elsewhere_in():
    """No source but ours, no inline script or style, no frame, no base."""
    directives = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert directives.pop("default-src") == "'none'"
    assert {directives.pop(name) for name in ("frame-ancestors", "base-uri")} == {"'none'"}
    assert set(directives.values()) == {"'self'"}
    assert set(directives) == {"script-src", "style-src", "img-src", "connect-src", "form-action"}


def test_what_does_not_say_that_it_may_be_kept_is_not_kept(asked):
    """No-store is the rule; a route that knows better says so; private places are no food for search engines."""
    assert asked.post("/api/v1/ask", json=asking()).headers["cache-control"] == "no-store"
    assert asked.get("/nothing").headers["cache-control"] == "no-store"
    assert asked.get("/own").headers["cache-control"] == "no-cache"
    assert asked.get("/t/abc").headers["cache-control"] == "no-store"
    assert asked.get("/t/abc").headers["x-robots-tag"] == "noindex, nofollow"
    assert "x-robots-tag" not in asked.get("/own").headers


def test_https_is_asked_for_where_it_is_spoken():
    """Strict-Transport-Security only over https, or where a proxy speaks it for us."""
    app = application()
    assert "strict-transport-security" not in client(app).get("/api/v1/version").headers
    spoken = TestClient(app, base_url="https://localhost").get("/api/v1/version")
    assert "max-age=31536000" in spoken.headers["strict-transport-security"]
    fronted = client(application(replace(OPEN, https=True))).get("/api/v1/version")
    assert "max-age=31536000" in fronted.headers["strict-transport-security"]


def test_a_head_is_the_get_without_its_body(asked):
    """Same status and headers, no body."""
    head, get = asked.head("/api/v1/sources"), asked.get("/api/v1/sources")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]
    assert asked.head("/api/v1/ask").status_code == 405
