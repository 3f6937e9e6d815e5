"""Polarity: "not", "without" and "avoid" must survive from the statement into the sentence, and none may be added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bedside.protocol.strength import Strength
from bedside.text.matching import matching_form
from bedside.verification.verdict import Finding, Verdict

_NEGATION = re.compile(
    r"\b(?:not|no|none|never|without|avoid(?:s|ed|ing)?|neither|nor|cannot|nobody|nothing|instead of|unlikely|"
    r"exclude(?:s|d)?|contraindicated|rather than|stop(?:s|ped|ping)?|unless|only|before|absent|lack(?:s|ing)?|"
    r"missing|rule(?:s|d)? out|less|fewer|normal|hide(?:s)?)\b"
)
_PROHIBITION = re.compile(r"\b(?:not|no|never|avoid(?:s|ed|ing)?|without|cannot|contraindicated|neither|nor)\b")


def negations(text: str) -> tuple[str, ...]:
    """The negating words of a text, in order."""
    return tuple(_PROHIBITION.findall(matching_form(text)))


def same_wording(text: str, statement_text: str, against: str) -> Iterator[Finding]:
    """A sentence in the statement's own wording carries exactly its negations."""
    here, there = negations(text), negations(statement_text)
    if here != there:
        message = f"negations differ: {', '.join(here) or 'none'} against {', '.join(there) or 'none'}"
        yield Finding("polarity", Verdict.CONTRADICTED, message, against=against)


def other_wording(text: str, statement_text: str, strength: Strength, against: str) -> Iterator[Finding]:
    """The plain wording of a negated clinical one is negated too, in whatever words; a "do not" stays a "do not"."""
    if strength is Strength.DO_NOT and not negations(text):
        yield Finding("polarity", Verdict.CONTRADICTED, "a 'do not' lost its negation", against=against)
    elif negations(statement_text) and not _NEGATION.search(matching_form(text)):
        message = f"the negation {negations(statement_text)[0]!r} of the clinical wording is lost"
        yield Finding("polarity", Verdict.CONTRADICTED, message, against=against)
