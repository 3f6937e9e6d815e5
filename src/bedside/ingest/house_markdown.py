"""A hospital's own document: Markdown with YAML front matter, to one record.

---
title: Vitamin B12 on our wards
issuer: St Elsewhere Hospital
date: 2026-03-01
---
# Treatment
1.1 Offer hydroxocobalamin ...
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from bedside.errors import InputRefused
from bedside.evidence.record import Record, source_key
from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.ingest.blocks import place
from bedside.ingest.events import Skipped
from bedside.ingest.languages import ENGLISH, language_code, passage_language
from bedside.ingest.licences import OWN_DOCUMENT, UNKNOWN, licence_named, licence_of
from bedside.ingest.markdown_blocks import blocks_of
from bedside.ingest.marked_yaml import Marked, read_yaml
from bedside.ingest.paragraphs import Gathering
from bedside.ingest.reading import Reading
from bedside.ingest.whole import whole
from bedside.protocol.strength import Jurisdiction

MOST_BYTES = 10_000_000

_REQUIRED = ("title", "issuer")
_OPTIONAL = ("kind", "version", "date", "jurisdiction", "licence", "url", "doi", "language", "original_of")
_SHAPES = {
    "date": (
        re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"),
        "a date",
        "Write it as 2026-11-22.",
    ),
    "url": (re.compile(r"https?://\S+"), "an address", "Begin it with https://."),
    "doi": (re.compile(r"10\.\d{4,9}/\S+"), "a DOI", "Write it as 10.1000/xyz."),
    "original_of": (
        re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"),
        "the key of a source",
        "Keys are shown by: bedside library list.",
    ),
}
_FENCE = "---"
_HOW = "Begin with ---, title: ..., issuer: ..., ---."


def read_house_markdown(stream: BinaryIO, name: str) -> Iterator[Record | Skipped]:
    """The document in *stream*; *name* is its file name, which is also what its key is made of.

    Raises ContentRefused (file and line of everything wrong) when the front matter is missing, has an unknown key or a
    value that does not fit: its author can mend it. A file that is no text, or has none beneath, is Skipped.
    """
    try:
        front, body = _parts(stream, name)
    except InputRefused as refused:
        yield Skipped(name, 1, "", refused.what)
        return
    reading = Reading()
    fields = _front(front, name, reading)
    source = _source(fields, name, reading)
    reading.finish()
    written = reading.text(fields.get("language"), "language")
    language = language_code(written) or ENGLISH
    gathering = Gathering(source.key, source.licence, language=passage_language(language))
    place(blocks_of(body), gathering)
    if gathering.passages:
        yield Record(source=source, passages=tuple(gathering.passages), language=language, full=True)
    else:
        yield Skipped(name, 1, source.doi, "no text beneath the front matter")


def _parts(stream: BinaryIO, name: str) -> tuple[str | None, str]:
    """Front matter (None where there is none) and the text beneath."""
    data = whole(stream, MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(f"{name} is not UTF-8 text (byte {error.start})") from error
    if "\0" in text:
        raise InputRefused(f"{name} is not text")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marks = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if lines[0].rstrip() != _FENCE or len(marks) == 1:
        return None, text
    # An empty line stands for the mark, so that YAML counts the lines of the file.
    return "\n".join(["", *lines[1 : marks[1]]]), "\n".join(lines[marks[1] + 1 :])


def _front(front: str | None, name: str, reading: Reading) -> dict[str, Marked]:
    if front is None:
        reading.refuse(f"{name}:1", "the front matter is missing.", _HOW)
        return {}
    return reading.fields(read_yaml(front, name), "the front matter", _REQUIRED, _OPTIONAL)


def _source(fields: dict[str, Marked], name: str, reading: Reading) -> Source:
    """The source; a value that does not fit is noted in *reading*."""
    texts = {key: reading.text(fields.get(key), key) for key in (*_REQUIRED, "version", *_SHAPES)}
    for key, (shape, what, remedy) in _SHAPES.items():
        if texts[key] and not shape.fullmatch(texts[key]):
            reading.refuse(fields[key].where, f"{key} must be {what}, and {texts[key]!r} is not.", remedy)
    return Source(
        key=texts["original_of"] or source_key(name=name.removesuffix(".md").removesuffix(".markdown") or "document"),
        kind=reading.choice(fields.get("kind"), "kind", SourceKind, SourceKind.LOCAL_GUIDANCE),
        title=texts["title"],
        issuer=texts["issuer"],
        check=RecordCheck.LOADED,
        year=texts["date"][:4],
        version=texts["version"],
        doi=texts["doi"],
        url=texts["url"],
        jurisdiction=reading.choice(fields.get("jurisdiction"), "jurisdiction", Jurisdiction, Jurisdiction.LOCAL).value,
        licence=_licence(fields.get("licence"), reading),
        published_on=texts["date"],
    )


def _licence(node: Marked | None, reading: Reading) -> str:
    """The short name of the licence; words that say none that is known are refused, not guessed."""
    if node is None:
        return OWN_DOCUMENT
    written = reading.text(node, "licence")
    name = licence_named(written).name
    name = licence_of(written).name if name == UNKNOWN else name
    if name == UNKNOWN and written != UNKNOWN:
        reading.refuse(
            node.where, f"the licence {written!r} is not known.", 'Write "own document", "CC BY 4.0" or the like.'
        )
    return name
