"""Bodies are as large and as slow as allowed, and what is no JSON is told so."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.servers.api.strict_json import DEEPEST, unfit_json
from bedside.servers.walls import Walls
from bedside.settings import Settings
from tests.servers.application import OPEN, QUESTION, application, asking, client


def sent(app, pieces, *, path="/api/v1/ask", headers=(), pause=0.0):
    """The status of a response to a body that comes in pieces, and how many of them were read."""
    messages, read = [], 0

    async def receive():
        nonlocal read
        await asyncio.sleep(pause)
        if read == len(pieces):
            return {"type": "http.disconnect"}
        read += 1
        return {"type": "http.request", "body": pieces[read - 1], "more_body": read < len(pieces)}

    async def send(message):
        messages.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "scheme": "http", "client": ("127.0.0.1", 1), "http_version": "1.1", "asgi": {"version": "3.0"},
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json"), *headers],
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    start = next((message for message in messages if message["type"] == "http.response.start"), None)
    return (start or {}).get("status"), read, dict((start or {}).get("headers", ()))


@pytest.fixture(scope="module")
def small():
    """An application that reads 1,000 bytes in a fifth of a second."""
    return application(replace(OPEN, body_bytes=1_000, body_seconds=0.2))


def test_a_body_that_says_it_is_too_large_is_not_read(small):
    """The announced length is enough to refuse; the connection is closed after it."""
    status, read, headers = sent(small, [b"x"] * 5, headers=[(b"content-length", b"1001")])
    assert (status, read, headers[b"connection"]) == (413, 0, b"close")


@pytest.mark.parametrize("announced", [b"", b"10", b"-5", b"nonsense", b"9" * 40, b"1_0"])
def test_a_body_that_grows_too_large_is_cut_off(small, announced):
    """In pieces without a length, or with a false one: no more is read than is allowed."""
    headers = [(b"content-length", announced)] if announced else []
    status, read, _ = sent(small, [b"x" * 100] * 1_000, headers=headers)
    assert status == 413
    assert read <= 11


def test_a_slow_body_ends_in_time(small):
    """A byte now and then does not hold a place for ever."""
    status, read, headers = sent(small, [b"x"] * 1_000, pause=0.03)
    assert (status, headers[b"connection"]) == (408, b"close")
    assert read < 20


def test_a_client_that_goes_away_gets_nothing(small):
    """No response, no fault."""
    assert sent(small, [])[0] is None


def test_a_body_in_pieces_is_read_as_one():
    """Any cut of a question asks the same question."""
    body = json.dumps(asking("What is a normal B12? µg")).encode()
    pieces = [body[at : at + 7] for at in range(0, len(body), 7)]
    assert sent(application(), pieces)[0] == 200


def test_the_longest_question_that_is_read_fits_in_the_longest_body():
    """Also where each of its characters is written as an escape."""
    settings_ = Settings(home="", input_limit=50)
    body = json.dumps(asking("\u00b5" * 50, region="both", reader="clinician")).encode()
    assert len(body) <= Walls.of(settings_).body_bytes


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "unfit"),
        (b"{", "not-json"),
        (b"nonsense", "not-json"),
        (b'{"question": "a", "question": "b", "reader": "patient", "region": "GB"}', "not-json"),
        (b'{"a": {"b": 1, "b": 2}}', "not-json"),
        (b'{"question": NaN}', "not-json"),
        (b'{"question": -Infinity}', "not-json"),
        (b'{"number": ' + b"9" * 5_000 + b"}", "not-json"),
        (b"[" * 200_000, "not-json"),
        (b"[" * 100_000 + b"]" * 100_000, "not-json"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "not-json"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "not-json"),
        (b'{"question": "\xff\xfe"}', "not-json"),
        (b'{"question": "\xed\xa0\x80"}', "not-json"),
        (json.dumps(asking()).encode("utf-16"), "not-json"),
        (json.dumps(asking()).encode("utf-32"), "not-json"),
        (b"\xef\xbb\xbf" + json.dumps(asking()).encode(), "not-json"),
        (json.dumps(asking()).encode() + b"\0", "not-json"),
        (b'{"question": "a\nb"}', "not-json"),
        (b"null", "unfit"),
        (b"[]", "unfit"),
        (b'"text"', "unfit"),
        (json.dumps(asking("a\0b")).encode(), "refused"),
        (b'{"question": "\\ud800", "reader": "patient", "region": "GB"}', "unfit"),
        (json.dumps(asking("   ")).encode(), "refused"),
        (json.dumps(asking("x" * 100_001)).encode(), "refused"),
    ],
)  # fmt: skip
def test_what_is_no_question_is_told_so(body, reason):
    """Each with the reason, none with a fault."""
    refused = client().post("/api/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == f"/docs/errors#{reason}"


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonp",
     "application/json; charset=utf-16", "application/json, text/plain", "application/problem+json", "json", "*/*"],
)  # fmt: skip
def test_a_body_that_is_not_declared_as_json_is_not_read(kind):
    """What a page elsewhere can send without asking first is none of it."""
    headers = {"Content-Type": kind} if kind else {}
    refused = client().post("/api/v1/ask", content=json.dumps(asking()), headers=headers)
    assert refused.status_code == 415


@pytest.mark.parametrize(
    "kind", ["application/json", "APPLICATION/JSON; charset=UTF-8", 'application/json; charset="utf-8"']
)
def test_json_may_be_declared_in_any_way_that_is_one(kind):
    """Case and charset as HTTP allows."""
    kept = client().post("/api/v1/ask", content=json.dumps(asking()), headers={"Content-Type": kind})
    assert kept.status_code == 200


@cache
def shared():
    """One client for many requests."""
    return client()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_what_python_writes_is_read(value):
    """The strictness is about what is ambiguous, not about values."""
    assert unfit_json(json.dumps(value, ensure_ascii=True).encode()) is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_the_server_fail(data):
    """Whatever is sent, the answer is a reason."""
    asked = shared()
    assert asked.post("/api/v1/ask", content=data, headers={"Content-Type": "application/json"}).status_code in (
        400,
        422,
    )


def test_a_question_of_another_shape_is_refused_by_name():
    """A field too many, of another type, or without a value: which, and what is wrong; never its content."""
    cases = {
        "reader": (asking(reader="dog"), "is none of the choices"),
        "region": (asking(region=None), "does not fit"),
        "question": ({"reader": "patient", "region": "GB"}, "is missing"),
        "keep": (asking(keep="yes"), "is not true or false"),
        "edits": (asking(edits={"age": "5"}), "is not a list"),
        "(unknown field)": (asking(**{QUESTION: 1}), "is not a field here"),
        "edits.0.(unknown field)": (asking(edits=[{"name": "age", "value": "5", "secret": 1}]), "is not a field here"),
    }
    for field, (body, said) in cases.items():
        refused = client().post("/api/v1/ask", json=body)
        assert refused.status_code == 422
        [error] = refused.json()["errors"]
        assert (error["field"], error["problem"]) == (field, said) or field == "region"
        assert QUESTION not in refused.text
        assert "dog" not in refused.text
    assert client().post("/api/v1/ask", json=asking(reader="dog")).json()["errors"][0]["choices"] == [
        "patient", "carer", "student", "nurse", "clinician",
    ]  # fmt: skip
