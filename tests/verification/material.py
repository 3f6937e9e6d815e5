"""What the checks are tested with: the words and units that ship."""

from __future__ import annotations

from functools import cache

from bedside.facts.units import Units
from bedside.ingest.compiled import CompiledContent
from bedside.verification.terms import Terms


@cache
def shipped_terms() -> Terms:
    """The words of the checks as the shipped content has them."""
    vocabulary = CompiledContent.open().indexed_vocabulary()
    return Terms.from_mapping(vocabulary, Units.from_mapping(vocabulary["units"], vocabulary["analytes"]))
