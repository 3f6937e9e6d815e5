"""Concerns: what is doubtful about the values that were read (table DQ and section 2.2 of the B12 specification)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from bedside.facts.fact import Comparator, Concern, ConcernKind, Fact, Kind, Quantity, Subject, When
from bedside.facts.units import Analyte, Units, UnknownUnit
from bedside.facts.vocabulary import Vocabulary

_B12 = ("cyanocobalamin", "hydroxocobalamin", "methylcobalamin", "adenosylcobalamin", "b12_")
_MOST_BY_MOUTH = Decimal(10_000)  # micrograms
_MOST_BY_NEEDLE = Decimal(10_000)
_ANTIDOTE = Decimal(1_000_000)  # micrograms: from 1 g on, hydroxocobalamin is the cyanide antidote
_ASSAYS = ("total_b12",)


def concerns(facts: tuple[Fact, ...], vocabulary: Vocabulary) -> tuple[Concern, ...]:
    """Every doubt about the patient's own current values, in the order of the facts."""
    injected = any(fact.concept.endswith(("_im", "_im_unspecified", "_sc")) and _own(fact) for fact in facts)
    found: list[Concern] = []
    for fact in facts:
        if fact.quantity is None or not _own(fact):
            continue
        if fact.kind is Kind.LAB:
            found.extend(_about_result(fact, fact.quantity, vocabulary.units, injected=injected))
        elif fact.kind is Kind.DRUG and fact.concept.startswith(_B12):
            found.extend(_about_dose(fact, fact.quantity, vocabulary.units))
    return (*found, *_conflicts(facts, vocabulary.units))


def _own(fact: Fact) -> bool:
    return fact.subject is Subject.PATIENT and fact.when in (When.CURRENT, When.PLANNED)


def _concern(kind: ConcernKind, fact: Fact) -> Concern:
    return Concern(kind, fact.concept, fact.text, fact.span)


def _about_result(fact: Fact, amount: Quantity, units: Units, *, injected: bool) -> Iterator[Concern]:
    analyte = units.analytes.get(fact.concept)
    if analyte is None:
        return
    if not amount.unit and not analyte.usual_unit:
        yield _concern(ConcernKind.UNIT_MISSING, fact)
    if fact.concept in _ASSAYS and not fact.assay and amount.unit in ("", "pmol/L"):
        yield _concern(ConcernKind.ASSAY_UNSTATED, fact)
    value = canonical(amount, analyte, units)
    if value is None:
        return
    plausible = (analyte.plausible_on_injections if injected else None) or analyte.plausible
    if refused(amount, analyte, units):
        yield _concern(ConcernKind.REJECTED, fact)
    elif plausible and not plausible.holds(value) and amount.comparator is Comparator.EQUAL:
        yield _concern(ConcernKind.IMPLAUSIBLE, fact)


def refused(amount: Quantity, analyte: Analyte, units: Units) -> bool:
    """Whether a value is outside what any laboratory reports: it is asked about, and never interpreted (rule DQ6)."""
    value = canonical(amount, analyte, units)
    if value is None or analyte.reject is None:
        return False
    return not analyte.reject.holds(value) and not _allowed(amount, value, analyte)


def _allowed(amount: Quantity, value: Decimal, analyte: Analyte) -> bool:
    """Whether a comparator leaves room inside the range ("<1" may be any low value a laboratory cannot measure)."""
    if analyte.reject is None:
        return True
    if amount.comparator in (Comparator.ABOVE, Comparator.AT_LEAST):
        return value < analyte.reject.high
    if amount.comparator in (Comparator.BELOW, Comparator.AT_MOST):
        return value > analyte.reject.low
    return False


def canonical(amount: Quantity, analyte: Analyte, units: Units) -> Decimal | None:
    """The value in the analyte's canonical unit, for the plausible and reject ranges only; None when unreadable.

    A bare total or active B12 or MMA value is not judged: its unit is asked for first.
    """
    if not amount.unit and analyte.ask_unit:
        return amount.value if analyte.reject and amount.value > analyte.reject.high else None
    unit = amount.unit or analyte.assumed_unit(amount.value)
    try:
        return units.convert(replace(amount, unit=unit), analyte.unit, analyte.name).value
    except UnknownUnit:
        return None


def _about_dose(fact: Fact, amount: Quantity, units: Units) -> Iterator[Concern]:
    if amount.unit == "IU":
        yield _concern(ConcernKind.DOSE_UNIT_DOUBTFUL, fact)
        return
    micrograms = units.scale(amount, "mcg")
    if micrograms is None or fact.concept.endswith(("_duration", "_frequency")):
        return
    needle = fact.concept.endswith(("_iv", "_im", "_sc"))
    if fact.concept.startswith("hydroxocobalamin") and needle and micrograms.value >= _ANTIDOTE:
        yield _concern(ConcernKind.OTHER_INDICATION, fact)
    elif micrograms.value > (_MOST_BY_NEEDLE if needle else _MOST_BY_MOUTH):
        yield _concern(ConcernKind.DOSE_UNIT_DOUBTFUL, fact)


def _conflicts(facts: tuple[Fact, ...], units: Units) -> Iterator[Concern]:
    """Pairs of current values of one test that nothing puts in order (rule DQ4). Whether their classes differ is
    judged by the protocol.
    """
    results = [
        fact
        for fact in facts
        if fact.kind is Kind.LAB and fact.quantity and _own(fact) and not fact.concept.startswith("lab_reference")
    ]
    for a, b in combinations(results, 2):
        if a.concept != b.concept or a.order != b.order or a.quantity is None or b.quantity is None:
            continue
        same = units.scale(b.quantity, a.quantity.unit)
        if (same is None or same.value != a.quantity.value) and a.origin == b.origin:
            yield _concern(ConcernKind.CONFLICT, b)
