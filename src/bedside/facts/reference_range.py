"""The laboratory's own range behind a result: in brackets, after "ref", or in the next column of a print-out.

Behind a B12 result it becomes two facts. Behind a test that has a concept NAME_in_range, it becomes what it says of the
value: low, normal or raised.
"""

from __future__ import annotations

from dataclasses import replace

from bedside.facts.fact import Fact, Kind, Presence, Subject
from bedside.facts.reading import Reading, quantity
from bedside.facts.value import Value
from bedside.text.matching import Figure
from bedside.text.span import Span

_OF_B12 = ("total_b12", "active_b12")
IN_RANGE = "_in_range"
_REACH = 60  # characters behind the value
_FLAGS = frozenset({"h", "l", "hh", "ll", "low", "high"})


def is_reference(reading: Reading, start: int, figure: Figure) -> bool:
    """Whether the words from *start* up to the figure say that it is a range or a limit."""
    return bool(reading.phrases("reference", Span(start, figure.span.start)))


def in_range(reading: Reading, values: list[Value]) -> list[Fact]:
    """What the laboratory's range says of each plain value of a test with a concept for it; its figure is used."""
    facts = []
    for value in values:
        concept = f"{value.concept}{IN_RANGE}"
        plain = value.figure.upper is None and value.figure.sign == "=" and not value.later
        if not plain or concept not in reading.vocabulary.lexicon.concepts:
            continue
        figure = _range_of(reading, value)
        if figure is None or figure.upper is None or figure.unit not in ("", value.figure.unit):
            continue
        reading.used.add(figure.digits.start)
        number = value.figure.value
        word = "low" if number < figure.value else "raised" if number > figure.upper else "normal"
        fact = reading.fact(concept, Kind.LAB, figure.span)
        facts.append(replace(fact, presence=Presence.PRESENT, subject=Subject.PATIENT, result=word))
    return facts


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
