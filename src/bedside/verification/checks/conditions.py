"""Conditions: advice that holds in some cases is not made to hold in all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bedside.text.span import Span
from bedside.verification.pair import Pair
from bedside.verification.verdict import Finding, Verdict

# What stands before the first comma, and from "if" or "unless" to the next mark.
_LEADING = re.compile(
    r"\s*(?:[A-Z]{4,}:\s*)?(?:if|when|whenever|where|while|unless|until|once|with|without|in|on|during|after|before|for|at|among|"
    r"under|because of|provided)\b[^,;:.()]{3,160},",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?<=[\s,(])(?:only if|if|unless|except|provided|only when|as long as)\b[^,;.()]{3,160}", re.IGNORECASE
)
_MOST_LEFT = 0.34  # of its words may remain before a condition counts as kept
_SAID = 0.6  # of what it conditions must be said before it is missed


def conditions(pair: Pair) -> Iterator[Finding]:
    """A condition of the passage that the claim leaves out while it says what depends on it."""
    text = pair.window.span.of(pair.passage.text)
    spans = [match.span() for match in (_LEADING.match(text), *_TRAILING.finditer(text)) if match]
    for start, end in spans:
        span = Span(pair.window.span.start + start, pair.window.span.start + end)
        inside = [mark for mark in pair.window.marks if span.start <= mark.start < span.end and not mark.general]
        outside = [mark for mark in pair.window.marks if not span.start <= mark.start < span.end and not mark.general]
        figures = [figure for figure in pair.window.figures if span.start <= figure.span.start < span.end]
        if not (inside or figures) or not outside:
            continue
        kept = sum(mark.key in pair.claim.keys for mark in inside)
        kept += sum(any(f.value == mine.value for mine in pair.claim.figures) for f in figures)
        said = sum(mark.key in pair.claim.keys for mark in outside) / len(outside)
        if kept <= _MOST_LEFT * (len(inside) + len(figures)) and said >= _SAID:
            message = f"the passage says this {pair.theirs(span).rstrip(',')!r}, which is left out"
            yield Finding("condition", Verdict.OVERSTATED, message, there=span, against=pair.against)
            return
