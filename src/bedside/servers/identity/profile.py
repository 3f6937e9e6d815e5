"""One's own account: what a signature says of its member, the password, and the sessions.

Whose account it is comes from the session and from nothing that is sent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bedside.errors import ReviewMoved, ReviewRefused
from bedside.review.account import Held
from bedside.review.member import Member
from bedside.servers import session_cookie
from bedside.servers.board.navigation import nav
from bedside.servers.csrf import checked_form, is_secure, text_of
from bedside.servers.identity.guard import HOME, PASSWORD, SignInFirst, held_of, member, now_of, token_of
from bedside.servers.identity.keeping import accounts_in, changes_of, number_in
from bedside.servers.templating import drawn
from bedside.stores.account_changes import MemberChanges

router = APIRouter(include_in_schema=False, prefix="/board/profile")

Form = Annotated[FormData, Depends(checked_form)]
Who = Annotated[Member, Depends(member)]
Changes = Annotated[MemberChanges, Depends(changes_of)]


def holder(request: Request) -> Held:
    """Who is signed in, also with a one-time password: only to change it."""
    held = held_of(request)
    if held is None:
        raise SignInFirst
    return held


Holder = Annotated[Held, Depends(holder)]


@router.get("")
def read(request: Request, who: Who) -> Response:
    """The profile."""
    return _page(request, who)


@router.post("")
def change(request: Request, who: Who, form: Form, changes: Changes) -> Response:
    """Change the profile. The declaration has the day on which it was changed, or confirmed."""
    interests = text_of(form, "interests").replace("\r\n", "\n").strip()
    declared = bool(interests) and (interests != who.interests or bool(text_of(form, "declared")))
    today = now_of(request)[:10]
    changed = replace(
        who,
        name=text_of(form, "name"),
        credentials=text_of(form, "credentials"),
        registration=text_of(form, "registration"),
        interests=interests,
        declared_on=today if declared else (who.declared_on if interests else ""),
        public=bool(text_of(form, "public")),
    )
    try:
        changes.profile(who, changed, number_in(form, "revision"))
    except ReviewMoved as error:
        return _page(request, who, status=409, error=str(error), typed=changed)
    except ReviewRefused as error:
        return _page(request, who, status=422, error=str(error), typed=changed)
    return RedirectResponse("/board/profile", status_code=303)


@router.get("/password")
def ask_password(request: Request, held: Holder) -> Response:
    """The form to change one's password; the only page that a one-time password opens."""
    return _password_page(request, held)


@router.post("/password")
def change_password(request: Request, held: Holder, form: Form, changes: Changes) -> Response:
    """Change the password: every session ends, and this browser gets a new one."""
    new = text_of(form, "new")
    if new != text_of(form, "again"):
        return _password_page(request, held, 422, "The new password was not typed the same way twice.")
    try:
        token = changes.password(held.member, text_of(form, "old"), new, token_of(request))
    except ReviewRefused as error:
        return _password_page(request, held, 422, str(error))
    response = RedirectResponse(HOME if held.must_change else "/board/profile", status_code=303)
    session_cookie.give(response, session_cookie.SESSION, token, secure=is_secure(request))
    return response


@router.post("/sessions")
def end_sessions(held: Holder, form: Form, changes: Changes) -> Response:
    """End one of one's sessions by its number, or all but this one."""
    number = number_in(form, "number")
    changes.revoke(held.member, held.member.handle, number=number, but=0 if number else held.session.number)
    return RedirectResponse(PASSWORD if held.must_change else "/board/profile", status_code=303)


def _page(
    request: Request, who: Member, *, status: int = 200, error: str = "", typed: Member | None = None
) -> Response:
    accounts, held = accounts_in(request), held_of(request)
    account = accounts.account(who.handle)
    return drawn(
        request,
        "identity/profile.html",
        status=status,
        error=error,
        who=account.member,
        nav=nav(request.url.path, who),
        account=account,
        shown=typed or account.member,
        sessions=accounts.sessions(who.handle, now_of(request)),
        this=held.session.number if held else 0,
    )


def _password_page(request: Request, held: Held, status: int = 200, error: str = "") -> Response:
    around = {} if held.must_change else {"nav": nav(request.url.path, held.member)}
    return drawn(
        request,
        "identity/password.html",
        status=status,
        error=error,
        who=held.member,
        must_change=held.must_change,
        **around,
    )
