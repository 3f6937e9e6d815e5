"""The rows of a public data set in a folder: JSON lines, plain or compressed with zstd."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bedside.errors import InputRefused


def rows(folder: Path, stem: str) -> Iterator[dict[str, Any]]:
    """The rows of ``STEM.jsonl`` or ``STEM.jsonl.zst`` (then the package ``zstandard`` is needed).

    Raises InputRefused when neither is there.
    """
    plain, packed = folder / f"{stem}.jsonl", folder / f"{stem}.jsonl.zst"
    if plain.is_file():
        with plain.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    elif packed.is_file():
        import zstandard

        with zstandard.open(packed, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        raise InputRefused(f"{packed} is missing.", "Give the folder that holds the data sets.")
