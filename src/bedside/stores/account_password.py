"""Passwords as they are kept: argon2id, with the library's own parameters of today."""

from __future__ import annotations

import base64
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bedside.review.password import LONGEST, normalised

_AT_ONCE = 4
"""How many are hashed at once: each takes 64 MiB, and strangers decide how many are tried."""


class Passwords:
    """Hashes and checks. May be used from several threads."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._room = BoundedSemaphore(_AT_ONCE)
        self._nobodys = _of_nothing(self._hasher)

    def hashed(self, password: str) -> str:
        """What is kept of a password that the policy has passed."""
        with self._room:
            return self._hasher.hash(password)

    def fits(self, kept: str, password: str) -> bool:
        """Whether a password is the one of *kept*. With "" (no account, or none with a password) it takes as long and
        says no."""
        if len(password) > LONGEST:
            password = ""
        with self._room:
            try:
                self._hasher.verify(kept or self._nobodys, normalised(password).encode("utf-8", "surrogatepass"))
            except (VerificationError, InvalidHashError):
                return False
        return bool(kept)

    def stale(self, kept: str) -> bool:
        """Whether it was hashed with other parameters than those of today."""
        return self._hasher.check_needs_rehash(kept)


def _of_nothing(hasher: PasswordHasher) -> str:
    """A hash with these parameters that no password is known to have."""
    salt, tag = (base64.b64encode(bytes(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len))
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${tag}"
