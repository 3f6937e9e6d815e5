"""One writer: an exclusive lock on a file, held by the operating system, so that a killed program leaves none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bedside.errors import LibraryBusy, LibraryUnusable

try:
    import fcntl
except ImportError:  # pragma: no cover  (Windows)
    fcntl = None  # type: ignore[assignment]


@contextmanager
def writing(lock: Path) -> Iterator[None]:
    """Hold the writer's lock. Raises LibraryBusy when another program holds it, LibraryUnusable when the folder
    cannot be written."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise LibraryUnusable(
            f"{lock.parent}: the library cannot be written: {error.strerror}.",
            "Check the rights and the free space of this folder, or set BEDSIDE_HOME to another one.",
        ) from None
    try:
        if fcntl is not None:
            _lock(handle, lock)
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


def _lock(handle: int, lock: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        other = os.pread(handle, 32, 0).decode(errors="replace").strip() or "?"
        raise LibraryBusy(
            f"{lock.parent}: another program (process {other}) is changing this library.",
            "Wait until it has ended; reading and asking go on meanwhile.",
        ) from None
