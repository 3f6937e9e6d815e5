"""Accounts in a SQL database: a SQLite file in the home, or PostgreSQL by its URL.

Who may change what is decided by those who call (``account_changes``); what must hold whoever calls, such as that an
administrator remains, is decided here, in the transaction that changes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from bedside.errors import LibraryUnusable, ReviewMoved, ReviewRefused
from bedside.review import account as rules
from bedside.review.account import Account
from bedside.review.member import Member
from bedside.review.password import checked_password
from bedside.review.state import Role
from bedside.settings import Settings
from bedside.stores.account_password import Passwords
from bedside.stores.account_row import account_of, member_row, one_time_password, roles_text
from bedside.stores.account_schema import account, device, session
from bedside.stores.account_sessions import SessionDatabase
from bedside.stores.token import hash_of
from bedside.stores.transacting import url_of

PROFILE = ("name", "credentials", "registration", "interests", "declared_on", "public")
"""What a profile has of a member."""


def open_accounts(settings: Settings, passwords: Passwords | None = None) -> AccountDatabase:
    """The accounts of these settings, their tables made or brought up to date. May be used from several threads.

    Raises SettingsError for a URL that names no database of ours, ExtraMissing where its driver is not installed, and
    LibraryUnusable when it cannot be opened, is damaged, or was written by a newer program.
    """
    return AccountDatabase(url_of(settings, "accounts"), settings.session_hours, passwords or Passwords())


class AccountDatabase(SessionDatabase):
    """The ``Accounts`` port on SQLite or PostgreSQL, with everything that signing in takes."""

    # Who there is -----------------------------------------------------------------------------------------------------

    def members(self) -> Mapping[str, Member]:
        """Everybody who has, or had, an account, by handle."""
        return {each.member.handle: each.member for each in self.accounts()}

    def member(self, handle: str) -> Member:
        """The member of a handle. Raises ReviewRefused when there is none."""
        return self.account(handle).member

    def accounts(self) -> tuple[Account, ...]:
        """Every account, by handle."""
        chosen = select(account).order_by(account.c.handle)
        rows = self._look(lambda connection: connection.execute(chosen).mappings().all())
        return tuple(self._account(row) for row in rows)

    def account(self, handle: str) -> Account:
        """The account of a handle. Raises ReviewRefused when there is none."""
        return self._account(self._look(lambda connection: _row(connection, handle)))

    def by_subject(self, subject: str) -> Member | None:
        """The member whom a provider of single sign-on calls *subject* (with its issuer)."""
        return self._found(account.c.subject == hash_of(subject))

    def by_email(self, email: str) -> Member | None:
        """The member for whom an administrator entered this address, and who has not come by single sign-on yet."""
        try:
            wanted = rules.checked_email(email)
        except ReviewRefused:  # it is the provider's word, not a member's typing
            return None
        return self._found((account.c.email == wanted) & account.c.subject.is_(None)) if wanted else None

    def any_administrator(self) -> bool:
        """Whether anybody can sign in who may add members."""
        return any(Role.ADMINISTRATOR in member.roles and member.active for member in self.members().values())

    def ready(self) -> None:
        """Raise LibraryUnusable where the tables cannot be read."""
        self._look(lambda connection: connection.execute(select(account.c.handle).limit(1)).first())

    # What changes -----------------------------------------------------------------------------------------------------

    def create(
        self, member: Member, password: str, now: str, *, one_time: bool = False, email: str = "", first: bool = False
    ) -> Member:
        """Add an account; gives the member as it is kept. A *one_time* password has to be changed at the first sign-in;
        "" is none: then the member comes by single sign-on. *first* is refused where there is an administrator.

        Raises ReviewRefused for a handle that is taken, or a handle, text, address or password that is not allowed.
        """
        values = member_row(_checked(member)) | {"email": rules.checked_email(email) or None}
        kept = checked_password(password, handle=member.handle, name=member.name) if password else ""
        row = values | {
            "password": self._passwords.hashed(kept) if kept else "",
            "one_time_until": rules.later(now, rules.ONE_TIME) if one_time else "",
            "created": now,
            "revision": 1,
        }

        def work(connection: Connection) -> None:
            if first and _administrators(connection):
                raise ReviewRefused("There is an administrator already.", "Ask them for an account.")
            if connection.execute(select(account.c.handle).where(account.c.handle == member.handle)).first():
                raise ReviewRefused("That handle has an account already.", "A handle is never given twice.")
            _address_is_free(connection, member.handle, row["email"])
            connection.execute(insert(account).values(row))

        self._change(work)
        return self.member(member.handle)

    def change(self, member: Member, revision: int = 0) -> Member:
        """Change a profile to what *member* says of it (never handle, roles, or whether it is active); gives the member
        as it is kept. Raises ReviewMoved where somebody was faster: *revision* is the one that was seen, 0 for any."""
        row = member_row(_checked(member))
        return self._update(member.handle, {name: row[name] for name in PROFILE}, revision)

    def set_roles(self, handle: str, roles: frozenset[Role], revision: int = 0) -> Member:
        """Give a member exactly these roles, and end their sessions. Raises ReviewRefused where no administrator would
        remain, and what :meth:`change` raises."""
        return self._update(handle, {"roles": roles_text(roles)}, revision, ends=True)

    def set_active(self, handle: str, active: bool, revision: int = 0) -> Member:
        """Deactivate a member, which ends their sessions at once, or let them in again. Raises what :meth:`set_roles`
        raises."""
        return self._update(handle, {"active": int(active)}, revision, ends=True)

    def change_password(self, handle: str, old: str, new: str, now: str, *, token: str = "") -> str:
        """Change one's own password. Every session ends; gives the token of a new one in the place of *token*, else "".

        Raises SignInRefused where the old one is not right (a try like any other), ReviewRefused for a new one that is
        not allowed.
        """
        held = self.held(token, now)
        member = self.member(handle)
        kept = checked_password(new, handle=handle, name=member.name)
        if new == old:
            raise ReviewRefused("That is the password you have.", "Choose another one.")
        way = rules.COMMAND_LINE if held is None else held.session.way
        self._right(handle, old, now, f"change:{handle}")
        hashed = self._passwords.hashed(kept)

        def work(connection: Connection) -> str:
            values = {"password": hashed, "one_time_until": ""}
            connection.execute(update(account).where(account.c.handle == handle).values(values))
            connection.execute(delete(session).where(session.c.handle == handle))
            return self._begin(connection, handle, now, way) if held else ""

        return self._change(work)

    def give_password(self, handle: str, now: str) -> str:
        """Give a member a one-time password, which is the result; their sessions end and their browsers are forgotten.
        Raises ReviewRefused when there is none of that handle."""
        made = one_time_password()
        hashed = self._passwords.hashed(made)

        def work(connection: Connection) -> None:
            _row(connection, handle)
            values = {"password": hashed, "one_time_until": rules.later(now, rules.ONE_TIME)}
            connection.execute(update(account).where(account.c.handle == handle).values(values))
            _ended(connection, handle)

        self._change(work)
        return made

    def set_email(self, handle: str, email: str) -> Member:
        """Say which address a provider has to vouch for at a member's first single sign-on, "" for none. The link that
        there was is taken away, and the sessions end."""
        values = {"email": rules.checked_email(email) or None, "subject": None}
        return self._update(handle, values, 0, ends=True)

    def link(self, handle: str, subject: str) -> bool:
        """Tie an account that is not tied yet to what a provider calls its member (with its issuer); whether it was."""
        values = {"subject": hash_of(subject)}
        unlinked = (account.c.handle == handle, account.c.subject.is_(None), account.c.active == 1)
        taken = select(account.c.handle).where(account.c.subject == values["subject"])

        def work(connection: Connection) -> int:
            if connection.execute(taken).first():
                return 0
            return connection.execute(update(account).where(*unlinked).values(values)).rowcount

        return self._change(work) == 1

    # How --------------------------------------------------------------------------------------------------------------

    def _update(self, handle: str, values: Mapping[str, Any], revision: int, *, ends: bool = False) -> Member:
        def work(connection: Connection) -> None:
            row = _row(connection, handle)
            if revision and row["revision"] != revision:
                raise ReviewMoved(f"The account {handle}")
            _address_is_free(connection, handle, values.get("email"))
            changed = {**values, "revision": row["revision"] + 1}
            had = _administrators(connection)
            connection.execute(update(account).where(account.c.handle == handle).values(changed))
            if had and not _administrators(connection):
                raise ReviewRefused(f"{handle} is the last administrator.", "Make another member one first.")
            if ends:
                _ended(connection, handle)

        self._change(work)
        return self.member(handle)

    def _found(self, which: Any) -> Member | None:
        row = self._look(lambda c: c.execute(select(account).where(which)).mappings().first())
        return self._account(row).member if row else None

    def _account(self, row: RowMapping) -> Account:
        try:
            return account_of(row)
        except ValueError as error:
            raise LibraryUnusable(f"{self._shown}: an account is damaged: {error}.", "Restore a backup.") from None


def _row(connection: Connection, handle: str) -> RowMapping:
    """The row of a handle. Raises ReviewRefused."""
    row = connection.execute(select(account).where(account.c.handle == handle)).mappings().first()
    if row is None:
        raise ReviewRefused(f"There is no member {handle!r}.", "See the list of members.")
    return row


def _address_is_free(connection: Connection, handle: str, email: str | None) -> None:
    """Raise ReviewRefused where another account has the address."""
    taken = select(account.c.handle).where(account.c.email == email, account.c.handle != handle)
    if email and connection.execute(taken).first():
        raise ReviewRefused("Another member has that address.", "Each address leads to one account.")


def _administrators(connection: Connection) -> int:
    """How many can sign in who may add members."""
    roles = " " + account.c.roles + " "
    where = (account.c.active == 1, roles.like(f"% {Role.ADMINISTRATOR} %"))
    return int(connection.execute(select(func.count()).select_from(account).where(*where)).scalar_one())


def _ended(connection: Connection, handle: str) -> None:
    """End every session of a member, and forget their browsers."""
    for table in (session, device):
        connection.execute(delete(table).where(table.c.handle == handle))


def _checked(member: Member) -> Member:
    rules.checked_handle(member.handle)
    return replace(
        member,
        name=rules.checked_text("name", member.name),
        credentials=rules.checked_text("credentials", member.credentials),
        registration=rules.checked_text("registration", member.registration),
        interests=rules.checked_text("interests", member.interests),
    )
