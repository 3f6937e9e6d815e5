"""Tokens that open something for whoever holds them, and the hashes that are kept of them."""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 24  # 192 random bits


def new_token(size: int = _BYTES) -> str:
    """A token of *size* random bytes: 24 make 32 characters, which stand in an address or a cookie as they are.

    None begins with a hyphen: on a command line it would be taken for an option.
    """
    while (token := secrets.token_urlsafe(size)).startswith("-"):
        pass
    return token


def hash_of(token: str) -> str:
    """What is kept of a token.

    A plain hash is enough: the token is random, so there is nothing to try out as there is with a password. Looking it
    up need not take constant time either: what the time could tell is how much of a *hash* was right, and nobody can
    steer a hash towards one they do not know.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
