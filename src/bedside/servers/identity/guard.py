"""The guard: who a request comes from, read anew each time, and what becomes of one that may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request
from starlette.responses import RedirectResponse, Response

from bedside.clock import now
from bedside.review.account import Held
from bedside.review.member import Member
from bedside.review.state import Role
from bedside.servers import session_cookie
from bedside.servers.csrf import is_secure
from bedside.servers.templating import drawn
from bedside.stores.account_store import AccountDatabase

SIGN_IN = "/board/sign-in"
PASSWORD = "/board/profile/password"  # noqa: S105  an address
HOME = "/board"
_HELD = "bedside.held"
_LONGEST_WAY = 300


class SignInFirst(Exception):
    """A request that needs somebody who is signed in."""


class PasswordFirst(Exception):
    """A request of somebody who has to choose a password first."""


class NotAllowed(Exception):
    """A request that none of the member's roles allows. ``roles`` would."""

    def __init__(self, roles: tuple[Role, ...]) -> None:
        super().__init__("not allowed")
        self.roles = roles


def install(app: FastAPI) -> None:
    """Let what the guard turns away leave as a page, and templates ask who is signed in (``signed_in(request)``)."""
    app.add_exception_handler(SignInFirst, _to_sign_in)
    app.add_exception_handler(PasswordFirst, _to_password)
    app.add_exception_handler(NotAllowed, _not_allowed)
    app.state.templates.globals["signed_in"] = signed_in


def accounts_of(request: Request) -> AccountDatabase | None:
    """The accounts of this server, None where it has no board."""
    found: AccountDatabase | None = getattr(request.app.state, "accounts", None)
    return found


def now_of(request: Request) -> str:
    """The time by the board's clock, ISO in UTC to the second."""
    board = getattr(request.app.state, "board", None)
    return str(board.clock()) if board is not None else now()


def token_of(request: Request) -> str:
    """The token of the session cookie, "" where there is none."""
    return session_cookie.sent(request.scope, session_cookie.SESSION, secure=is_secure(request))


def held_of(request: Request) -> Held | None:
    """Who holds the session of this request, also with a one-time password; looked up once a request."""
    if _HELD not in request.scope:
        accounts, token = accounts_of(request), token_of(request)
        request.scope[_HELD] = accounts.held(token, now_of(request)) if accounts is not None and token else None
    held: Held | None = request.scope[_HELD]
    return held


def signed_in(request: Request) -> Member | None:
    """The member who is signed in, None for anybody else and for who has to choose a password first."""
    held = held_of(request)
    return held.member if held and not held.must_change else None


def member(request: Request) -> Member:
    """The member who is signed in. A page that needs one leads to the sign-in."""
    held = held_of(request)
    if held is None:
        raise SignInFirst
    if held.must_change:
        raise PasswordFirst
    return held.member


def having(*roles: Role) -> Callable[[Member], Member]:
    """The dependency on a member with one of these roles."""

    def dependency(who: Annotated[Member, Depends(member)]) -> Member:
        if not who.roles.intersection(roles):
            raise NotAllowed(roles)
        return who

    return dependency


def way_back(written: str) -> str:
    """Where to go after signing in: a page of the board, else its first one. Never an address elsewhere."""
    plain = all(" " < each < "\x7f" and each not in '\\"<>#?' for each in written)
    inside = written == HOME or written.startswith(f"{HOME}/")
    own = written.startswith((SIGN_IN, f"{HOME}/sign-out", f"{HOME}/sso"))
    dots = any(part in (".", "..", "") for part in written.split("/")[1:])
    fits = plain and inside and not own and not dots and len(written) <= _LONGEST_WAY
    return written if fits else HOME


def _to_sign_in(request: Request, _error: Exception) -> Response:
    """To the sign-in, and back again where a page was asked for. What was looked for on it is not in the address."""
    path = way_back(quote(request.url.path, safe="/:%")) if request.method in ("GET", "HEAD") else HOME
    response = RedirectResponse(f"{SIGN_IN}?next={path}" if path != HOME else SIGN_IN, status_code=303)
    if token_of(request):
        session_cookie.take_away(response, session_cookie.SESSION, secure=is_secure(request))
    return response


def _to_password(_request: Request, _error: Exception) -> Response:
    return RedirectResponse(PASSWORD, status_code=303)


def _not_allowed(request: Request, error: Exception) -> Response:
    if not isinstance(error, NotAllowed):
        raise error
    roles = " or ".join(error.roles)
    return drawn(request, "identity/forbidden.html", status=403, roles=roles, member=signed_in(request))
