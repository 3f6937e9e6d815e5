"""How often a medicine is taken, in the words that section 20 of the vitamin B12 specification fixes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bedside.text.span import Span

_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
            "nine": "9", "ten": "10", "twelve": "12"}  # fmt: skip
_N = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_PERIOD = "day|daily|week|weekly|month|monthly|year|yearly"
_FORMS = r"(?:tablets?|tabs?|pills?|capsules?|sprays?|drops?)"
_FREQUENCY = re.compile(
    rf"\bevery (?P<every>{_N})(?:\s?(?:-|to)\s?(?P<every_to>{_N}))?"
    r"[\s-](?P<every_unit>days?|weeks?|wks?|months?|mths?|hours?|years?)\b"
    rf"|\bq(?P<q>\d{{1,2}})(?P<q_unit>w|m|d|h)\b"
    rf"|\b(?P<ly>{_N})[\s-]?(?P<ly_unit>monthly|weekly|hourly|yearly)\b"
    r"|\b(?P<alternate>(?:on )?alternate days|every other day|every second day|alternate day|eod)\b"
    r"|\bevery other (?P<other>week|month)\b|\b(?P<fortnight>fortnightly|every fortnight)\b"
    rf"|\b(?P<twice>twice|two times|2 times|2x)\s?(?:a |per |/|each )?(?P<twice_unit>{_PERIOD})\b"
    rf"|(?<![\w.])(?P<times>{_N})\s?(?:times|x)\s?(?:a |per |/|each |every )?\s?(?P<times_unit>{_PERIOD})\b"
    rf"|\b(?P<thrice>thrice)\s?(?:a |per )?(?P<thrice_unit>{_PERIOD})\b"
    rf"|\bonce\s?(?:a |per |every |each )?(?P<once>{_PERIOD})\b"
    rf"|(?<![\w.])(?P<count>{_N})\s?{_FORMS}?\s?(?:a|per|each|/)\s?(?P<count_unit>day|daily|week|month)\b"
    rf"|(?<![\w.])(?P<ones>{_N})\s{_FORMS}?\s?(?P<ones_unit>daily)\b"
    r"|\b(?P<bd>bd|b\.d\.?|bid|b\.i\.d\.?)(?!\w)|\b(?P<tds>tds|t\.d\.s\.?|tid|t\.i\.d\.?)(?!\w)"
    r"|\b(?P<qds>qds|qid)\b"
    r"|\b(?P<od>o\.d\.?|od|qd|om|on a daily basis|daily|nightly|each day|every day|every night|every morning|a day"
    r"|per day|each morning|at night|everyday)(?!\w)|/(?P<slash>day|d)\b"
    r"|\b(?P<weekly>weekly|every week|a week|per week|each week|every weekend)\b"
    r"|\b(?P<monthly>monthly|every month|a month|per month|each month)\b"
    r"|\b(?P<quarterly>quarterly)\b|\b(?P<yearly>yearly|annually|every year)\b"
)
_UNITS = {"w": "weeks", "m": "months", "d": "days", "h": "hours"}
_TIMES_A_DAY = {"1": "daily", "2": "twice daily", "3": "three times daily"}


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often, in its fixed wording, and where it stands."""

    value: str
    span: Span


def frequencies(folded: str) -> tuple[Frequency, ...]:
    """Every wording of a frequency in *folded* text, in order."""
    return tuple(Frequency(_value(match), Span(*match.span())) for match in _FREQUENCY.finditer(folded))


def _digits(written: str) -> str:
    return _NUMBERS.get(written, written)


def _value(match: re.Match[str]) -> str:
    found = {name: text for name, text in match.groupdict().items() if text}
    for reader in (_interval, _several, _plain):
        if value := reader(found):
            return value
    return match.group()


def _interval(found: dict[str, str]) -> str:
    if "every" in found:
        number = _digits(found["every"])
        if "every_to" in found:
            number = f"{number} to {_digits(found['every_to'])}"
        unit = found["every_unit"].replace("wk", "week").replace("mth", "month").rstrip("s")
        return _every(number, unit)
    if "q" in found:
        return _every(found["q"], _UNITS[found["q_unit"]].rstrip("s"))
    if "ly" in found:
        return _every(_digits(found["ly"]), found["ly_unit"].removesuffix("ly"))
    if "other" in found:
        return f"every 2 {found['other']}s"
    return "every 2 weeks" if "fortnight" in found else ""


def _every(number: str, unit: str) -> str:
    if number == "1":
        return {"day": "daily", "week": "weekly", "month": "monthly"}.get(unit, f"every {unit}")
    if number == "2" and unit == "day":
        return "alternate days"
    return f"every {number} {unit}s"


def _several(found: dict[str, str]) -> str:
    if "alternate" in found:
        return "alternate days"
    for name, number in (("twice", "2"), ("thrice", "3")):
        if name in found:
            return _times(number, found[f"{name}_unit"])
    if "times" in found:
        return _times(_digits(found["times"]), found["times_unit"])
    if "once" in found:
        return _times("1", found["once"])
    for name in ("count", "ones"):
        if name in found:
            number = _digits(found[name])
            unit = "day" if found[f"{name}_unit"] == "daily" else found[f"{name}_unit"]
            return f"{number} per {unit}" if number != "1" else _times("1", unit)
    return ""


def _times(number: str, unit: str) -> str:
    unit = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}.get(unit, unit)
    if unit == "day":
        return _TIMES_A_DAY.get(number, f"{number} per day")
    words = {"1": "", "2": "twice a ", "3": "three times a "}.get(number, f"{number} times a ")
    if number == "1":
        return {"week": "weekly", "month": "monthly", "year": "yearly"}[unit]
    return f"{words}{unit}"


def _plain(found: dict[str, str]) -> str:
    table = {"bd": "twice daily", "tds": "three times daily", "qds": "4 per day", "od": "daily", "slash": "daily",
             "weekly": "weekly", "monthly": "monthly", "quarterly": "every 3 months", "yearly": "yearly"}  # fmt: skip
    return next((value for name, value in table.items() if name in found), "")
