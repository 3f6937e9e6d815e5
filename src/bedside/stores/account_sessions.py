"""Signing in, and what it gives: sessions on the server, of which a browser only holds a random token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, RowMapping, delete, insert, select, update
from sqlalchemy import text as sql

from bedside.errors import LibraryUnusable
from bedside.review import account as rules
from bedside.review.account import Held, Session
from bedside.review.member import Member
from bedside.review.password import normalised
from bedside.stores.account_password import Passwords
from bedside.stores.account_row import member_of, session_of
from bedside.stores.account_schema import HEAD, VERSIONS, account, device, flow, session
from bedside.stores.account_tries import Counted, forgive, let_in
from bedside.stores.token import hash_of, new_token
from bedside.stores.transacting import Database, Kept

_MIGRATIONS = Path(__file__).with_name("account_migrations")
_OTHERWISE = "If the file is damaged, restore it from a backup: nobody can sign in without it."
_CONNECTIONS = 8
_LOCK = 0x62656D65  # of PostgreSQL, held while an account is changed
_TOKEN = 32  # bytes: the 43 characters that a cookie of ours has
_SEEN = timedelta(minutes=1)
"""How exactly it is kept when a session was last used."""

_HELD = (
    *(column for column in session.c if column.name not in ("handle", "token_hash")),
    *(column for column in account.c if column.name != "password"),
)

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Flow:
    """A sign-in that is under way at a provider: what its answer has to fit, and where to go then."""

    nonce: str
    verifier: str
    way_back: str


class SessionDatabase(Database):
    """Accounts as far as signing in needs them. Times are ISO texts in UTC to the second, always the caller's."""

    def __init__(self, url: URL, hours: int, passwords: Passwords) -> None:
        """Open the database at *url*. A session lasts *hours* at most."""
        self._lasts = timedelta(hours=hours)
        self._passwords = passwords
        super().__init__(url, Kept("accounts", _OTHERWISE, VERSIONS, HEAD, _MIGRATIONS, _CONNECTIONS))

    # Signing in -------------------------------------------------------------------------------------------------------

    def sign_in(
        self,
        handle: str,
        password: str,
        now: str,
        *,
        client: str = "",
        device: str = "",
        way: str = rules.PASSWORD,
    ) -> str:
        """Sign in and give the token of a new session. Raises SignInRefused, the same whatever was wrong.

        *client* is the address it comes from, "" for none; *device* the token by which a browser is known in which the
        member signed in before. Tries from there are counted apart from those of strangers.
        """
        name = rules.typed_handle(handle)
        apart = way == rules.COMMAND_LINE  # who sits at the machine is no stranger
        counted = f"{way if apart else 'handle'}:{name or handle.strip().lower()}"
        row = self._right(name, password, now, counted, client, device)
        fresh = self._passwords.hashed(normalised(password)) if self._passwords.stale(row["password"]) else ""

        def work(connection: Connection) -> str:
            where = (account.c.handle == name, account.c.password == row["password"], account.c.active == 1)
            if connection.execute(select(account.c.handle).where(*where)).first() is None:
                return ""  # changed, or deactivated, while it was looked at
            if fresh:
                connection.execute(update(account).where(*where).values(password=fresh))
            return self._begin(connection, name, now, way)

        return self._change(work) or rules.refused()

    def _right(
        self, name: str, password: str, now: str, counted: str, client: str = "", device: str = ""
    ) -> Mapping[str, Any]:
        """The row of the account that a password opens now. Raises SignInRefused. The try is counted as *counted*."""
        row = self._change(lambda connection: _tried(connection, name, counted, client, device, now))
        if row is None:
            rules.refused()
        fits = self._passwords.fits(row["password"], password)
        if not fits or not row["active"] or (row["one_time_until"] and row["one_time_until"] < now):
            rules.refused()
        self._change(lambda connection: forgive(connection, row["counted"], f"client:{client}" if client else ""))
        return row

    def sign_in_by(self, handle: str, now: str) -> str:
        """A new session for whom a provider of single sign-on has vouched for. Raises SignInRefused."""

        def work(connection: Connection) -> str:
            where = (account.c.handle == handle, account.c.active == 1)
            found = connection.execute(select(account.c.handle).where(*where)).first()
            return self._begin(connection, handle, now, rules.SINGLE) if found else ""

        return self._change(work) or rules.refused()

    def remember(self, handle: str, now: str) -> str:
        """A token by which the browser of this member is known at its next sign-in. It opens nothing."""
        token = new_token(_TOKEN)
        expires = rules.later(now, rules.DEVICE)

        def work(connection: Connection) -> None:
            connection.execute(delete(device).where(device.c.expires <= now))
            values = {"token_hash": hash_of(token), "handle": handle, "expires": expires}
            connection.execute(insert(device).values(values))

        self._change(work)
        return token

    # Sessions ---------------------------------------------------------------------------------------------------------

    def session(self, token: str, now: str) -> Member | None:
        """The member who may act under a token: None where it opens nothing, and where a one-time password has to be
        changed first. Roles are those of this moment."""
        held = self.held(token, now)
        return held.member if held and not held.must_change else None

    def held(self, token: str, now: str) -> Held | None:
        """Who holds a token, also with a one-time password."""
        if not token:
            return None
        both = select(*_HELD).join_from(session, account)
        chosen = both.where(session.c.token_hash == hash_of(token), account.c.active == 1)
        row = self._look(lambda connection: connection.execute(chosen).mappings().first())
        if row is None or not rules.lives(session_of(row), now):
            return None
        if rules.later(row["seen"], _SEEN) <= now:
            moved = update(session).where(session.c.id == row["id"], session.c.seen < now).values(seen=now)
            self._change(lambda connection: connection.execute(moved).rowcount)
        try:
            member = member_of(row)
        except ValueError as error:
            raise LibraryUnusable(f"{self._shown}: an account is damaged: {error}.", _OTHERWISE) from None
        must_change = bool(row["one_time_until"]) and row["way"] != rules.SINGLE
        return Held(member, session_of(row), must_change)

    def sessions(self, handle: str, now: str) -> tuple[Session, ...]:
        """The sessions of a member that last, newest first."""
        chosen = select(session).where(session.c.handle == handle).order_by(session.c.id.desc())
        rows = self._look(lambda connection: connection.execute(chosen).mappings().all())
        return tuple(each for each in map(session_of, rows) if rules.lives(each, now))

    def sign_out(self, token: str) -> bool:
        """End the session of a token; whether there was one."""
        return self._end(session.c.token_hash == hash_of(token)) > 0

    def revoke(self, handle: str, *, number: int = 0, but: int = 0) -> int:
        """End sessions of a member, and say how many: the one of a *number*, or all *but* one, or all."""
        whose = session.c.handle == handle
        return self._end(whose & (session.c.id == number) if number else whose & (session.c.id != but))

    # Sign-ins at a provider -------------------------------------------------------------------------------------------

    def begin_flow(self, state: str, browser: str, made: Flow, now: str) -> None:
        """Keep what the provider's answer has to fit; *state* and *browser* are kept as hashes."""
        values = {
            "state_hash": hash_of(state),
            "browser_hash": hash_of(browser),
            "nonce": made.nonce,
            "verifier": made.verifier,
            "way_back": made.way_back,
            "expires": rules.later(now, rules.FLOW),
        }

        def work(connection: Connection) -> None:
            connection.execute(delete(flow).where(flow.c.expires <= now))
            connection.execute(insert(flow).values(values))

        self._change(work)

    def take_flow(self, state: str, browser: str, now: str) -> Flow | None:
        """What was kept under a state, for the browser that began it, and once only."""
        where = flow.c.state_hash == hash_of(state)

        def work(connection: Connection) -> RowMapping | None:
            row = connection.execute(select(flow).where(where)).mappings().first()
            connection.execute(delete(flow).where(where))
            return row

        row = self._change(work)
        if row is None or row["browser_hash"] != hash_of(browser) or row["expires"] <= now:
            return None
        return Flow(row["nonce"], row["verifier"], row["way_back"])

    # How --------------------------------------------------------------------------------------------------------------

    def _begin(self, connection: Connection, handle: str, now: str, way: str) -> str:
        """A new session; what has ended is cleared away."""
        connection.execute(delete(session).where(session.c.expires <= now))
        token = new_token(_TOKEN)
        values = {"token_hash": hash_of(token), "handle": handle, "way": way, "began": now, "seen": now}
        connection.execute(insert(session).values(values | {"expires": rules.later(now, self._lasts)}))
        return token

    def _end(self, which: Any) -> int:
        return self._change(lambda connection: connection.execute(delete(session).where(which)).rowcount)

    def _change(self, work: Callable[[Connection], _Result]) -> _Result:
        """Changes of accounts come one after another, on PostgreSQL, too: they are short, and some count rows."""

        def alone(connection: Connection) -> _Result:
            if not self._is_file:
                connection.execute(sql("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            return work(connection)

        return super()._change(alone)


def _tried(connection: Connection, name: str, counted: str, client: str, known: str, now: str) -> dict[str, Any] | None:
    """Count a try; the row of the account, one of nobody where there is none, or None where tries have to wait."""
    by: Counted = (counted, rules.BY_HANDLE)
    if known and name:
        where = (device.c.token_hash == hash_of(known), device.c.handle == name, device.c.expires > now)
        if connection.execute(select(device.c.handle).where(*where)).first():
            by = (f"device:{known}", rules.BY_DEVICE)
    clients: list[Counted] = [(f"client:{client}", rules.BY_CLIENT)] if client else []
    if not let_in(connection, [by, *clients], now):
        return None
    row = connection.execute(select(account).where(account.c.handle == name)).mappings().first()
    found = dict(row) if row else {"password": "", "active": 0, "one_time_until": ""}
    return {**found, "counted": by[0]}
