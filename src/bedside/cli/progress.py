"""Progress of long work, on stderr: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

_EVERY = 10.0  # seconds between lines where there is no terminal


class Told(Protocol):
    """Hears how far the work has come: things done, how many parts of how many, and a word about where."""

    def __call__(self, done: int, part: int, whole: int, where: str) -> None:
        """Show it."""
        ...


@contextmanager
def progress(unit: str) -> Iterator[Told]:
    """What to tell about work counted in *unit* ("records"); shows the count, the rate and the time left."""
    began = time.monotonic()
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.live import Live
        from rich.text import Text

        with Live(console=Console(stderr=True), refresh_per_second=4, transient=True) as live:

            def draw(done: int, part: int, whole: int, where: str) -> None:
                live.update(Text(line(unit, done, part, whole, where, time.monotonic() - began), overflow="ellipsis"))

            yield draw
        return
    last = began

    def write(done: int, part: int, whole: int, where: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY:
            last = now
            print(line(unit, done, part, whole, where, now - began), file=sys.stderr)  # noqa: T201

    yield write


def line(unit: str, done: int, part: int, whole: int, where: str, seconds: float) -> str:
    """One line of progress: ``12,500 records, 3,100 a second, 42 %, about 2 min left, file.xml``."""
    rate = done / seconds if seconds > 0 else 0.0
    said = [f"{done:,} {unit}", f"{rate:,.0f} a second"]
    if whole:
        share = min(part / whole, 1.0)
        said.append(f"{share:.0%}")
        if 0 < share < 1:
            said.append(f"about {duration(seconds * (1 - share) / share)} left")
    return ", ".join([*said, where] if where else said)


def duration(seconds: float) -> str:
    """A time in one or two units: ``45 s``, ``3 min``, ``2 h 10 min``."""
    if seconds < 90:  # noqa: PLR2004
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004
