"""The member of the board: who a signature names, in which roles, with which registration and interests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bedside.review.state import Role


@dataclass(frozen=True, slots=True)
class Member:
    """A person with an account. ``handle`` is lower-case and never given to another person.

    ``credentials`` are degrees and posts ("MB ChB, consultant haematologist"), ``registration`` the body and number
    ("GMC 1234567"), ``interests`` what was declared, ``declared_on`` the ISO date of that ("" for never). ``public``
    says that the member agreed to stand on the public board page.
    """

    handle: str
    name: str
    roles: frozenset[Role] = frozenset()
    credentials: str = ""
    registration: str = ""
    interests: str = ""
    declared_on: str = ""
    active: bool = True
    public: bool = True

    @property
    def may_sign(self) -> bool:
        """Whether a signature of theirs says who signed: name, registration and declared interests are given."""
        return all((self.active, self.name, self.registration, self.interests, self.declared_on))


class Accounts(Protocol):
    """Who there is. How they sign in is the store's business."""

    def members(self) -> Mapping[str, Member]:
        """Everybody who has, or had, an account, by handle."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
