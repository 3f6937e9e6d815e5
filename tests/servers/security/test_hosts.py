"""The server answers under its own names only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.servers.hosts import TrustedHosts
from tests.servers.application import OPEN, application, client


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:9", "[::1]", "[::1]:8000"])
def test_its_own_names_are_let_in(host):
    """With or without a port, in any case."""
    assert client().get("/api/v1/version", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "localhost.evil.example", "localhost.", "127.0.0.1.nip.io", "localhost@evil.example", "a b",
     "localhost:80:80", "[::2]", "127.1", "2130706433", "localhost/x", "localhost:99999999", "*"],
)  # fmt: skip
def test_any_other_name_is_turned_away(host):
    """DNS rebinding brings another name: it gets nothing but the reason, and not its name back."""
    refused = client().get("/api/v1/version", headers={"Host": host})
    assert refused.status_code == 400
    assert refused.json()["type"] == "/docs/errors#wrong-host"
    assert not host or len(host) < 4 or host not in refused.text


def test_two_hosts_or_none_are_turned_away():
    """A request that names two hosts could be two requests to two programs."""
    walls = TrustedHosts(None, OPEN.hosts)
    assert walls._ours({"headers": [(b"host", b"localhost")]})
    assert not walls._ours({"headers": [(b"host", b"localhost"), (b"host", b"localhost")]})
    assert not walls._ours({"headers": []})


def test_names_that_were_given_are_let_in():
    """A server in a hospital has a name of its own; the star is for one behind another."""
    named = application(replace(OPEN, hosts=("bedside.hospital.example",)))
    assert client(named).get("/api/v1/version").status_code == 400
    assert client(named).get("/api/v1/version", headers={"Host": "bedside.hospital.example"}).status_code == 200
    starred = application(replace(OPEN, hosts=("*",)))
    assert client(starred).get("/api/v1/version", headers={"Host": "any.example"}).status_code == 200


def test_headers_that_name_another_host_change_nothing():
    """What a proxy might write is not believed, and never comes back."""
    names = ("X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override")
    answer = client().get("/api/v1/version", headers=dict.fromkeys(names, "evil.example"))
    assert answer.status_code == 200
    assert "evil.example" not in answer.text + str(answer.headers)
