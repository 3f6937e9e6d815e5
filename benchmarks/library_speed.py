"""A whole library: how fast it is filled and searched, beside bm25s and SQLite FTS5 on the same units and questions.

    python benchmarks/library_speed.py [--keep FOLDER] [--part 0.25] [--records 20000]

Prints the speed and memory of a whole import of PubMed XML (parsed, written, indexed), then of searches as the library
grows to its whole size. Figures to look at, not a test.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import bedside
from bedside.evidence.candidate import Filters
from bedside.evidence.query import build_query
from bedside.evidence.ranking import Preferences, rank
from bedside.evidence.record import Record
from bedside.evidence.unit import units_of
from bedside.settings import Settings
from bedside.stores.place import LibraryPlace
from bedside.stores.prepared import prepared
from bedside.stores.stored_library import StoredLibrary
from bedside.stores.writer import LibraryWriter
from corpus import questions, records
from pubmed_large import large_file

PARTS = (0.125, 0.25, 0.5, 1.0)
UNITS = 193_325
ASKED = 300
OUTSIDE = "Does vitamin D supplementation prevent falls in older adults?"

IMPORT = """
if __name__ == "__main__":  # so the helpers import only what they need, as under the command
    import resource, sys, time
    from pathlib import Path
    from bedside.ingest.importing import import_paths
    from bedside.stores.place import LibraryPlace
    from bedside.stores.writer import LibraryWriter
    began = time.perf_counter()
    with LibraryWriter(LibraryPlace(Path(sys.argv[2]))) as writer:
        report = import_paths([Path(sys.argv[1])], writer)
    seconds = time.perf_counter() - began
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(report.records, seconds, own, child)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="a folder in which the library is kept, and found again")
    parser.add_argument("--part", type=float, default=1.0, help="how much of the corpus")
    parser.add_argument(
        "--records", type=int, default=20_000, help="records of the imported file; then five times more"
    )
    parser.add_argument("--no-import", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not given.no_import:
            imports(Path(folder), given.records)
        place = LibraryPlace((given.keep or Path(folder)) / "library")
        units = searches(place, given.part)
        if not given.no_peers:
            peers(units)
        asking(place.folder.parent)


def imports(folder: Path, count: int) -> None:
    """Whole imports of two sizes: the speed, and that memory does not grow with the file."""
    print("whole import of PubMed XML (real records repeated under new PMIDs):")
    program = folder / "import.py"
    program.write_text(IMPORT, encoding="utf-8")
    for size in (count, 5 * count):
        file = folder / f"{size}.xml.gz"
        large_file(file, size)
        done = subprocess.run(
            [sys.executable, str(program), str(file), str(folder / f"into-{size}")],
            capture_output=True,
            text=True,
            check=True,
        )
        total, seconds, own, child = (float(word) for word in done.stdout.split())
        rate = total / seconds
        print(f"  {total:>9,.0f} records: {rate:7,.0f} a second, peak {own:.0f} MB, each helper {child:.0f} MB")
        file.unlink()


def searches(place: LibraryPlace, whole: float) -> list[tuple[str, str]]:
    """Fill the library part by part; at each, how long candidates and whole searches take. Gives title and text."""
    asked = questions()
    chosen = asked[:: max(1, len(asked) // ASKED)][:ASKED]
    stream = records()
    done = 0
    texts: list[tuple[str, str]] = []
    print(f"search, {len(chosen)} questions, one at a time:")
    print("      units  candidates p50/p95     whole p50/p95/p99      index   database   filled")
    for part in (part for part in PARTS if part <= whole):
        began, added = time.perf_counter(), 0
        if not place.exists() or StoredLibrary(place).figures.get("units", 0) < part * UNITS * 0.99:
            with LibraryWriter(place) as writer:
                while done < part * UNITS and (batch := list(islice(stream, 500))):
                    writer.write([prepared(record) for record in batch])
                    added += writer.figures["units"] - done
                    done = writer.figures["units"]
                    texts.extend(_texts(batch))
        filled = f"{added / (time.perf_counter() - began):,.0f}/s" if added else "before"
        library = StoredLibrary(place)
        _report(library, chosen, filled)
        library.close()
    return texts or [pair for batch in _batches() for pair in _texts(batch)]


def _batches() -> Iterator[list[Record]]:
    stream = records()
    while batch := list(islice(stream, 500)):
        yield batch


def _texts(batch: Sequence[Record]) -> Iterator[tuple[str, str]]:
    for record in batch:
        for unit in units_of(record.passages, full=record.full):
            yield record.source.title, unit.text


def _report(library: StoredLibrary, chosen: list[str], filled: str) -> None:
    first, whole = [], []
    for question in chosen[:20]:
        _search(library, question)
    settle()
    for question in chosen:
        query = build_query(question)
        first.append(timed(partial(library.index.units, query.terms, Filters(), 150)))
        whole.append(timed(partial(_search, library, question)))
    index = sum(f.stat().st_size for f in library.place.index.iterdir()) / 1e6
    print(
        f"  {library.figures['units']:>9,}  {quantile(first, 0.5):8.2f} /{quantile(first, 0.95):6.2f} ms"
        f"  {quantile(whole, 0.5):8.2f} /{quantile(whole, 0.95):6.2f} /{quantile(whole, 0.99):6.2f} ms"
        f"  {index:6.0f} MB {library.place.file.stat().st_size / 1e6:6.0f} MB   {filled}"
    )


def _search(library: StoredLibrary, question: str) -> object:
    query = build_query(question)
    found = library.candidates(query, Filters())
    return rank(query, found, library.statistics(term for term, _ in query.terms), Preferences(), 10)


def peers(texts: list[tuple[str, str]]) -> None:
    """bm25s and SQLite FTS5 on the same units, asked the same questions."""
    import bm25s
    import Stemmer

    asked = questions()
    chosen = asked[:: max(1, len(asked) // ASKED)][:ASKED]
    stemmer = Stemmer.Stemmer("english")
    tokens = bm25s.tokenize([f"{t} {x}" for t, x in texts], stopwords="en", stemmer=stemmer, show_progress=False)
    peer = bm25s.BM25(k1=0.9, b=0.4)
    peer.index(tokens, show_progress=False)

    def by_bm25s(question: str) -> object:
        words = bm25s.tokenize(question, stopwords="en", stemmer=stemmer, show_progress=False)
        return peer.retrieve(words, k=200, show_progress=False, n_threads=1)

    show("bm25s, 200 units", [timed(partial(by_bm25s, q)) for q in chosen])
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "fts.sqlite3")
        base.execute("CREATE VIRTUAL TABLE unit USING fts5(title, text, tokenize = 'porter unicode61')")
        base.executemany("INSERT INTO unit VALUES (?, ?)", texts)
        base.commit()

        def by_fts5(question: str) -> object:
            words = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", question.lower())))
            wanted = "SELECT rowid FROM unit WHERE unit MATCH ? ORDER BY rank LIMIT 200"
            return base.execute(wanted, (words,)).fetchall()

        show("SQLite FTS5, 200 units", [timed(partial(by_fts5, q)) for q in chosen[::6]])
        base.close()


def asking(home: Path) -> None:
    """Answers with the library loaded: in process, and from a cold start."""
    desk = bedside.open(Settings.load({"BEDSIDE_HOME": str(home)}))
    asked = questions()[:: max(1, len(questions()) // 60)][:60]
    written = [case.question for topic in desk.protocols for case in desk.content.cases(topic) if case.question]
    for name, several in (("outside the protocols", asked), ("inside them", written)):
        for question in several[:5]:
            desk.ask(question, reader="clinician")
        settle()
        show(f"ask, {name}", [timed(partial(desk.ask, q, reader="clinician")) for q in several])
    environ = {**os.environ, "BEDSIDE_HOME": str(home)}
    for name, question in (("outside", OUTSIDE), ("inside", written[0])):
        command = [sys.executable, "-m", "bedside", "ask", "--for", "clinician", question]
        run = partial(subprocess.run, command, env=environ, capture_output=True, check=True)
        run()
        show(f"cold start, {name}", [timed(run) for _ in range(9)])
    peer = partial(subprocess.run, [sys.executable, "-c", "pass"], check=True)
    show("python -c pass", [timed(peer) for _ in range(9)])


def settle() -> None:
    """Leave what stands after warming up to the garbage collector no more, as a server does: to look through it takes
    it 50 to 100 ms, one question in a hundred. Here it holds the texts for the peers, too."""
    gc.collect()
    gc.freeze()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that some work takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def quantile(values: list[float], part: float) -> float:
    """The value below which that part of the values lies."""
    return sorted(values)[min(int(part * len(values)), len(values) - 1)]


def show(name: str, values: list[float]) -> None:
    """One line: the median and the tail."""
    print(f"  {name:28} p50 {statistics.median(values):8.2f} ms   p95 {quantile(values, 0.95):8.2f} ms")


if __name__ == "__main__":
    main()
