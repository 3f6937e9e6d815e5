"""A number that belongs to a test: whether its unit fits, where the unit stands, and what else it may count."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bedside.facts.mentions import Mention
from bedside.facts.reading import Reading
from bedside.text.matching import Figure
from bedside.text.span import Span

MMA = "mma_serum"
URINE = "mma_urine_creatinine"
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_CELL = re.compile(r"[ \t]*[|\t][ \t|]*")
_UNIT_FIRST = re.compile(r"[ \t|]*[(\[]?(?=[^\W\d_])")
_CLOSE_UNIT = re.compile(r"[)\]]?[ \t|:=-]*")


@dataclass(frozen=True, slots=True)
class Value:
    """A number that was found for a test."""

    mention: Mention
    figure: Figure
    concept: str
    later: bool = False


def fits(reading: Reading, mention: Mention, figure: Figure) -> bool:
    """Whether the test is reported in the figure's unit."""
    return figure.unit in _units(reading, mention)


def _units(reading: Reading, mention: Mention) -> frozenset[str]:
    analytes = reading.vocabulary.units.analytes
    units = analytes[mention.concept].units
    return units | analytes[URINE].units if mention.concept == MMA else units


def with_unit_beside(reading: Reading, mention: Mention, figure: Figure) -> Figure:
    """The figure with the unit of the cell behind it ("B12 | 150 | ng/L") or before it ("B12 (ng/L): 150")."""
    if figure.unit:
        return figure
    tokens = reading.vocabulary.units.tokens
    cell = _CELL.match(reading.folded, figure.span.end)
    found = tokens.at(reading.folded, cell.end()) if cell else None
    if found is not None:
        return replace(figure, unit=found[0], span=Span(figure.span.start, found[1]))
    opened = _UNIT_FIRST.match(reading.folded, mention.span.end)
    before = tokens.at(reading.folded, opened.end()) if opened else None
    if before is None or before[0] not in _units(reading, mention):
        return figure
    closed = _CLOSE_UNIT.match(reading.folded, before[1])
    joined = closed is not None and closed.end() == figure.span.start
    return replace(figure, unit=before[0]) if joined else figure


def counts_something(reading: Reading, figure: Figure) -> bool:
    """Whether a bare number is a year, or counts the word behind it ("3 times", "2 tests")."""
    if figure.sign == "=" and figure.digits.end - figure.digits.start == len("2026"):
        before = reading.folded[max(0, figure.span.start - 4) : figure.span.start]
        if before.endswith(("in ", "jan ", "feb ")) and _FIRST_YEAR <= figure.value <= _LAST_YEAR:
            return True
    after = reading.between(figure.span.end, min(figure.span.end + 14, len(reading.text)))
    if not after:
        return False
    if after[0].norm == "blood":  # "2 blood tests", not "INR 12 blood in stool"
        return len(after) == 1 or after[1].norm not in ("in", "on", "from")
    return after[0].norm in ("times", "tests", "time", "x", "different", "separate", "symptoms")
