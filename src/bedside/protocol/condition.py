"""The condition: what a rule asks of the facts, as a tree, as text, and as compiled JSON.

Text grammar (one leaf)::

    name                          the concept is present, or the definition / measure of that name holds
    past name | planned name      the same fact at another time (also: hypothetical)
    family name | infant name     the same fact of a relative or of the asker's infant
    name is word                  a band of a measure, a result in words, a category, or a course (new, worsening ...)
    name <|<=|>|>=|= 60 unit      a quantity, compared in the unit it was reported in
    name <|<=|>|>=|= parameter    the same against a dated parameter of the protocol
    known name                    some current value or presence is known (always true or false)
    asked word                    the question has this intent or is about this topic (always true or false)

Trees: ``{all: [...]}``, ``{any: [...]}``, ``{not: ...}``, ``{at_least: [2, ..., ...]}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any as Anything

from bedside.errors import BedsideError
from bedside.facts.fact import Comparator


class ConditionError(BedsideError):
    """A condition cannot be read; the message shows the text."""

    exit_status = 4


QUALIFIERS = ("past", "planned", "hypothetical", "family", "infant")


@dataclass(frozen=True, slots=True)
class Has:
    """A concept is present; ``qualifier`` is ``""`` (the patient, now) or one of QUALIFIERS."""

    name: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Is:
    """A measure falls in a band, or a fact's result, category or course is ``word``."""

    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A measure against a number with a unit (``number`` set) or against a parameter (``parameter`` set)."""

    name: str
    comparator: Comparator
    number: Decimal | None = None
    unit: str = ""
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Something current is known about the name."""

    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The question has this intent or topic."""

    word: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; unknown stays unknown."""

    part: Condition


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``count`` of the parts hold."""

    count: int
    parts: tuple[Condition, ...]


Leaf = Has | Is | Compare | Known | Asked
Condition = Has | Is | Compare | Known | Asked | All | Any | Not | AtLeast

ALWAYS = All(())

_NAME = r"[a-z][a-z0-9_]*"
_LEAF: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Leaf]]] = [
    (re.compile(rf"known ({_NAME})"), lambda m: Known(m[1])),
    (re.compile(rf"asked ({_NAME})"), lambda m: Asked(m[1])),
    (re.compile(rf"({_NAME}) is ({_NAME})"), lambda m: Is(m[1], m[2])),
    (
        re.compile(rf"({_NAME}) (<=|>=|<|>|=) (\d+(?:\.\d+)?) (\S+)"),
        lambda m: Compare(m[1], Comparator(m[2]), number=Decimal(m[3]), unit=m[4]),
    ),
    (re.compile(rf"({_NAME}) (<=|>=|<|>|=) ({_NAME})"), lambda m: Compare(m[1], Comparator(m[2]), parameter=m[3])),
    (re.compile(rf"({'|'.join(QUALIFIERS)}) ({_NAME})"), lambda m: Has(m[2], m[1])),
    (re.compile(rf"({_NAME})"), lambda m: Has(m[1])),
]


def parse(written: Anything) -> Condition:
    """Read a condition as it stands in YAML: a leaf as text, or a mapping with one key.

    Raises ConditionError when the text fits no form.
    """
    if isinstance(written, str):
        for pattern, build in _LEAF:
            if match := pattern.fullmatch(written.strip()):
                return build(match)
        raise ConditionError(f"cannot read the condition {written!r}.", "See docs/content.md, 'Conditions'.")
    if isinstance(written, dict) and len(written) == 1:
        [(key, inner)] = written.items()
        if key == "not":
            return Not(parse(inner))
        if key in ("all", "any") and isinstance(inner, list) and inner:
            parts = tuple(parse(part) for part in inner)
            return All(parts) if key == "all" else Any(parts)
        if key == "at_least" and isinstance(inner, list) and inner and isinstance(inner[0], int):
            return AtLeast(inner[0], tuple(parse(part) for part in inner[1:]))
    raise ConditionError(
        f"cannot read the condition {written!r}.", "Use all, any, not or at_least, or one line of text."
    )


def to_json(condition: Condition) -> list[Anything]:
    """The compiled form: a list whose first item names the kind."""
    match condition:
        case Has(name, qualifier):
            return ["has", name, qualifier] if qualifier else ["has", name]
        case Is(name, word):
            return ["is", name, word]
        case Compare(name, comparator, number, unit, parameter):
            right = [parameter] if number is None else [str(number), unit]
            return ["compare", name, comparator.value, *right]
        case Known(name):
            return ["known", name]
        case Asked(word):
            return ["asked", word]
        case All(parts):
            return ["all", *map(to_json, parts)]
        case Any(parts):
            return ["any", *map(to_json, parts)]
        case Not(part):
            return ["not", to_json(part)]
        case AtLeast(count, parts):
            return ["at_least", count, *map(to_json, parts)]


def from_json(data: list[Anything]) -> Condition:
    """Read the compiled form back; raises ConditionError on an unknown kind."""
    match data:
        case ["all", *parts]:
            return All(tuple(map(from_json, parts)))
        case ["any", *parts]:
            return Any(tuple(map(from_json, parts)))
        case ["not", part]:
            return Not(from_json(part))
        case ["at_least", count, *parts]:
            return AtLeast(count, tuple(map(from_json, parts)))
    return _leaf_from_json(data)


def _leaf_from_json(data: list[Anything]) -> Leaf:
    match data:
        case ["has", name, *rest]:
            return Has(name, *rest)
        case ["is", name, word]:
            return Is(name, word)
        case ["compare", name, comparator, number, unit]:
            return Compare(name, Comparator(comparator), Decimal(number), unit)
        case ["compare", name, comparator, parameter]:
            return Compare(name, Comparator(comparator), parameter=parameter)
        case ["known", name]:
            return Known(name)
        case ["asked", word]:
            return Asked(word)
    raise ConditionError(f"not a compiled condition: {data!r}.")


def leaves(condition: Condition) -> tuple[Leaf, ...]:
    """Every leaf of the tree, left to right."""
    match condition:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part):
            return leaves(part)
        case _:
            return (condition,)


def as_text(condition: Condition) -> str:
    """A condition as one line that a person can read; leaves as they are written in the content."""
    match condition:
        case All(()):
            return "always"
        case All(parts):
            return "(" + " and ".join(map(as_text, parts)) + ")"
        case Any(parts):
            return "(" + " or ".join(map(as_text, parts)) + ")"
        case Not(part):
            return f"not {as_text(part)}"
        case AtLeast(count, parts):
            return f"at least {count} of (" + ", ".join(map(as_text, parts)) + ")"
        case leaf:
            return _leaf_text(leaf)


def _leaf_text(leaf: Leaf) -> str:
    match leaf:
        case Has(name, qualifier):
            return f"{qualifier} {name}".strip()
        case Is(name, word):
            return f"{name} is {word}"
        case Compare(name, comparator, number, unit, parameter):
            return f"{name} {comparator.value} {parameter or f'{number} {unit}'}"
        case Known(name):
            return f"known {name}"
        case Asked(word):
            return f"asked {word}"
