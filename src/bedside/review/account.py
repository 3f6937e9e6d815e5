"""The account: what handles and texts of a member may be, how long a session lasts, and how tries are slowed down.

Pure: times come in as ISO texts in UTC to the second, such as "2026-11-22T23:45:00+00:00".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from bedside.errors import ReviewRefused, SignInRefused
from bedside.review.member import Member
from bedside.review.state import SYSTEM, Role

HANDLE = re.compile(r"[a-z0-9][a-z0-9.-]{0,38}[a-z0-9]")
RESERVED = (SYSTEM, "reader", "member", "administrator")
"""Handles that the audit trail needs for itself."""

TEXTS = {"name": 200, "credentials": 500, "registration": 200, "interests": 4_000}
"""The texts of a member, and the characters that each may have at most."""

IDLE = timedelta(hours=2)
"""After how long without a request a session ends."""
ONE_TIME = timedelta(days=7)
"""For how long a password that an administrator gave can be used to choose one's own."""
DEVICE = timedelta(days=90)
"""For how long a browser is known after its member signed in."""
FLOW = timedelta(minutes=10)
"""How long a person may take at the provider of single sign-on."""
FORGET = timedelta(days=1)
"""After how long without a wrong try the tries are forgotten."""

SKEW = timedelta(minutes=2)
"""How far the clocks of two machines on one database may differ."""

COMMAND_LINE = "command-line"
"""The way in which somebody signed in who sits at the machine itself."""
PASSWORD = "password"  # noqa: S105  the name of a way, not a password
SINGLE = "single sign-on"

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Slow:
    """How tries are slowed down: *free* failures cost nothing, then each doubles the wait, up to *longest* seconds.

    The wait has an end whatever happens: nobody is ever locked out for good.
    """

    free: int
    longest: int

    def wait(self, failures: int) -> int:
        """The seconds until the next try after so many failures."""
        beyond = failures - self.free
        return 0 if beyond < 0 else int(min(self.longest, 2 ** min(beyond, 30)))


BY_HANDLE = Slow(5, 900)
"""Of one account, from browsers that do not know it. 900 seconds are at most 96 tries a day."""
BY_DEVICE = Slow(5, 900)
"""Of one account, from one browser in which its member has signed in before: strangers cannot use it up."""
BY_CLIENT = Slow(30, 60)
"""From one address, over all accounts. A hospital may have one address."""


@dataclass(frozen=True, slots=True)
class Account:
    """What an administrator sees of an account besides its member.

    ``one_time_until`` is "" for a password of the member's own, else until when the one given can be used; ``email``
    is what a provider of single sign-on has to vouch for at the first sign-in, "" for none. ``revision`` counts
    changes of the profile and roles.
    """

    member: Member
    created: str
    one_time_until: str = ""
    has_password: bool = True
    linked: bool = False
    email: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a member: where in the list of theirs, how it was begun, and until when it lasts at most."""

    number: int
    way: str
    began: str
    seen: str
    expires: str


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a session token. ``must_change`` says that the member signed in with a one-time password and may do
    nothing until it is changed."""

    member: Member
    session: Session
    must_change: bool = False


def checked_handle(handle: str) -> str:
    """The handle. Raises ReviewRefused for what cannot be one."""
    if not HANDLE.fullmatch(handle) or handle in RESERVED:
        raise ReviewRefused(
            "That cannot be a handle.",
            "2 to 40 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends.",
        )
    return handle


def typed_handle(written: str) -> str:
    """The handle that somebody typed to sign in; "" for what can be none."""
    handle = written.strip().lower()
    return handle if HANDLE.fullmatch(handle) else ""


def checked_text(field: str, text: str) -> str:
    """The text of a member's field, its ends trimmed. Raises ReviewRefused for one too long, or with characters that
    would make another text of it on a page."""
    trimmed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").strip())
    if len(trimmed) > TEXTS[field]:
        raise ReviewRefused(f"The {field} has more than {TEXTS[field]:,} characters.", "Shorten it.")
    lines = "\n" if field == "interests" else ""
    if any(each in _BIDI or (unicodedata.category(each) in ("Cc", "Cs") and each not in lines) for each in trimmed):
        raise ReviewRefused(f"The {field} has a character that cannot be shown.", "Type it again.")
    if field == "name" and not trimmed:
        raise ReviewRefused("A member needs a name.", "Give the name that a signature should show.")
    return trimmed


def checked_email(text: str) -> str:
    """An e-mail address as it is compared, "" for none. Raises ReviewRefused for what can be none."""
    email = text.strip().casefold()
    if email and not re.fullmatch(r"[^\s@]{1,100}@[^\s@]{1,150}", email):
        raise ReviewRefused("That is not an e-mail address.", "Write it as name@hospital.example.")
    return email


def checked_roles(written: Iterable[str]) -> frozenset[Role]:
    """The roles of their names. Raises ReviewRefused for a name that is none."""
    names = set(written)
    if not names <= set(Role):
        raise ReviewRefused("There is no such role.", f"Choose from: {', '.join(Role)}.")
    return frozenset(Role(name) for name in names)


def later(now: str, by: timedelta) -> str:
    """The time *by* after *now*. Raises ValueError where *now* is no time with an offset."""
    time = datetime.fromisoformat(now)
    if time.utcoffset() != timedelta(0):
        raise ValueError(f"not an ISO time in UTC: {now!r}")
    return (time + by).isoformat(timespec="seconds")


def lives(session: Session, now: str) -> bool:
    """Whether a session is to be honoured at *now*: begun, neither over nor left alone for too long."""
    return session.began <= later(now, SKEW) and now < session.expires and now < later(session.seen, IDLE)


def locked(until: str, now: str, slow: Slow) -> bool:
    """Whether tries wait at *now*. A wait longer than there is was written by a clock that was wrong."""
    return now < until <= later(now, timedelta(seconds=slow.longest))


def refused() -> NoReturn:
    """Raise the one error of every sign-in that fails."""
    raise SignInRefused(
        "The name or the password is not right, or there were too many tries.",
        "Wait a moment, then try again. An administrator can give you a new password.",
    )
