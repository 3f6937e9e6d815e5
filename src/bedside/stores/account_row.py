"""An account as a row of its table, and back; the password that an administrator gives."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from bedside.review.account import Account, Session
from bedside.review.member import Member
from bedside.review.state import Role

_TEXTS = ("handle", "name", "credentials", "registration", "interests", "declared_on")
_PARTS = 4
_PART = 5
_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Those of a one-time password: none that looks like another. Twenty of them hold 98 bits."""


def one_time_password() -> str:
    """A password to be read out or written down once: "hk3vq-...", in four parts."""
    return "-".join("".join(secrets.choice(_CHARACTERS) for _ in range(_PART)) for _ in range(_PARTS))


def roles_text(roles: frozenset[Role]) -> str:
    """Roles as they are kept: their names, sorted."""
    return " ".join(sorted(roles))


def member_row(member: Member) -> dict[str, Any]:
    """The columns of a member."""
    flags = {"active": int(member.active), "public": int(member.public)}
    return {name: getattr(member, name) for name in _TEXTS} | flags | {"roles": roles_text(member.roles)}


def member_of(row: Mapping[Any, Any]) -> Member:
    """The member of a row. Raises ValueError for a role that there is not."""
    return Member(
        **{name: row[name] for name in _TEXTS},
        roles=frozenset(Role(name) for name in row["roles"].split()),
        active=bool(row["active"]),
        public=bool(row["public"]),
    )


def account_of(row: Mapping[Any, Any]) -> Account:
    """The account of a row. Raises ValueError for a role that there is not."""
    return Account(
        member=member_of(row),
        created=row["created"],
        one_time_until=row["one_time_until"],
        has_password=bool(row["password"]),
        linked=bool(row["subject"]),
        email=row["email"] or "",
        revision=row["revision"],
    )


def session_of(row: Mapping[Any, Any]) -> Session:
    """The session of a row."""
    return Session(row["id"], row["way"], row["began"], row["seen"], row["expires"])
