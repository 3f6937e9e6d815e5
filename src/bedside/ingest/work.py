"""The work on a file: cut into tasks that any process can do, and each task done, from bytes to prepared records."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from bedside.errors import BedsideError
from bedside.evidence.appraisal import appraise
from bedside.evidence.record import Record
from bedside.ingest.events import Removal, Skipped
from bedside.ingest.formats import Format
from bedside.ingest.opening import Limits, opened, position
from bedside.ingest.stated import NOTHING, Stated
from bedside.stores.prepared import Prepared, prepared

RECORDS = 500
"""PubMed records in one task; how often the library commits, too."""


@dataclass(frozen=True, slots=True)
class Task:
    """Some entries of one file: the number of the first, from 1, and how many. ``read`` is how many bytes of the file
    had been read when they were cut, 0 where that is not known."""

    format: Format
    name: str
    first: int
    count: int
    data: object
    stated: Stated = NOTHING
    read: int = 0


@dataclass(frozen=True, slots=True)
class How:
    """How files are read: what is stated about documents, and how large they may be."""

    stated: Stated = NOTHING
    limits: Limits = Limits()  # noqa: RUF009  frozen, so safe to share


@dataclass(slots=True)
class Done:
    """What came of a task."""

    first: int
    count: int
    records: list[Prepared] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    removals: list[str] = field(default_factory=list)
    read: int = 0


def tasks(path: Path, kind: Format, start: int, how: How) -> Iterator[Task]:
    """The tasks of a file behind its first *start* entries.

    Raises InputRefused when the file cannot be read further; what was cut before that has come out.
    """
    if kind is Format.PUBMED:
        yield from _pubmed(path, start, how.limits)
    elif kind is Format.ARCHIVE:
        yield from _archive(path, start)
    elif start == 0:
        yield Task(kind, str(path), 1, 1, path, how.stated)


def deaf() -> None:
    """Make this process leave an interrupt to the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def work(task: Task, this_year: int) -> Done:
    """Do a task. An entry that cannot be read is in ``skipped`` with the reason; nothing is raised for it."""
    done = Done(task.first, task.count, read=task.read)
    try:
        for event in _events(task, this_year):
            match event:
                case Record():
                    _prepare(event, task, done)
                case Removal(pmid):
                    done.removals.append(pmid)
                case Skipped():
                    done.skipped.append(event)
    except BedsideError as error:
        done.skipped.append(Skipped(task.name, task.first, "", str(error)))
    return done


def _prepare(record: Record, task: Task, done: Done) -> None:
    try:
        done.records.append(prepared(appraise(record)))
    except (ValueError, OverflowError) as error:  # a record nobody foresaw: left out whole, and said
        done.skipped.append(Skipped(task.name, task.first, record.source.key, f"cannot be prepared: {error}"))


def _events(task: Task, this_year: int) -> Iterator[Record | Removal | Skipped]:
    match task.format:
        case Format.PUBMED:
            from bedside.ingest.pubmed_cut import Lot, read_lot

            if isinstance(task.data, Lot):
                yield from read_lot(task.data, task.name, task.first, this_year)
        case Format.ARCHIVE:
            from bedside.ingest.jats import read_jats

            if isinstance(task.data, list):  # what was left out unread
                yield from task.data
            elif isinstance(task.data, bytes):
                yield from read_jats(io.BytesIO(task.data), task.name)
        case _ if isinstance(task.data, Path):
            with opened(task.data) as stream:
                yield from _document(task, stream)


def _document(task: Task, stream: BinaryIO) -> Iterator[Record | Skipped]:
    kind, name = task.format, task.name
    if kind is Format.JATS:
        from bedside.ingest.jats import read_jats

        return read_jats(stream, name)
    if kind is Format.HTML:
        from bedside.ingest.html_pages import read_html

        return read_html(stream, name, task.stated)
    if kind is Format.PDF:
        from bedside.ingest.pdf_pages import read_pdf

        return read_pdf(stream, name, task.stated)
    from bedside.ingest.house_markdown import read_house_markdown

    return read_house_markdown(stream, name)


def _pubmed(path: Path, start: int, limits: Limits) -> Iterator[Task]:
    from bedside.ingest.pubmed_cut import lots

    with opened(path, limits) as stream:
        first = 1
        for some in lots(stream, str(path), RECORDS):
            if first > start:
                yield Task(Format.PUBMED, str(path), first, len(some.pieces), some, read=position(stream))
            first += len(some.pieces)


def _archive(path: Path, start: int) -> Iterator[Task]:
    from bedside.ingest.jats_archive import jats_members

    lost: list[Skipped] = []
    for number, (name, stream) in enumerate(jats_members(path, lost.append), 1):
        if number > start:
            yield Task(Format.ARCHIVE, f"{path.name}:{name}", number, 1, stream.read())
    if lost:
        yield Task(Format.ARCHIVE, str(path), 0, 0, lost)
