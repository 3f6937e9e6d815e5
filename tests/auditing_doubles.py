"""A judge and a search to audit with: what they say is told beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bedside.verification.verdict import Finding, Verdict


@dataclass(frozen=True)
class Said:
    """The judgement of one passage."""

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    coverage: float = 0.5


@dataclass(frozen=True)
class Ruled:
    """The ruling of all passages."""

    verdict: Verdict
    judgement: Said
    against: str
    reason: str


class ToldJudge:
    """Gives each claim that holds a word its verdict, and every other one "unsupported"."""

    def __init__(self, verdicts: Mapping[str, Verdict]) -> None:
        self.verdicts = verdicts
        self.asked: list[str] = []

    def __call__(self, claim: str, passages: Sequence[tuple[str, str]]) -> Ruled:
        """The ruling that was told, on the first passage."""
        self.asked.append(claim)
        verdict = next((verdict for word, verdict in self.verdicts.items() if word in claim), Verdict.UNSUPPORTED)
        finding = Finding("told", verdict, f"told so of {claim}")
        return Ruled(verdict, Said(verdict, (finding,)), passages[0][0], f"The judge was told {verdict.value}.")


def found(claim: str) -> list[tuple[str, str]]:
    """Two passages for everything but what speaks of zinc."""
    return [] if "inc" in claim else [("p1", f"A passage on {claim}"), ("p2", "Another <b>passage</b>.")]
