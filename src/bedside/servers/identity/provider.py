"""The provider of single sign-on: OpenID Connect, authorization code with PKCE, and nothing of it that is not needed.

Authlib makes the two requests of the flow, joserfc checks the ID token, httpx2 speaks HTTP. All three are imported only
where a provider is set (extra ``oidc``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bedside.errors import ExtraMissing, SettingsError
from bedside.settings import Settings

if TYPE_CHECKING:
    from bedside.servers.identity.id_token import Person

SCOPE = "openid email"
_TIMEOUT = 10.0  # seconds the provider may take for each request
_FRESH = 3600.0  # seconds after which its addresses and keys are read again
_PATIENCE = 30.0  # seconds until its keys are read again for a key that is not among them
_PAUSE = 10.0  # seconds for which it is not asked again after it could not be reached
_LOCAL = ("localhost", "127.0.0.1", "::1")
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from the provider, and when (seconds of a clock that only counts)."""

    about: Mapping[str, Any]
    keys: Mapping[str, Any]
    at: float


class Provider:
    """One provider. May be used from several threads."""

    def __init__(self, issuer: str, client: str, secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        """*issuer* is its address as it writes it, *client* the name we have there, *secret* what we share with it
        ("" for a public client). Raises SettingsError for an address that is not https."""
        _secure(issuer)
        self.issuer = issuer
        self._client = client
        self._secret = secret
        self._clock = clock
        self._lock = Lock()
        self._read: Read | None = None
        self._failed: tuple[float, str] | None = None  # when it could not be asked, and why

    def address(self, back: str, state: str, nonce: str, verifier: str) -> str:
        """Where the browser goes to sign in; *back* is our address that it comes back to.

        Raises SingleRefused where the provider cannot be reached or is another one than it was set to be.
        """
        about = self._known().about
        with self._flow(back, about) as flow:
            written, _ = flow.create_authorization_url(
                about["authorization_endpoint"], state=state, code_verifier=verifier, nonce=nonce
            )
        return str(written)

    def person(self, back: str, code: str, verifier: str, nonce: str, now: int) -> Person:
        """Whom the provider vouches for, for a code that it gave this browser. *now* is in seconds since 1970.

        Raises SingleRefused.
        """
        from bedside.servers.identity.id_token import KeyUnknown, SingleRefused, person_in

        id_token = self._exchanged(back, code, verifier)

        def held_against(keys: Mapping[str, Any]) -> Person:
            return person_in(id_token, keys, issuer=self.issuer, client=self._client, nonce=nonce, now=now)

        known = self._known()
        try:
            return held_against(known.keys)
        except KeyUnknown:
            if self._clock() - known.at < _PATIENCE:
                raise SingleRefused("unknown-key") from None
            return held_against(self._known(anew=True).keys)

    def _exchanged(self, back: str, code: str, verifier: str) -> str:
        """The ID token for a code."""
        from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
        from httpx2 import HTTPError

        from bedside.servers.identity.id_token import SingleRefused

        about = self._known().about
        try:
            with self._flow(back, about) as flow:
                given = flow.fetch_token(
                    about["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=verifier
                )
        except (OAuthError, HTTPError, ValueError):
            raise SingleRefused("code") from None
        found = given.get("id_token")
        if not isinstance(found, str):
            raise SingleRefused("no-id-token")
        return found

    def _flow(self, back: str, about: Mapping[str, Any]) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]

        methods = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        return OAuth2Client(
            self._client,
            self._secret or None,
            token_endpoint_auth_method=method if self._secret else "none",
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=_TIMEOUT,
            follow_redirects=False,
        )

    def _known(self, *, anew: bool = False) -> Read:
        """Addresses and keys of the provider, read at most once in a while.

        Who comes while it cannot be reached is told so at once: strangers may ask for it, and each who waits takes a
        thread of the server.
        """
        with self._lock:
            if anew or self._read is None or self._clock() - self._read.at > _FRESH:
                self._read = self._asked()
            return self._read

    def _asked(self) -> Read:
        """Addresses and keys as the provider gives them now. Raises SingleRefused."""
        from bedside.servers.identity.id_token import SingleRefused

        if self._failed is not None and self._clock() - self._failed[0] < _PAUSE:
            raise SingleRefused(self._failed[1])
        try:
            about = _checked(_get(self.issuer.rstrip("/") + "/.well-known/openid-configuration"), self.issuer)
            keys = _get(str(about["jwks_uri"]))
        except SingleRefused as error:
            self._failed = self._clock(), error.reason
            raise
        self._failed = None
        return Read(about, keys, self._clock())


def provider_of(settings: Settings) -> Provider | None:
    """The provider of these settings, None where none is set.

    Raises ExtraMissing where the extra is not installed, SettingsError for an address or secret that cannot be used.
    """
    if not settings.oidc_issuer:
        return None
    try:
        import joserfc  # noqa: F401  only whether they are there
        from authlib.integrations import httpx_client  # type: ignore[import-untyped]  # noqa: F401
    except ModuleNotFoundError:
        raise ExtraMissing("oidc", "Single sign-on") from None
    if not settings.oidc_client:
        raise SettingsError("Setting 'oidc_client': is missing.", "Give the name that the provider has for us.")
    return Provider(settings.oidc_issuer, settings.oidc_client, _secret(settings.oidc_secret))


def _secret(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}.", "Put the secret there, in a line.") from None


def _secure(address: str) -> None:
    """Raise SettingsError for an address that is neither https nor on this machine."""
    parts = urlsplit(address)
    local = parts.scheme == "http" and parts.hostname in _LOCAL
    if not (parts.scheme == "https" or local) or not parts.hostname:
        raise SettingsError("Setting 'oidc_issuer': a provider is asked by https.", "Write https://login.example.")


def _checked(about: Mapping[str, Any], issuer: str) -> Mapping[str, Any]:
    """What the provider says of itself, where it is the one that was set."""
    from bedside.servers.identity.id_token import SingleRefused

    if about.get("issuer") != issuer:
        raise SingleRefused("issuer")
    try:
        for name in _NEEDED:
            _secure(str(about[name]))
    except (KeyError, SettingsError):
        raise SingleRefused("provider") from None
    return about


def _get(address: str) -> Mapping[str, Any]:
    """A JSON object at an address. Raises SingleRefused."""
    import httpx2

    from bedside.servers.identity.id_token import SingleRefused

    try:
        response = httpx2.get(address, timeout=_TIMEOUT, follow_redirects=False)
        found = response.raise_for_status().json()
    except (httpx2.HTTPError, ValueError):
        raise SingleRefused("provider") from None
    if not isinstance(found, dict):
        raise SingleRefused("provider")
    return found
