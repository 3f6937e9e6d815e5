"""Spoiling what a figure is counted in: its unit, or the percentage it is."""

from __future__ import annotations

import re
from random import Random

from bedside.evaluation.swapping import Swap, one_of, unheard


def change_unit(sentence: str, passage: str, random: Random) -> str | None:
    """The unit of one amount becomes another of its kind; the new amount is not in the passage and not the same."""
    swaps = [
        Swap(match.start("unit"), match.end("unit"), new)
        for match in _AMOUNT.finditer(sentence)
        for new in _UNITS[match["unit"]]
        if not re.search(rf"{re.escape(match['value'])}\s?{re.escape(new)}(?!\w)", passage)
    ]
    return one_of(swaps, sentence, random)


def percent_to_points(sentence: str, passage: str, random: Random) -> str | None:
    """A relative change of risk becomes percentage points, or points a percentage."""
    swaps = [
        Swap(match.start("percent"), match.end("percent"), " percentage points")
        for pattern in (_RELATIVE, _RELATIVE_BY)
        for match in pattern.finditer(sentence)
        if not re.search(r"absolute|percentage point|HbA1c|ejection|% (?:to|and|or) \d+(?:\.\d+)?\s?%", sentence)
    ]
    swaps += [Swap(match.start(), match.end(), "%") for match in re.finditer(r" percentage points?\b", sentence)]
    return one_of(unheard(swaps, passage), sentence, random)


def percent_to_count(sentence: str, passage: str, random: Random) -> str | None:
    """A percentage of people becomes a number of people: 40% of patients, 40 patients."""
    swaps = [
        Swap(match.start("percent"), match.end("percent"), "")
        for match in _SHARE.finditer(sentence)
        if not re.search(rf"(?<![\d.]){match['value']}(?![\d.]|\s?%)", passage)
    ]
    return one_of(swaps, sentence, random)


_UNITS = {
    "mg": ("g", "mcg"), "mcg": ("mg",), "micrograms": ("mg",), "\u00b5g": ("mg",), "\u03bcg": ("mg",),
    "microg": ("mg",),
    "g": ("mg",), "kg": ("g",), "mL": ("L",), "ml": ("L",), "mmol/L": ("\u00b5mol/L",), "mmol/l": ("\u00b5mol/l",),
    "umol/L": ("nmol/L", "mmol/L"), "\u00b5mol/L": ("mmol/L",), "\u03bcmol/L": ("mmol/L",), "nmol/L": ("pmol/L",),
    "nmol/l": ("pmol/l",), "pmol/L": ("nmol/L", "ng/L"), "pmol/l": ("nmol/l",), "ng/L": ("pmol/L", "mcg/L"),
    "pg/mL": ("ng/mL", "pmol/L"), "pg/ml": ("ng/ml",), "ng/mL": ("pg/mL",), "ng/ml": ("pg/ml",),
    "g/L": ("g/dL", "mg/L"),
    "g/dL": ("g/L",), "g/dl": ("g/l",), "mg/dL": ("mmol/L",), "mg/dl": ("mmol/l",), "mm Hg": ("kPa",), "mmHg": ("kPa",),
    "cm": ("mm",), "mm": ("cm",), "mg/kg": ("g/kg", "mcg/kg"), "microg/kg": ("mg/kg",), "mcg/kg": ("mg/kg",),
    "IU": ("mg",), "mg/day": ("g/day",), "mg/d": ("g/d",), "kcal": ("kJ",), "nM": ("\u00b5M",), "\u00b5M": ("mM",),
    "\u03bcM": ("mM",), "mM": ("nM",), "mg/L": ("g/L",), "mg/l": ("g/l",), "kg/m2": ("g/m2",), "bpm": ("beats/hour",),
}  # fmt: skip


_AMOUNT = re.compile(
    rf"(?<![\w.])(?P<value>\d+(?:,\d{{3}})*(?:\.\d+)?)(?:\s"
    rf"|-)?(?P<unit>{'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))})"
    r"(?![\w/^]|\s?(?:per|/)\s?\w|\.\w)"
)


_RELATIVE = re.compile(
    r"(?<=\d)(?P<percent>\s?%)(?= (?:relative )?(?:reduction|increase|decrease|decline|rise"
    r"|fall) in (?:the )?(?:\w+ ){0,2}"
    r"(?:risk|odds|rate|incidence|mortality|death|hazard|relapse|recurrence))"
)


_RELATIVE_BY = re.compile(
    r"(?:risk|odds|incidence|mortality|deaths?|hazard|frequency)s? (?:[a-z-]+ ){0,5}(?:reduced|increased|decreased|rose"
    r"|fell|declined|lower|higher|less|more)[a-z ]{0,20} by \d+(?:\.\d+)?(?P<percent>\s?%)"
)


_SHARE = re.compile(
    r"(?<![\w.])(?P<value>\d{1,3})(?P<percent>\s?% of) (?=(?:patients|subjects|participants|women|men|children|cases"
    r"|people"
    r"|respondents|infants|adults|students|individuals|smokers|physicians|nurses|eyes)\b)"
)
