"""The rule of the aid: it may lower confidence in a verdict, and never raise it."""

from __future__ import annotations

from bedside.verification.aid.claim_aid import Probabilities
from bedside.verification.verdict import Verdict

DOUBTED = 0.5
"""A supported claim is doubted where the aid finds support less likely than this."""


def lowered(verdict: Verdict, probabilities: Probabilities) -> Verdict:
    """*verdict*, or QUALIFIED where the checks found support and the aid doubts it.

    Every other verdict stays as it is: what the checks refused stays refused, whatever the probabilities say. What is
    no probability (NaN) is a doubt.
    """
    if verdict is Verdict.SUPPORTED and not probabilities.support >= DOUBTED:
        return Verdict.QUALIFIED
    return verdict
