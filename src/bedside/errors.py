"""Every error bedside raises, in one tree.

A missing fact, no evidence, a question outside the protocols, or a sentence that failed its check is a *result*
and never an error.

    BedsideError
    ├── UsageError            the caller asked for something that does not exist      exit 2
    │   ├── SettingsError     bedside.toml or a BEDSIDE_* variable is wrong
    │   └── ThreadNotFound    no thread under this link: wrong, deleted or expired
    ├── InputRefused          the text or file cannot be read                         exit 3
    ├── ThreadMoved           another window has added a turn in the meantime         exit 1
    ├── ReviewRefused         the rules of review do not allow it                     exit 1
    │   └── SignInRefused     nobody is signed in, or not with this name and password
    ├── ReviewMoved           somebody else has acted on the item in the meantime     exit 1
    ├── ClockSetBack          this machine's clock is behind the audit trail          exit 1
    └── LibraryUnusable       content is missing, damaged or not understood           exit 4
        ├── ContentError      a content file breaks a rule of the format (file:line)
        ├── LibraryBusy       another program is changing the library
        └── ExtraMissing      an optional package is not installed
"""

from __future__ import annotations

__all__ = [
    "BedsideError",
    "ClockSetBack",
    "ContentError",
    "ExtraMissing",
    "InputRefused",
    "LibraryBusy",
    "LibraryUnusable",
    "ReviewMoved",
    "ReviewRefused",
    "SettingsError",
    "SignInRefused",
    "ThreadMoved",
    "ThreadNotFound",
    "UsageError",
]


class BedsideError(Exception):
    """Something went wrong that the person at the keyboard can act on.

    ``what`` says what is wrong and where; ``remedy`` says what to do next.
    """

    exit_status = 1

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


class UsageError(BedsideError):
    """The caller named a command, option, reader, region, source or protocol that does not exist."""

    exit_status = 2


class SettingsError(UsageError):
    """A settings file or environment variable cannot be used."""


class ThreadNotFound(UsageError):
    """There is no thread under a link: it was never there, its reader deleted it, or it has expired."""

    def __init__(self) -> None:
        super().__init__(
            "There is no thread under this link.", "It may have been deleted, or have expired: ask the question again."
        )


class ThreadMoved(BedsideError):
    """A turn was added to a thread that had moved on: what is on the screen is not its last answer."""

    def __init__(self) -> None:
        super().__init__("This thread has a newer turn.", "Open it again to see it, then ask once more.")


class ReviewRefused(BedsideError):
    """A member may not do this, or not from the state the item has; ``remedy`` says what to do first."""


class SignInRefused(ReviewRefused):
    """Nobody is signed in, the name or the password is wrong, or the account is locked for a while.

    Which of them it is, is not said: that would tell a stranger which names exist.
    """


class ReviewMoved(BedsideError):
    """Somebody else has acted on an item, or its content has changed, since it was read: nothing is overwritten."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"{subject} has moved on since you read it.", "Open it again, read what is new, then act.")
        self.subject = subject


class ClockSetBack(BedsideError):
    """The clock of this machine is behind the last row of the audit trail."""

    def __init__(self, now: str, last: str) -> None:
        super().__init__(
            f"This machine says it is {now}, but the audit trail was written to at {last}.",
            "Set the clock right, then try again.",
        )


class InputRefused(BedsideError):
    """The text given cannot be read as a question, or a file as what it is taken for: empty, too long, not text."""

    exit_status = 3


class LibraryUnusable(BedsideError):
    """The content or library on disk is missing, damaged, or of a version this program does not read."""

    exit_status = 4


class LibraryBusy(LibraryUnusable):
    """Another program is changing the library; there is one writer at a time."""


class ExtraMissing(LibraryUnusable):
    """A command needs an optional package; ``remedy`` says how to install it."""

    def __init__(self, extra: str, why: str) -> None:
        super().__init__(
            f"{why} needs an optional part of bedside.", f"Install it with: pip install 'bedside[{extra}]'."
        )
        self.extra = extra


class ContentError(LibraryUnusable):
    """A content file breaks a rule of the format; ``where`` is ``file:line``."""

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        super().__init__(f"{where}: {what}", remedy)
        self.where = where
