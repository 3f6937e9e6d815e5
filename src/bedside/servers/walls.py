"""The walls: what the server lets in, how much of it, how fast, and from whom."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from bedside.errors import SettingsError
from bedside.settings import Settings

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
ANY_HOST = "*"
BYTES_A_CHARACTER = 6
r"""A character of a question as JSON may write it (``\u00b5``); in a form it takes up to 12, and few do."""
AROUND = 16_384
"""Bytes for everything of a request's body besides the question."""

PAGES_A_QUESTION = 10
"""How many other requests a client may make for each question."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket: ``burst`` requests at once, then so many ``a_minute``. 0 a minute is no limit."""

    a_minute: float
    burst: int


@dataclass(frozen=True, slots=True)
class Walls:
    """Everything about the walls that can be set.

    ``hosts`` are the names (without port) under which the server is asked, "*" for any: leave that to a server behind
    another one that checks them. ``proxies`` are the networks whose ``X-Forwarded-For`` is believed, none by default.
    ``https`` says that readers come by https although this server is spoken to by http. ``body_bytes`` is the largest
    body, ``body_seconds`` how long it may take to arrive. ``asking`` limits requests that work for an answer,
    ``reading`` all others, both a client.
    """

    hosts: tuple[str, ...] = LOCAL_HOSTS
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    https: bool = False
    body_bytes: int = 100_000 * BYTES_A_CHARACTER + AROUND
    body_seconds: float = 10.0
    asking: Rate = Rate(60, 30)
    reading: Rate = Rate(600, 200)
    clients: int = 20_000

    @classmethod
    def of(cls, settings: Settings) -> Walls:
        """The walls that the settings name. Raises SettingsError for a proxy that is no network."""
        named = tuple(host.strip() for host in settings.hosts.split(",") if host.strip())
        try:
            proxies = networks(settings.proxies)
        except ValueError as error:
            raise SettingsError(f"setting 'proxies': {error}.", "Write networks as 10.0.0.0/8, with commas.") from None
        rate = settings.asking_rate
        return cls(
            hosts=(*LOCAL_HOSTS, *named),
            proxies=proxies,
            https=settings.https == "yes",
            body_bytes=settings.input_limit * BYTES_A_CHARACTER + AROUND,
            asking=Rate(rate, max(1, rate // 2)),
            reading=Rate(rate * PAGES_A_QUESTION, max(1, rate * PAGES_A_QUESTION // 3)),
        )


def networks(written: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Networks and addresses parted by commas ("10.0.0.0/8, ::1"). Raises ValueError for what is neither."""
    return tuple(ip_network(part.strip()) for part in written.split(",") if part.strip())
