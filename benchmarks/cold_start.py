"""Cold start: how long `bedside ask` takes from nothing, beside bare Python, and with content twenty times as large.

    python benchmarks/cold_start.py [--runs 15]

Prints median and 95th percentile of wall time. A figure to look at, not a test.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bedside.ingest.compiled import DEFAULT
from enlarge import enlarged

QUESTION = (
    "My serum vitamin B12 level is 268 pg/mL while I am taking 1000 micrograms oral cyanocobalamin daily; "
    "what is the appropriate management?"
)
ASK = [sys.executable, "-m", "bedside", "ask", QUESTION, "--format"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.jsonl"
        large.write_bytes(enlarged(DEFAULT.read_bytes(), 20))
        small_size, large_size = DEFAULT.stat().st_size, large.stat().st_size
        print(f"{'':36}{'median':>10}{'p95':>10}")
        report("python -c pass (the peer)", [sys.executable, "-c", "pass"], runs, {})
        report("bedside --version", [sys.executable, "-m", "bedside", "--version"], runs, {})
        for style in ("json", "markdown", "terminal"):
            report(f"ask, {style}", [*ASK, style], runs, {})
        report(
            f"ask, json, content x {large_size / small_size:.0f}", [*ASK, "json"], runs, {"BEDSIDE_CONTENT": str(large)}
        )
    print(f"content: {small_size / 1e6:.2f} MB, enlarged: {large_size / 1e6:.2f} MB")


def report(name: str, command: list[str], runs: int, extra: dict[str, str]) -> None:
    """Run a command some times, after one that warms the disk, and print its wall times in milliseconds."""
    environ = {**os.environ, **extra}
    walls = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        subprocess.run(command, env=environ, check=True, capture_output=True)
        walls.append((time.perf_counter() - began) * 1000)
    walls = sorted(walls[1:])
    print(f"{name:36}{statistics.median(walls):8.0f}ms{walls[int(0.95 * (len(walls) - 1))]:8.0f}ms")


if __name__ == "__main__":
    main()
