"""Tables with a column for each date: which number stands under which date, so that the newest column is now."""

from __future__ import annotations

import re

from bedside.facts.reading import Reading
from bedside.text.span import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_CELL = re.compile(
    rf"(?:(?P<day>\d{{1,2}})[\s-])?{_MONTH}(?:[\s'-]{{0,2}}(?P<year>(?:20|19)?\d{{2}}))?"
    r"|(?P<iso>(?:20|19)\d{2})-(?P<iso_month>\d{1,2})(?:-(?P<iso_day>\d{1,2}))?"
    r"|(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<full>(?:20|19)?\d{2})"
    r"|(?P<of>\d{1,2})/(?P<of_year>(?:20|19)\d{2})|(?P<alone>(?:20|19)\d{2})"
    r"|(?P<old>previous|previously|last|earlier|prior|before|old|last year|baseline)"
    r"|(?P<now>now|today|current|latest|this|new|repeat|most recent|recent|after)"
)
_MARKS = ("|", "\t", ";", ",")
_CENTURY = 2000
_LEAST_DATES = 2
_MOST_LINES = 400  # lines of a table; no print-out of one patient has more

Rank = tuple[int, int, int]


def dated_cells(reading: Reading) -> dict[int, int]:
    """Where each number under a date begins, with the place of its date in time (0 is the oldest)."""
    ranks: dict[int, int] = {}
    header: dict[int, int] = {}
    mark, start, seen = "|", 0, 0
    for line in reading.folded.split("\n"):
        found = _header(line)
        if found is not None:
            mark, header = found
            seen = 0
        elif header:
            seen += 1
            used = "|" if "|" in line else mark
            if used not in line or seen > _MOST_LINES:
                header = {}
            else:
                _cells(reading, line, start, used, header, ranks)
        start += len(line) + 1
    return ranks


def _cells(reading: Reading, line: str, start: int, mark: str, header: dict[int, int], ranks: dict[int, int]) -> None:
    position = start
    for index, cell in enumerate(line.split(mark)):
        if index in header:
            figures = reading.figures_in(Span(position, position + len(cell)))
            if len(figures) == 1:
                ranks[figures[0].digits.start] = header[index]
        position += len(cell) + 1


def _header(line: str) -> tuple[str, dict[int, int]] | None:
    """The mark of a header row and the rank of each column that has a date, or None for any other line."""
    for mark in _MARKS:
        if line.count(mark) < _LEAST_DATES:
            continue
        cells = [cell.strip(" \t\"'") for cell in line.split(mark)]
        matches = {index: match for index, cell in enumerate(cells) if (match := _CELL.fullmatch(cell))}
        if len(matches) < _LEAST_DATES:
            continue
        orders = [_order({index: _rank(match, british=british) for index, match in matches.items()})
                  for british in (True, False)]  # fmt: skip
        if orders[0] == orders[1]:
            return mark, orders[0]
    return None


def _order(ranks: dict[int, Rank]) -> dict[int, int]:
    return {index: place for place, index in enumerate(sorted(ranks, key=lambda index: (ranks[index], index)))}


def _rank(match: re.Match[str], *, british: bool) -> Rank:
    """Year, month and day of a date; *british* reads 3/4/2025 as the third of April."""
    found = match.groupdict()
    if found["old"]:
        return (0, 0, 0)
    if found["now"]:
        return (_CENTURY * 2, 0, 0)
    if found["month"]:
        return (_year(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"] or 0))
    if found["iso"]:
        return (int(found["iso"]), int(found["iso_month"]), int(found["iso_day"] or 0))
    if found["full"]:
        day, month = int(found["first"]), int(found["second"])
        # Only one reading is a date when the other would be a thirteenth month.
        if (not british and day <= len(_MONTHS)) or month > len(_MONTHS):
            day, month = month, day
        return (_year(found["full"]), month, day)
    if found["of"]:
        return (int(found["of_year"]), int(found["of"]), 0)
    return (int(found["alone"]), 0, 0)


def _year(written: str | None) -> int:
    if not written:
        return 0
    return int(written) if len(written) > 2 else _CENTURY + int(written)  # noqa: PLR2004
