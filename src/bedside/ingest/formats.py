"""The format of a file: what reader it needs, told by its first bytes and only then by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from bedside.errors import InputRefused
from bedside.ingest.opening import opened

_HEAD = 1 << 16
_PUBMED = re.compile(
    rb"<(?:PubmedArticleSet|PubmedBookArticleSet|MedlineCitationSet|PubmedArticle|PubmedBookArticle)\b"
)
_JATS = re.compile(rb"<(?:article|pmc-articleset)\b")
_HTML = re.compile(rb"<!doctype\s+html|<html\b", re.IGNORECASE)
_ARCHIVES = (".tar", ".tar.gz", ".tgz", ".zip")
_MARKDOWN = (".md", ".markdown")
_TAR_MAGIC = slice(257, 262)

SUFFIXES = (".xml", ".xml.gz", ".nxml", *_ARCHIVES, ".html", ".htm", ".pdf", *_MARKDOWN)
"""What a folder is searched for."""


class Format(StrEnum):
    """What a file holds."""

    PUBMED = "PubMed XML"
    JATS = "JATS full text"
    ARCHIVE = "archive of JATS full texts"
    HTML = "HTML"
    PDF = "PDF"
    MARKDOWN = "house Markdown"


def format_of(path: Path) -> Format:
    """The format of a file. Raises InputRefused when it cannot be opened or is nothing the library reads."""
    with opened(path) as stream:
        head = _start(stream)
    name = path.name.lower()
    if head.startswith(b"%PDF-"):
        return Format.PDF
    if head[_TAR_MAGIC] == b"ustar" or head.startswith(b"PK\x03\x04"):
        return Format.ARCHIVE
    for pattern, found in ((_PUBMED, Format.PUBMED), (_HTML, Format.HTML), (_JATS, Format.JATS)):
        if pattern.search(head):
            return found
    if name.endswith(_MARKDOWN):
        return Format.MARKDOWN
    raise InputRefused(
        f"{path}: is not a file the library reads.",
        "It reads PubMed XML, PMC full text (JATS), HTML, PDF and house Markdown (.md).",
    )


def files_in(path: Path) -> list[Path]:
    """The files a path stands for, in the natural order of their names: itself, or those of a folder and below it.

    Raises InputRefused when there is nothing there.
    """
    if path.is_dir():
        found = [each for each in path.rglob("*") if each.is_file() and each.name.lower().endswith(SUFFIXES)]
        if not found:
            raise InputRefused(f"{path}: holds no file the library reads.", f"Looked for: {', '.join(SUFFIXES)}.")
        return sorted(found, key=natural)
    if not path.is_file():
        raise InputRefused(f"{path}: there is no such file or folder.", "Check the path.")
    return [path]


def natural(path: Path) -> list[tuple[int, str]]:
    """A key that sorts file 9 before file 10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", str(path)) if part]


def _start(stream: BinaryIO) -> bytes:
    """The first bytes, as far as they can be read: a damaged file is told apart by what is left of it."""
    head = b""
    try:
        while len(head) < _HEAD and (more := stream.read(_HEAD - len(head))):
            head += more
    except InputRefused:
        if not head:
            raise
    return head
