"""The dates of PubMed records, as exact as they are written, and never more."""

from __future__ import annotations

import calendar
import re

from lxml import etree

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_YEAR_DIGITS = 4
_MONTHS_OF_A_YEAR = 12
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2


def read_date(element: etree._Element) -> str:
    """An ISO date ("2021", "2021-03", "2021-03-09"), or "" when the element says no year.

    Of a range (MedlineDate "1998 Dec-1999 Jan") and a season only the first year is kept. A month or day that does not
    exist is left out.
    """
    year = month = day = ""
    for child in element:
        match child.tag:
            case "Year" | "MedlineDate":
                year = year or child.text or ""
            case "Month":
                month = child.text or ""
            case "Day":
                day = child.text or ""
    if len(year) != _YEAR_DIGITS or not year.isdecimal() or not year.isascii() or year < "1000":
        if not (found := _YEAR.search(year)):
            return ""
        year = found.group()
    if not (number := _month(month.strip())):
        return year
    day = day.strip()
    if day.isdecimal() and len(day) <= 2 and 1 <= int(day) <= _days(int(year), number):  # noqa: PLR2004
        return f"{year}-{number:02}-{int(day):02}"
    return f"{year}-{number:02}"


def _month(written: str) -> int:
    """The number of a month written "Mar", "March" or "03"; 0 when it is none."""
    if written.isdecimal():
        return int(written) if len(written) <= 2 and int(written) <= _MONTHS_OF_A_YEAR else 0  # noqa: PLR2004
    return _MONTHS.get(written[:3].lower(), 0)


def _days(year: int, month: int) -> int:
    """How many days a month has."""
    return 29 if month == _FEBRUARY and calendar.isleap(year) else _DAYS[month]
