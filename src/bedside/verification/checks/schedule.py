"""Schedule: a dose keeps how often it is given; "2 mg twice daily, then 1 mg daily" holds no 2 mg daily."""

from __future__ import annotations

from collections.abc import Iterator

from bedside.text.matching import Figure
from bedside.verification.checks.numbers import same_figure
from bedside.verification.pair import Pair
from bedside.verification.reading import Mark, Said
from bedside.verification.terms import Part
from bedside.verification.verdict import Finding, Verdict

_NEXT = 14
"""Characters from an amount to the words that say how often: "2 mg (1 tablet) daily" is read, a clause is not."""


def schedule(pair: Pair) -> Iterator[Finding]:
    """An amount that the window gives with other frequencies only."""
    for figure in pair.claim.figures:
        mine = _how_often(figure, pair.claim)
        if mine is None or not figure.unit:
            continue
        same = [other for other in pair.window.figures if same_figure(figure, other, pair.terms.units)]
        theirs = [found for other in same if (found := _how_often(other, pair.window)) is not None]
        if theirs and not any(found[0] == mine[0] for found in theirs):
            said, there = pair.mine(mine[1].span), pair.theirs(theirs[0][1].span)
            message = f"gives {pair.mine(figure.span)} {said!r}, the passage {there!r}"
            yield Finding("frequency", Verdict.CONTRADICTED, message, mine[1].span, theirs[0][1].span, pair.against)


def _how_often(figure: Figure, said: Said) -> tuple[str, Mark] | None:
    """The frequency that stands just behind an amount, and its words."""
    for mark, role in said.of(Part.SLOT):
        if role.name == "frequency" and 0 <= mark.start - figure.span.end <= _NEXT:
            return str(role.value), mark
    return None
