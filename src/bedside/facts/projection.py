"""The JSON projection of facts: the names, prefixes and values of section 20 of the vitamin B12 specification."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bedside.facts.fact import Comparator, Fact, Facts, Presence, Quantity, Subject, When

PAST, PLANNED, HYPOTHETICAL, FAMILY, INFANT = "past_", "planned_", "hypothetical_", "family_history_", "infant_"

_BY_TIME = {When.PAST: PAST, When.PLANNED: PLANNED, When.HYPOTHETICAL: HYPOTHETICAL}
_BY_SUBJECT = {Subject.RELATIVE: FAMILY, Subject.INFANT: INFANT}


def projected_name(fact: Fact) -> str:
    """The concept with the prefix of whose it is, or of when it holds."""
    prefix = _BY_SUBJECT.get(fact.subject) or _BY_TIME.get(fact.when, "")
    # "infant_age_months" is named after the infant already.
    return fact.concept if fact.concept.startswith(INFANT) else prefix + fact.concept


def project(facts: Facts) -> list[dict[str, Any]]:
    """The facts as JSON objects ``{kind, name, value, unit, negated, source_text}`` in the order of the text.

    Facts that serve rules only are left out, as is what is merely asked about and what concerns somebody else.
    """
    told = [fact for fact in facts.items if not fact.internal and fact.presence is not Presence.UNKNOWN]
    ordered = sorted(
        (fact for fact in told if fact.subject is not Subject.OTHER), key=lambda f: (f.origin.turn, f.span)
    )
    return [_object(fact) for fact in ordered]


def _object(fact: Fact) -> dict[str, Any]:
    return {
        "kind": fact.kind.value,
        "name": projected_name(fact),
        "value": number(fact.quantity) if fact.quantity else fact.result or None,
        "unit": (fact.quantity.unit or None) if fact.quantity else None,
        "negated": fact.presence is Presence.ABSENT,
        "source_text": fact.text,
    }


def number(amount: Quantity) -> int | float | str:
    """A plain number as int or float; a comparator or a range as text ("<50", "250-300")."""
    if amount.comparator is not Comparator.EQUAL:
        return f"{amount.comparator.value}{_written(amount.value)}"
    if amount.upper is not None:
        return f"{_written(amount.value)}-{_written(amount.upper)}"
    return int(amount.value) if amount.value == amount.value.to_integral_value() else float(amount.value)


def _written(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
