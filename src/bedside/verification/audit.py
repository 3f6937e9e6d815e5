"""The audit of an article: every claim with its verdict and its passage, and the findings on the article itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bedside.verification.article_checks.finding import ArticleFinding, Weight
from bedside.verification.claims import CHECKED, Claim, ClaimKind
from bedside.verification.document import Document
from bedside.verification.reference_list import Reference
from bedside.verification.verdict import SHOWN, Finding, Verdict


class Held(Protocol):
    """What one passage says of a claim."""

    @property
    def verdict(self) -> Verdict:
        """The verdict of that passage."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What decided it."""

    @property
    def coverage(self) -> float:
        """The share of the claim's content that one place of the passage holds, 0 to 1."""


class Ruling(Protocol):
    """What several passages say of a claim: the verdict, the judgement that gave it, the id of its passage ("" for
    none), and the reason in one plain sentence."""

    @property
    def verdict(self) -> Verdict:
        """The verdict of all passages together."""

    @property
    def judgement(self) -> Held:
        """The judgement that gave it."""

    @property
    def against(self) -> str:
        """The id of the passage."""

    @property
    def reason(self) -> str:
        """The reason in one plain sentence."""


Judge = Callable[[str, Sequence[tuple[str, str]]], Ruling]
"""A claim and passages (id, text) to a ruling."""

Search = Callable[[str], Sequence[tuple[str, str]]]
"""A claim to the passages (id, text) that may speak to it, best first; empty where there are none."""


@dataclass(frozen=True, slots=True)
class Against:
    """The passage a claim was held against: its id, its words, and where they come from in one line ("" unknown)."""

    id: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class AuditedClaim:
    """A claim with its verdict, the reason in one plain sentence, and what it was held against (None: nothing found).

    ``considered`` are the ids of all passages that were found for it, best first. ``coverage`` is 0 to 1.
    """

    claim: Claim
    verdict: Verdict
    reason: str
    against: Against | None = None
    findings: tuple[Finding, ...] = ()
    coverage: float = 0.0
    considered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """An article with the verdict on each of its pieces, in order, and what was found in the article itself."""

    document: Document
    claims: tuple[AuditedClaim, ...]
    findings: tuple[ArticleFinding, ...]
    references: tuple[Reference, ...] = ()

    @property
    def checked(self) -> tuple[AuditedClaim, ...]:
        """The claims and the advice: what was held against sources."""
        return tuple(each for each in self.claims if each.claim.kind in CHECKED)

    @property
    def verdicts(self) -> Mapping[Verdict, int]:
        """How many claims have each verdict, every verdict on a claim named."""
        counted = Counter(each.verdict for each in self.checked)
        return {verdict: counted[verdict] for verdict in Verdict if verdict is not Verdict.NOT_A_CLAIM}

    @property
    def kinds(self) -> Mapping[ClaimKind, int]:
        """How many pieces are of each kind."""
        counted = Counter(each.claim.kind for each in self.claims)
        return {kind: counted[kind] for kind in ClaimKind}

    @property
    def weights(self) -> Mapping[Weight, int]:
        """How many findings on the article itself are of each weight."""
        counted = Counter(finding.weight for finding in self.findings)
        return {weight: counted[weight] for weight in Weight}

    @property
    def clean(self) -> bool:
        """Whether every claim stands on a source and the article has no fault of its own."""
        return not self.weights[Weight.FAULT] and all(each.verdict in SHOWN for each in self.checked)
