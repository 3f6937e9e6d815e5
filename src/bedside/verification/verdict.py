"""The verdict on a sentence, and the findings it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bedside.text.span import NOWHERE, Span


class Verdict(StrEnum):
    """What the check says of a sentence, from best to worst of the claims."""

    NOT_A_CLAIM = "not-a-claim"
    SUPPORTED = "supported"
    QUALIFIED = "qualified"
    OVERSTATED = "overstated"
    UNSUPPORTED = "unsupported"
    WRONG_FIGURE = "wrong-figure"
    CONTRADICTED = "contradicted"


SHOWN = frozenset({Verdict.NOT_A_CLAIM, Verdict.SUPPORTED, Verdict.QUALIFIED})
"""Only these are shown; the check fails closed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check noticed. ``here`` is a span of the sentence, ``there`` of the statement it cites."""

    check: str
    verdict: Verdict
    message: str
    here: Span = NOWHERE
    there: Span = NOWHERE
    against: str = ""


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """The verdict on one sentence in one wording ("clinical", "plain", "carer"): the worst of its findings."""

    sentence: str
    wording: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A sentence that is not shown: because it failed itself (``caution`` is "") or because the caution that
    guards it failed. A caution is never withheld alone."""

    sentence: str
    reason: str
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Every verdict, and what was withheld by name."""

    verdicts: tuple[SentenceVerdict, ...] = ()
    withheld: tuple[Withheld, ...] = ()
