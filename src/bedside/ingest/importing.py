"""The import: files into a library, in order, resumable, with one line of account for every record."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from bedside.errors import InputRefused
from bedside.ingest.events import Skipped
from bedside.ingest.formats import files_in, format_of
from bedside.ingest.opening import Limits
from bedside.ingest.stated import NOTHING, Stated
from bedside.ingest.work import Done, How, Task, deaf, tasks, work
from bedside.stores.batch import Counts
from bedside.stores.writer import FileState, LibraryWriter

_SMALL = 3_000_000  # bytes below which starting other processes costs more than it saves
_AHEAD = 2  # tasks that wait for each process

Progress = Callable[["Report"], None]


@dataclass(slots=True)
class Report:
    """How an import stands. ``bytes_done`` of ``bytes_all`` are of the files as they lie on the disk."""

    counts: Counts = field(default_factory=Counts)
    records: int = 0
    file: str = ""
    files_done: int = 0
    bytes_done: int = 0
    bytes_all: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    stopped: bool = False


def import_paths(
    paths: Iterable[Path],
    writer: LibraryWriter,
    *,
    progress: Progress = lambda _: None,
    again: bool = False,
    processes: int = 0,
    stated: Stated | None = None,
    small: int = _SMALL,
    limits: Limits = Limits(),  # noqa: B008  frozen, so safe to share
) -> Report:
    """Import files and folders in the order given, each file in its own order.

    A file that was imported whole, and has not changed since, is left alone unless *again*; one that was stopped in
    the middle goes on there. A file that cannot be read is in ``skipped`` and does not stop the others. On
    KeyboardInterrupt what was committed stays, and the report says ``stopped``. ``processes`` is 0 for as many as the
    machine has; files of fewer than ``small`` bytes in all are read without others. ``stated`` is what the person who
    loads HTML and PDF documents says of them.
    """
    files = [file for path in paths for file in files_in(path)]
    sizes = {file: file.stat().st_size for file in files}
    report = Report(bytes_all=sum(sizes.values()))
    writer.begin("import")
    many = sum(sizes.values()) > small and processes != 1
    try:
        with _pool(processes or os.cpu_count() or 1) if many else _nobody() as pool:
            for file in files:
                report.file = str(file)
                _import_file(file, writer, pool, report, progress, again=again, how=How(stated or NOTHING, limits))
                report.files_done += 1
                progress(report)
    except KeyboardInterrupt:
        report.stopped = True
    writer.end(report.counts)
    return report


def _import_file(
    file: Path,
    writer: LibraryWriter,
    pool: Executor | None,
    report: Report,
    progress: Progress,
    *,
    again: bool,
    how: How,
) -> None:
    state = _state(file, writer, again=again)
    before = report.bytes_done
    if state.done:
        report.already.append(str(file))
        report.bytes_done = before + state.size
        return
    try:
        for done in _in_order(_cut(file, state, how), pool):
            state = replace(state, records=done.first + done.count - 1 if done.count else state.records)
            report.counts += _write(done, writer, state, report)
            report.records += done.count
            report.bytes_done = before + done.read
            progress(report)
    except InputRefused as error:
        lost = Skipped(str(file), state.records + 1, "", str(error))
        report.counts += _write(Done(0, 0, skipped=[lost]), writer, state, report)
        report.bytes_done = before + state.size
        return  # not done: corrected or fetched again, it goes on where it stopped
    report.counts += writer.write((), state=replace(state, done=True))
    report.bytes_done = before + state.size


def _state(file: Path, writer: LibraryWriter, *, again: bool) -> FileState:
    """How far a file is in the library; from the start when it has changed since, or when it is wanted again."""
    now = file.stat()
    fresh = FileState(str(file.resolve()), now.st_size, now.st_mtime_ns)
    known = writer.file_state(fresh.path)
    same = known is not None and (known.size, known.modified) == (fresh.size, fresh.modified)
    return known if known is not None and same and not again else fresh


def _cut(file: Path, state: FileState, how: How) -> Iterator[Task]:
    yield from tasks(file, format_of(file), state.records, how)


def _write(done: Done, writer: LibraryWriter, state: FileState, report: Report) -> Counts:
    report.skipped += done.skipped
    return writer.write(done.records, state=state, skipped=done.skipped, removals=done.removals)


def _in_order(cut: Iterator[Task], pool: Executor | None) -> Iterator[Done]:
    """Each task done, in the order they were cut; in a pool, a few ahead."""
    year = datetime.now(UTC).year
    if pool is None:
        for task in cut:
            yield work(task, year)
        return
    waiting: deque[Future[Done]] = deque()
    most = _AHEAD * (os.cpu_count() or 1)
    try:
        for task in cut:
            waiting.append(pool.submit(work, task, year))
            if len(waiting) >= most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except InputRefused:
        while waiting:  # what was cut before the file broke is still good
            yield waiting.popleft().result()
        raise
    finally:
        for future in waiting:
            future.cancel()


@contextmanager
def _pool(processes: int) -> Iterator[Executor]:
    """Other processes, started afresh: the writer's threads must not be copied into them. What they are given is of
    ``work`` alone: this module would load the database and the index into each."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=deaf) as pool:
        yield pool


@contextmanager
def _nobody() -> Iterator[None]:
    yield None
