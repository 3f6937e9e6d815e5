"""Archives of JATS articles (tar, tar.gz, zip), read member by member and never written to disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from bedside.errors import InputRefused
from bedside.evidence.record import Record
from bedside.ingest.events import Skipped
from bedside.ingest.jats import MOST_BYTES, read_jats

MOST_MEMBERS = 2_000_000
"""The most entries of one archive that are looked at; the packages of PubMed Central have some hundred thousand."""

_SUFFIXES = (".nxml", ".xml")
_DAMAGED = (tarfile.TarError, zipfile.BadZipFile, EOFError, zlib.error, OSError, NotImplementedError, RuntimeError)
_REMEDY = "Download it again, or leave it out."


def read_archive(path: Path) -> Iterator[Record | Skipped]:
    """Every article of an archive; what was left out unread comes last, as Skipped.

    Raises InputRefused when the file cannot be opened as an archive.
    """
    left_out: list[Skipped] = []
    for name, stream in jats_members(path, left_out.append):
        yield from read_jats(stream, f"{path.name}:{name}")
    yield from left_out


def jats_members(
    path: Path, skipped: Callable[[Skipped], None] = lambda _: None, most_bytes: int = MOST_BYTES
) -> Iterator[tuple[str, BinaryIO]]:
    """The name and the bytes of every JATS file in an archive; *skipped* is told of each that is left out.

    Links, devices, and names that lead out of the archive (absolute, or with "..") are left out, and so is a member of
    more than *most_bytes*. An archive that ends too early is read as far as it goes. Raises InputRefused when the file
    cannot be opened as an archive.
    """
    members = _zip_members if _is_zip(path) else _tar_members
    number = 0
    try:
        for number, (name, size, read) in enumerate(members(path), 1):
            if number > MOST_MEMBERS:
                skipped(Skipped(path.name, number, "", f"more than {MOST_MEMBERS:,} entries; the rest was not read"))
                return
            if reason := _refusal(name, size, most_bytes):
                skipped(Skipped(path.name, number, name, reason))
            elif name.lower().endswith(_SUFFIXES):
                yield name, io.BytesIO(read())
    except _DAMAGED as error:
        if not number:
            raise InputRefused(f"{path}: cannot be opened as an archive ({error}).", _REMEDY) from error
        skipped(Skipped(path.name, number, "", f"the archive is damaged after entry {number} ({error})"))


def _is_zip(path: Path) -> bool:
    try:
        return zipfile.is_zipfile(path)
    except OSError:
        return False  # opening it as the other kind says why


def _refusal(name: str, size: int, most_bytes: int) -> str:
    """Why a member is not read; "" when it may be."""
    place = PurePosixPath(name.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in place.parts[0:1]:
        return "its name leads out of the archive"
    return f"larger than {most_bytes:,} bytes" if size > most_bytes else ""


_Member = tuple[str, int, Callable[[], bytes]]


def _tar_members(path: Path) -> Iterator[_Member]:
    """The files of a tar archive, in the order they stand in it."""
    with tarfile.open(path, "r|*") as archive:
        for member in archive:
            archive.members = []  # type: ignore[attr-defined]  # else the list of all that passed grows without end
            if member.isreg():
                yield member.name, member.size, partial(_untarred, archive, member)


def _zip_members(path: Path) -> Iterator[_Member]:
    """The files of a zip archive. What a member unpacks to is cut at the size it states."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                yield member.filename, member.file_size, partial(_unzipped, archive, member)


def _untarred(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    data = stream.read(member.size) if stream else b""
    if len(data) < member.size:
        raise EOFError("a member ends too early")
    return data


def _unzipped(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as stream:
        return stream.read(member.file_size)
