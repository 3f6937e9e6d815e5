"""Hospital packs on top of the content that ships: compiled on first use, and again when either has changed.

What is compiled is one file like the content that ships, in ``BEDSIDE_HOME/cache``. It is derived: deleting it loses
nothing. It bears a stamp of everything it was made from, and is used only while that still holds.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from bedside.errors import LibraryUnusable
from bedside.ingest.compiled import FORMAT, CompiledContent
from bedside.ingest.pack_files import PackFolder, find_packs

KEPT = Path("cache") / "content-with-packs.jsonl"
"""Where the compiled file lies in the reader's home."""


def with_packs(
    shipped: CompiledContent, home: Path, version: str = "", note: Callable[[str], None] = lambda _: None
) -> CompiledContent:
    """The content that ships together with every pack in *home*, or as it is where there is none.

    *version* is the program's: what another version compiled is compiled again.
    Raises ContentError or ContentRefused, with ``file:line``, when a pack cannot be used: it is never passed over.
    """
    folders = find_packs(home)
    if not folders:
        return shipped
    stamp = _stamp(shipped, folders, version)
    before = kept(home / KEPT, stamp)
    if before is not None:
        return before
    from bedside.ingest.pack_compile import compile_with_packs  # reads YAML: not needed while nothing has changed

    data = compile_with_packs(shipped, folders, stamp)
    keep(home / KEPT, data, note)
    return CompiledContent(data, str(home / KEPT))


def _stamp(shipped: CompiledContent, folders: tuple[PackFolder, ...], version: str) -> str:
    """A hash of everything the compiled file depends on: the content that ships, the packs, and this program."""
    parts = [version, str(FORMAT), shipped.release, shipped.date, shipped.fingerprint]
    parts += [part for folder in folders for part in (folder.name, folder.sha256, *folder.strangers)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def kept(path: Path, stamp: str) -> CompiledContent | None:
    """What was compiled before, if it is whole and was made from the same."""
    try:
        content = CompiledContent(path.read_bytes(), str(path))
        if content.stamp != stamp:
            return None
        content.check()
        _ = content.packs
    except (OSError, LibraryUnusable):
        return None
    return content


def keep(path: Path, data: bytes, note: Callable[[str], None]) -> None:
    """Put the file in place whole, whoever else is doing the same; without a place for it, it is made every time."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError as error:
        note(f"{path}: cannot be written ({error.strerror}), so this is compiled anew each time.")
