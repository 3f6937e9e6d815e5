"""The members, as an administrator keeps them. Nothing here decides about content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bedside.errors import ReviewMoved, ReviewRefused
from bedside.review.account import typed_handle
from bedside.review.member import Member
from bedside.review.state import Role
from bedside.servers.board.navigation import nav
from bedside.servers.csrf import checked_form, text_of
from bedside.servers.identity.guard import having, now_of
from bedside.servers.identity.keeping import accounts_in, changes_of, number_in
from bedside.servers.problem import Problem, Refused
from bedside.servers.templating import drawn
from bedside.stores.account_changes import MemberChanges

router = APIRouter(include_in_schema=False, prefix="/board/members")

Form = Annotated[FormData, Depends(checked_form)]
Administrator = Annotated[Member, Depends(having(Role.ADMINISTRATOR))]
Changes = Annotated[MemberChanges, Depends(changes_of)]


@router.get("")
def listed(request: Request, who: Administrator) -> Response:
    """Everybody who has, or had, an account, and the form for one more."""
    return _list(request, who)


@router.post("")
def create(request: Request, who: Administrator, form: Form, changes: Changes) -> Response:
    """Add a member. The one-time password is on this page and nowhere else."""
    handle, name, email = text_of(form, "handle").strip(), text_of(form, "name"), text_of(form, "email")
    single = bool(text_of(form, "single"))
    try:
        given = changes.create(who, handle, name, _roles(form), email=email, password=not single)
    except ReviewRefused as error:
        typed = {"handle": handle, "name": name, "email": email, "roles": _roles(form), "single": single}
        return _list(request, who, 422, str(error), typed)
    return _one(request, who, handle, given=given)


@router.get("/{handle}")
def read(request: Request, who: Administrator, handle: str) -> Response:
    """One member."""
    return _one(request, who, handle)


@router.post("/{handle}/profile")
def profile(request: Request, who: Administrator, handle: str, form: Form, changes: Changes) -> Response:
    """Change name, credentials and registration. What a member declares is the member's own."""

    def work() -> None:
        changed = replace(
            accounts_in(request).member(handle),
            name=text_of(form, "name"),
            credentials=text_of(form, "credentials"),
            registration=text_of(form, "registration"),
        )
        changes.profile(who, changed, number_in(form, "revision"))

    return _done(request, who, handle, work)


@router.post("/{handle}/roles")
def roles(request: Request, who: Administrator, handle: str, form: Form, changes: Changes) -> Response:
    """Give another member exactly the roles that are ticked."""
    return _done(request, who, handle, lambda: changes.roles(who, handle, _roles(form), number_in(form, "revision")))


@router.post("/{handle}/active")
def active(request: Request, who: Administrator, handle: str, form: Form, changes: Changes) -> Response:
    """Deactivate a member, or let them in again."""
    return _done(request, who, handle, lambda: changes.activate(who, handle, text_of(form, "active") == "yes"))


@router.post("/{handle}/sessions")
def sessions(request: Request, who: Administrator, handle: str, form: Form, changes: Changes) -> Response:  # noqa: ARG001
    """End every session of a member."""
    return _done(request, who, handle, lambda: changes.revoke(who, handle))


@router.post("/{handle}/password")
def password(request: Request, who: Administrator, handle: str, form: Form, changes: Changes) -> Response:  # noqa: ARG001
    """Give another member a one-time password. It is on this page and nowhere else."""
    try:
        return _one(request, who, handle, given=changes.give_password(who, handle))
    except ReviewRefused as error:
        return _one(request, who, handle, status=422, error=str(error))


@router.post("/{handle}/single-sign-on")
def single_sign_on(request: Request, who: Administrator, handle: str, form: Form, changes: Changes) -> Response:
    """Say which address the provider vouches for; what the account was tied to is forgotten."""
    return _done(request, who, handle, lambda: changes.email(who, handle, text_of(form, "email")))


def _done(request: Request, who: Member, handle: str, work: Callable[[], object]) -> Response:
    """Do it and show the member again, with the reason where it was refused."""
    try:
        work()
    except ReviewMoved as error:
        return _one(request, who, handle, status=409, error=str(error))
    except ReviewRefused as error:
        return _one(request, who, handle, status=422, error=str(error))
    return RedirectResponse(f"/board/members/{handle}", status_code=303)


def _list(
    request: Request, who: Member, status: int = 200, error: str = "", typed: dict[str, object] | None = None
) -> Response:
    empty: dict[str, object] = {"handle": "", "name": "", "email": "", "roles": [], "single": False}
    return drawn(
        request,
        "identity/members.html",
        status=status,
        error=error,
        who=who,
        nav=nav(request.url.path, who),
        typed=typed or empty,
        accounts=accounts_in(request).accounts(),
        roles=tuple(Role),
        single=bool(request.app.state.settings.oidc_issuer),
    )


def _one(
    request: Request, who: Member, handle: str, *, status: int = 200, error: str = "", given: str = ""
) -> Response:
    accounts = accounts_in(request)
    if typed_handle(handle) != handle or handle not in accounts.members():
        raise Refused(Problem.NOT_FOUND)
    return drawn(
        request,
        "identity/member.html",
        status=status,
        error=error,
        who=who,
        nav=nav(request.url.path, who),
        given=given,
        account=accounts.account(handle),
        sessions=accounts.sessions(handle, now_of(request)),
        own=who.handle == handle,
        roles=tuple(Role),
        single=bool(request.app.state.settings.oidc_issuer),
    )


def _roles(form: FormData) -> list[str]:
    return [value for value in form.getlist("roles") if isinstance(value, str)]
