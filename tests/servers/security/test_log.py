"""The log says what happened, and nothing of what was asked."""

from __future__ import annotations

import json
import logging
import re
from unittest.mock import ANY

import pytest

from bedside.servers.request_log import FIELDS, LOGGER, log_line, logging_config
from tests.servers.application import QUESTION, application, asking, client

QUESTION_MARK = "Zarquonberry"
EDIT_MARK = "vogsphere"
MARKS = (QUESTION_MARK, EDIT_MARK, "slartibart")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Lines(logging.Handler):
    """Everything that any logger of the process says, as it would be written."""

    def __init__(self):
        super().__init__(logging.NOTSET)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.lines = []

    def emit(self, record):
        """Keep it."""
        self.lines.append((record.name, self.format(record)))

    def requests(self):
        """The lines of requests, read."""
        return [json.loads(line.split(" ", 1)[1]) for name, line in self.lines if name == LOGGER]


@pytest.fixture
def heard():
    """Every logger at its most talkative."""
    handler, root = Lines(), logging.getLogger()
    before, ours = root.level, logging.getLogger(LOGGER)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    ours.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)
    ours.setLevel(logging.NOTSET)


def failing(app):
    """A route that fails with the reader's words in the error, before and after its response began."""

    def page(word: str):
        raise ValueError(f"cannot read {word!r}")

    app.add_api_route("/failing/{word}", page)


def test_a_line_has_the_fields_of_the_list_only(heard):
    """Time, id, method, route, status, milliseconds and bytes; in a fault the class and the place, too."""
    asked = client(application(routes=[failing]))
    answered = asked.post("/api/v1/ask", json=asking())
    asked.get("/failing/x")
    line, failed = heard.requests()
    assert tuple(line) == FIELDS[:7]
    assert line["id"] == answered.headers["x-request-id"]
    assert ID.fullmatch(line["id"])
    assert (line["method"], line["route"], line["status"]) == ("POST", "/api/v1/ask", 200)
    assert line["bytes"] == len(answered.content)
    assert line["ms"] > 0
    assert tuple(failed) == FIELDS
    assert (failed["fault"], failed["status"], failed["route"]) == ("ValueError", 500, "/failing/{word}")


def test_a_field_outside_the_list_is_never_written(heard):
    """Whoever adds one has to add it to the list."""
    log_line({"id": "1", "question": QUESTION})
    assert heard.requests() == [{"id": "1"}]


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        ("GET", "/api/v1/threads/slartibart", "/api/v1/threads/{token}", 404),
        ("HEAD", "/api/v1/sources/slartibart", "/api/v1/sources/{key}", 404),
        ("GET", "/slartibart?q=slartibart", "(none)", 404),
        ("PUT", "/api/v1/threads/slartibart", "/api/v1/threads/{token}", 405),
        ("GET", "/static/slartibart", "/static/{path}", 404),
        ("GET", "/api/v1/passages/slartibart/1", "/api/v1/passages/{passage}", 404),
    ],
)
def test_of_an_address_only_its_template_is_written(heard, method, path, route, status):
    """A token in a path, words in a query: none of it."""
    client().request(method, path)
    [line] = heard.requests()
    assert (line["method"], line["route"], line["status"]) == (method, route, status)


def test_a_method_that_nobody_knows_is_not_repeated(heard):
    """A method is a text of the client's choosing, too."""
    client().request("SLARTIBART", "/api/v1/version")
    [line] = heard.requests()
    assert line["method"] == "OTHER"


def test_the_id_is_ours_whatever_the_client_sends(heard):
    """An id that the client chose could be anything."""
    answered = client().get("/api/v1/version", headers={"X-Request-ID": "slartibart"})
    assert answered.headers.get_list("x-request-id") == [heard.requests()[0]["id"]]


def session(asked):
    """A whole session with marks in everything a reader can write; gives every response."""
    words = f"My B12 is 268 pg/mL, my doctor is {QUESTION_MARK}. What now?"
    edits = [{"name": "age_years", "value": "52"}]
    begun = asked.post("/api/v1/threads", json=asking(words, edits=edits))
    token = begun.json()["thread"]["token"]
    turn = {
        "text": f"{QUESTION_MARK} says MMA 180 nmol/L",
        "reader": "patient",
        "region": "GB",
        "number": 1,
        "edits": edits,
    }
    yield begun
    yield asked.post(f"/api/v1/threads/{token}/turns", json=turn)
    yield asked.post(f"/api/v1/threads/{token}/turns", json=turn)  # has moved
    yield asked.post(f"/api/v1/threads/{token}/turns", json={**turn, "edits": [{"name": EDIT_MARK, "value": "1"}]})
    yield asked.post("/api/v1/ask", json=asking(words, edits=[{"name": "age_years", "value": EDIT_MARK + " Gy"}]))
    yield asked.post("/api/v1/ask", json=asking(words, reader=QUESTION_MARK))
    yield asked.post("/api/v1/ask", json={QUESTION_MARK: words})
    yield asked.post("/api/v1/ask", json=asking(words + "\0"))
    yield asked.post("/api/v1/ask", json=asking(words, as_of="9999-99-99"))
    yield asked.post(
        "/api/v1/ask", content=f'{{"question": "{words}'.encode(), headers={"Content-Type": "application/json"}
    )
    yield asked.post("/api/v1/ask", content=words.encode(), headers={"Content-Type": QUESTION_MARK})
    yield asked.post("/api/v1/audit", json={"text": f"{QUESTION_MARK}?"})
    yield asked.post("/api/v1/library/search", json={"query": QUESTION_MARK, "kinds": [QUESTION_MARK]})
    yield asked.get(f"/failing/{QUESTION_MARK}")
    yield asked.get(f"/api/v1/sources/{QUESTION_MARK}?{QUESTION_MARK}={EDIT_MARK}")
    yield asked.request(QUESTION_MARK, f"/{QUESTION_MARK}")
    yield asked.get("/api/v1/version", headers={"Host": QUESTION_MARK, "X-Request-ID": QUESTION_MARK})
    yield asked.get(f"/api/v1/threads/{token}")
    yield asked.delete(f"/api/v1/threads/{token}")
    yield asked.get(f"/api/v1/threads/{token}")


def test_no_mark_of_a_reader_is_in_a_log_an_error_or_a_header(heard, capfd, tmp_path, monkeypatch):
    """The canary: a whole session, and then every place it must not have reached."""
    monkeypatch.setenv("BEDSIDE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    asked = client(application(routes=[failing]))
    responses = list(session(asked))
    tokens = [response.json()["thread"]["token"] for response in responses[:1]]
    marks = [mark.lower() for mark in (QUESTION_MARK, EDIT_MARK, *tokens)]
    written = capfd.readouterr()
    # httpx and its like log the addresses that the *client* asks: they are no part of the server
    ours = [line for name, line in heard.lines if not name.startswith(("httpx", "httpcore", "asyncio"))]
    places = {
        "log": "\n".join(ours),
        "output": written.out + written.err,
        "headers": "\n".join(str(response.headers) for response in responses),
        "errors": "\n".join(response.text for response in responses if response.status_code >= 400),
        "files": "\n".join(path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file()),
    }
    assert len(heard.requests()) == len(responses)
    assert {response.status_code for response in responses} >= {200, 201, 204, 400, 404, 409, 415, 422, 500}
    for place, text in places.items():
        assert not [mark for mark in marks if mark in text.lower()], place


def test_the_canary_can_sing(heard):
    """A log that did hold a mark would be seen."""
    logging.getLogger("any.other").warning("a line with %s", QUESTION_MARK)
    assert QUESTION_MARK in "\n".join(line for _, line in heard.lines)


def test_a_fault_after_the_response_began_is_not_let_through():
    """The server beneath would print a traceback with the words in it."""
    import asyncio

    from bedside.servers.faults import Faults

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError(QUESTION_MARK)

    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": "/", "headers": []}
    asyncio.run(Faults(app)(scope, None, send))
    assert [message["type"] for message in sent] == ["http.response.start"]
    assert scope["bedside.fault"] == {"fault": "ValueError", "where": [ANY]}


def test_the_server_beneath_prints_no_addresses():
    """Uvicorn's access log has nowhere to go."""
    loggers = logging_config()["loggers"]
    assert loggers["uvicorn.access"] == {"handlers": [], "level": "CRITICAL", "propagate": False}
