"""How long ago the last episode of an infection was: "c diff 5 weeks ago", "10 weeks after finishing vancomycin".

Only where the text names an infection that comes back in episodes, and where the time belongs to it or to its
treatment, not to other antibiotics, a test or the beginning of the present illness.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bedside.facts.context import Status
from bedside.facts.fact import Fact, Kind, Quantity, Subject
from bedside.facts.reading import Reading
from bedside.text.span import Span

_INFECTION = re.compile(r"\b(?:c[. -]{0,2}diff?\b|cdiff|difficile|cdi\b|toxin\b|fidaxomicin|dificid|dificlir|firvanq)")
_COUNTED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {"a": 1, "one": 1} | {word: count for count, word in enumerate(_COUNTED, 2)}
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_TIME = rf"(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})\s?(?P<unit>days?|weeks?|wks?|months?|mths?|years?|yrs?)"
_EPISODE = (
    r"(?:c[. -]{0,2}diff?\w*|cdiff|difficile|cdi|episode|bout|it|vanc(?:o|omycin|ocin)?|firvanq|fidaxomicin|dificid"
    r"|dificlir|metronidazole|flagyl|treatment|course|resolved|cleared|recovered)"
)
_OTHER = (
    r"(?!anti|amox|co-amox|augmentin|clinda|cipro|cef|ceph|levo|test|positive|diagnos|started|start\b|symptoms|since"
    r"|for\b)"
)
_WORD = rf"(?:\W+{_OTHER}[\w'-]+)"
_AGO = re.compile(
    rf"\b{_EPISODE}\b{_WORD}{{0,5}}?\W+(?:about |around |roughly |some )?{_TIME}\s(?:ago|back|earlier|later)\b"
)
_AFTER = re.compile(rf"\b{_TIME}\s(?:after|since|post|following)\b{_WORD}{{0,4}}?\W+{_EPISODE}\b")
_ONLY = re.compile(r"\b(?:diagnosed|tested|positive)\b[^.;]{0,30}$")
_BEFORE = 40  # characters in which a test or a diagnosis says that the time is that of the present episode


def last_episode(reading: Reading) -> list[Fact]:
    """The time since the last episode as one fact in the unit as written, or none."""
    if not _INFECTION.search(reading.folded):
        return []
    for pattern in (_AGO, _AFTER):
        for match in pattern.finditer(reading.folded):
            span = Span(match.start("count"), match.end("unit"))
            if pattern is _AGO and _ONLY.search(reading.folded[max(0, match.start() - _BEFORE) : match.start()]):
                continue
            if reading.context.subject(span) is not Subject.PATIENT:
                continue
            fact = reading.fact("weeks_since_episode", Kind.DEMOGRAPHIC, span, Status())
            return [replace(fact, quantity=Quantity(_count(match["count"]), _UNITS[match["unit"][0]]))]
    return []


def _count(text: str) -> Decimal:
    return Decimal(text) if text.isdigit() else Decimal(_WORDS.get(text, 1))
