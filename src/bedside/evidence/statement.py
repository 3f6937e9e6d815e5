"""The statement: our own wording of one recommendation or fact, tied to its source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bedside.protocol.strength import Jurisdiction, Level, Strength


class Basis(StrEnum):
    """What the wording rests on. Only VERBATIM may say "checked against the source text"."""

    VERBATIM = "verbatim"
    READ = "read"
    SECONDHAND = "secondhand"
    OWN_RULE = "own-rule"  # cites bedside-safety: no document stands behind it


@dataclass(frozen=True, slots=True)
class Citation:
    """A source key and where in that source (recommendation number, section, table, abstract)."""

    source: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One recommendation or fact in our own words, in a clinical and a plain wording.

    ``id`` is ``topic/name``. ``unconfirmed`` is true where two reviews could not settle wording, strength or number
    against the original (the "(check)" mark): it is shown as unconfirmed. ``dose`` is true when the wording states a
    dose to use, ``dose_fact`` when it names one only as a fact (of a study, a label, a condition).
    ``clinicians_only`` is true for what patients and carers are not shown: doses that only professionals give;
    ``patients_only`` for what nobody else is shown: what a person may not do without the clinic.
    ``guards`` names the statements whose advice this caution protects: if this one fails its check, they are
    withheld. ``where`` is the content file and line.
    """

    id: str
    clinical: str
    plain: str
    citations: tuple[Citation, ...]
    strength: Strength
    jurisdiction: Jurisdiction
    level: Level
    basis: Basis
    unconfirmed: bool = False
    dose: bool = False
    dose_fact: bool = False
    clinicians_only: bool = False
    patients_only: bool = False
    population: str = ""
    guards: tuple[str, ...] = ()
    heading: str = ""
    checked_on: str = ""
    next_check: str = ""
    passage: str = ""
    where: str = ""
