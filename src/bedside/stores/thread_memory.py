"""Threads in memory: the reference that the databases are held to, for tests and for trying things out."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock

from bedside.errors import ThreadMoved, ThreadNotFound
from bedside.stores.thread_row import checked_time
from bedside.stores.token import hash_of, new_token
from bedside.thread import Thread, Turn


class ThreadsInMemory:
    """The ``ThreadStore`` port on a dictionary. Everything is gone when the program ends."""

    def __init__(self) -> None:
        self._threads: dict[str, Thread] = {}
        self._lock = Lock()

    def create(self, now: str, expires: str, turn: Turn) -> Thread:
        """A new thread with its first turn."""
        if turn.number != 0:
            raise ValueError("the first turn has the number 0")
        made = Thread(new_token(), checked_time(now), checked_time(expires), (turn,))
        with self._lock:
            self._threads[hash_of(made.token)] = made
        return made

    def add(self, token: str, turn: Turn, now: str) -> Thread:
        """Add the next turn; raises ThreadNotFound and ThreadMoved."""
        with self._lock:
            found = self._living(token, now)
            if turn.number != len(found.turns):
                raise ThreadMoved
            more = replace(found, turns=(*found.turns, turn))
            self._threads[hash_of(token)] = more
            return more

    def read(self, token: str, now: str) -> Thread:
        """The thread; raises ThreadNotFound."""
        with self._lock:
            return self._living(token, now)

    def delete(self, token: str) -> bool:
        """Delete a thread; whether there was one."""
        with self._lock:
            return self._threads.pop(hash_of(token), None) is not None

    def purge(self, before: str, *, now: str = "", dry_run: bool = False) -> int:
        """Delete what is older than *before*, and what has expired by *now*; gives how many, also in a *dry_run*."""
        before, now = (checked_time(time) if time else "" for time in (before, now))
        with self._lock:
            old = [key for key, thread in self._threads.items() if _is_old(thread, before, now)]
            if not dry_run:
                for key in old:
                    del self._threads[key]
        return len(old)

    def ready(self) -> None:
        """It always is."""

    def close(self) -> None:
        """Nothing to let go of."""

    def _living(self, token: str, now: str) -> Thread:
        found = self._threads.get(hash_of(token))
        if found is None or found.expires <= checked_time(now):
            raise ThreadNotFound
        return found


def _is_old(thread: Thread, before: str, now: str) -> bool:
    untouched = thread.created < before and not any(turn.asked_at >= before for turn in thread.turns)
    return untouched or thread.expires < before or bool(now and thread.expires <= now)
