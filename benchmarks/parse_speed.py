"""Records a second out of PubMed XML, beside pubmed_parser on the same files, and the memory it takes.

    python benchmarks/parse_speed.py [--runs 5] [--records 20000] [--most 100000]

Parsing only: gzip to objects, nothing stored. The two programs take turns in one run, so that both meet the same
machine; medians are printed. bedside makes whole records (passages with their hashes, MeSH, notices); pubmed_parser
makes its dictionaries with full dates and without its lists of authors and references.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bedside.evidence.record import Record
from bedside.ingest.opening import opened
from bedside.ingest.pubmed_xml import read_pubmed
from pubmed_large import DATA, large_file, small_files

_MEMORY = """
import re, sys
from pathlib import Path
from parse_speed import ours

def peak():  # getrusage would count the parent's peak too: Linux keeps it across exec
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1))

before = peak()
count = ours([Path(sys.argv[1])])
print(count, before, peak())
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--most", type=int, default=100_000)
    given = parser.parse_args()
    if not small_files():
        sys.exit(f"{DATA} is absent: this benchmark needs its real records.")
    report("7 real files of the baseline of 2021", small_files(), given.runs * 2)
    old = [DATA / "medline16n0902.xml.gz"]
    print(f"{'1 real file of MEDLINE 2016':46}{ours(old):8} records, pubmed_parser reads {theirs(old)} of them")
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.xml.gz"
        large_file(large, given.records)
        print("The large files repeat the real records above under new PMIDs.")
        report(f"1 file of {large.stat().st_size / 1e6:.1f} MB gzip", [large], given.runs)
        report_memory(large)
        large_file(large, given.most)
        report_memory(large)


def ours(files: Sequence[Path]) -> int:
    """How many records bedside reads."""
    count = 0
    for file in files:
        with opened(file) as stream:
            count += sum(isinstance(event, Record) for event in read_pubmed(stream, file.name))
    return count


def theirs(files: Sequence[Path]) -> int:
    """How many records pubmed_parser reads."""
    import pubmed_parser  # type: ignore[import-untyped, unused-ignore]

    return sum(
        not article["delete"]
        for file in files
        for article in pubmed_parser.parse_medline_xml(str(file), year_info_only=False)
    )


def report(name: str, files: Sequence[Path], runs: int) -> None:
    """Records a second of both, and how many times as fast bedside is."""
    speeds: dict[str, list[float]] = {"bedside": [], "pubmed_parser": []}
    counts = set()
    for _ in range(runs):
        for program, read in (("bedside", ours), ("pubmed_parser", theirs)):
            count, seconds = timed(read, files)
            speeds[program].append(count / seconds)
            counts.add(count)
    own, other = (statistics.median(speeds[program]) for program in ("bedside", "pubmed_parser"))
    ratio = statistics.median(a / b for a, b in zip(speeds["bedside"], speeds["pubmed_parser"], strict=True))
    print(
        f"{name:46}{'/'.join(map(str, sorted(counts))):>8} records{own:8,.0f}/s bedside{other:8,.0f}/s pubmed_parser"
        f"{ratio:6.2f} times"
    )


def timed(read: Callable[[Sequence[Path]], int], files: Sequence[Path]) -> tuple[int, float]:
    """The count and the seconds it took."""
    began = time.perf_counter()
    count = read(files)
    return count, time.perf_counter() - began


def report_memory(file: Path) -> None:
    """The peak memory of a process of its own that reads the file."""
    command = [sys.executable, "-c", _MEMORY, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parent)
    count, before, peak = map(int, done.stdout.split())
    print(
        f"peak memory, {count:,} records: {peak / 1024:.1f} MB, of which {before / 1024:.1f} MB before the first record"
    )


if __name__ == "__main__":
    main()
