"""Spoiling the bounds of a sentence: comparators, edges of ranges, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from bedside.evaluation.spoil_figures import ATTEMPTS, YEARS, another, figures
from bedside.evaluation.swapping import Swap, both_ways, one_of


def swap_comparator(sentence: str, passage: str, random: Random) -> str | None:
    """A comparator before or after a figure turns round: below for above, at least for at most."""
    swaps = [
        Swap(match.start("sign"), match.end("sign"), _COMPARATORS[" ".join(match["sign"].lower().split())])
        for pattern in (_SIGN_BEFORE, _SIGN_AFTER)
        for match in pattern.finditer(sentence)
        if not re.search(r"\b[Nn]ot? $", sentence[: match.start("sign")])
    ]
    return one_of([swap for swap in swaps if swap.of(sentence) not in passage], sentence, random)


def move_boundary(sentence: str, passage: str, random: Random) -> str | None:
    """A boundary passes to the other side: at least 60 becomes more than 60. Below 25 becomes at most 25 only in a
    rule: of something found below 25 it stays true.
    """
    swaps = [
        Swap(match.start("sign"), match.end("sign"), _BOUNDARIES[sign])
        for match in _SIGN_BEFORE.finditer(sentence)
        if (sign := " ".join(match["sign"].lower().split())) in _BOUNDARIES
        and not re.search(r"\b(?:[pP]\s?(?:value)?|[Nn]o|[Nn]ot)\s?$", sentence[: match.start("sign")])
        and (sign not in _WEAKENED or not _REPORTED.search(sentence))
    ]
    return one_of([swap for swap in swaps if swap.of(sentence) not in passage], sentence, random)


def drop_sign(sentence: str, passage: str, random: Random) -> str | None:
    """A minus before a figure is lost, where no word says the direction besides."""
    if re.search(
        r"reduc|decreas|lower|fell|fall|declin|loss|lost|less|drop|impair|deficit|inhibit", sentence, re.IGNORECASE
    ):
        return None
    places = [
        match
        for match in re.finditer(r"(?<=[\s(=])[-\u2212\u2013](?=\d)", sentence)
        if not re.match(r"\d[\d.]*\s?%? (?:to|and) ?[-\u2212\u2013]?\d", sentence[match.end() :])
        and not re.search(r"\d\s$|\w\($", sentence[: match.start()])
        and not re.search(rf"(?<![-\u2212\u2013\d.]){re.escape(_figure_at(sentence, match.end()))}(?![\d.])", passage)
    ]
    return one_of([Swap(match.start(), match.end(), "") for match in places], sentence, random)


def move_range_edge(sentence: str, passage: str, random: Random) -> str | None:
    """One edge of a range moves; the range stays a range."""
    swaps = [swap for match in _RANGE.finditer(sentence) for swap in _edges(sentence, match, figures(passage), random)]
    return one_of(swaps, sentence, random)


def flatten_range(sentence: str, passage: str, random: Random) -> str | None:
    """The dash of a range is lost: 15-20 mg becomes 1520 mg."""
    found = figures(passage)
    swaps = [
        Swap(match.start("low"), match.end("high"), match["low"] + match["high"])
        for match in _RANGE.finditer(sentence)
        if match["dash"] in set("-\u2013")
        and "." not in match["low"]
        and not _is_name(sentence, match)
        and Decimal(match["low"] + match["high"]) not in found
    ]
    return one_of(swaps, sentence, random)


_COMPARATORS = {
    **{one: two[0] for one, two in both_ways((
        ("<", ">"), ("\u2264", "\u2265"), ("<=", ">="), ("below", "above"), ("at least", "at most"),
        ("less than", "more than"), ("lower than", "higher than"), ("older than", "younger than"),
    )).items()},
    "fewer than": "more than", "under": "over", "over": "under", "greater than": "less than", "exceeding": "below",
    "up to": "at least", "or more": "or less", "or less": "or more", "or over": "or under", "and over": "and under",
    "or above": "or below", "or below": "or above", "or older": "or younger", "or younger": "or older",
    "or longer": "or shorter", "or higher": "or lower", "or lower": "or higher", "or fewer": "or more",
}  # fmt: skip


_BOUNDARIES = {
    "at least": "more than", "at most": "less than", "\u2265": ">", "\u2264": "<", ">=": ">", "<=": "<",
    "above": "at least", "below": "at most",
}  # fmt: skip


_WEAKENED = ("above", "below")


_REPORTED = re.compile(r"\b(?:was|were|had|did|found|showed|patients|study|occurred|observed)\b")


_BEFORE_SIGNS = "|".join(
    re.escape(sign) if not sign[0].isalpha() else rf"\b{sign}\b"
    for sign in sorted(_COMPARATORS, key=len, reverse=True)
    if not sign.startswith(("or ", "and "))
)


_SIGN_BEFORE = re.compile(
    rf"(?P<sign>(?:{_BEFORE_SIGNS}))(?=\s?(?:age |the age of )?\d)(?!\s?\d+(?:\.\d+)? (?:or|to) )"
    r"(?!\s?(?:the |a )?\d*\s?(?:hour|day|week|month|year|min)s?\b)", re.IGNORECASE
)  # fmt: skip


_SIGN_AFTER = re.compile(
    rf"(?<=\d)(?:\s?%"
    rf"| [a-z]+)?\s(?P<sign>{'|'.join(sign for sign in _COMPARATORS if sign.startswith(('or ', 'and ')))})\b"
)


_RANGE = re.compile(
    r"(?<![\w.,/:^+-])(?P<low>\d+(?:\.\d+)?)(?P<dash>-|\u2013| to )(?P<high>\d+(?:\.\d+)?)(?![\w^]|[.,]\d|[-\u2013]\d"
    r"|/\d)"
)


def _edges(sentence: str, match: re.Match[str], found: set[Decimal], random: Random) -> Iterator[Swap]:
    low, high = Decimal(match["low"]), Decimal(match["high"])
    if low >= high or (low > YEARS[0] and high < YEARS[1]):
        return
    percent = sentence[match.end() :].lstrip().startswith("%")
    for edge in ("low", "high"):
        for _ in range(ATTEMPTS):
            new = another(match[edge], random)
            value = Decimal(new) if new else Decimal(0)
            fits = value < high if edge == "low" else low < value
            if new and fits and value not in found and not (percent and value > 100):  # noqa: PLR2004 - a whole
                yield Swap(match.start(edge), match.end(edge), new)
                break


def _is_name(sentence: str, match: re.Match[str]) -> bool:
    """Whether the range is part of a name, "ANF(1-98)", or of years."""
    years = match["low"].isdigit() and YEARS[0] <= int(match["low"]) < YEARS[1]
    return years or re.search(r"\w\($", sentence[: match.start()]) is not None


def _figure_at(sentence: str, start: int) -> str:
    match = re.compile(r"\d+(?:\.\d+)?").match(sentence, start)
    return match.group() if match else ""
