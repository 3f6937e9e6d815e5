"""The matching form of a text and the figures in it: what two sentences must share to say the same.

The form drops case, accents and most punctuation, and keeps what changes a meaning in medicine: comparators, the
decimal point, percent, minus, units and "not".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bedside.text.folding import fold
from bedside.text.numbers import Number, Sign, number_at, sign_after
from bedside.text.span import Span

_CONTRACTED = re.compile(r"\b(can)'?t\b|\b(won)'t\b|\b(\w+)n't\b|\bcannot\b")
_DROPPED = re.compile(r"[^\w\s<>=.%+\-/^]|(?<!\d)\.|\.(?!\d)|(?<![\d\s])-(?!\d)|(?<=[a-z])-|-(?=[a-z])|_")
_SIGNS = {"\u2264": "<=", "\u2265": ">=", "=<": "<=", "=>": ">="}
_UNIT_PIECE = re.compile(r"\s?(?:(per)\b|[^\W\d_]{1,24}|\d{1,6}|[%/^*.\u00b2\u00b3\u2070\u2074-\u2079\u207b\u00b9-])")
_MOST_PIECES = 12
_COLUMN = re.compile(r"[ \t]{0,30}")  # white space between the columns of a print-out
_RANGE = re.compile(r"\s{0,2}(?:-|to|and|or|through)\s{0,2}(?=[\d.])")
_UP_TO_RANGE = 40


def matching_form(text: str) -> str:
    """Return *text* folded for comparison: lower case, single spaces, "not" for "n't", no ornament."""
    form = fold(text)
    for sign, plain in _SIGNS.items():
        form = form.replace(sign, plain)
    form = _CONTRACTED.sub(_uncontract, form)
    form = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", form)
    return " ".join(_DROPPED.sub(" ", form).split())


def _uncontract(match: re.Match[str]) -> str:
    if match.group() == "cannot":
        return "can not"
    stem = match[1] or match[2] or match[3]
    return f"{'will' if stem == 'won' else stem} not"


def unit_key(written: str) -> str:
    """The form unit spellings are compared in: folded, no spaces, "per" as a slash."""
    if written.isascii() and written.replace("/", "").isalpha():
        return written.lower()
    pieces = (match.group().strip() for match in _UNIT_PIECE.finditer(fold(written)))
    return "".join("/" if piece == "per" else piece for piece in pieces)


@dataclass(frozen=True, slots=True, eq=False)
class UnitTokens:
    """Every spelling of a unit and its normalised token. Built from data: ``{"pg/ml": "pg/mL", ...}``."""

    spellings: Mapping[str, str]
    _keys: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._keys.update({unit_key(written): token for written, token in self.spellings.items()})

    def normalise(self, written: str) -> str | None:
        """The normalised token of a unit as written, or None when it is not a unit."""
        return self._keys.get(unit_key(written))

    def at(self, folded: str, position: int) -> tuple[str, int] | None:
        """The longest unit that begins at *position* (a space or hyphen may stand before it), and its end."""
        if folded[position : position + 1] == "-":
            position += 1
        elif folded[position : position + 2].isspace():
            position = _COLUMN.match(folded, position).end()  # type: ignore[union-attr]
        best: tuple[str, int] | None = None
        key = ""
        for _ in range(_MOST_PIECES):
            match = _UNIT_PIECE.match(folded, position)
            if match is None:
                break
            piece = match.group().strip()
            key += "/" if match[1] else piece
            position = match.end()
            if key in self._keys and not _goes_on(folded, position):
                best = (self._keys[key], position)
        return best


def _goes_on(folded: str, position: int) -> bool:
    return folded[position - 1].isalnum() and folded[position : position + 1].isalnum()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its comparator and unit. ``unit`` is a normalised token or ""; ``upper`` ends a range.

    ``other`` is the second reading of an ambiguous thousands mark; ``digits`` where the number itself stands.
    """

    value: Decimal
    unit: str
    sign: Sign
    span: Span
    digits: Span
    upper: Decimal | None = None
    other: Decimal | None = None
    spelt: bool = False


def figures(text: str, units: UnitTokens) -> tuple[Figure, ...]:
    """Every figure of *text* in order; a word is a figure only with a unit behind it ("two months", not "one of")."""
    folded = fold(text)
    found: list[Figure] = []
    position = 0
    while True:
        number, position = number_at(folded, position)
        if number is None:
            return tuple(found)
        figure, position = _figure(folded, number, position, units)
        if figure.unit or not number.spelt or number.value > 1:
            found.append(figure)


def _figure(folded: str, number: Number, position: int, units: UnitTokens) -> tuple[Figure, int]:
    unit, end = units.at(folded, position) or ("", position)
    upper, upper_unit, end = _upper(folded, number, unit, end, units)
    sign = number.sign
    if sign == "=" and (after := sign_after(folded, end)):
        sign, end = after
        if not unit and (behind := units.at(folded, end)):
            unit, end = behind
    span = Span(number.whole.start, end)
    return (
        Figure(number.value, upper_unit or unit, sign, span, number.span, upper, number.other, number.spelt),
        end,
    )


def _upper(folded: str, number: Number, unit: str, end: int, units: UnitTokens) -> tuple[Decimal | None, str, int]:
    """The top of a range that begins with *number*: its value, its unit and its end."""
    joint = _RANGE.match(folded, end)
    if joint is None:
        return None, "", end
    if joint.group().strip() in ("and", "or") and "between" not in folded[max(0, number.whole.start - 9) : end]:
        return None, "", end
    top, behind = number_at(folded[: joint.end() + _UP_TO_RANGE], joint.end())
    if top is None or top.whole.start != joint.end() or top.value <= number.value:
        return None, "", end
    top_unit, behind = units.at(folded, behind) or ("", behind)
    if unit and top_unit and unit != top_unit:
        return None, "", end
    return top.value, top_unit, behind
