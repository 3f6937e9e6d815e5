"""The candidate: a passage an index offers for a query, with what the second stage needs to grade it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.evidence.source import SourceKind, SourceStatus

FIELDS = ("title", "heading", "text", "mesh")
"""The fields of a candidate that are searched, in the order in which their words are counted."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage (or a statement of ours) that may answer a query.

    ``id`` is the id of the passage or statement, ``source`` the key of its source. ``mesh`` holds the names of subject
    headings, the major ones first. ``year`` is 0 where it is not known. ``terms`` is what
    :func:`bedside.evidence.analysis.spaced` makes of the text (of each of its passages, joined), where the library
    keeps it, else "".
    """

    id: str
    source: str
    title: str
    heading: str
    text: str
    mesh: tuple[str, ...] = ()
    kind: SourceKind = SourceKind.REFERENCE
    design: str = ""
    year: int = 0
    status: SourceStatus = SourceStatus.CURRENT
    jurisdiction: str = "INT"
    position: int = 0
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; empty means all. ``since`` is the first year wanted, 0 for any."""

    kinds: frozenset[SourceKind] = frozenset()
    statuses: frozenset[SourceStatus] = frozenset()
    jurisdictions: frozenset[str] = frozenset()
    since: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of the whole library that the score rests on, the same on every adapter.

    ``size`` is the number of passages, ``frequencies`` for each term the number of passages that hold it, in whatever
    field. ``lengths`` is the mean length in words of each field (title, heading, text, mesh).
    """

    size: int
    frequencies: Mapping[str, int]
    lengths: Mapping[str, float]
