"""Spoiling when, how often and how long: frequency, duration, dates, and what comes first."""

from __future__ import annotations

import re
from random import Random

from bedside.evaluation.swapping import Swap, both_ways, mentions, one_of, table, unheard

_SPANS = {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43800, "year": 525600}
_LENGTH = re.compile(
    r"(?<![\w.,])(?P<value>\d+(?:\.\d+)?|two|three|four|five|six|eight|ten|twelve)(?P<gap>[ -])"
    r"(?P<unit>minute|hour|day|week|month|year)(?P<many>s?)\b",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(r"[ -](?:old|of age)\b")
_AGE_BEFORE = re.compile(
    r"(?:aged?|every|each|per|mean age(?: of| was)?|years?|over|under|median age(?: of| was)?)\s*$", re.IGNORECASE
)
_OFTEN = table(
    {
        "once daily": ("twice daily", "once weekly"), "twice daily": ("once daily", "twice weekly"),
        "three times daily": "once daily", "once a day": "once a week", "twice a day": "once a day",
        "three times a day": "three times a week", "four times a day": "once a day",
        "three times a week": ("three times a day", "once a week"), "twice weekly": ("twice daily", "once weekly"),
        "once weekly": ("once daily", "twice weekly"), "once a week": "once a day", "twice a week": "twice a day",
        "daily": ("weekly", "monthly"), "weekly": ("daily", "monthly"), "monthly": ("weekly", "daily"),
        "yearly": "monthly", "annually": "monthly", "a day": "a week", "per day": ("per week", "per hour"),
        "per week": "per day", "per month": "per week", "per year": "per month", "on alternate days": "every day",
        "every day": "every week", "every week": "every day", "every month": "every week",
        "twice a year": "twice a month",
    },
    after=r"[ -](?:life|living|practice|activit\w+|routine|basis)|-",
)  # fmt: skip
_PER = re.compile(r"(?<=[a-z])/(?P<unit>day|d|week|wk|month|year|h|hr|hour)\b(?!/)")
_PERS = {
    "day": "week", "d": "week", "week": "day", "wk": "day", "month": "week", "year": "month", "h": "day", "hr": "day",
    "hour": "day",
}  # fmt: skip
_INTERVAL = re.compile(
    r"\bevery (?:\d+(?: to \d+)? |two |three |four |six |other )?(?P<unit>hour|day|week|month|year)s?\b"
)
_YEAR = re.compile(r"(?<![\w.,/-])(?:19[4-9]|20[0-2])\d(?![\w%]|[.,]\d|-\d| (?:patients|subjects|women|men|mg|ml))")
_MONTHS = (
    "January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b(?=,? \d)")
_FIRST = table(
    {
        **both_ways((("before", "after"), ("earlier", "later"), ("preoperative", "postoperative"),
                     ("preoperatively", "postoperatively"), ("antenatal", "postnatal"), ("early", "late"),
                     ("fasting", "postprandial"), ("short-term", "long-term"), ("acute", "chronic"))),
        "prior to": "after", "at once": "after the results", "without waiting for": "only after",
        "immediately": "after some weeks", "same-day": "next-month", "the same day": "the next month",
        "lifelong": "short-term",
        "for life": "for one year", "indefinitely": "for one year", "today": "next month",
        "without delay": "in due course",
    },
    after=r" (?:all|phase|stage|adjust\w+|correct\w+|control\w+|account\w+|kidney|renal|lung|respiratory|heart"
        r"|coronary|myocardial)"
    r"|-(?:phase|onset|stage)",
)  # fmt: skip


def change_frequency(sentence: str, passage: str, random: Random) -> str | None:
    """How often or per what time: daily becomes weekly, every 3 months every 3 weeks."""
    swaps = list(_OFTEN.swaps(sentence)[:6])
    swaps += [Swap(match.start("unit"), match.end("unit"), _PERS[match["unit"]]) for match in _PER.finditer(sentence)]
    return one_of(_unsaid(unheard(swaps, passage) + _intervals(sentence), sentence, passage), sentence, random)


def change_duration(sentence: str, passage: str, random: Random) -> str | None:
    """The unit of a length of time: 3 months becomes 3 weeks. Ages and frequencies are left alone."""
    swaps = [
        Swap(match.start("unit"), match.end("unit"), new)
        for match in _LENGTH.finditer(sentence)
        if not _AGE_AFTER.match(sentence, match.end()) and not _AGE_BEFORE.search(sentence[: match.start()])
        for new in _SPANS
        if abs(list(_SPANS).index(new) - list(_SPANS).index(match["unit"].lower())) == 1
        and not re.search(rf"(?<![\d.]){re.escape(match['value'])}[ -]{new}", passage, re.IGNORECASE)
    ]
    return one_of(swaps, sentence, random)


def change_date(sentence: str, passage: str, random: Random) -> str | None:
    """A year moves by one to nine years, or a month becomes another month."""
    swaps = [
        Swap(match.start(), match.end(), str(int(match.group()) + step))
        for match in _YEAR.finditer(sentence)
        for step in (-9, -7, -3, -2, -1, 1, 2, 3)
    ]
    swaps += [Swap(match.start(), match.end(), new) for match in _MONTH.finditer(sentence) for new in _MONTHS]
    return one_of(unheard(swaps, passage), sentence, random)


def swap_order(sentence: str, passage: str, random: Random) -> str | None:
    """What came before comes after, what is for life is for a while, what is done today is put off."""
    swaps = _FIRST.swaps(sentence)
    if any(mentions(sentence, swap.new) for swap in swaps):
        return None
    return one_of(_unsaid(list(swaps), sentence, passage), sentence, random)


def _intervals(sentence: str) -> list[Swap]:
    units = list(_SPANS)
    return [
        Swap(match.start("unit"), match.end("unit"), units[units.index(match["unit"]) + step])
        for match in _INTERVAL.finditer(sentence)
        for step in (-1, 1)
        if 0 <= units.index(match["unit"]) + step < len(units)
    ]


def _unsaid(swaps: list[Swap], sentence: str, passage: str) -> list[Swap]:
    """Without the replacements whose words with their neighbours on both sides the passage holds."""
    return [
        swap
        for swap in swaps
        if not mentions(passage, f"{sentence[: swap.start].split(' ')[-2:][0]} {swap.new}".strip())
        and swap.of(sentence) not in passage
    ]
