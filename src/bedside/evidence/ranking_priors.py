"""What speaks for a candidate beside its words: its section, the kind of its source, its year, how it stands.

Each is a factor near 1, so it parts candidates that are nearly alike and never carries one that is beside the point.
Where nothing is known of a candidate the factor is the same for all, and the order is that of the words.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from bedside.evidence.candidate import Candidate
from bedside.evidence.hierarchy import BOOSTS, boost
from bedside.evidence.source import SourceKind, SourceStatus

_TELLS = re.compile(r"result|finding|outcome|efficacy|conclu|recommend", re.IGNORECASE)
_PREPARES = re.compile(
    r"method|material|statist|ethic|acknow|interest|contrib|funding|design|protocol|particip|procedure|measure",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(r"backgr|introd|object|aim", re.IGNORECASE)

_YEARS = 10
"""Years after which a source is half as recent."""
_MOST_RECENT = 0.015
_EVIDENCE = 0.25
"""The part of the hierarchy's factor that a search takes: at full size a trial would pass what fits a sixth better."""
MOST = (1.0 + _EVIDENCE * (max(BOOSTS) / boost(SourceKind.REFERENCE) - 1.0)) * (1.0 + _MOST_RECENT)
"""The most that the kind of source, its year and how it stands can make of a score of 1."""
_STANDING = {
    SourceStatus.SUPERSEDED: 0.7,
    SourceStatus.RETRACTED: 0.3,
    SourceStatus.CONCERN: 0.8,
    SourceStatus.DUE: 0.97,
}


@lru_cache(maxsize=4096)
def section(heading: str) -> float:
    """From 1 for a section that tells results or recommends, over 0, to -1 for one on methods or formalities."""
    if _TELLS.search(heading):
        return 1.0
    if _PREPARES.search(heading):
        return -1.0
    return -0.5 if _INTRODUCES.search(heading) else 0.0


def evidence(candidate: Candidate) -> float:
    """The factor of the kind of source, 1 for documents of which no kind is known."""
    return 1.0 + _EVIDENCE * (boost(candidate.kind) / boost(SourceKind.REFERENCE) - 1.0)


def recency(candidate: Candidate, year: int) -> float:
    """The factor of the year, from 1 for old or unknown to 1.015 for *year*."""
    if not candidate.year or not year:
        return 1.0
    halvings: float = max(year - candidate.year, 0) / _YEARS
    return 1.0 + _MOST_RECENT * math.pow(0.5, halvings)


def standing(candidate: Candidate) -> float:
    """The factor of how the source stands: less than 1 for what was superseded, retracted or is in doubt."""
    return _STANDING.get(candidate.status, 1.0)
