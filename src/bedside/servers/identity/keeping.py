"""What the pages of accounts have in common."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import FormData

from bedside.servers.csrf import text_of
from bedside.servers.identity.guard import SignInFirst, accounts_of
from bedside.servers.numbers import whole
from bedside.stores.account_changes import MemberChanges
from bedside.stores.account_store import AccountDatabase


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
    return max(0, whole(text_of(form, name)))
