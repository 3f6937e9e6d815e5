"""The figures of a claim and its evidence that the aid judges by."""

from __future__ import annotations

from bedside.verification.aid.alignment import Alignment, align
from bedside.verification.aid.number_figures import number_figures
from bedside.verification.aid.overlap_figures import overlap_figures
from bedside.verification.aid.sense_figures import sense_figures


def features(claim: str, evidence: str) -> dict[str, float]:
    """Every figure by its name, the same names in the same order for any two texts."""
    return features_of(align(claim, evidence))


def features_of(laid: Alignment) -> dict[str, float]:
    """Every figure of an alignment by its name."""
    return dict((*overlap_figures(laid), *sense_figures(laid), *number_figures(laid)))
