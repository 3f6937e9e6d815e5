"""How strongly, on what evidence, and for whose practice a recommendation is made."""

from __future__ import annotations

from enum import StrEnum


class Strength(StrEnum):
    """How strongly the source puts it, by the source's own verb. Never raised."""

    DO = "do"
    CONSIDER = "consider"
    DO_NOT = "do-not"
    INFORMATION = "information"


class Level(StrEnum):
    """Evidence level (section 1.3 of the B12 specification)."""

    A = "A"  # randomised trial or systematic review
    B = "B"  # cohort, or a small or indirect trial
    C = "C"  # guideline committee consensus or national formulary
    D = "D"  # product label
    E = "E"  # education summary, local guidance or expert opinion
    X = "X"  # bedside's own safety rule


class Jurisdiction(StrEnum):
    """Whose practice it is. GB and US are never mixed; INT is evidence that belongs to neither."""

    GB = "GB"
    US = "US"
    INT = "INT"
    LOCAL = "local"
