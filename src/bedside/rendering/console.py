"""The console that text for the terminal is drawn on; ``rich`` is loaded when one is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

NARROWEST = 30
WIDEST = 120


def drawn(draw: Callable[[Console, int], None], *, width: int, colour: bool) -> str:
    """What *draw* puts on a console of *width* characters, within bounds, with colour codes only when ``colour`` is
    set; *draw* is told the width."""
    width = max(NARROWEST, min(width, WIDEST))
    console = _console(width, colour=colour)
    with console.capture() as captured:
        draw(console, width)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _console(width: int, *, colour: bool) -> Console:
    from rich.console import Console

    return Console(
        width=width,
        height=WIDEST,  # given, or rich would take a dumb terminal's size for both
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
