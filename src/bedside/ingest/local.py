"""What a home adds to the content that ships: hospital packs, then the wordings that its board adopted.

Where there is neither, this costs two looks into a folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from bedside.ingest.compiled import FORMAT, PACKS, CompiledContent

WORDINGS = "wordings.json"
"""The file of adopted wordings in the reader's home."""
KEPT = Path("cache") / "content-with-wordings.jsonl"
"""Where the compiled file with them lies there. It is derived: deleting it loses nothing."""


def with_local(
    content: CompiledContent, home: Path, version: str = "", note: Callable[[str], None] = lambda _: None
) -> CompiledContent:
    """The content with everything *home* adds, or as it is where there is nothing. *version* is the program's.

    Raises ContentError or ContentRefused, with ``file:line``, for what cannot be used: it is never passed over.
    """
    if os.path.lexists(home / PACKS):  # a link that leads nowhere is an error, not a home without packs
        from bedside.ingest.packs import with_packs

        content = with_packs(content, home, version, note)
    if os.path.lexists(home / WORDINGS):
        content = _with_wordings(content, home, version, note)
    return content


def _with_wordings(content: CompiledContent, home: Path, version: str, note: Callable[[str], None]) -> CompiledContent:
    from bedside.ingest import packs, wordings

    seen = wordings.seen(home)  # before it is read: a newer one is noticed afterwards
    adopted = wordings.read_wordings(home)
    stamp = _stamp(content, adopted, version)
    kept = packs.kept(home / KEPT, stamp)
    if kept is None:
        data = wordings.with_wordings(content, adopted, stamp)
        if data is not None:
            packs.keep(home / KEPT, data, note)
            kept = CompiledContent(data, str(home / KEPT))
    content = kept or content
    content.wordings_seen = seen
    return content


def _stamp(content: CompiledContent, adopted: tuple[object, ...], version: str) -> str:
    """A hash of everything the compiled file depends on: the content beneath, the wordings, and this program."""
    parts = [version, str(FORMAT), content.release, content.fingerprint, content.stamp, *map(repr, adopted)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
