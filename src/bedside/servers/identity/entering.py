"""Signing in with a password, and out again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bedside.errors import SignInRefused
from bedside.review.account import DEVICE, typed_handle
from bedside.servers import session_cookie
from bedside.servers.client import client_of
from bedside.servers.csrf import checked_form, is_secure, text_of
from bedside.servers.identity.guard import SIGN_IN, accounts_of, held_of, now_of, token_of, way_back
from bedside.servers.templating import drawn
from bedside.servers.walls import Walls
from bedside.stores.account_store import AccountDatabase

router = APIRouter(include_in_schema=False)

Form = Annotated[FormData, Depends(checked_form)]


@router.get("/board/sign-in")
def asked(request: Request) -> Response:
    """The form; who is signed in already goes on."""
    back = way_back(request.query_params.get("next", ""))
    if held_of(request) is not None:
        return RedirectResponse(back, status_code=303)
    return _page(request, back)


@router.post("/board/sign-in")
def enter(request: Request, form: Form) -> Response:
    """Begin a session under a new token, whatever the browser brought; the one it had ends."""
    accounts, now, secure = accounts_of(request), now_of(request), is_secure(request)
    back = way_back(text_of(form, "next"))
    if accounts is None:
        return _page(request, back, status=403)
    handle = text_of(form, "handle")
    try:
        token = accounts.sign_in(
            handle,
            text_of(form, "password"),
            now,
            client=client_of(request.scope, Walls.of(request.app.state.settings).proxies),
            device=session_cookie.sent(request.scope, session_cookie.KNOWN, secure=secure),
        )
    except SignInRefused as error:
        return _page(request, back, status=403, error=str(error), handle=handle)
    return begun(request, accounts, token, typed_handle(handle), back)


@router.post("/board/sign-out")
def leave(request: Request, form: Form) -> Response:  # noqa: ARG001  the form must be ours
    """End the session here and on the server."""
    if (accounts := accounts_of(request)) is not None and (token := token_of(request)):
        accounts.sign_out(token)
    response = RedirectResponse(SIGN_IN, status_code=303)
    session_cookie.take_away(response, session_cookie.SESSION, secure=is_secure(request))
    return response


def begun(request: Request, accounts: AccountDatabase, token: str, handle: str, back: str) -> Response:
    """Hand out a session that has begun: its cookie, and one by which this browser is known the next time."""
    secure, brought = is_secure(request), token_of(request)
    if brought:
        accounts.sign_out(brought)
    response = RedirectResponse(back, status_code=303)
    session_cookie.give(response, session_cookie.SESSION, token, secure=secure)
    known = accounts.remember(handle, now_of(request))
    seconds = int(DEVICE.total_seconds())
    session_cookie.give(response, session_cookie.KNOWN, known, secure=secure, seconds=seconds)
    return response


def _page(request: Request, back: str, *, status: int = 200, error: str = "", handle: str = "") -> Response:
    accounts, settings = accounts_of(request), request.app.state.settings
    return drawn(
        request,
        "identity/sign-in.html",
        status=status,
        back=back,
        error=error,
        handle=handle,
        open=accounts is not None and accounts.any_administrator(),
        single=bool(settings.oidc_issuer),
        board=settings.board,
    )
