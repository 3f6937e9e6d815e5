"""Numbers as people write them in clinical text, with their sign, their range and, where it is open, both readings.

"1.000" is one in Britain and a thousand in much of Europe; "1,000" the other way round. A :class:`Number` keeps the
usual reading as ``value`` and the other as ``other``; whoever knows the plausible range decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bedside.text.folding import fold
from bedside.text.span import Span

_GROUP = 3  # digits between thousands marks
Sign = Literal["=", "<", "<=", ">", ">="]

_WORDS = {
    word: Decimal(value)
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=1,
    )
} | {"thirty": Decimal(30), "forty": Decimal(40), "fifty": Decimal(50), "sixty": Decimal(60), "ninety": Decimal(90)}

_SIGN_BEFORE: dict[str, Sign] = {
    "<": "<", "<=": "<=", "=<": "<=", "\u2264": "<=", ">": ">", ">=": ">=", "=>": ">=", "\u2265": ">=",
    "less than or equal to": "<=", "more than or equal to": ">=", "greater than or equal to": ">=",
    "no more than": "<=", "not more than": "<=", "no less than": ">=", "not less than": ">=",
    "less than": "<", "fewer than": "<", "lower than": "<", "below": "<", "under": "<", "younger than": "<",
    "more than": ">", "greater than": ">", "higher than": ">", "over": ">", "above": ">", "older than": ">",
    "exceeding": ">", "exceeds": ">", "exceed": ">",
    "at least": ">=", "a minimum of": ">=", "at most": "<=", "up to": "<=", "a maximum of": "<=",
}  # fmt: skip
_SIGN_AFTER: dict[str, Sign] = {
    "or more": ">=", "or over": ">=", "and over": ">=", "or above": ">=", "and above": ">=", "or higher": ">=",
    "or older": ">=", "or longer": ">=", "plus": ">=", "or less": "<=", "or fewer": "<=", "or under": "<=",
    "or below": "<=", "and under": "<=", "or lower": "<=", "or younger": "<=",
}  # fmt: skip


def _either(table: dict[str, Sign]) -> str:
    return "|".join(re.escape(key) for key in sorted(table, key=len, reverse=True))


# Grouped thousands first, then decimals; at most 15 digits so that a page of digits cannot become one number.
_FIGURE = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:'\d{3})+(?:\.\d+)?(?!\d)|[1-9]\d{0,2}(?: \d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d{1,15}(?:[.,]\d{1,15})?|\.\d{1,15}"
)
_NUMBER = (
    rf"(?:(?P<sign><=|>=|=<|=>|(?<!-)[<>\u2264\u2265]|\b(?:{_either(_SIGN_BEFORE)})\b)\s{{0,3}}"
    r"(?:about |around |approximately |approx\.? |a |the )?)?"
    rf"(?:(?P<figure>(?<![\w.]){_FIGURE})|\b(?P<word>{'|'.join(_WORDS)})\b)"
)
_AFTER = re.compile(rf"\+(?!\w)|\s{{1,2}}(?:{_either(_SIGN_AFTER)})\b")
# Things made of digits that are not amounts: identifiers, "B 12", bare powers of ten, dates, times, list marks.
_NOT_A_NUMBER = (
    # Powers of ten are refused and never read as their first digits: "1.2e3", "1.2 x 10^3 ng/L".
    r"(?<![\w.])\d[\d.,]{0,15}e[+-]?\d{1,3}\b"
    r"|(?<![\w.])\d[\d.,]{0,15}\s?[x*]\s?10\s?(?:[\^*]\s?-?\d+|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)"
    r"(?=\s?[pnum]{0,1}(?:g|mol|cg)\b)"
    r"|\bx?\s?10\s?[\^*]\s?-?\d+|\bx?\s?10[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+"
    r"|(?<![\w.])[^\W\d_]++\d\w*(?:-\d+\b)?|\bb[ -]12\b|(?<![^\W\d_])[^\W\d_]++-\d+\b"
    r"|\b\d{1,2}(?:\.\d{1,2}){2,}\b(?!\.?\d)|\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:19|20)?\d{2}\b(?![/.-]?\d)|\b\d{1,2}:\d{2}\b"
    r"|\b\d+(?:st|nd|rd|th)\b"
)
_HINT = re.compile(rf"\d|\b(?:{'|'.join(_WORDS)})\b")  # every number has one, and everything that only looks like it
_LONGEST_SIGN = 48  # characters before the digits that belong to a number: a sign in words, "approximately", spaces
_ANY = re.compile(f"(?P<skip>{_NOT_A_NUMBER})|(?P<number>{_NUMBER})")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from text: ``value`` as usually read, ``other`` the reading with the other thousands mark.

    ``span`` covers the digits or the word and ``whole`` also its sign. ``spelt`` says it was written as a word.
    """

    value: Decimal
    sign: Sign
    span: Span
    whole: Span
    other: Decimal | None = None
    spelt: bool = False


def read_figure(written: str) -> tuple[Decimal, Decimal | None]:
    """Read digits with their marks: the usual value, and the other reading of one ambiguous mark or None."""
    bare = written.replace(" ", "").replace("'", "").replace("\u00b7", ".")
    if bare.count(".") > 1:
        return Decimal(bare.replace(".", "")), None
    mark = "," if "," in bare else "."
    whole, _, rest = bare.partition(mark)
    groups_of_three = len(rest) == _GROUP and 1 <= len(whole) <= _GROUP and whole.strip("0") != ""
    if mark == "," and bare.count(",") == 1 and "." not in bare:
        decimal = Decimal(f"{whole or 0}.{rest}")
        return (Decimal(whole + rest), decimal) if groups_of_three else (decimal, None)
    if mark == ",":
        return Decimal(bare.replace(",", "")), None
    value = Decimal(f"0{bare}" if bare.startswith(".") else bare)
    return (value, Decimal(whole + rest)) if groups_of_three else (value, None)


def number_at(folded: str, position: int) -> tuple[Number | None, int]:
    """The next number of *folded* text at or after *position*, and where to look on; (None, length) at the end."""
    while (match := _ANY.search(folded, _near(folded, position))) is not None:
        if match.group("skip") is None:
            return _number(match), match.end()
        position = match.end()
    return None, len(folded)


def _near(folded: str, position: int) -> int:
    """Where to look for a number from *position* on: a little before the next digit or word for a number, and never
    inside a word. The full pattern is slow on words that have nothing to do with numbers."""
    first = _HINT.search(folded, position)
    if first is None:
        return len(folded)
    start = max(position, first.start() - _LONGEST_SIGN)
    while start > position and folded[start - 1].isalnum():
        start -= 1
    return start


def _number(match: re.Match[str]) -> Number:
    sign: Sign = _SIGN_BEFORE[match["sign"]] if match["sign"] else "="
    whole = Span(*match.span("number"))
    if match["word"]:
        return Number(_WORDS[match["word"]], sign, Span(*match.span("word")), whole, spelt=True)
    value, other = read_figure(match["figure"])
    return Number(value, sign, Span(*match.span("figure")), whole, other)


def sign_after(folded: str, position: int) -> tuple[Sign, int] | None:
    """The comparator written behind a number ("or more", "+") at *position*, and where it ends."""
    match = _AFTER.match(folded, position)
    if match is None:
        return None
    return _SIGN_AFTER.get(match.group().strip(), ">="), match.end()


def numbers(text: str) -> tuple[Number, ...]:
    """Every number of *text* in order; identifiers ("B12", "NG239"), dates and times are not numbers."""
    folded = fold(text)
    found: list[Number] = []
    position = 0
    while True:
        number, position = number_at(folded, position)
        if number is None:
            return tuple(found)
        found.append(number)
