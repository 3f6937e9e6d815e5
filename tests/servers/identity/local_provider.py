"""A provider of single sign-on on this machine, for tests: real keys, real requests, and told what to do wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "bedside", "between us"


@cache
def _key() -> RSAKey:
    """The key of every provider of a test run: to make one takes longer than most tests."""
    return RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


class LocalProvider:
    """``claims`` are laid over those of each ID token (None takes one away); ``write`` makes the token of them."""

    def __init__(self, now: str) -> None:
        self.key = _key()
        self.published = [self.key.as_dict(private=False)]
        self.person = {"sub": "person-42", "email": "rae@hospital.example", "email_verified": True}
        self.claims: dict[str, object] = {}
        self.write = self.signed
        self.about: dict[str, object] = {}
        self.asked: list[str] = []
        self._now = int(datetime.fromisoformat(now).timestamp())
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def approved(self, address: str, person: dict | None = None) -> str:
        """What the browser is sent back to, path and query, after the person said yes at this address."""
        asked = {key: value for key, [value] in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", CLIENT, "S256")
        code = secrets.token_urlsafe(8)
        self._codes[code] = {**asked, "person": json.dumps(person or self.person)}
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'state': asked['state'], 'code': code, 'iss': self.issuer})}"

    def signed(self, claims: dict, header: dict | None = None) -> str:
        """The ID token as it should be."""
        return jwt.encode({"alg": "RS256", "kid": "one", **(header or {})}, claims, self.key)

    def unsigned(self, claims: dict) -> str:
        """An ID token of the algorithm "none"."""
        return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."

    def signed_with_the_public_key(self, claims: dict) -> str:
        """An ID token of HS256, whose secret is the provider's public key as everybody can read it."""
        head = f"{_part({'alg': 'HS256', 'kid': 'one', 'typ': 'JWT'})}.{_part(claims)}"
        return f"{head}.{_b64(hmac.digest(self.key.as_pem(private=False), head.encode(), 'sha256'))}"

    def get(self, path: str) -> dict | None:
        """What is read from it."""
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.about,
            }
        return {"keys": self.published} if path == "/keys" else None

    def token(self, form: dict, authorization: str) -> dict:
        """The answer to a code: once, to the client that it was made for, with the verifier of its challenge."""
        known = base64.b64decode(authorization.partition(" ")[2]).decode()
        if known not in (f"{CLIENT}:{SECRET}", f"{CLIENT}:{quote(SECRET)}"):
            return {"error": "invalid_client"}
        made = self._codes.pop(form.get("code", ""), None)
        challenge = _b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if not made or challenge != made["code_challenge"] or form.get("redirect_uri") != made["redirect_uri"]:
            return {"error": "invalid_grant"}
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": self._now, "exp": self._now + 300, "nonce": made["nonce"],
            **json.loads(made["person"]), **self.claims,
        }  # fmt: skip
        token = self.write({key: value for key, value in claims.items() if value is not None})
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": token}


def _handler(provider: LocalProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(provider.get(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {key: value for key, [value] in parse_qs(body).items()}
            self._answer(provider.token(form, self.headers.get("Authorization", "")))

        def _answer(self, found: dict | None) -> None:
            body = json.dumps(found).encode()
            self.send_response(404 if found is None else 400 if "error" in found else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    return Handler


def _part(value: dict) -> str:
    return _b64(json.dumps(value).encode())


def _b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
