"""The editorial policy, read from the program itself: which checks there are, what is shown, how sources rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bedside.evidence.hierarchy import Hierarchy
from bedside.protocol.run import OF_REGION
from bedside.question.question import Region
from bedside.rendering.citations import KIND_LABELS
from bedside.rendering.public.words import COUNTRIES
from bedside.review.state import State
from bedside.verification.checks.classes import members_kept
from bedside.verification.figures import claim_figures, frame_figures, patient_figures
from bedside.verification.judging import CHECKS
from bedside.verification.polarity import other_wording, same_wording
from bedside.verification.provenance import provenance
from bedside.verification.quotation import quotation
from bedside.verification.strength import prescribers_voice, strength_kept
from bedside.verification.verdict import SHOWN, Verdict

_GATE = (
    provenance,
    claim_figures,
    patient_figures,
    frame_figures,
    same_wording,
    other_wording,
    members_kept,
    strength_kept,
    prescribers_voice,
    quotation,
)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name in the program, and what it looks for in the program's own words."""

    name: str
    looks_for: str


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One verdict, and whether a sentence with it is shown."""

    name: str
    shown: bool


def gate_checks() -> tuple[Check, ...]:
    """The checks of the gate that every sentence of an answer passes."""
    return tuple(_check(each) for each in _GATE)


def passage_checks() -> tuple[Check, ...]:
    """The checks that hold a sentence against a passage."""
    return tuple(_check(each) for each in CHECKS)


def _check(function: Callable[..., Iterable[object]]) -> Check:
    said = (function.__doc__ or "").strip().split("\n\n")[0]
    return Check(function.__name__, " ".join(said.split()))


def verdicts() -> tuple[VerdictLine, ...]:
    """Every verdict, from best to worst."""
    return tuple(VerdictLine(verdict.value, verdict in SHOWN) for verdict in Verdict)


def order_of_evidence(written: str) -> tuple[str, ...]:
    """The kinds of document, the one that weighs most first, by the order the settings name ("" for the usual one)."""
    return tuple(KIND_LABELS[kind] for kind in Hierarchy.parse(written).order)


def shown_for(region: str) -> tuple[str, ...]:
    """Whose rules a region shows."""
    return tuple(COUNTRIES[jurisdiction] for jurisdiction in OF_REGION[Region(region)])


REVIEW_STATES = tuple(state.value for state in State)
"""The states that a statement, rule or pattern can have."""
