"""The layout of PDF pages, from lines with places to paragraphs: columns, running lines, hyphens."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass

from bedside.ingest.paragraphs import recommendation_number, tidy

_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\u00a0": " ",
    }
)
_NUMBERS = re.compile(r"\d+")
_BULLET = re.compile(r"[\u2022\u25aa\u25cf\u25e6\u2023\u2043\uf0b7\u00b7\u2013*-]\s+\S")
_SENTENCE_END = ".?!"
_MARGIN_LINES = 3  # lines at the top and the foot of a page that may be running ones
_FEWEST_PAGES = 3  # fewer pages cannot show what repeats
_MOST_PAGES = 0.5  # a line on more than this share of the pages is a running one
_GUTTERS = 25  # places looked at for the gutter between two columns
_COLUMN = 0.28  # of the width of the page: the usual line of a column is at least as wide
_COLUMN_LINES = 4
_CROSSING = 0.25  # the share of lines that may lie across the gutter (title, tables)
_GAP = 0.75  # of the height of a line, more than the usual distance: a new paragraph
_LARGER = 1.15  # times the usual height of letters: a heading
_LONGEST_HEADING = 150
_HYPHENATED = frozenset(
    ["non", "low", "high", "long", "short", "well", "self", "half", "once", "twice", "two", "three"]
)


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one line. Lengths are in points from the lower left corner; ``size`` is the height of its
    letters."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page_width: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The text of lines that belong together."""

    text: str
    is_heading: bool = False


def plain_letters(text: str) -> str:
    """*text* with ligatures as letters ("ﬁ" as "fi")."""
    return text.translate(_LIGATURES)


def without_running_lines(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without what stands at the head or foot of most of them, whatever the page number in it."""
    if len(pages) < _FEWEST_PAGES:
        return pages
    counts: Counter[str] = Counter()
    for lines in pages:
        counts.update({_shape(line) for line in _margins(lines)})
    running = {shape for shape, count in counts.items() if count > max(_MOST_PAGES * len(pages), 2)}
    kept = []
    for lines in pages:
        dropped = {id(line) for line in _margins(lines) if _shape(line) in running}
        kept.append([line for line in lines if id(line) not in dropped])
    return kept


def _margins(lines: list[Line]) -> list[Line]:
    """The lines nearest to the upper and lower edge."""
    ordered = sorted(lines, key=lambda line: -line.top)
    return ordered[:_MARGIN_LINES] + ordered[max(_MARGIN_LINES, len(ordered) - _MARGIN_LINES) :]


def _shape(line: Line) -> str:
    """What a running line has in common from page to page."""
    return f"{_NUMBERS.sub('0', line.text)} {round(line.top / 10)}"


def reading_order(lines: list[Line]) -> list[Line]:
    """The lines as a person reads them: the left column before the right one, between what lies across both."""
    gutter = _gutter(lines)
    if gutter is None:
        return _by_rows(lines)
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: (-line.top, line.left)):
        if line.left < gutter < line.right:
            ordered += [*_columns(band, gutter), line]
            band = []
        else:
            band.append(line)
    return [*ordered, *_columns(band, gutter)]


def _columns(band: list[Line], gutter: float) -> list[Line]:
    return _by_rows([line for line in band if line.right <= gutter]) + _by_rows(
        [line for line in band if line.left >= gutter]
    )


def _gutter(lines: list[Line]) -> float | None:
    """Where the page is divided in two columns of running text, or None. Two columns of a table are too narrow."""
    if not lines:
        return None
    width = lines[0].page_width
    best: tuple[int, float] | None = None
    for step in range(_GUTTERS + 1):
        x = width * (0.35 + 0.3 * step / _GUTTERS)
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        across = len(lines) - len(left) - len(right)
        if across > _CROSSING * len(lines) or not (_is_column(left, width) and _is_column(right, width)):
            continue
        if best is None or (across, abs(x - width / 2)) < (best[0], abs(best[1] - width / 2)):
            best = (across, x)
    return best[1] if best else None


def _is_column(lines: list[Line], width: float) -> bool:
    return (
        len(lines) >= _COLUMN_LINES and statistics.median(line.right - line.left for line in lines) >= _COLUMN * width
    )


def _by_rows(lines: list[Line]) -> list[Line]:
    """From the top down; what stands on one row, cells of a table say, is one line from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-(line.top + line.bottom) / 2, line.left)):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].bottom < middle < rows[-1][0].top:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _joined(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    return Line(
        text=" ".join(line.text for line in row),
        left=row[0].left,
        bottom=min(line.bottom for line in row),
        right=max(line.right for line in row),
        top=max(line.top for line in row),
        size=max(line.size for line in row),
        page_width=row[0].page_width,
    )


def paragraphs_of(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs of lines in reading order."""
    if not lines:
        return []
    usual = statistics.median(line.size for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(line, groups[-1], usual):
            groups[-1].append(line)
        else:
            groups.append([line])
    found = (_paragraph(group, usual) for group in groups)
    return [paragraph for paragraph in found if paragraph.text]


def _begins(line: Line, group: list[Line], usual: float) -> bool:
    """Whether *line* begins a paragraph after the lines of *group*."""
    before = group[-1]
    if recommendation_number(line.text) or _BULLET.match(line.text):
        return True
    if (line.size > usual * _LARGER) != (before.size > usual * _LARGER):
        return True
    unfinished = before.text[-1:] not in _SENTENCE_END and line.text[:1].islower()
    if line.top > before.top:  # the next column
        return not unfinished
    return before.bottom - line.top > _GAP * max(usual, 1.0) and not unfinished


def _paragraph(group: list[Line], usual: float) -> Paragraph:
    text = group[0].text
    for line in group[1:]:
        text = _mended(text, line.text)
    text = tidy(text)
    large = all(line.size > usual * _LARGER for line in group)
    return Paragraph(text, is_heading=large and len(text) <= _LONGEST_HEADING and text[-1:] not in _SENTENCE_END)


def _mended(before: str, after: str) -> str:
    """Two lines as one, a word that was broken at the end of the line put together.

    A file does not tell a hyphen that breaks a word from one that belongs there. It goes only between small letters,
    and stays after words that are often joined ("low-dose"); a figure is never made of two ("1-2", "COVID-19").
    """
    if not before.endswith(("-", "\u2010")) or not after:
        return f"{before} {after}"
    word = re.split(r"[\s(]", before[:-1])[-1]
    broken = word[1:].islower() and word.isalpha() and after[0].islower() and word.lower() not in _HYPHENATED
    return before[:-1] + after if broken else before + after
