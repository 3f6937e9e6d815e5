"""Changes of members: who may make them, and the row that each leaves in the audit trail.

Pages and command line come through here. The row is written first: there is no change that the trail does not know.
Where the change then fails, a further row ("undone") says so. (One's own password is the exception: the row follows, so
that a wrong try leaves none.) No password, address or token is in a row; the texts of a profile are kept beside it,
where they can be deleted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from bedside.errors import ReviewMoved, ReviewRefused
from bedside.review import account as rules
from bedside.review.event import Draft, Event, hash_of_text
from bedside.review.member import Member
from bedside.review.password import checked_password
from bedside.review.state import SYSTEM, Role
from bedside.stores.account_row import one_time_password
from bedside.stores.account_store import AccountDatabase

_TRIES = 5
_MEMBER = "member"
_Result = TypeVar("_Result")


class Trail(Protocol):
    """What is needed of the board: its trail."""

    def revision(self, subject: str) -> int:
        """How many events a subject has."""
        ...

    def now(self) -> str:
        """The time of what is written next."""
        ...

    def write(self, draft: Draft, revision: int, text: str = "") -> Event:
        """Add an event."""
        ...


class MemberChanges:
    """What members and administrators do to accounts. *who* is always the member who does it, as read just now."""

    def __init__(self, accounts: AccountDatabase, trail: Trail) -> None:
        self.accounts = accounts
        self._trail = trail

    def create(
        self, who: Member, handle: str, name: str, roles: Iterable[str], *, email: str = "", password: bool = True
    ) -> str:
        """Add a member, and give the one-time password of the account; "" without a *password*: then the member comes
        by single sign-on. Raises ReviewRefused."""
        _administrator(who)
        made = Member(
            rules.checked_handle(handle),
            rules.checked_text("name", name),
            rules.checked_roles(roles),
            public=False,
        )
        rules.checked_email(email)
        given = one_time_password() if password else ""
        if handle in self.accounts.members():
            raise ReviewRefused("That handle has an account already.", "A handle is never given twice.")
        if not given and not rules.checked_email(email):
            raise ReviewRefused("Without a password the member needs an address.", "Enter the one the provider knows.")
        now = self._trail.now()
        detail = {"roles": sorted(made.roles), "one_time_password": bool(given), "single_sign_on": bool(email.strip())}
        self._done(
            who,
            "create",
            handle,
            detail,
            lambda: self.accounts.create(made, given, now, one_time=True, email=email),
            text=_json({"name": made.name}),
        )
        return given

    def profile(self, who: Member, changed: Member, revision: int = 0) -> Member:
        """Change the profile of a member to that of *changed*: all of one's own, or another's, by an administrator, but
        for the declared interests and whether the member is public. Raises ReviewRefused and ReviewMoved."""
        account = self.accounts.account(changed.handle)
        if revision and account.revision != revision:
            raise ReviewMoved(f"The account {changed.handle}")
        kept = account.member
        own = who.handle == changed.handle
        if not own:
            _administrator(who)
            changed = replace(changed, interests=kept.interests, declared_on=kept.declared_on, public=kept.public)
        values = {name: (rules.checked_text(name, getattr(changed, name)), getattr(kept, name)) for name in rules.TEXTS}
        values |= {name: (getattr(changed, name), getattr(kept, name)) for name in ("declared_on", "public")}
        different = {name: new for name, (new, old) in values.items() if new != old}
        if not different:
            return kept
        detail = {"changed": sorted(different)}
        texts = {name: value for name, value in different.items() if name in rules.TEXTS}
        return self._done(
            who,
            "profile",
            changed.handle,
            detail,
            lambda: self.accounts.change(changed, revision),
            text=_json(texts) if texts else "",
            role=_MEMBER if own else Role.ADMINISTRATOR,
        )

    def roles(self, who: Member, handle: str, roles: Iterable[str], revision: int = 0) -> Member:
        """Give another member exactly these roles; their sessions end. Raises ReviewRefused and ReviewMoved."""
        _administrator(who)
        if who.handle == handle:
            raise ReviewRefused("Nobody changes their own roles.", "Another administrator can.")
        wanted, had = rules.checked_roles(roles), self.accounts.member(handle).roles
        if wanted == had:
            return self.accounts.member(handle)
        detail = {"before": sorted(had), "after": sorted(wanted)}
        return self._done(who, "roles", handle, detail, lambda: self.accounts.set_roles(handle, wanted, revision))

    def activate(self, who: Member, handle: str, active: bool) -> Member:
        """Deactivate a member, whose sessions end at once, or let them in again. Raises ReviewRefused."""
        _administrator(who)
        if self.accounts.member(handle).active == active:
            return self.accounts.member(handle)
        if not active and self._is_last(handle):
            raise ReviewRefused(f"{handle} is the last administrator.", "Make another member one first.")
        action = "activate" if active else "deactivate"
        return self._done(who, action, handle, {}, lambda: self.accounts.set_active(handle, active))

    def revoke(self, who: Member, handle: str, *, number: int = 0, but: int = 0) -> int:
        """End sessions: one of one's own by its *number*, one's own all *but* one, or, by an administrator, another's
        all. Says how many. Raises ReviewRefused."""
        if who.handle == handle and number:
            return self.accounts.revoke(handle, number=number)  # signing out elsewhere: no change of the member
        if who.handle != handle:
            _administrator(who)
            number = but = 0
        self.accounts.member(handle)
        role = _MEMBER if who.handle == handle else Role.ADMINISTRATOR
        return self._done(
            who, "sessions-revoked", handle, {}, lambda: self.accounts.revoke(handle, number=number, but=but), role=role
        )

    def password(self, who: Member, old: str, new: str, token: str = "") -> str:
        """Change one's own password; gives the token of a new session in the place of *token*. Raises SignInRefused and
        ReviewRefused."""
        now = self._trail.now()
        checked_password(new, handle=who.handle, name=who.name)
        made = self.accounts.change_password(who.handle, old, new, now, token=token)  # first: the old one may be wrong
        self._write(who.handle, _MEMBER, "password", who.handle, {"by": "member"})
        return made

    def give_password(self, who: Member, handle: str) -> str:
        """Give another member a one-time password, which is the result. Raises ReviewRefused."""
        _administrator(who)
        if who.handle == handle:
            raise ReviewRefused("Your own password you change yourself.", "See your profile.")
        self.accounts.member(handle)
        now = self._trail.now()
        detail = {"by": "administrator", "one_time_password": True}
        return self._done(who, "password", handle, detail, lambda: self.accounts.give_password(handle, now))

    def email(self, who: Member, handle: str, email: str) -> Member:
        """Say which address a provider of single sign-on has to vouch for at a member's next sign-in there, "" for
        none; what the account was tied to is forgotten. Raises ReviewRefused."""
        _administrator(who)
        if who.handle == handle:
            raise ReviewRefused("Nobody ties their own account to a provider.", "Another administrator can.")
        detail = {"address": bool(rules.checked_email(email)), "linked": False}
        return self._done(who, "single-sign-on", handle, detail, lambda: self.accounts.set_email(handle, email))

    def linked(self, handle: str, subject: str) -> bool:
        """Tie an account to what the provider calls its member, at the first sign-in there; whether it was."""
        done = self.accounts.link(handle, subject)
        if done:
            self._write(handle, _MEMBER, "single-sign-on", handle, {"linked": True})
        return done

    def first(self, handle: str, name: str, password: str) -> Member:
        """Make the first administrator. Raises ReviewRefused where there is one already."""
        if self.accounts.any_administrator():
            raise ReviewRefused("There is an administrator already.", "Ask them for an account.")
        named = rules.checked_text("name", name)
        made = Member(rules.checked_handle(handle), named, frozenset({Role.ADMINISTRATOR}), public=False)
        checked_password(password, handle=handle, name=name)
        now = self._trail.now()
        return self._done(
            None,
            "create",
            handle,
            {"roles": sorted(made.roles), "first": True},
            lambda: self.accounts.create(made, password, now, first=True),
            text=_json({"name": made.name}),
        )

    def rescue(self, handle: str) -> str:
        """A one-time password for an administrator who lost theirs, given to whoever sits at the machine and may read
        the database anyway. Raises ReviewRefused."""
        member = self.accounts.member(handle)
        if Role.ADMINISTRATOR not in member.roles or not member.active:
            raise ReviewRefused(f"{handle} is no active administrator.", "An administrator can give a password.")
        now = self._trail.now()
        detail = {"by": "machine", "one_time_password": True}
        return self._done(None, "password", handle, detail, lambda: self.accounts.give_password(handle, now))

    # How --------------------------------------------------------------------------------------------------------------

    def _done(
        self,
        who: Member | None,
        action: str,
        handle: str,
        detail: Mapping[str, Any],
        work: Callable[[], _Result],
        text: str = "",
        role: str = Role.ADMINISTRATOR,
    ) -> _Result:
        """Write the row, then do it."""
        actor, role = (who.handle, str(role)) if who else (SYSTEM, SYSTEM)
        row = self._write(actor, role, action, handle, detail, text)
        try:
            return work()
        except BaseException:
            self._write(actor, role, "undone", handle, {"row": row.number})
            raise

    def _write(
        self, actor: str, role: str, action: str, handle: str, detail: Mapping[str, Any], text: str = ""
    ) -> Event:
        """Add the row; again where another one about the same member came first."""
        subject = f"member:{handle}"
        for left in reversed(range(_TRIES)):
            draft = Draft(
                at=self._trail.now(),
                actor=actor,
                role=role,
                action=action,
                subject=subject,
                detail=dict(detail),
                note=hash_of_text(text),
            )
            try:
                return self._trail.write(draft, self._trail.revision(subject), text)
            except ReviewMoved:
                if not left:
                    raise
        raise AssertionError

    def _is_last(self, handle: str) -> bool:
        others = (each for each in self.accounts.members().values() if each.handle != handle)
        return not any(each.active and Role.ADMINISTRATOR in each.roles for each in others)


def first_administrator(accounts: AccountDatabase, trail: Trail, handle: str, name: str, password: str) -> Member:
    """Make the first administrator of a board. Raises ReviewRefused where there is one, or the password is too easy."""
    return MemberChanges(accounts, trail).first(handle, name, password)


def sign_in_with(accounts: AccountDatabase, handle: str, password: str, now: str) -> str:
    """Sign in at the machine itself; gives the token of a session like any other. Raises SignInRefused, and
    ReviewRefused where a one-time password has to be changed first."""
    token = accounts.sign_in(handle, password, now, way=rules.COMMAND_LINE)
    if accounts.session(token, now) is None:
        accounts.sign_out(token)
        raise ReviewRefused("This password is for one time.", "Choose your own first: bedside review member password.")
    return token


def _administrator(who: Member) -> None:
    if Role.ADMINISTRATOR not in who.roles or not who.active:
        raise ReviewRefused(f"{who.handle} may not change members: that takes the role administrator.", "Ask one.")


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)
