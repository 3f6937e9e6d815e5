"""The fact: one thing known about the patient, and where it was read.

*Unknown is a value*: a concept nobody mentioned has no fact, and reads as unknown, never as absent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bedside.text.span import NOWHERE, Span


class Kind(StrEnum):
    """What sort of thing a concept is (section 20 of the vitamin B12 specification)."""

    LAB = "lab"
    DRUG = "drug"
    SYMPTOM = "symptom"
    CONDITION = "condition"
    DEMOGRAPHIC = "demographic"


class Presence(StrEnum):
    """Whether the thing is there. UNKNOWN is for something mentioned whose presence the text leaves open."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Subject(StrEnum):
    """Whose fact it is."""

    PATIENT = "patient"
    RELATIVE = "relative"
    INFANT = "infant"
    OTHER = "other"


class When(StrEnum):
    """When it holds. PLANNED is treatment proposed or arranged but not started."""

    CURRENT = "current"
    PAST = "past"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"


class Course(StrEnum):
    """How a symptom is going."""

    NEW = "new"
    WORSENING = "worsening"
    STABLE = "stable"
    IMPROVING = "improving"
    RESOLVED = "resolved"
    UNKNOWN = "unknown"


class Comparator(StrEnum):
    """The sign before a number."""

    EQUAL = "="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as written.

    ``unit`` is a normalised token of ``content/units.yaml`` or ``""`` when none was written.
    ``upper`` is the top of a written range ("250 to 300"), else None. ``written`` is the author's own spelling.
    """

    value: Decimal
    unit: str
    comparator: Comparator = Comparator.EQUAL
    upper: Decimal | None = None
    written: str = ""


SUPPOSED, EDITED = "supposed", "edited"
"""The source of a fact that holds for one turn only, and of one that was set by hand."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact came from: the words of a turn (0 is the first), a chart, an edit by the reader (``EDITED``), or
    words that only suppose it (``SUPPOSED``)."""

    source: str = "question"
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known. ``concept`` is the bare name (``nitrous_oxide``); prefixes such as ``past_`` are made by
    :mod:`bedside.facts.projection` from ``subject`` and ``when``.

    A laboratory result has a ``quantity`` or a ``result`` in words ("positive", "normal"). A drug has its dose as
    ``quantity`` or none. A frequency or a category (sex, jurisdiction) is a ``result``. ``assay`` is ``"stated"``
    when the text names which of two tests was done (total or active B12), else ``""``.
    ``observed_on`` is an ISO date, or the words used ("in March"), or ``""``. ``order`` ranks several values of one
    concept in time: higher is newer. ``internal`` facts serve rules only and are left out of the projection.
    """

    concept: str
    kind: Kind
    presence: Presence = Presence.PRESENT
    subject: Subject = Subject.PATIENT
    when: When = When.CURRENT
    course: Course = Course.UNKNOWN
    quantity: Quantity | None = None
    result: str = ""
    assay: str = ""
    observed_on: str = ""
    order: int = 0
    origin: Origin = Origin()
    span: Span = NOWHERE
    text: str = ""
    internal: bool = False

    @property
    def supposed(self) -> bool:
        """Whether it holds for the answer of one turn only ("and if I were pregnant?")."""
        return self.origin.source == SUPPOSED


class ConcernKind(StrEnum):
    """What is doubtful about a value that was read (table DQ and section 2.2 of the B12 specification)."""

    REJECTED = "rejected"  # outside the range any laboratory reports: refuse and ask
    IMPLAUSIBLE = "implausible"  # unusual: warn
    UNIT_MISSING = "unit-missing"
    ASSAY_UNSTATED = "assay-unstated"
    THOUSANDS_AMBIGUOUS = "thousands-ambiguous"
    DOSE_UNIT_DOUBTFUL = "dose-unit-doubtful"  # probable mg / mcg mistake, or IU
    CONFLICT = "conflict"  # two current values of one date that disagree
    OTHER_INDICATION = "other-indication"  # 5 g hydroxocobalamin: the cyanide antidote


@dataclass(frozen=True, slots=True)
class Concern:
    """A doubt about a value, tied to the concept and the words it was read from."""

    kind: ConcernKind
    concept: str
    text: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything read about the patient, in the order of the text."""

    items: tuple[Fact, ...] = ()
    concerns: tuple[Concern, ...] = ()
    _index: dict[str, tuple[Fact, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        index: dict[str, list[Fact]] = {}
        for fact in self.items:
            index.setdefault(fact.concept, []).append(fact)
        self._index.update({concept: tuple(facts) for concept, facts in index.items()})

    def of(self, concept: str) -> tuple[Fact, ...]:
        """Every fact of one concept, whoever and whenever it is about."""
        return self._index.get(concept, ())

    def current(self, concept: str) -> Fact | None:
        """The newest fact that is about the patient now, or None. Newest wins (rule DQ5)."""
        newest = None
        for fact in self._index.get(concept, ()):
            if fact.subject is Subject.PATIENT and fact.when is When.CURRENT:
                rank = (fact.order, fact.origin.turn, fact.span.start)
                if newest is None or rank > newest[0]:
                    newest = (rank, fact)
        return None if newest is None else newest[1]

    def with_fact(self, fact: Fact) -> Facts:
        """A copy in which *fact* is added, newest of its concept."""
        copy = Facts((), self.concerns)
        object.__setattr__(copy, "items", (*self.items, fact))
        copy._index.update(self._index)
        copy._index[fact.concept] = (*self._index.get(fact.concept, ()), fact)
        return copy
