"""No client takes the machine from the others."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.errors import SettingsError
from bedside.servers.client import client_of
from bedside.servers.limits import Buckets
from bedside.servers.walls import Rate, Walls, networks
from bedside.settings import Settings
from tests.servers.application import OPEN, application, asking, client


class Clock:
    """A clock that is turned by hand."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        """The time."""
        return self.now


def scope(peer, *forwarded):
    """A request from a peer, with what X-Forwarded-For says."""
    return {"client": (peer, 1), "headers": [(b"x-forwarded-for", value.encode()) for value in forwarded]}


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(1, 12)), max_size=60))
def test_no_client_ever_gets_more_than_its_rate(steps):
    """Over any stretch of time, what passes is at most the burst and what has flowed in since."""
    clock = Clock()
    buckets, passed = Buckets(Rate(60, 10), 5, clock), 0
    for pause, cost in steps:
        clock.now += pause
        wait = buckets.wait("a", cost)
        passed += 0 if wait else min(cost, 10)
        assert wait >= 0
        assert passed <= 10 + clock.now + 1e-6


@given(st.integers(1, 20), st.integers(1, 12))
def test_whoever_waits_as_long_as_told_is_let_in(burst, cost):
    """Retry-After is enough, and not an hour too much."""
    clock = Clock()
    buckets = Buckets(Rate(30, burst), 5, clock)
    while not (wait := buckets.wait("a", cost)):
        pass
    clock.now += wait
    assert buckets.wait("a", cost) == 0


def test_clients_do_not_pay_for_each_other_and_are_forgotten():
    """Each has a bucket; at most so many are kept."""
    buckets = Buckets(Rate(1, 1), 3, Clock())
    assert [buckets.wait(name) > 0 for name in ("a", "a", "b", "c", "d")] == [False, True, False, False, False]
    assert len(buckets) == 3


def test_nothing_a_minute_is_no_limit():
    """For a benchmark, or behind a proxy that counts."""
    buckets = Buckets(Rate(0, 0), 3)
    assert not any(buckets.wait("a", 1000) for _ in range(1000))


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "expected"),
    [
        ("192.0.2.7", ["198.51.100.1"], "", "192.0.2.7"),  # nobody is believed unless told
        ("10.0.0.1", ["198.51.100.1"], "10.0.0.0/8", "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.1"], "10.0.0.0/8", "198.51.100.1"),  # the left part is the client's own word
        ("10.0.0.1", ["6.6.6.6", "198.51.100.1, 10.0.0.2"], "10.0.0.0/8", "198.51.100.1"),
        ("10.0.0.1", ["nonsense"], "10.0.0.0/8", "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.0/8", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", [], "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", [], "", "192.0.2.7"),
        ("testclient", [], "", "unknown"),
    ],
)
def test_who_a_client_is(peer, forwarded, proxies, expected):
    """The peer, unless it is a proxy of ours; then the last address that is none."""
    assert client_of(scope(peer, *forwarded), networks(proxies)) == expected


def test_a_network_that_is_none_is_an_error():
    """What is believed is written out."""
    assert networks("10.0.0.0/8, ::1") == (ip_network("10.0.0.0/8"), ip_network("::1/128"))
    with pytest.raises(ValueError, match="does not appear"):
        networks("proxy.example")


def test_who_asks_too_often_is_told_when_to_come_back():
    """429 with Retry-After; reading goes on, and a header does not make another client of it."""
    asked = client(application(replace(OPEN, asking=Rate(6, 2), reading=Rate(600, 100))))
    statuses = [
        asked.post(
            "/api/v1/library/search", json={"query": "B12"}, headers={"X-Forwarded-For": f"192.0.2.{n}"}
        ).status_code
        for n in range(4)
    ]
    assert statuses == [200, 200, 429, 429]
    refused = asked.post("/api/v1/library/search", json={"query": "B12"})
    assert 1 <= int(refused.headers["retry-after"]) <= 10
    assert refused.json()["type"] == "/docs/errors#too-many"
    assert asked.get("/api/v1/version").status_code == 200


def test_a_long_text_and_an_audit_count_for_several_questions():
    """What takes ten times the work takes ten times from the bucket."""
    asked = client(application(replace(OPEN, asking=Rate(1, 12), reading=Rate(1, 12))))
    assert asked.post("/api/v1/audit", json={"text": "Take 1 mg (100 mcg) of cyanocobalamin daily."}).status_code == 200
    assert asked.post("/api/v1/audit", json={"text": "Take 1 mg (100 mcg) of cyanocobalamin daily."}).status_code == 429
    again = client(application(replace(OPEN, asking=Rate(1, 12), reading=Rate(1, 12))))
    long = asking("My B12 is 268 pg/mL. " + "I feel well. " * 3000)
    assert [again.post("/api/v1/ask", json=long).status_code for _ in range(2)] == [200, 429]


def test_the_settings_say_what_the_walls_are():
    """Names besides our own, networks, https, and the rate; what is no network is an error of the settings."""
    walls = Walls.of(
        Settings(home=Path(), hosts="a.example, b.example", proxies="10.0.0.0/8", https="yes", asking_rate=7)
    )
    assert walls.hosts == ("localhost", "127.0.0.1", "[::1]", "a.example", "b.example")
    assert walls.proxies == networks("10.0.0.0/8")
    assert walls.https
    assert (walls.asking, walls.reading) == (Rate(7, 3), Rate(70, 23))
    unlimited = Walls.of(Settings(home=Path(), asking_rate=0))
    assert unlimited.asking.a_minute == unlimited.reading.a_minute == 0
    assert Walls.of(Settings(home=Path())) == Walls()
    with pytest.raises(SettingsError, match="proxies"):
        Walls.of(Settings(home=Path(), proxies="proxy.example"))
