"""The words the public pages use for what a protocol says with a symbol or an id. None of them is clinical."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from bedside.article.naming import Names
from bedside.errors import ContentError
from bedside.facts.fact import Comparator
from bedside.protocol.protocol import Edge, Effect, Protocol, Urgency
from bedside.protocol.strength import Jurisdiction, Level, Strength

EFFECTS: Mapping[Effect, str] = {
    Effect.RED_FLAG: "Red flag",
    Effect.RECOMMEND: "Recommendation",
    Effect.INFORM: "Information",
    Effect.CLASSIFY: "Classification",
    Effect.ASK: "Question to ask",
    Effect.ABSTAIN: "No advice",
    Effect.DISAGREE: "Disagreement shown",
}

STRENGTHS: Mapping[Strength, str] = {
    Strength.DO: "do",
    Strength.CONSIDER: "consider",
    Strength.DO_NOT: "do not",
    Strength.INFORMATION: "information",
}

URGENCIES: Mapping[Urgency, str] = {
    Urgency.NONE: "",
    Urgency.WEEK: "within a week",
    Urgency.SAME_DAY: "the same day",
    Urgency.IMMEDIATE: "at once",
}

LEVELS: Mapping[Level, str] = {
    Level.A: "randomised trial or systematic review",
    Level.B: "cohort, or a small or indirect trial",
    Level.C: "guideline committee's consensus, or national formulary",
    Level.D: "product label",
    Level.E: "education summary, local guidance or expert opinion",
    Level.X: "bedside's own safety rule",
}

COUNTRIES: Mapping[Jurisdiction, str] = {
    Jurisdiction.GB: "UK",
    Jurisdiction.US: "US",
    Jurisdiction.INT: "International",
    Jurisdiction.LOCAL: "Local",
}

COMPARED: Mapping[Comparator, str] = {
    Comparator.BELOW: "below",
    Comparator.AT_MOST: "at most",
    Comparator.ABOVE: "above",
    Comparator.AT_LEAST: "at least",
    Comparator.EQUAL: "exactly",
}

_BARE = frozenset({"INR"})  # a ratio, whose name stands where others have a unit
_WITH_DIGITS = re.compile(r"\b[a-z]+\d+\b")


def country(jurisdiction: str) -> str:
    """What a jurisdiction is called; "" for a table that all share."""
    return COUNTRIES[Jurisdiction(jurisdiction)] if jurisdiction else ""


def spaced(name: str) -> str:
    """An id as words: ``on_oral_b12`` is "on oral B12"."""
    return _WITH_DIGITS.sub(lambda match: match[0].upper(), name.replace("_", " "))


def named(name: str, names: Names) -> str:
    """The clinical name of a fact, or its id as words."""
    called = names.clinical(name)
    return spaced(name) if called == name.replace("_", " ") else called


def band_named(measure: str, band: str, names: Names) -> str:
    """The clinical name of a band; where the content gives none, the word that rules use."""
    try:
        return names.band_clinical(measure, band)
    except ContentError:
        return spaced(band)


def amount(values: Mapping[str, Decimal], between: str = "; ") -> str:
    """The same limit in every unit it was published in; units with one number share it: "180 ng/L or pg/mL; 133
    pmol/L". *between* stands between the numbers."""
    by_number: dict[Decimal, list[str]] = {}
    for unit, number in values.items():
        by_number.setdefault(number, []).append(unit)
    return between.join(f"{number_text(number)} {' or '.join(units)}" for number, units in by_number.items())


def number_text(number: Decimal) -> str:
    """A number as printed: no exponent, no trailing zeros."""
    return format(number.normalize(), "f")


def range_texts(low: Edge | None, high: Edge | None) -> tuple[str, ...]:
    """A band in words, once for each set of units that share its numbers: "below 180 ng/L or pg/mL", "below 133
    pmol/L". An edge that is missing is open."""
    sets = unit_sets([edge for edge in (low, high) if edge is not None])
    return tuple(range_text(low, high, units) for units in sets) or ("any value",)


def unit_sets(edges: Sequence[Edge]) -> list[tuple[str, ...]]:
    """The units in which every edge was published; those in which all have the same numbers together."""
    by_numbers: dict[tuple[Decimal, ...], list[str]] = {}
    for unit in edges[0].values if edges else ():
        if all(unit in edge.values for edge in edges):
            by_numbers.setdefault(tuple(edge.values[unit] for edge in edges), []).append(unit)
    return [tuple(units) for units in by_numbers.values()]


def range_text(low: Edge | None, high: Edge | None, units: tuple[str, ...]) -> str:
    """A band in words, in units that share its numbers: "180 to 350 ng/L or pg/mL"."""
    unit = units[0]
    written = "" if unit in _BARE else f" {' or '.join(units)}"
    begin = "" if low is None else number_text(low.values[unit])
    end = "" if high is None else number_text(high.values[unit])
    if low is not None and high is not None:
        first = begin if low.inclusive else f"above {begin}"
        middle = "to" if low.inclusive else "and up to"
        return f"{first} {middle if high.inclusive else 'to below'} {end}{written}"
    if high is not None:
        return f"{'up to' if high.inclusive else 'below'} {end}{written}"
    if low is not None:
        return f"{begin}{written} or more" if low.inclusive else f"above {begin}{written}"
    return "any value"


def parameter_text(protocol: Protocol, name: str) -> str:
    """The numbers of a parameter in every country, in a few words: "UK 4 mg or 4000 mcg"."""
    written = (f"{COUNTRIES[p.jurisdiction]} {amount(p.values, ', ')}" for p in protocol.parameters_of(name))
    return "; ".join(written)
