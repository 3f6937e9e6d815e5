"""The ID token: what a provider of single sign-on signs about a person, and whether it is about this sign-in.

Needs joserfc, so this module is imported only where a provider is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key pair only: never "none", and never a secret that a public key could be passed off as."""
LEEWAY = 60
"""Seconds by which the provider's clock may differ."""

_KINDS = ("RSA", "EC", "OKP")
_LONGEST = 255


class SingleRefused(Exception):
    """A sign-in by the provider that does not hold. ``reason`` is one of a few words, never of what was sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class KeyUnknown(SingleRefused):
    """The token names a key that the provider did not have when its keys were read."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the provider vouches for: what it calls them, with its own name before it, and an address that it has
    verified, "" for none."""

    subject: str
    email: str


def person_in(id_token: str, keys: Mapping[str, Any], *, issuer: str, client: str, nonce: str, now: int) -> Person:
    """The person of an ID token. *keys* are the provider's (JWKS), *now* is in seconds since 1970.

    Raises SingleRefused where anything about it is not as it has to be.
    """
    usable = [key for key in keys.get("keys", ()) if isinstance(key, dict) and _usable(key)]
    if not usable:
        raise SingleRefused("no-key")
    try:
        token = jwt.decode(id_token, KeySet.import_key_set({"keys": usable}), algorithms=list(ALGORITHMS))
    except InvalidKeyIdError:
        raise KeyUnknown("unknown-key") from None
    except (JoseError, ValueError, TypeError, KeyError):
        raise SingleRefused("signature") from None
    claims = token.claims
    wanted = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": client},
        "nonce": {"essential": True, "value": nonce},
        "exp": {"essential": True},
        "iat": {"essential": True},
        "sub": {"essential": True},
    }
    for name, option in wanted.items():  # one by one, so that the reason can be said
        _check(name, option, claims, now)
    _check("nbf", {}, claims, now)
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if claims.get("azp", client if not several else None) != client:
        raise SingleRefused("azp")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST:
        raise SingleRefused("sub")
    email = claims.get("email")
    vouched = isinstance(email, str) and claims.get("email_verified") is True
    return Person(f"{issuer} {subject}", str(email) if vouched else "")


def _check(name: str, option: Any, claims: Mapping[str, Any], now: int) -> None:
    registry = jwt.JWTClaimsRegistry(now=now, leeway=LEEWAY, **{name: option})
    try:
        registry.validate({name: claims[name]} if name in claims else {})
    except JoseError:
        raise SingleRefused(name) from None


def _usable(key: Mapping[str, Any]) -> bool:
    return key.get("kty") in _KINDS and key.get("use", "sig") == "sig"
