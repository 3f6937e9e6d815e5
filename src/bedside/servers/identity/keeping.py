"""What the pages of accounts have in common."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import FormData

from bedside.review.member import Member
from bedside.review.state import Role
from bedside.servers.csrf import text_of
from bedside.servers.identity.guard import SignInFirst, accounts_of
from bedside.stores.account_changes import MemberChanges
from bedside.stores.account_store import AccountDatabase

_DIGITS = 9


def accounts_in(request: Request) -> AccountDatabase:
    """The accounts, where there are some: who has come this far is signed in."""
    accounts = accounts_of(request)
    if accounts is None:
        raise SignInFirst
    return accounts


def changes_of(request: Request) -> MemberChanges:
    """How accounts are changed here: with a row in the board's trail each."""
    return MemberChanges(accounts_in(request), request.app.state.board)


def number_in(form: FormData, name: str) -> int:
    """A whole number of a form, 0 for what is none."""
    written = text_of(form, name)
    return int(written) if written.isascii() and written.isdigit() and len(written) <= _DIGITS else 0


def nav(path: str, who: Member) -> tuple[tuple[str, str, str], ...]:
    """The board's navigation on a page of accounts: address, name, and "page" or "true" for where the member is."""
    entries = [("/board", "Home"), ("/board/queue", "Queue"), ("/board/sources", "Sources"), ("/board/trail", "Trail")]
    if who.roles & {Role.REVIEWER, Role.EDITOR}:
        entries.append(("/board/reports", "Reports"))
    if Role.ADMINISTRATOR in who.roles:
        entries.append(("/board/members", "Members"))
    entries.append(("/board/profile", "Your profile"))
    return tuple(
        (href, name, "page" if path == href else "true" if href != "/board" and path.startswith(f"{href}/") else "")
        for href, name in entries
    )
