"""The cookies of the board: the one that a session is, and two that only help to begin one.

Over https each has the prefix ``__Host-``: no other site of the domain can set it. ``SameSite=Lax``, not ``Strict``: a
member comes back from the provider of single sign-on, and from links in letters, by a plain address; what changes
something is a form, and a page elsewhere that sends one sends no cookie along with it.
"""

from __future__ import annotations

import re

from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.types import Scope

SESSION = "bedside-board"
KNOWN = "bedside-known"
"""Says that a member has signed in from this browser; opens nothing."""
FLOW = "bedside-sso"
"""Ties an answer of the provider to the browser that asked."""

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def cookie_name(name: str, *, secure: bool) -> str:
    """The name under which a cookie is sent."""
    return f"__Host-{name}" if secure else name


def sent(scope: Scope, name: str, *, secure: bool) -> str:
    """The token in a cookie of the request, "" where there is none or it is not one of ours."""
    written = "; ".join(value.decode("latin-1") for key, value in scope["headers"] if key == b"cookie")
    found = cookie_parser(written).get(cookie_name(name, secure=secure), "")
    return found if TOKEN.fullmatch(found) else ""


def give(response: Response, name: str, token: str, *, secure: bool, seconds: int = 0) -> None:
    """Set a cookie; 0 *seconds*: until the browser is closed."""
    age = f"; Max-Age={seconds}" if seconds else ""
    _add(response, f"{cookie_name(name, secure=secure)}={token}; Path=/{age}", secure=secure)


def take_away(response: Response, name: str, *, secure: bool) -> None:
    """Delete a cookie."""
    _add(response, f"{cookie_name(name, secure=secure)}=; Path=/; Max-Age=0", secure=secure)


def _add(response: Response, written: str, *, secure: bool) -> None:
    response.headers.append("Set-Cookie", f"{written}; HttpOnly; SameSite=Lax" + ("; Secure" if secure else ""))
