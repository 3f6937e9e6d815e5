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
    rf"|\b(?:every|q|each)\s?(?P<of>\d{{1,2}})/(?P<of_unit>12|52|7)\b|\b(?P<ofly>\d{{1,2}})/(?P<ofly_unit>12|52|7)ly\b"
    r"|\bq\.?\s?(?P<q>\d{1,2})\s?-?\s?(?P<q_unit>weeks|weekly|wks?|wkly|w|months|monthly|mo|mths?|mthly|m|days|d"
    r"|hours|hrly|h)\b"
    rf"|\b(?P<ly>{_N})[\s-]{{0,2}}(?P<ly_unit>monthly|mthly|mnthly|weekly|wkly|hourly|yearly)\b"
    r"|\bq(?P<each>month|week)(?:ly)?\b"
    r"|\b(?P<second>every (?:2nd|second)) (?P<second_unit>week|month)\b"
    r"|\b(?P<words>most (?:days|weekends|nights|weeks|evenings|mornings)|(?:at|on|every other) weekends?"
    r"|(?:once|twice|a few times|several times|three times) (?:a|every) (?:fortnight|weekend|quarter)"
    r"|(?:a few|several|a couple of|couple of|many) times (?:a|per) (?:week|month|day|year)"
    r"|once in a while|now and then|occasionally|most of the time)\b"
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
_FRACTION = re.compile(r"(?P<number>\d{1,2})/(?P<unit>12|52|7)\b")
_LASTING = re.compile(r"(?:\b(?:for|x|over|past|last|since|about|of|in|another|next|after)\s|x)$")
_SAME = {
    "once a fortnight": "every 2 weeks",
    "once every fortnight": "every 2 weeks",
    "once a quarter": "every 3 months",
}
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
    if "words" in found:
        return _SAME.get(found["words"], found["words"])
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
        return _every(found["q"], _UNITS[found["q_unit"][0]].rstrip("s"))
    for name in ("of", "ofly"):
        if name in found:
            return _every(found[name], {"12": "month", "52": "week", "7": "day"}[found[f"{name}_unit"]])
    if "ly" in found:
        unit = found["ly_unit"].removesuffix("ly")
        return _every(_digits(found["ly"]), {"mth": "month", "mnth": "month", "wk": "week"}.get(unit, unit))
    if "each" in found:
        return _every("1", found["each"])
    if "second" in found:
        return f"every 2 {found['second_unit']}s"
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


def bare_interval(folded: str, span: Span) -> Frequency | None:
    """The interval of an injection written as a bare fraction: "1 mg IM 3/12" is every 3 months.

    "For 3/12" and "x 3/12" say for how long, and are none.
    """
    match = _FRACTION.match(folded, span.start)
    if match is None or _LASTING.search(folded[max(0, span.start - 12) : span.start]):
        return None
    unit = {"12": "month", "52": "week", "7": "day"}[match["unit"]]
    return Frequency(_every(match["number"], unit), Span(*match.span()))
