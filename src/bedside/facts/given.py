"""A fact given by name and value, as cases and edited facts write it: the inverse of the projection."""

from __future__ import annotations

import re
from decimal import Decimal

from bedside.errors import UsageError
from bedside.facts.fact import Comparator, Course, Fact, Kind, Origin, Presence, Quantity, Subject, When
from bedside.facts.projection import FAMILY, HYPOTHETICAL, INFANT, PAST, PLANNED
from bedside.facts.vocabulary import Vocabulary

_SUBJECTS = {FAMILY: Subject.RELATIVE, INFANT: Subject.INFANT}
_TIMES = {PAST: When.PAST, PLANNED: When.PLANNED, HYPOTHETICAL: When.HYPOTHETICAL}
_OWN_PREFIX = frozenset({"infant_age_months"})
# Concepts that rules know by a second name.
_ALIASES = {"recent_b12_injection_days": "days_since_last_injection"}
_AMOUNT = re.compile(r"(<=|>=|<|>|=)?\s*(\d+(?:\.\d+)?)(?:\s*(?:-|to)\s*(\d+(?:\.\d+)?))?(?:\s+(\S.*)|(%))?")
_EDITED = Origin(source="given")
_MOST_DIGITS = 15
_IN_WORDS = frozenset(("adherence", "jurisdiction", "sex"))
"""What is told in words of its own, besides tests and how often a medicine is taken."""


class UnreadableFact(UsageError):
    """A given fact has a name or a value that bedside does not know."""


def given(name: str, value: str, vocabulary: Vocabulary) -> Fact:
    """The fact that *name* (section 20, prefixes included) with *value* states.

    *value* is ``present`` or ``absent``, a result of a test ("positive", "normal"), a frequency, a course ("new"), or
    a number with its unit and an optional comparator ("268 pg/mL", "<50 ng/L", "6 months", "268").
    Raises UnreadableFact for an unknown name, an unknown unit, an empty value, or one that the fact cannot have.
    """
    concept, subject, when = _split(name, vocabulary)
    kind = vocabulary.lexicon.kind(concept)
    if kind is None:
        raise UnreadableFact(f"no fact is called {name!r}.", "See section 'Cases' of docs/content.md for the names.")
    text = str(value).strip()
    presence, course, result, quantity = Presence.PRESENT, Course.UNKNOWN, "", None
    if text in (Presence.PRESENT, Presence.ABSENT) and kind is not Kind.LAB:
        presence = Presence(text)
    elif kind is Kind.SYMPTOM and text in tuple(Course):
        course = Course(text)
    elif not concept.endswith("_frequency") and (match := _AMOUNT.fullmatch(text)):
        quantity = _quantity(name, concept, match, vocabulary)
    elif text and (kind is Kind.LAB or concept.endswith("_frequency") or concept in _IN_WORDS):
        result = text
    elif text:  # "no", "maybe", "1e3 mcg": anything but the two words would count as present
        raise UnreadableFact(f"the fact {name!r} cannot be {text[:40]!r}.", "Write present or absent, or an amount.")
    else:
        raise UnreadableFact(
            f"the fact {name!r} has no value.", "Write present, absent, a result, or a number with its unit."
        )
    return Fact(
        concept=concept,
        kind=kind,
        presence=presence,
        subject=subject,
        when=when,
        course=course,
        quantity=quantity,
        result=result,
        assay="stated" if concept == "active_b12" else "",
        origin=_EDITED,
        text=f"{name}: {text}",
        internal=vocabulary.lexicon.internal(concept.removesuffix("_duration").removesuffix("_frequency")),
    )


def _split(name: str, vocabulary: Vocabulary) -> tuple[str, Subject, When]:
    """The bare concept of a projected name, whose it is and when."""
    known = _ALIASES.get(name, name)
    # A name that is itself a concept ("planned_surgery") keeps its first word.
    if known in _OWN_PREFIX or known in vocabulary.lexicon.concepts:
        return known, Subject.PATIENT, When.CURRENT
    for prefix, subject in _SUBJECTS.items():
        if known.startswith(prefix):
            return known.removeprefix(prefix), subject, When.CURRENT
    for prefix, when in _TIMES.items():
        if known.startswith(prefix):
            return known.removeprefix(prefix), Subject.PATIENT, when
    return known, Subject.PATIENT, When.CURRENT


def _quantity(name: str, concept: str, match: re.Match[str], vocabulary: Vocabulary) -> Quantity:
    sign, low, high, written = match[1], match[2], match[3], match[4] or match[5]
    if len(low) > _MOST_DIGITS or len(high or "") > _MOST_DIGITS:
        raise UnreadableFact(f"the fact {name!r} has a number of too many digits.", "No result or dose has so many.")
    unit = vocabulary.units.normalise(written) if written else ""
    if unit is None:
        raise UnreadableFact(
            f"the fact {name!r} has the unit {written!r}, which is not known.", "See content/units.yaml."
        )
    if not unit and (analyte := vocabulary.units.analytes.get(concept)):
        unit = analyte.usual_unit
    upper = Decimal(high) if high else None
    return Quantity(Decimal(low), unit, Comparator(sign or "="), upper, low)
