"""How far creatinine has risen: "180, baseline 90" is 100 % above the usual value, where both stand in one unit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from bedside.facts.context import Status
from bedside.facts.fact import Fact, Kind, Quantity, Subject
from bedside.facts.reading import Reading
from bedside.text.span import Span

_NAME = r"\b(?:serum )?(?:creatinine|creat|cr)\b"
_NUMBER = r"(?P<{}>\d{{1,4}}(?:\.\d{{1,2}})?)(?!\d)"
_UNIT = r"(?:\s?(?:[uµμ]mol/l|micromol/l|mg/dl|mmol/l))?"
_USUAL = r"(?:baseline|usual(?:ly)?|normal(?:ly)?|previously|was)"
_NOW, _BASE = _NUMBER.format("now"), _NUMBER.format("base")
_BETWEEN, _WHOSE = r"[^\d;\n]{0,12}", r"(?:from |up from |his |her |my |with )?(?:a |an )?"
_TODAY = r"[^\d;\n]{1,12}\b(?:now|today|currently)\b"
_PATTERNS = (
    # creatinine 180 (baseline 90); creatinine is 180, usually 90; creatinine 180 from a baseline of 90
    re.compile(rf"{_NAME}{_BETWEEN}{_NOW}{_UNIT}[\s,(]{{1,3}}{_WHOSE}{_USUAL}{_BETWEEN}{_BASE}"),
    re.compile(rf"{_NAME}{_BETWEEN}{_NOW}{_UNIT}[\s,(]{{1,3}}(?:up |rising |risen )?from {_BASE}"),
    # baseline creatinine 90, now 180; creatinine rose from 90 to 180
    re.compile(rf"\b{_USUAL} {_NAME}{_BETWEEN}{_BASE}{_UNIT}{_TODAY}{_BETWEEN}{_NOW}"),
    re.compile(rf"{_NAME}[^\d;\n]{{0,20}}\bfrom {_BASE}{_UNIT} to {_NOW}"),
)
_DOUBLED = re.compile(rf"{_NAME}[^\d;\n]{{0,10}}\b(?:doubled|tripled|trebled)\b")
_HUNDRED, _TENTH = Decimal(100), Decimal("0.1")


def creatinine_rise(reading: Reading) -> list[Fact]:
    """The rise above the usual value in per cent as one fact, to one decimal, or none."""
    for pattern in _PATTERNS:
        if match := pattern.search(reading.folded):
            base = Decimal(match["base"])
            if base and (fact := _fact(reading, match)):
                rise = (Decimal(match["now"]) / base - 1) * _HUNDRED
                return [replace(fact, quantity=Quantity(rise.quantize(_TENTH, ROUND_HALF_UP).normalize() + 0, "%"))]
    if (match := _DOUBLED.search(reading.folded)) and (fact := _fact(reading, match)):
        return [replace(fact, quantity=Quantity(_HUNDRED, "%"))]
    return []


def _fact(reading: Reading, match: re.Match[str]) -> Fact | None:
    span = Span(*match.span())
    if reading.context.subject(span) is not Subject.PATIENT:
        return None
    return reading.fact("creatinine_rise", Kind.LAB, span, Status())
