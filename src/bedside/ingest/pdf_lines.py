"""The lines of a PDF page with their places, as pdfium reads them."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from pypdfium2 import raw  # type: ignore[import-untyped, import-not-found, unused-ignore]

from bedside.ingest.pdf_layout import Line, plain_letters

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_HYPHENS = ("\x02", "\ufffe", "\u00ad")  # how pdfium marks a hyphen at the end of a line
_WIDE_GAP = 1.6  # times the height of the letters: what is further apart is not one run of text
_LEAST_GAP = 9.0  # points

_Letter = tuple[str, float, float, float, float]  # character, left, bottom, right, top


def page_lines(document: PdfDocument, number: int, most: int) -> list[Line]:
    """The runs of text of page *number* (from 0), each on one line and in one column, in the order of the file.

    At most *most* characters are read. Lengths are in points from the lower left corner of the page.
    """
    page = document[number]
    text = page.get_textpage()
    try:
        width = page.get_width()
        runs: list[list[_Letter]] = [[]]
        for index in range(min(text.count_chars(), most)):
            code = raw.FPDFText_GetUnicode(text, index)
            character = chr(code) if 0 < code < 0x110000 else ""  # noqa: PLR2004 - the last code point
            if character in ("\r", "\n", ""):
                runs.append([])
            elif character.isspace():
                if runs[-1]:
                    runs[-1].append((" ", 0, 0, 0, 0))
            else:
                _add((character, *_box(text.raw, index)), runs)
    finally:
        text.close()
        page.close()
    return [line for run in runs if (line := _line(run, width)) is not None]


def _box(text: raw.FPDF_TEXTPAGE, index: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _add(letter: _Letter, runs: list[list[_Letter]]) -> None:
    """Add a letter to the run it belongs to; far to the right, to the left or off the line begins another."""
    before = next((known for known in reversed(runs[-1]) if known[0] != " "), None)
    if before is not None:
        height = max(letter[4] - letter[2], before[4] - before[2], 1.0)
        apart = letter[1] - before[3]
        off = letter[2] > before[4] or letter[4] < before[2]
        if apart > max(_LEAST_GAP, _WIDE_GAP * height) or apart < -3 * height or (off and apart < 0):
            runs.append([])
    runs[-1].append(letter)


def _line(run: list[_Letter], page_width: float) -> Line | None:
    """One run as a line; None where there is nothing to read."""
    placed = [letter for letter in run if letter[0] != " "]
    if not placed:
        return None
    text = "".join("-" if letter[0] in _HYPHENS else letter[0] for letter in run)
    heights = sorted(letter[4] - letter[2] for letter in placed)
    return Line(
        text=plain_letters(text).strip(),
        left=min(letter[1] for letter in placed),
        bottom=min(letter[2] for letter in placed),
        right=max(letter[3] for letter in placed),
        top=max(letter[4] for letter in placed),
        size=heights[(9 * len(heights)) // 10],
        page_width=page_width,
    )
