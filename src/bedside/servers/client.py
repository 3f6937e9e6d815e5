"""The client: whose requests are counted together."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.types import Scope

Networks = tuple[IPv4Network | IPv6Network, ...]
_FORWARDED = b"x-forwarded-for"
_SITE = 64  # bits of an IPv6 address that one household or firm has to itself
NOBODY = "unknown"


def client_of(scope: Scope, proxies: Networks = ()) -> str:
    """The address a request came from, an IPv6 one as its network of 64 bits, "unknown" where there is none.

    ``X-Forwarded-For`` is read only where the peer is one of *proxies*: then from its right end, the part that a proxy
    of ours wrote, up to the first address that is none of them.
    """
    peer = scope.get("client")
    address = _address(peer[0]) if peer else None
    if address is None:
        return NOBODY
    if _among(address, proxies):
        for written in reversed(_forwarded(scope)):
            named = _address(written)
            if named is None:
                break
            address = named
            if not _among(address, proxies):
                break
    return _together(address)


def _forwarded(scope: Scope) -> list[str]:
    """Every address named, in order; several headers are one list."""
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == _FORWARDED]
    return [part.strip() for value in values for part in value.split(",")]


def _address(written: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(written.strip("[]").partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _among(address: IPv4Address | IPv6Address, proxies: Networks) -> bool:
    return any(address in network for network in proxies)


def _together(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _SITE), strict=False))
    return str(address)
