"""Changes between two values, written like a range: "rose from 190 to 350 ng/L"."""

from __future__ import annotations

import re
from dataclasses import replace

from bedside.text.folding import fold
from bedside.text.matching import Figure
from bedside.text.span import Span

_LOOK_BACK = 32
_CHANGED = re.compile(
    r"\b(?:rose|risen|rising|went|gone|goes|going|increased|improved|climbed|came|crept|changed|moved|jumped|up)"
    r"(?: (?:up|steadily|slowly|only))?(?: from)?\s*$"
)
_TOP = re.compile(r"\d[\d.,' ]*\d|\d")


def told_apart(found: tuple[Figure, ...], text: str) -> tuple[Figure, ...]:
    """The figures, with each change from one value to another as two figures."""
    folded = fold(text)
    result: list[Figure] = []
    for figure in found:
        before = folded[max(0, figure.span.start - _LOOK_BACK) : figure.span.start]
        if figure.upper is not None and _CHANGED.search(before):
            result.extend(_two(figure, folded))
        else:
            result.append(figure)
    return tuple(result)


def _two(figure: Figure, folded: str) -> tuple[Figure, ...]:
    top = _TOP.search(folded, figure.digits.end, figure.span.end)
    if top is None or figure.upper is None:
        return (figure,)
    first = replace(figure, upper=None, span=figure.digits)
    digits, span = Span(*top.span()), Span(top.start(), figure.span.end)
    return (first, replace(figure, value=figure.upper, upper=None, other=None, digits=digits, span=span))
