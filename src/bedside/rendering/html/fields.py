"""Form fields that fit a fact, and the edits a filled form states.

Every form names the facts it is about in hidden fields ``name``. For each, ``value.NAME`` is a choice or a number and
``unit.NAME`` its unit. A button ``all`` gives every fact of the form that nothing was chosen for the same value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bedside.facts.case import Edit
from bedside.facts.fact import Kind
from bedside.question.question import Reader
from bedside.rendering.html.aids import Aids

UNKNOWN = "unknown"
_NAME, _VALUE, _UNIT, _ALL = "name", "value.", "unit.", "all"
_YES_NO = (("present", "Yes"), ("absent", "No"), (UNKNOWN, "Don't know"))
_COURSE = ("improving", "resolved", "stable", "worsening", "absent")
_RESULTS = ("positive", "negative", "equivocal")
_RANGE_WORDS = ("normal", "low", "high", "abnormal")
_DOSES = ("mcg", "mg", "g")
# Results in words that a bare name of the projection can take, where its entry in the lexicon does not list them.
_VALUES: Mapping[str, tuple[str, ...]] = {
    "adherence": ("good", "poor"),
    "sex": ("female", "male"),
    "symptoms": _COURSE,
    "jurisdiction": ("UK", "US"),
    "full_blood_count": ("normal", "abnormal"),
}
_PREFIXES = ("past_", "planned_", "hypothetical_", "family_history_", "infant_")


class FieldKind(StrEnum):
    """How a fact is given: yes or no, a word of a few, a number with its unit, or words."""

    YES_NO = "yes-no"
    CHOICE = "choice"
    NUMBER = "number"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact to fill in. ``name`` is that of the projection; ``options`` are values with their labels; ``value`` and
    ``unit`` are what is known already. ``yes_no`` says that a number's fact may also be said to be absent."""

    name: str
    label: str
    kind: FieldKind
    options: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()
    value: str = ""
    unit: str = ""
    yes_no: bool = False

    @property
    def id(self) -> str:
        """The name as part of an HTML id."""
        return "".join(sign if sign.isalnum() else "-" for sign in self.name)


def field_of(
    name: str,
    aids: Aids,
    reader: Reader,
    *,
    number: str = "",
    unit: str = "",
    word: str = "",
    values: Iterable[str] = (),
) -> Field:
    """The field for a fact of that name; ``values`` are words its content lists for it, the rest is what is known."""
    concept = bare(name)
    kind = aids.vocabulary.lexicon.kind(concept)
    name_in_words = aids.name(concept, reader)
    label = name_in_words[:1].upper() + name_in_words[1:] if name_in_words[:2].islower() else name_in_words
    units = aids.units(concept)
    if units or number:
        shown = dict.fromkeys((*((unit,) if unit else ()), *(units or _other_units(kind))))
        return Field(name, label, FieldKind.NUMBER, (), tuple(shown), number, unit, yes_no=kind is Kind.DRUG)
    words = tuple(value for value in values if value.isalpha() and value not in ("present", "absent"))
    choices = _VALUES.get(concept) or (kind is Kind.LAB and _results(word or next(iter(words), ""))) or ()
    if choices:
        return Field(name, label, FieldKind.CHOICE, _labelled(choices), value=word)
    if concept.endswith("_frequency") or (word and word not in ("present", "absent", UNKNOWN)):
        return Field(name, label, FieldKind.WORDS, value=word)
    return Field(name, label, FieldKind.YES_NO, _YES_NO, value=word)


def bare(name: str) -> str:
    """The concept of a projected name; a name that begins like a prefix and is a concept keeps it."""
    for prefix in _PREFIXES:
        if name.startswith(prefix) and name != "infant_age_months":
            return name.removeprefix(prefix)
    return name


def edits_of(form: Iterable[tuple[str, str]]) -> tuple[Edit, ...]:
    """The edits that a filled form states, in its order; a field left empty states none.

    Names that no hidden field announced are passed over. Whether a name or value is known is not judged here: see
    :func:`bedside.facts.given.given`.
    """
    names: dict[str, None] = {}
    values: dict[str, str] = {}
    for key, value in form:
        if key == _NAME:
            names.setdefault(value)
        else:
            values[key] = " ".join(value.split())
    found = []
    for name in names:
        value = values.get(_VALUE + name, "") or values.get(_ALL, "")
        unit = values.get(_UNIT + name, "")
        if value:
            found.append(Edit(name, f"{value} {unit}" if unit and _is_number(value) else value))
    return tuple(found)


def _is_number(value: str) -> bool:
    return value[-1].isdigit()


def _results(word: str) -> tuple[str, ...]:
    return (
        (*_RANGE_WORDS, word) if word in _RANGE_WORDS else tuple(dict.fromkeys((*_RESULTS, *((word,) if word else ()))))
    )


def _labelled(values: Iterable[str]) -> tuple[tuple[str, str], ...]:
    shown = {"resolved": "Gone", "stable": "The same", "improving": "Better", "worsening": "Worse"}
    said = {value: shown.get(value, value[:1].upper() + value[1:]) for value in values}
    if "resolved" in said and "absent" in said:
        said["absent"] = "Never any"
    return (*said.items(), (UNKNOWN, "Don't know"))


def _other_units(kind: Kind | None) -> tuple[str, ...]:
    return _DOSES if kind is Kind.DRUG else ()
