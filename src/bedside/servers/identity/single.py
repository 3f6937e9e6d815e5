"""Single sign-on: to the provider, and back with its word on who somebody is. What they may do is ours to say.

A person is matched to an account by what the provider calls them, or, the first time, by an address that the provider
has verified and an administrator has entered. Nobody gets an account by coming.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from bedside.errors import SignInRefused
from bedside.review.account import FLOW
from bedside.review.member import Member
from bedside.servers import session_cookie
from bedside.servers.csrf import is_secure
from bedside.servers.identity.entering import begun
from bedside.servers.identity.guard import accounts_of, now_of, way_back
from bedside.servers.identity.keeping import changes_of
from bedside.servers.identity.provider import Provider, provider_of
from bedside.servers.problem import Problem, Refused
from bedside.servers.templating import drawn
from bedside.stores.account_sessions import Flow

router = APIRouter(include_in_schema=False, prefix="/board/sso")

_BYTES = 32


@router.get("")
def begin(request: Request) -> Response:
    """To the provider. Its answer will have to fit what is kept here, and the browser that asked."""
    from bedside.servers.identity.id_token import SingleRefused

    provider, accounts = _provider(request), accounts_of(request)
    if accounts is None:
        raise Refused(Problem.NOT_FOUND)
    state, browser, nonce, verifier = (secrets.token_urlsafe(_BYTES) for _ in range(4))
    try:
        address = provider.address(_back(request), state, nonce, verifier)
    except SingleRefused as error:
        return _failed(request, error.reason)
    flow = Flow(nonce, verifier, way_back(request.query_params.get("next", "")))
    accounts.begin_flow(state, browser, flow, now_of(request))
    response = RedirectResponse(address, status_code=303)
    seconds = int(FLOW.total_seconds())
    session_cookie.give(response, session_cookie.FLOW, browser, secure=is_secure(request), seconds=seconds)
    return response


@router.get("/back")
def back(request: Request) -> Response:
    """From the provider: begin a session for the member it vouches for."""
    from bedside.servers.identity.id_token import SingleRefused

    try:
        response = _entered(request, _provider(request))
    except SingleRefused as error:
        response = _failed(request, error.reason)
    session_cookie.take_away(response, session_cookie.FLOW, secure=is_secure(request))
    return response


def _entered(request: Request, provider: Provider) -> Response:
    from bedside.servers.identity.id_token import SingleRefused

    accounts, now, asked = accounts_of(request), now_of(request), request.query_params
    if accounts is None:
        raise SingleRefused("unlinked")
    browser = session_cookie.sent(request.scope, session_cookie.FLOW, secure=is_secure(request))
    flow = accounts.take_flow(asked.get("state", ""), browser, now) if browser else None
    if flow is None:
        raise SingleRefused("state")
    if asked.get("iss", provider.issuer) != provider.issuer:
        raise SingleRefused("issuer")
    if "error" in asked or not asked.get("code"):
        raise SingleRefused("denied")
    seconds = int(datetime.fromisoformat(now).timestamp())
    person = provider.person(_back(request), asked["code"], flow.verifier, flow.nonce, seconds)
    member = _member(request, person.subject, person.email)
    if member is None:
        raise SingleRefused("unlinked")
    try:
        token = accounts.sign_in_by(member.handle, now)
    except SignInRefused:
        raise SingleRefused("unlinked") from None
    return begun(request, accounts, token, member.handle, flow.way_back)


def _member(request: Request, subject: str, email: str) -> Member | None:
    """Whose account it is, tied to the subject the first time."""
    changes = changes_of(request)
    found = changes.accounts.by_subject(subject)
    if found is not None:
        return found
    waiting = changes.accounts.by_email(email) if email else None
    return waiting if waiting and changes.linked(waiting.handle, subject) else None


def _provider(request: Request) -> Provider:
    """The provider of this server, made once. Raises Refused where none is set."""
    state = request.app.state
    if getattr(state, "provider", None) is None:
        state.provider = provider_of(state.settings)
    if state.provider is None:
        raise Refused(Problem.NOT_FOUND)
    found: Provider = state.provider
    return found


def _back(request: Request) -> str:
    """Our address that the provider sends the browser back to; it has to be registered there."""
    scheme = "https" if is_secure(request) else "http"
    return f"{scheme}://{request.headers['host']}/board/sso/back"


def _failed(request: Request, reason: str) -> Response:
    return drawn(request, "identity/single.html", status=403, reason=reason)
