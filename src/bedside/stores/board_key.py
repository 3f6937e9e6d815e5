"""The key pair with which this board signs its packs: ``BEDSIDE_HOME/board-key``, which its owner alone may read. The
private key is never printed."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.errors import LibraryUnusable, ReviewRefused, UsageError
from bedside.stores.whole_file import write_new

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE = "board-key"
PREFIX = "ed25519:"

_KEY = re.compile(r"(?:ed25519:)?([0-9a-f]{64})")
_MOST_BYTES = 1_000_000


class BoardKey:
    """The key pair of this board. ``public`` is the public key in hex."""

    __slots__ = ("_private", "public")

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of a message."""
        return self._private.sign(message)


def new_key(home: Path) -> BoardKey:
    """Make the key pair of this board. Raises ReviewRefused where there is one, LibraryUnusable where it cannot be
    kept."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    written = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = home / FILE
    try:
        write_new(path, written)
    except FileExistsError:
        raise ReviewRefused(
            f"{path}: this board has a key already.",
            "Packs made with it are known by it. To begin with another one, move this file away first.",
        ) from None
    except OSError as error:
        raise LibraryUnusable(
            f"{path}: cannot be written: {error.strerror}.", "Check the rights of the folder."
        ) from None
    return BoardKey(private)


def read_key(home: Path) -> BoardKey:
    """The key pair of this board. Raises ReviewRefused where there is none, LibraryUnusable where it cannot be used."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = home / FILE
    try:
        with path.open("rb") as file:
            rights = os.fstat(file.fileno()).st_mode
            written = file.read(_MOST_BYTES)
        private = serialization.load_pem_private_key(written, password=None)
    except FileNotFoundError:
        raise ReviewRefused("This board has no key yet.", "Make one: bedside review key new.") from None
    except OSError as error:
        raise LibraryUnusable(f"{path}: cannot be read: {error.strerror}.", "Check the rights of this file.") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        raise LibraryUnusable(f"{path}: this is no key of a board.", "Put the right file back from your backup.")
    if os.name == "posix" and rights & (stat.S_IRWXG | stat.S_IRWXO):
        raise LibraryUnusable(f"{path}: others may read this key.", f"Take that away first: chmod 600 {path}.")
    return BoardKey(private)


def key_named(written: str) -> str:
    """The public key in hex, as ``key show`` prints it. Raises UsageError for what is none."""
    found = _KEY.fullmatch(written.strip().lower())
    if found is None:
        raise UsageError(
            f"{written[:80]!r} is no public key.", f"It looks like {PREFIX} and 64 digits: see bedside review key show."
        )
    return found[1]
