"""Where the time of an import goes: microseconds of processor time a record, stage by stage, in one process.

    python benchmarks/import_stages.py [--records 5000] [--rounds 3]

Time of the processor, not of the clock, so that other programs on the machine count for less; of several rounds the
least is printed. Writing counts every thread, the search engine's too, and the system's part. With another checkout's
``src`` in PYTHONPATH the same is printed of that one.
"""

from __future__ import annotations

import argparse
import pickle
import resource
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from bedside.evidence.appraisal import appraise
from bedside.evidence.record import Record
from bedside.ingest.opening import opened
from bedside.ingest.pubmed_cut import Lot, lots, read_lot
from bedside.ingest.work import RECORDS
from bedside.stores.place import LibraryPlace
from bedside.stores.prepared import Prepared, prepared
from bedside.stores.writer import LibraryWriter
from pubmed_large import large_file

Given = TypeVar("Given")
Value = TypeVar("Value")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.xml.gz"
        large_file(file, given.records)
        rounds = [stages(file, Path(folder) / f"into-{number}") for number in range(given.rounds)]
    least = {name: min(spent[name] for spent in rounds) / given.records * 1e6 for name in rounds[0]}
    for name, spent in least.items():
        print(f"{name:34}{spent:7.1f} us a record")
    print(f"{'sum':34}{sum(least.values()):7.1f} us a record")


def stages(file: Path, library: Path) -> dict[str, float]:
    """Seconds of each stage of an import of a file into a new library."""
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[..., Value], *values: object, clock: Callable[[], float] = own) -> Value:
        began = clock()
        made = work(*values)
        spent[name] = spent.get(name, 0.0) + clock() - began
        return made

    with LibraryWriter(LibraryPlace(library)) as writer, opened(file) as stream:
        writer.begin("import")
        cut = lots(stream, file.name, RECORDS)
        while (lot := timed("unpack and cut", next, cut, None)) is not None:
            records = timed("parse", parsed, lot)
            graded = timed("appraise", each, appraise, records)
            ready = timed("prepare", each, prepared, graded)
            sent = timed("hand over between processes", handed_over, ready)
            timed("write and index (all threads)", writer.write, sent, clock=every)
        timed("write and index (all threads)", writer.commit_index, clock=every)
    return spent


def parsed(lot: Lot) -> list[Record]:
    """The records of a lot."""
    return [event for event in read_lot(lot, "large", 1, None) if isinstance(event, Record)]


def each(work: Callable[[Given], Value], some: Iterable[Given]) -> list[Value]:
    """The work done on each."""
    return list(map(work, some))


def handed_over(some: list[Prepared]) -> list[Prepared]:
    """What another process gets."""
    copied: list[Prepared] = pickle.loads(pickle.dumps(some))  # noqa: S301  our own, just written
    return copied


def own() -> float:
    """Seconds of user time of this thread."""
    return resource.getrusage(resource.RUSAGE_THREAD).ru_utime


def every() -> float:
    """Seconds of user and system time of every thread of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
