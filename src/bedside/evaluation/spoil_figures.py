"""Spoiling the figures of a sentence: the number, its digits, its decimal point.

Every function takes the sentence, its passage and a source of chance, and returns the spoiled sentence, or None where
this way does not apply. A new figure never stands anywhere in the passage, and never follows from the old one: a
lower bound only rises, an upper bound only falls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random

from bedside.evaluation.swapping import Swap, mentions, one_of

FIGURE = re.compile(
    r"(?<![\w.,/:^~\u2013\u2212-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w^]|[.,:]\d|[-\u2013]\w|/\d|\s?(?:x|\u00d7)\s?10\b)"
)
_ANY_FIGURE = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_NAMED = re.compile(
    r"(?:type|types|phase|stage|grade|class|group|groups|table|figure|fig|section|vitamin|arm|cohort|study|trial|and"
    r"|chapter|category|level|version|or|days?|weeks?|months?|visit|item|experiment|dose)\.? $",
    re.IGNORECASE,
)
_SURE_LEVEL = re.compile(r"\s?%?-?\s?(?:CI\b|confidence|credible|Cl\b)", re.IGNORECASE)
_LOWER_BOUND = re.compile(
    r"(?:at least|more than|over|above|exceeding|greater than|higher than|minimum of|older than|longer than|from"
    r"|>|\u2265|>\s?=|> or =|than or equal to) ?$",
    re.IGNORECASE,
)
_UPPER_BOUND = re.compile(
    r"(?:less than|fewer than|lower than|below|under|up to|at most|within|maximum of|younger than|to"
    r"|<|\u2264|<\s?=|< or =) ?$",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(r"\s?(?:%|\w+)?\s?(?:or|and) (?:more|over|above|older|longer|higher)|\+")
_UPPER_AFTER = re.compile(r"\s?(?:%|\w+)?\s?(?:or|and) (?:less|fewer|under|below|younger|lower)")
_MASS = (
    r"\s?(?:mg|mcg|\u00b5g|\u03bcg|microg|micrograms?|milligrams?|g|kg|ng|pg|mL|ml|L|IU|U|mmol|umol|\u00b5mol"
    r"|\u03bcmol|pmol|nmol)\b"
)
_DOSE = re.compile(_MASS)
YEARS = (1900, 2100)
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b(?= [a-z]{{3,}})", re.IGNORECASE)
ATTEMPTS = 12

FigureEdit = Callable[[str, Random], str | None]


def figures(text: str) -> set[Decimal]:
    """The value of every figure and number word of *text*."""
    spelt = {Decimal(place + 2) for place, word in enumerate(_WORDS) if mentions(text, word)}
    return spelt | {Decimal(match.group().replace(",", "")) for match in _ANY_FIGURE.finditer(text)}


def change_number(sentence: str, passage: str, random: Random) -> str | None:
    """One figure or number word becomes another, 15 to 60 % away."""
    words = [] if random.random() < 0.7 and FIGURE.search(sentence) else list(_word_swaps(sentence, passage))  # noqa: PLR2004 - mostly figures
    return one_of(words, sentence, random) or _edit(sentence, passage, random, another)


def transpose_digits(sentence: str, passage: str, random: Random) -> str | None:
    """Two neighbouring digits of one figure change places."""
    return _edit(sentence, passage, random, _transposed)


def shift_decimal(sentence: str, passage: str, random: Random) -> str | None:
    """One figure becomes ten times as large, or a tenth."""
    return _edit(sentence, passage, random, lambda old, chance: _scaled(old, chance.choice((1, -1))))


def scale_by_thousand(sentence: str, passage: str, random: Random) -> str | None:
    """A dose or concentration becomes a hundred or a thousand times as large, or as small."""
    places = [match for match in _own_figures(sentence) if _DOSE.match(sentence, match.end())]
    return _edit(sentence, passage, random, lambda old, chance: _scaled(old, chance.choice((3, 2, -2, -3))), places)


def drop_before_point(sentence: str, passage: str, random: Random) -> str | None:
    """What stands before the decimal point is lost: 2.5 becomes 5, which is still part of it as text."""
    return _edit(sentence, passage, random, lambda old, _: _head_dropped(old))


def drop_point(sentence: str, passage: str, random: Random) -> str | None:
    """The decimal point is lost: 2.5 becomes 25."""
    return _edit(sentence, passage, random, lambda old, _: old.replace(".", "").lstrip("0") if "." in old else None)


def _edit(
    sentence: str, passage: str, random: Random, new_of: FigureEdit, places: list[re.Match[str]] | None = None
) -> str | None:
    """The first edit of a figure, in an order of chance, that makes a figure the passage neither holds nor implies."""
    found = figures(passage)
    places = list(_own_figures(sentence)) if places is None else places
    random.shuffle(places)
    for match in places:
        for _ in range(ATTEMPTS):
            new = new_of(match.group(), random)
            if new and _is_other(sentence, match, new, found):
                return Swap(match.start(), match.end(), new).of(sentence)
    return None


def _own_figures(sentence: str) -> Iterator[re.Match[str]]:
    """The figures that are amounts: no years, names ("type 2"), or levels of confidence."""
    for match in FIGURE.finditer(sentence):
        year = match.group().isdigit() and YEARS[0] <= int(match.group()) < YEARS[1]
        before = sentence[: match.start()]
        if not year and not _NAMED.search(before) and not _SURE_LEVEL.match(sentence, match.end()):
            yield match


def _is_other(sentence: str, match: re.Match[str], new: str, found: set[Decimal]) -> bool:
    old_value, value = (Decimal(each.replace(",", "")) for each in (match.group(), new))
    before, after = sentence[: match.start()], sentence[match.end() :]
    percent = after.lstrip().startswith(("%", "percent"))
    probability = re.search(r"\b[pP](?:\s?value)?s?\s?(?:=|<|>|of|was)\s?$", before) is not None
    if value in found or value == 0 or (percent and value > 100) or (probability and value >= 1):  # noqa: PLR2004 - a whole
        return False
    if _LOWER_BOUND.search(before) or _BOUND_AFTER.match(after):
        return value > old_value
    if _UPPER_BOUND.search(before) or _UPPER_AFTER.match(after):
        return value < old_value
    return True


def another(old: str, random: Random) -> str | None:
    """A figure 15 to 60 % away from *old*, written alike; None where that would be nothing."""
    digits = old.replace(",", "")
    places = len(digits.partition(".")[2])
    value = int(digits.replace(".", ""))
    step = max(1, round(value * random.uniform(0.15, 0.6)))
    new = value + random.choice((step, -step))
    return None if new <= 0 else _written(new, places, "," in old)


def _transposed(old: str, random: Random) -> str | None:
    places = [at for at in range(len(old) - 1) if old[at : at + 2].isdigit() and old[at] != old[at + 1]]
    if not places:
        return None
    at = random.choice(places)
    new = old[:at] + old[at + 1] + old[at] + old[at + 2 :]
    return None if new[0] == "0" != old[0] and not new.startswith("0.") else new


def _scaled(old: str, power: int) -> str | None:
    value = Decimal(old.replace(",", "")).scaleb(power).normalize()
    new = f"{value:f}"
    return None if len(new) > 9 else new  # noqa: PLR2004 - longer figures look like nothing anybody would write


def _head_dropped(old: str) -> str | None:
    head, _, tail = old.partition(".")
    rest = tail.lstrip("0")
    return rest if rest and rest == tail and head != "0" else None


def _written(value: int, places: int, grouped: bool) -> str:
    if places:
        digits = str(value).zfill(places + 1)
        return f"{digits[:-places]}.{digits[-places:]}"
    return f"{value:,}" if grouped else str(value)


def _word_swaps(sentence: str, passage: str) -> Iterator[Swap]:
    found = figures(passage)
    for match in _WORD.finditer(sentence):
        for new in _WORDS:
            value = Decimal(_WORDS.index(new) + 2)
            if new != match.group().lower() and value not in found and not _bounded(sentence, match):
                yield Swap(match.start(), match.end(), new)


def _bounded(sentence: str, match: re.Match[str]) -> bool:
    before = sentence[: match.start()]
    return _LOWER_BOUND.search(before) is not None or _UPPER_BOUND.search(before) is not None
