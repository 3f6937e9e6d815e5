"""The application as a whole: that it says how it is, keeps threads, and lets expired ones go."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest
from fastapi.testclient import TestClient
from uvicorn import Config
from uvicorn.server import ServerState

from bedside.errors import LibraryUnusable
from bedside.servers.app import create_app
from bedside.servers.middleware import server_options
from bedside.settings import Settings
from bedside.stores.thread_conformance import a_turn

LOCAL = "http://localhost"


@pytest.fixture
def app(tmp_path):
    return create_app(Settings.load({"BEDSIDE_HOME": str(tmp_path), "BEDSIDE_ASKING_RATE": "0"}))


def test_it_lives_and_is_ready(app):
    with TestClient(app, base_url=LOCAL) as client:
        assert client.get("/healthz").json()["status"] == "ok"
        found = client.get("/readyz").json()
        assert found == {"status": "ready", "release": app.state.desk.parts.library.release}


def test_it_is_not_ready_where_threads_cannot_be_read(app, monkeypatch):
    def broken() -> None:
        raise LibraryUnusable("bedside.db: cannot be read.")

    with TestClient(app, base_url=LOCAL) as client:
        monkeypatch.setattr(app.state.threads, "ready", broken)
        assert client.get("/readyz").status_code == 503


def test_what_has_expired_is_deleted_when_it_starts(tmp_path):
    settings = Settings.load({"BEDSIDE_HOME": str(tmp_path)})
    first = create_app(settings)
    with TestClient(first, base_url=LOCAL):
        turn = a_turn()
        first.state.threads.create("2020-01-01T00:00:00+00:00", "2020-02-01T00:00:00+00:00", turn)
        first.state.threads.create("2020-01-01T00:00:00+00:00", "2999-02-01T00:00:00+00:00", turn)
    second = create_app(settings)
    with TestClient(second, base_url=LOCAL):
        until = time.monotonic() + 120  # it is done beside the first requests
        while second.state.threads.purge("2100-01-01T00:00:00+00:00", dry_run=True) > 1 and time.monotonic() < until:
            time.sleep(0.05)
        assert second.state.threads.purge("2100-01-01T00:00:00+00:00", dry_run=True) == 1


def test_a_connection_of_a_socket_that_workers_share_sends_at_once():
    """Such a socket was made without naming its protocol, so asyncio leaves Nagle's algorithm on."""
    with socket.socket() as connection:
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0

        class Transport(asyncio.Transport):
            def get_extra_info(self, name, default=None):
                return connection if name == "socket" else default

        config = Config(lambda: None, **server_options())
        config.load()
        loop = asyncio.new_event_loop()
        protocol = config.http_protocol_class(config=config, server_state=ServerState(), app_state={}, _loop=loop)
        protocol.connection_made(Transport())
        loop.close()
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
