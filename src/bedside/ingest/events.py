"""What comes out of a file of records beside the records themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Removal:
    """The file says that the record of this PMID is to be removed from a library."""

    pmid: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that could not be read. It is left out whole: nothing of it was handed on.

    ``number`` counts the entries of the file from 1. ``identifier`` is the PMID (or other identifier) where it could
    be seen, else "". ``reason`` says why, and the line of the file where that is known.
    """

    file: str
    number: int
    identifier: str
    reason: str
