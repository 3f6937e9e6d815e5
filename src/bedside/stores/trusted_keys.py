"""The keys of other boards whose packs are accepted here: ``BEDSIDE_HOME/trusted-keys.json``.

Trusting is also a row of the audit trail, and a key that the trail does not name is not trusted: whoever may write the
file alone can add nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from bedside.errors import LibraryUnusable
from bedside.stores.whole_file import write_over

FILE = "trusted-keys.json"
FORMAT = "bedside.trusted-keys/1"
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Trusted:
    """A key that is trusted: the name of its board, the public key in hex, who trusted it, and when (ISO time, UTC)."""

    name: str
    key: str
    by: str
    at: str


def trusted_keys(home: Path) -> tuple[Trusted, ...]:
    """The keys the file lists, as it lists them. Raises LibraryUnusable where it cannot be read."""
    path = home / FILE
    try:
        with path.open("rb") as file:
            return _keys(json.loads(file.read(_MOST_BYTES)))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise LibraryUnusable(f"{path}: cannot be read: {error.strerror}.", "Check the rights of this file.") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise LibraryUnusable(
            f"{path}: this is no list of trusted keys.", "Move it away, and trust the keys once more."
        ) from None


def _keys(data: Any) -> tuple[Trusted, ...]:
    """The keys of the file's JSON. Raises ValueError, KeyError or TypeError for what is no such list."""
    found = tuple(Trusted(**each) for each in data["keys"])
    texts = [getattr(each, part.name) for each in found for part in fields(Trusted)]
    if data["format"] != FORMAT or not all(isinstance(text, str) for text in texts):
        raise ValueError
    return found


def keep_trusted(home: Path, keys: Iterable[Trusted]) -> None:
    """Write the list, whole or not at all. Raises LibraryUnusable."""
    path = home / FILE
    written = json.dumps({"format": FORMAT, "keys": [asdict(each) for each in keys]}, ensure_ascii=False, indent=1)
    try:
        write_over(path, f"{written}\n".encode())
    except OSError as error:
        raise LibraryUnusable(
            f"{path}: cannot be written: {error.strerror}.", "Check the rights of the folder."
        ) from None
