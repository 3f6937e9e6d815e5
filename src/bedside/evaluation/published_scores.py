"""What others reached on the public claim sets, each with its set-up: none is quite the one measured here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

PUBLISHED: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "scifact": (
            "none found of this set-up (the abstract given, three labels); VeriSci (Wadden 2020) and MultiVerS (2021)",
            "are scored on abstracts they also have to find",
        ),
        "healthver": (
            "T5 0.796 F1, SciBERT 0.772 F1: trained on the 10,590 training pairs, judged on the test pairs",
            "(the set's own repository)",
        ),
        "check_covid": (
            "a system trained on the set 0.770 F1, GPT-3.5 0.699 F1: the test claims (Wang 2023, abstract)",
        ),
        "nli4ct": (
            "2023 test statements, F1 of entailment, trained on the set: THiFLY 0.856 (the best), BioLinkBERT ensemble",
            "0.709 (sixth of 30; Chen 2023), ClinicalBERT similarity 0.64 (Neves 2023); most systems were not",
            "significantly better than the majority class (task report, 2023)",
        ),
    }
)
"""Set -> lines to print beside our scores."""
