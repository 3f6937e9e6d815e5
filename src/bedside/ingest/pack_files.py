"""The folders in ``BEDSIDE_HOME/packs``: which files each pack is made of, and their hash.

Read at every start, so nothing is parsed here. A file in a place that nothing reads is noted, and refused when the
pack is compiled: a folder called ``rule`` instead of ``rules`` must not be passed over in silence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bedside.errors import ContentError
from bedside.ingest.compiled import PACKS

MAX_FILE_BYTES = 5_000_000

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_READ = re.compile(
    r"(?:pack\.yaml|bibliography\.json|scope\.yaml"
    r"|[^/]+/(?:protocol\.yaml|cases\.yaml|rules/[^/]+\.yaml|cases/[^/]+\.yaml|statements/[^/]+\.md))"
)
_FOR_PEOPLE = re.compile(r"(?:[^/]+/)?(?:README\.md|REVIEW\.md|LICENSE(?:\.[a-z]+)?)")
_DEEPEST = 3  # TOPIC/rules/TABLE.yaml
_MANY = 10_000


@dataclass(frozen=True, slots=True)
class PackFolder:
    """One pack as it lies on the disk. ``strangers`` are paths below ``root`` that no part of a pack is read from."""

    name: str
    root: Path
    sha256: str
    strangers: tuple[str, ...]

    @property
    def shown(self) -> str:
        """What the path of each of its files begins with in errors."""
        return f"{PACKS}/{self.name}/"


def find_packs(home: Path) -> tuple[PackFolder, ...]:
    """Every pack in the reader's home, by name. Names that begin with a dot are passed over.

    Raises ContentError for what is no pack and for what cannot be read.
    """
    return tuple(_pack(path) for path in _inside(home / PACKS, PACKS))


def _inside(folder: Path, shown: str) -> list[Path]:
    """What lies in a folder, by name, without hidden files."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise ContentError(
            f"{shown}:1", f"the folder cannot be read ({error.strerror}).", "Make it readable."
        ) from None


def _pack(path: Path) -> PackFolder:
    where = f"{PACKS}/{path.name}:1"
    if not path.is_dir():
        raise ContentError(where, "this is not the folder of a pack.", "Unpack it, or move it away.")
    if not _NAME.fullmatch(path.name):
        raise ContentError(where, f"{path.name!r} is no name for a pack.", "Use lower-case words joined by '-'.")
    digest, strangers = hashlib.sha256(), []
    for file in _files(path, f"{PACKS}/{path.name}"):
        name = file.relative_to(path).as_posix()
        if _READ.fullmatch(name):
            digest.update(
                f"{name}\0{hashlib.sha256(_content(file, f'{PACKS}/{path.name}/{name}')).hexdigest()}\n".encode()
            )
        elif not _FOR_PEOPLE.fullmatch(name):
            strangers.append(name)
    return PackFolder(path.name, path, digest.hexdigest(), tuple(strangers))


def _files(folder: Path, shown: str, depth: int = 1) -> Iterator[Path]:
    """Every file, and every folder that lies too deep to be read."""
    for count, path in enumerate(_inside(folder, shown)):
        if count == _MANY:
            raise ContentError(f"{shown}:1", f"the folder holds more than {_MANY} files.", "Is this a pack?")
        if path.is_dir() and depth < _DEEPEST:
            yield from _files(path, f"{shown}/{path.name}", depth + 1)
        else:
            yield path


def _content(file: Path, shown: str) -> bytes:
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise ContentError(f"{shown}:1", f"larger than {MAX_FILE_BYTES} bytes.", "Divide it.")
        return file.read_bytes()
    except OSError as error:
        raise ContentError(f"{shown}:1", f"the file cannot be read ({error.strerror}).", "Make it readable.") from None
