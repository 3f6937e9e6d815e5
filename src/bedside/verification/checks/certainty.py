"""Certainty: a claim may be weaker than its passage, never stronger; a link is not a cause."""

from __future__ import annotations

from collections.abc import Iterator

from bedside.text.span import NOWHERE
from bedside.verification.pair import Pair
from bedside.verification.reading import Mark
from bedside.verification.terms import Part
from bedside.verification.verdict import Finding, Verdict

_ALIKE = 0.8
_LEAST = 0.4  # of a clause's content must be repeated before its hedge must be kept


def certainty(pair: Pair) -> Iterator[Finding]:
    """A hedge that was lost, an order that was added, a cause made of a link."""
    yield from _hedge(pair)
    yield from _order(pair)
    causes = [mark for mark, _ in pair.claim.of(Part.CAUSE)]
    if causes and any(pair.window.of(Part.LINK)) and not any(pair.window.of(Part.CAUSE)):
        links = [mark for mark, _ in pair.window.of(Part.LINK)]
        yield _finding(pair, "a link in the passage is made a cause", causes[0], links[0])


def _hedge(pair: Pair) -> Iterator[Finding]:
    mine = min((int(role.value) for _, role in pair.claim.of(Part.WEAK)), default=9)
    for mark, role in pair.window.of(Part.WEAK):
        if mine > int(role.value) and pair.clauses.get(mark.clause, 0.0) >= _LEAST:
            yield _finding(pair, f"the passage says {pair.theirs(mark.span)!r}, which is left out", None, mark)
            return


def _order(pair: Pair) -> Iterator[Finding]:
    theirs = max((int(role.value) for _, role in pair.window.of(Part.STRONG)), default=-1)
    alike = pair.likeness >= _ALIKE
    for mark, role in pair.claim.of(Part.STRONG):
        if int(role.value) > theirs or (alike and mark.key not in pair.window.keys):
            yield _finding(pair, f"{pair.mine(mark.span)!r} is stronger than the passage", mark, None)
            return


def _finding(pair: Pair, message: str, here: Mark | None, there: Mark | None) -> Finding:
    return Finding(
        "certainty",
        Verdict.OVERSTATED,
        message,
        here.span if here else NOWHERE,
        there.span if there else NOWHERE,
        pair.against,
    )
