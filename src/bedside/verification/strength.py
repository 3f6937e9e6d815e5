"""Strength: a sentence is never stronger than the statement it stands on; "consider" stays "consider"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bedside.protocol.strength import Strength
from bedside.text.matching import matching_form
from bedside.text.span import Span
from bedside.verification.verdict import Finding, Verdict

STRONG = re.compile(r"\b(?:must|should|always|never|needs? to|has to|have to|required?|essential|mandatory)\b")
WEAK = re.compile(
    r"\b(?:consider(?:s|ed|ing)?|may|might|can|could|option(?:s|al)?|discuss(?:es|ed)?|think(?:s|ing)? about|weigh|"
    r"suggests?|suggested|judgement|choice|preferred|prefer|depends?|possible|accepted|acceptable|worth)\b"
)
_ORDER = re.compile(r"^(?:start|stop|take|increase|reduce|raise|lower|double|halve|switch|change)\b")


def strength_kept(text: str, strength: Strength, against: str) -> Iterator[Finding]:
    """CONSIDER keeps a weak verb; CONSIDER and INFORMATION never gain a strong one."""
    if strength not in (Strength.CONSIDER, Strength.INFORMATION):
        return
    form = matching_form(text)
    if strong := STRONG.search(form):
        message = f"{strong[0]!r} is stronger than {strength.value}"
        yield Finding("strength", Verdict.OVERSTATED, message, here=Span(*strong.span()), against=against)
    if strength is Strength.CONSIDER and not WEAK.search(form):
        yield Finding("strength", Verdict.OVERSTATED, "no 'consider', 'may' or 'can' is left", against=against)


def prescribers_voice(text: str, against: str) -> Iterator[Finding]:
    """A dose in the plain wording is what a prescriber would use, never an order to the reader."""
    form = matching_form(text)
    if "prescriber" not in form:
        yield Finding("dose-voice", Verdict.OVERSTATED, "a dose that is not said to be a prescriber's", against=against)
    if order := _ORDER.search(form):
        message = f"{order[0]!r} tells the reader to act on a dose"
        yield Finding("dose-voice", Verdict.OVERSTATED, message, here=Span(*order.span()), against=against)
