"""Threads by program: kept under a key that nobody can guess, turn after turn, until deleted."""

from __future__ import annotations

import string
from concurrent.futures import ThreadPoolExecutor

import pytest

from bedside.facts.case import Told
from bedside.rendering.json import document
from bedside.servers import keeping
from tests.servers.application import QUESTION, application, asking, client, desk

NEVER = "A" * 32
MMA = "MMA came back 180 nmol/L, eGFR 92"


@pytest.fixture(scope="module")
def asked():
    """One client for all threads."""
    return client()


@pytest.fixture
def token(asked):
    """The key of a new thread."""
    return asked.post("/api/v1/threads", json=asking()).json()["thread"]["token"]


def turn(text=MMA, number=1, **more):
    """The body of a turn."""
    return {"text": text, "number": number, "reader": "patient", "region": "GB", **more}


def without_instance(reply):
    """A problem without the id that every request has of its own."""
    return {key: value for key, value in reply.json().items() if key != "instance"}


def test_a_thread_is_kept_turn_by_turn(asked, token):
    """The answers are those of the desk over all that was told; each turn says what it changed."""
    added = asked.post(f"/api/v1/threads/{token}/turns", json=turn())
    assert added.status_code == 201
    reply = added.json()
    told = (Told(QUESTION), Told(MMA))
    assert reply["answer"] == document(desk().follow_up(told, reader="patient", region="GB"))
    expected = desk().changes(told, reader="patient", region="GB")
    assert [line["what"] for line in reply["changes"]] == [line.what for line in expected.lines]
    assert reply["changes"]
    assert "token" not in reply["thread"]
    assert (reply["number"], reply["thread"]["turns"]) == (1, 2)
    kept = asked.get(f"/api/v1/threads/{token}").json()
    assert [each["text"] for each in kept["turns"]] == [QUESTION, MMA]
    assert kept["turns"][1]["answer"] == reply["answer"]
    assert kept["turns"][1]["fingerprints"] == reply["answer"]["fingerprints"]


def test_facts_may_be_told_by_hand_alone(asked, token):
    """A turn of edits without words; one of neither is none."""
    edits = [{"name": "pregnancy", "value": "present"}]
    assert asked.post(f"/api/v1/threads/{token}/turns", json=turn("", edits=edits)).status_code == 201
    assert asked.post(f"/api/v1/threads/{token}/turns", json=turn(" \n", 2)).json()["errors"][0]["field"] == "text"


@pytest.mark.parametrize("number", [2, 5, 1_000_000])
def test_a_turn_out_of_order_is_not_added(asked, token, number):
    """Whoever did not see the last answer is told to look first."""
    refused = asked.post(f"/api/v1/threads/{token}/turns", json=turn(number=number))
    assert (refused.status_code, refused.json()["type"]) == (409, "/docs/errors#thread-moved")
    assert len(asked.get(f"/api/v1/threads/{token}").json()["turns"]) == 1


def test_of_many_turns_at_once_exactly_one_is_added(token, asked):
    """Concurrent windows: one wins, all others are told, nothing is lost and nothing stands twice."""
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: asked.post(f"/api/v1/threads/{token}/turns", json=turn()), range(8)))
    assert sorted(reply.status_code for reply in replies) == [201, *[409] * 7]
    assert len(asked.get(f"/api/v1/threads/{token}").json()["turns"]) == 2


def test_a_deleted_thread_was_never_there(asked, token):
    """Deleted, never there, and no key at all: the same status, the same words, the same look-up."""
    assert asked.delete(f"/api/v1/threads/{token}").status_code == 204
    looked_for = []
    store = asked.app.state.threads
    before = store.read

    def read(key, now):
        looked_for.append(key)
        return before(key, now)

    store.read = read
    try:
        for path in ("/api/v1/threads/{}", "/api/v1/threads/{}/turns"):
            replies = [
                asked.get(path.format(key)) if path.endswith("}") else asked.post(path.format(key), json=turn())
                for key in (token, NEVER, "x", "%00", "' OR 1=1 --", "%C3%A9", "a" * 5_000)
            ]
            assert {reply.status_code for reply in replies} == {404}
            assert all(without_instance(reply) == without_instance(replies[0]) for reply in replies)
            assert all(dict(reply.headers).keys() == dict(replies[0].headers).keys() for reply in replies)
        assert asked.delete(f"/api/v1/threads/{token}").status_code == 404
        assert asked.delete(f"/api/v1/threads/{NEVER}").status_code == 404
    finally:
        store.read = before
    assert len(looked_for) == 16


def test_what_is_deleted_is_gone_from_memory():
    """Also the answers that were kept, of every turn and reader; those of other threads stay."""
    app = application()
    reader = client(app)
    keys = [
        reader.post("/api/v1/threads", json=asking(words)).json()["thread"]["token"]
        for words in (QUESTION, "Is a folate of 3 ng/mL low?")
    ]
    assert reader.post(f"/api/v1/threads/{keys[0]}/turns", json=turn()).status_code == 201
    assert any(QUESTION in str(key) for key in app.state.answers._made)
    assert reader.delete(f"/api/v1/threads/{keys[0]}").status_code == 204
    left = [str(key) for key in app.state.answers._made]
    assert left
    assert not any(QUESTION in key or MMA in key for key in left)


def test_a_thread_does_not_grow_without_end(asked, token, monkeypatch):
    """Each turn is answered in the light of all before it, and costs more than the last."""
    monkeypatch.setattr(keeping, "MOST_TURNS", 2)
    assert asked.post(f"/api/v1/threads/{token}/turns", json=turn()).status_code == 201
    refused = asked.post(f"/api/v1/threads/{token}/turns", json=turn(number=2))
    assert (refused.status_code, refused.json()["type"]) == (422, "/docs/errors#refused")
    assert refused.json()["detail"].startswith("A thread has at most 2 turns")
    assert len(asked.get(f"/api/v1/threads/{token}").json()["turns"]) == 2


def test_a_key_cannot_be_guessed(asked):
    """At least 128 bits of chance, no two alike, and nothing that is nearly a key opens anything."""
    tokens = [asked.post("/api/v1/threads", json=asking("B12?")).json()["thread"]["token"] for _ in range(20)]
    assert len(set(tokens)) == 20
    assert all(len(token) >= 22 and set(token) <= {*string.ascii_letters, *string.digits, "-", "_"} for token in tokens)
    key = tokens[0]
    near = [
        key[:-1],
        key + "A",
        key.swapcase(),
        key[::-1],
        key[:-1] + ("A" if key[-1] != "A" else "B"),
        f"{key}%20",
        f"{key}%00",
    ]
    assert {asked.get(f"/api/v1/threads/{each}").status_code for each in near} == {404}
    assert asked.get(f"/api/v1/threads/{key}").status_code == 200


def test_an_expired_thread_is_gone(asked, token, monkeypatch):
    """After its time nobody can read it, add to it or see that it was there."""
    monkeypatch.setattr("bedside.servers.api.asking.now", lambda: "2999-01-01T00:00:00+00:00")
    assert asked.get(f"/api/v1/threads/{token}").status_code == 404
    assert asked.post(f"/api/v1/threads/{token}/turns", json=turn()).status_code == 404


def test_a_refused_turn_leaves_the_thread_as_it_was(asked, token):
    """Unfit words, facts or fields: nothing of them is kept."""
    for body in (
        turn("a\0b"),
        turn(edits=[{"name": "nothing_known", "value": "1"}]),
        turn(reader="dog"),
        turn(number="1"),
    ):
        assert asked.post(f"/api/v1/threads/{token}/turns", json=body).status_code == 422
    assert len(asked.get(f"/api/v1/threads/{token}").json()["turns"]) == 1


def test_a_store_that_fails_is_told_without_its_words(token):
    """A database that cannot be read: 503, and neither its path nor its message."""
    from bedside.errors import LibraryBusy, LibraryUnusable

    app = application()

    def failing(error):
        def read(*_):
            raise error

        return read

    for error, kind in (
        (LibraryUnusable("/srv/secret/bedside.db: disk full"), "unusable"),
        (LibraryBusy("held by process 7"), "busy"),
        (RuntimeError("INSERT INTO turn VALUES ('my question')"), "fault"),
    ):
        app.state.threads.read = failing(error)
        reply = client(app).get(f"/api/v1/threads/{token}")
        assert (reply.status_code, reply.json()["type"]) == (500 if kind == "fault" else 503, f"/docs/errors#{kind}")
        assert "secret" not in reply.text
        assert "question" not in reply.text.replace("without the question", "")
