"""Honest rewordings of figures: another unit, words for digits, another wording of a bound, percentage or range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from bedside.evaluation.swapping import Swap, one_of

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


_SPELT = re.compile(
    rf"(?<![\w-])(?:{'|'.join(_NUMBERS)})(?= (?!of\b|or\b|and\b|to\b|hundred|thousand|point|thirds|fold)[a-z]{{4,}})",
    re.IGNORECASE,
)


_DIGIT = re.compile(
    r"(?<=[a-z,] )(?<!type )(?<!grade )(?<!phase )(?<!stage )(?<!week )(?<!day )(?<!month )"
    r"(?<!year )(?<!group )(?<! to )(?<! or )(?<! and )(?<!between )"
    r"(?P<digit>[2-9]|1[0-2])(?= (?:weeks?|months?|years?|days|hours|patients|trials|studies|people|groups|children"
    r"|women|men|doses|injections|participants"
    r"|subjects|cases|results)\b)"
)


_CONVERSIONS: tuple[tuple[str, str, Decimal], ...] = (
    ("mg", "micrograms", Decimal(1000)), ("mcg", "micrograms", Decimal(1)), ("mcg", "mg", Decimal("0.001")),
    ("g", "mg", Decimal(1000)),
    ("ng/L", "pg/mL", Decimal(1)), ("pg/mL", "ng/L", Decimal(1)), ("pg/ml", "ng/L", Decimal(1)),
    ("g/L", "g/dL", Decimal("0.1")), ("g/dL", "g/L", Decimal(10)),
    ("g/dl", "g/L", Decimal(10)), ("kg", "g", Decimal(1000)), ("mL", "L", Decimal("0.001")),
    ("ml", "L", Decimal("0.001")), ("cm", "mm", Decimal(10)),
    ("mm", "cm", Decimal("0.1")), ("umol/L", "nmol/L", Decimal(1000)), ("nmol/L", "umol/L", Decimal("0.001")),
    ("ng/mL", "micrograms/L", Decimal(1)),
    ("ng/ml", "micrograms/L", Decimal(1)), ("weeks", "days", Decimal(7)), ("microg", "micrograms", Decimal(1)),
    ("\u00b5g", "micrograms", Decimal(1)),
    ("mmol/L", "\u00b5mol/L", Decimal(1000)), ("pmol/L", "nmol/L", Decimal("0.001")), ("years", "months", Decimal(12)),
    ("hours", "minutes", Decimal(60)),
)  # fmt: skip


_THRESHOLDS = (
    (r"\bat least (\d+(?:[.,]\d+)*(?:%| \w+)?)(?=[\s,.;)])(?! (?:or|to) )", r"\1 or more"),
    (r"\b(?:more|greater) than (?=\d)", "over "), (r"\b(?:below|less than|under) (?=\d)", "< "),
    (r"\babove (?=\d)", "> "),
    (r"(?<![<>=]) ?< ?(?=\d)", " less than "), (r" ?> ?(?=\d)", " more than "), (r" ?\u2265 ?(?=\d)", " at least "),
    (r" ?\u2264 ?(?=\d)", " at most "),
    (r"\b(\d+) and over\b", r"\1 or older"), (r"\b(\d+) or (?:above|over|more)\b", r"at least \1"),
    (r"\bup to (?=\d)", "at most "),
    (r"\b(\d+ (?:weeks|months|years|days)) or longer\b", r"at least \1"),
)  # fmt: skip


def unit(sentence: str, _passage: str, random: Random) -> str | None:
    """An amount is given in another unit: 1 mg, 1000 micrograms."""
    swaps = list(_conversions(sentence))
    return one_of(swaps, sentence, random)


def number_word(sentence: str, _passage: str, random: Random) -> str | None:
    """A small number is written as a word instead of digits, or in digits."""
    swaps = [
        Swap(match.start(), match.end(), str(_NUMBERS.index(match.group().lower()) + 2))
        for match in _SPELT.finditer(sentence)
        if match.start() > 0
    ]
    swaps += [
        Swap(match.start(), match.end(), _NUMBERS[int(match["digit"]) - 2]) for match in _DIGIT.finditer(sentence)
    ]
    return one_of(swaps, sentence, random)


def threshold(sentence: str, _passage: str, random: Random) -> str | None:
    """A bound is worded otherwise: at least 18, 18 or more, >= 18."""
    swaps = [
        Swap(match.start(), match.end(), match.expand(new))
        for pattern, new in _THRESHOLDS
        for match in re.finditer(pattern, sentence)
        if match.start() > 0 and not (new == "over " and re.match(r"\d+ (?:times|fold)", sentence[match.end() :]))
    ]
    reworded = one_of(swaps, sentence, random)
    return re.sub(r"(?<=\() (?=less|more|at)|(?<= ) ", "", reworded) if reworded else None


def percent(sentence: str, _passage: str, _random: Random) -> str | None:
    """The sign becomes the word: 12% becomes 12 percent, or the word the sign."""
    if "%" in sentence:
        return re.sub(
            r"(?<=\d)\s?%(?P<next>\w?)", lambda m: f" percent{' ' + m['next'] if m['next'] else ''}", sentence
        )
    reworded = re.sub(r"(?<=\d) per ?cent\b(?!age)", "%", sentence)
    return reworded if reworded != sentence else None


def range_wording(sentence: str, _passage: str, _random: Random) -> str | None:
    """The dash of a range becomes "to", or "to" a dash."""
    figure = r"\d+(?:\.\d+)?"
    match = re.search(
        rf"(?<![\w.,/+-])(?<![\w]\()({figure})[\u2013-]({figure})(?![\w.-]\d|[\w-])(?=\s?(?:%|[a-z]|\)))", sentence
    )
    if match and Decimal(match[1]) < Decimal(match[2]):
        return f"{sentence[: match.start()]}{match[1]} to {match[2]}{sentence[match.end() :]}"
    match = re.search(rf"(?<!from )(?<!\d )(?<![-\u2013])\b({figure}) to ({figure})(?=\s?(?:%|[a-z]+\b))", sentence)
    if match and Decimal(match[1]) < Decimal(match[2]) and not re.search(r"\bfrom\b|-$|<|>", sentence[: match.start()]):
        return f"{sentence[: match.start()]}{match[1]}\u2013{match[2]}{sentence[match.end() :]}"
    return None


_LONGEST_FIGURE = 7


# Nobody says 60 months for 5 years, or 200000 micrograms; and nobody gives an age in months.
_MOST = {("mg", "micrograms"): 10, ("weeks", "days"): 12, ("years", "months"): 5, ("hours", "minutes"): 3}


_AGE = re.compile(r"age|old|over \d|under")


_MEASURED = re.compile(
    r"(?<![\w.,/-])(?<! to )(?<! or )(?<! and )(?P<value>\d+(?:,\d{3})*(?:\.\d+)?) ?"
    rf"(?P<unit>{'|'.join(map(re.escape, sorted({each[0] for each in _CONVERSIONS}, key=len, reverse=True)))})"
    r"(?![\w/^]|\s?(?:per|of age|old|and over|or )|\.\w|-)"
)


def _conversions(sentence: str) -> Iterator[Swap]:
    for match in _MEASURED.finditer(sentence):
        value = Decimal(match["value"].replace(",", ""))
        if re.search(r"\d\s?(?:-|to|\u2013|\+/-|\u00b1)\s?$", sentence[: match.start()]):
            continue
        for old, new, factor in _CONVERSIONS:
            most = _MOST.get((old, new))
            if most and (value > most or (new == "months" and _AGE.search(sentence))):
                continue
            shown = f"{(value * factor).normalize():f}"
            if old == match["unit"] and len(shown) <= _LONGEST_FIGURE:
                yield Swap(match.start(), match.end(), f"{shown} {new}")
