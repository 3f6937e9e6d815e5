"""Body temperature and heart rate that are a sign of illness: fever, hypothermia, a fast pulse.

A number within the usual range is no sign and gives no fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from bedside.facts.fact import Fact, Kind, Quantity, Subject

_COLD_BELOW, _FEVER_FROM = Decimal(35), Decimal(38)  # Celsius
_FAST_FROM = 120  # beats a minute


def vital_alarms(measured: Iterable[Fact]) -> Iterator[Fact]:
    """The signs that measured vital signs are, with the words, time and person of each."""
    for fact in measured:
        if fact.quantity is None or fact.subject is Subject.RELATIVE:
            continue
        concept = _sign(fact.concept, fact.quantity)
        if concept:
            yield replace(fact, concept=concept, kind=Kind.SYMPTOM, quantity=None, order=0)


def _sign(concept: str, quantity: Quantity) -> str:
    if concept == "heart_rate":
        return "fast_pulse" if quantity.value >= _FAST_FROM else ""
    if concept != "temperature":
        return ""
    celsius = (quantity.value - 32) * 5 / 9 if quantity.unit == "degF" else quantity.value
    if celsius < _COLD_BELOW:
        return "hypothermia"
    return "fever" if celsius >= _FEVER_FROM else ""
