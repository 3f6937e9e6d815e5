"""What was left out of an import, and why."""

from __future__ import annotations

from dataclasses import dataclass


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
