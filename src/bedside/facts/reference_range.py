"""The laboratory's own range behind a B12 result: in brackets, after "ref", or in the next column of a print-out."""

from __future__ import annotations

from dataclasses import replace

from bedside.facts.fact import Fact, Kind, Presence
from bedside.facts.reading import Reading, quantity
from bedside.facts.value import Value
from bedside.text.matching import Figure
from bedside.text.span import Span

_OF_B12 = ("total_b12", "active_b12")
_REACH = 60  # characters behind the value
_FLAGS = frozenset({"h", "l", "hh", "ll", "low", "high"})


def is_reference(reading: Reading, start: int, figure: Figure) -> bool:
    """Whether the words from *start* up to the figure say that it is a range or a limit."""
    return bool(reading.phrases("reference", Span(start, figure.span.start)))


def reference_range(reading: Reading, values: list[Value]) -> list[Fact]:
    """The range behind the first B12 value that has one, as two facts; its figure is marked as used."""
    for value in values:
        if value.concept in _OF_B12 and (figure := _range_of(reading, value)) is not None:
            reading.used.add(figure.digits.start)
            return _facts(reading, figure, figure.unit or value.figure.unit)
    return []


def _range_of(reading: Reading, value: Value) -> Figure | None:
    after = Span(value.figure.span.end, min(len(reading.text), value.figure.span.end + _REACH))
    for figure in reading.figures_in(after)[:1]:
        between = Span(value.figure.span.end, figure.span.start)
        other = any(mention.how != "about" for mention in reading.mentions_in(between))
        if figure.upper is not None and not other and _listed(reading, value, figure):
            return figure
    return None


def _listed(reading: Reading, value: Value, figure: Figure) -> bool:
    words = reading.between(value.figure.span.end, figure.span.start)
    if is_reference(reading, value.figure.span.end, figure) or any(word.norm in ("(", "[") for word in words):
        return True
    # "162 pg/mL  211-946  L": the next column, when nothing but flags stands between.
    column = all(word.norm in ("|", "*") or word.norm in _FLAGS for word in words)
    return column and figure.unit in ("", value.figure.unit)


def _facts(reading: Reading, figure: Figure, unit: str) -> list[Fact]:
    low = replace(reading.fact("lab_reference_low", Kind.LAB, figure.span), presence=Presence.PRESENT)
    amount = quantity(figure, reading.text, unit)
    high = replace(low, concept="lab_reference_high")
    top = amount.value if amount.upper is None else amount.upper
    return [
        replace(low, quantity=replace(amount, upper=None)),
        replace(high, quantity=replace(amount, value=top, upper=None)),
    ]
