"""A small file written whole or not at all, readable by its owner only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet. Raises FileExistsError where it is, OSError where it cannot be written."""
    with _beside(path, data) as written:
        os.link(written, path)
    _settled(path.parent)


def write_over(path: Path, data: bytes) -> None:
    """Write a file, over the one that is there. Raises OSError."""
    with _beside(path, data) as written:
        written.replace(path)
    _settled(path.parent)


def _settled(folder: Path) -> None:
    """Have on the disk which files the folder names: a new name is lost in a power cut otherwise."""
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """The data on the disk under another name (mode 0600), which is gone afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield written
    finally:
        with suppress(FileNotFoundError):
            written.unlink()
