"""The case: what is known of one person after several turns, and how each thing came to be known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bedside.facts.fact import Fact, Facts


@dataclass(frozen=True, slots=True)
class Edit:
    """A fact that the reader sets by hand: a name of the projection ("pregnancy", "past_b12_total") and a value as
    :func:`bedside.facts.given.given` reads it; "unknown" takes back what was read."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says in one turn: words as written, and facts edited by hand after them. Either may be empty."""

    text: str = ""
    edits: tuple[Edit, ...] = ()


class StepKind(StrEnum):
    """What a turn did to one concept."""

    ADDED = "added"
    REPLACED = "replaced"
    REPEATED = "repeated"  # said again, the same
    OLDER = "older"  # the value of before is kept as the older one of a series
    TAKEN_BACK = "taken-back"
    SUPPOSED = "supposed"  # holds for this turn's answer only
    CONFLICT = "conflict"  # denies what was said before without saying that it changed: shown, and asked
    NEW_PERSON = "new-person"  # the facts of the person before do not count from here on


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the trail: in which turn (from 0) what became of which concept."""

    turn: int
    kind: StepKind
    concept: str
    before: Fact | None = None
    after: Fact | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one person.

    ``facts`` are what the answer of the last turn rests on, with what that turn supposes; ``supposed`` are those that
    hold for it only. ``trail`` has every step of every turn, also of a person who was spoken of before; ``first`` is
    the turn with which this person's case began.
    """

    facts: Facts
    trail: tuple[Step, ...] = ()
    supposed: tuple[Fact, ...] = ()
    first: int = 0
