"""What a trial record says of a claim by its counts, results and criteria alone: rules, nothing that was learnt."""

from __future__ import annotations

from collections.abc import Mapping

from bedside.verification.aid.trial_figures import QUESTIONS, trial_figures
from bedside.verification.aid.trial_record import read_record

_AGAINST, _TOUCHED, _ADMITTED = -0.5, 0.45, 0.2
_GRADED = ("criterion", "measured")  # answered by how much is found, not by yes or no
LIKELY, OPEN, UNLIKELY = 0.55, 0.4, 0.3


def trial_support(claim: str, evidence: str) -> float | None:
    """How likely a trial record supports *claim* rather than refutes it, in three steps; None where it is no record.

    Unlikely where one question is answered against it; likely where one is answered for it, where it denies something
    and nothing speaks against that, or where most of it is found in the part it is about.
    """
    if not read_record(evidence):
        return None
    return support_of(dict(trial_figures(claim, evidence)))


def support_of(figures: Mapping[str, float]) -> float:
    """The same from the figures of a trial record."""
    answers = [figures[f"trial: {name}"] for name in QUESTIONS if name not in _GRADED]
    if min(answers) <= _AGAINST:
        return UNLIKELY
    told = max(answers) > 0 or figures["trial: denied"] > 0
    found = figures["trial: inside"] > _TOUCHED or figures["trial: criterion"] > _ADMITTED
    return LIKELY if told or found else OPEN
