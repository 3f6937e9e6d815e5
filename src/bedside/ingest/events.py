"""What comes out of a file of records beside the records themselves."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.evidence.skipped import Skipped

__all__ = ["Removal", "Skipped"]


@dataclass(frozen=True, slots=True)
class Removal:
    """The file says that the record of this PMID is to be removed from a library."""

    pmid: str
