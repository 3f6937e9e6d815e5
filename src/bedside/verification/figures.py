"""Figures: every number of a sentence must have its birthplace, with the same unit, comparator and range."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from bedside.article.article import Sentence
from bedside.text.matching import Figure, UnitTokens
from bedside.text.matching import figures as read_figures
from bedside.verification.verdict import Finding, Verdict

figures = lru_cache(maxsize=8192)(read_figures)
"""The figures of a text; remembered, for sentences recur from answer to answer."""

Key = tuple[Decimal, Decimal | None, str, str]


def claim_figures(text: str, statement_text: str, units: UnitTokens, against: str) -> Iterator[Finding]:
    """A claim takes its numbers from its statement: none added, none dropped, none changed."""
    here = {_key(figure): figure for figure in figures(text, units)}
    there = {_key(figure): figure for figure in figures(statement_text, units)}
    for key, figure in here.items():
        if key not in there:
            message = f"{figure.span.of(text)!r} is not in the statement"
            yield Finding("figures", Verdict.WRONG_FIGURE, message, here=figure.span, against=against)
    for key, figure in there.items():
        if key not in here:
            message = f"{figure.span.of(statement_text)!r} of the statement is missing"
            yield Finding("figures", Verdict.WRONG_FIGURE, message, there=figure.span, against=against)


def patient_figures(sentence: Sentence, text: str, units: UnitTokens) -> Iterator[Finding]:
    """A patient sentence takes its numbers from facts, conversions and limits, which it names."""
    printed = [figure for birth in sentence.births for figure in figures(birth.printed, units)]
    born = {number for figure in printed for number in (figure.value, figure.upper)}
    for figure in figures(text, units):
        if not {figure.value, figure.upper} <= born | {None}:
            message = f"{figure.span.of(text)!r} comes from no fact, conversion or limit"
            yield Finding("figures", Verdict.WRONG_FIGURE, message, here=figure.span)


def frame_figures(text: str, units: UnitTokens) -> Iterator[Finding]:
    """A frame has no numbers of its own."""
    for figure in figures(text, units):
        message = f"the frame states {figure.span.of(text)!r}"
        yield Finding("figures", Verdict.WRONG_FIGURE, message, here=figure.span)


def _key(figure: Figure) -> Key:
    upper = None if figure.upper is None else figure.upper.normalize()
    return (figure.value.normalize(), upper, figure.unit, figure.sign)
