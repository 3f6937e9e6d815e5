"""The thread: what one reader asked, turn by turn, under a link that nobody can guess; and the port of its store.

A thread holds a reader's own words, so it is private: it has no name but its token, it expires, and its reader can
delete it. Public pages are made of content, never of threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bedside.facts.case import Edit, Told


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn as it was asked and answered. ``number`` counts from 0; ``asked_at`` is an ISO time in UTC.

    ``answer`` is the answer's JSON (schema ``bedside.answer/1``) as it was given, ``run`` and ``content`` its
    fingerprints, for replay.
    """

    number: int
    text: str
    edits: tuple[Edit, ...]
    reader: str
    region: str
    as_of: str
    asked_at: str
    content: str
    run: str
    answer: str

    @property
    def told(self) -> Told:
        """What was said in it."""
        return Told(self.text, self.edits)


@dataclass(frozen=True, slots=True)
class Thread:
    """The turns of one reader, oldest first. ``created`` and ``expires`` are ISO times in UTC."""

    token: str
    created: str
    expires: str
    turns: tuple[Turn, ...] = ()


class ThreadStore(Protocol):
    """Where threads are kept. Only a hash of a token is stored: who reads the database cannot open a link.

    ``now`` is an ISO time in UTC and always comes from the caller. What a method returned from is on the disk.
    """

    def create(self, now: str, expires: str, turn: Turn) -> Thread:
        """A new thread with its first turn, under a new token of at least 128 random bits."""
        ...

    def add(self, token: str, turn: Turn, now: str) -> Thread:
        """Add the next turn. Raises ThreadNotFound when there is no such thread (any more), ThreadMoved when
        ``turn.number`` is not the next one: another window was faster."""
        ...

    def read(self, token: str, now: str) -> Thread:
        """The thread. Raises ThreadNotFound, also when it has expired."""
        ...

    def delete(self, token: str) -> bool:
        """Delete a thread for good; whether there was one."""
        ...

    def purge(self, before: str, *, now: str = "") -> int:
        """Delete every thread that expired before *before*, or was begun before it where it has no later turn, and,
        where *now* is given, those that have expired by then; gives how many. Either may be "": it deletes nothing."""
        ...

    def ready(self) -> None:
        """Return where threads can be read now. Raises LibraryUnusable otherwise."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
