"""Words that point back: "my boyfriend uses laughing gas. I've never touched it." denies what was just named."""

from __future__ import annotations

import re

from bedside.facts.context import Status
from bedside.facts.fact import Fact, Kind, Presence, Subject
from bedside.facts.mentions import Mention
from bedside.facts.reading import Reading
from bedside.text.span import Span

_REACH = 200  # characters back to the name
_NEVER = re.compile(
    r"\b(?:i|i've|ive|i have|we|she|he|she's|he's|she has|he has|patient|personally)\s"
    r"(?:(?:have |has |had )?(?:never|not ever|not)|don't|dont|do not|doesn't|doesnt|does not|didn't|haven't|havent"
    r"|hasn't|have not|has not)\s(?:once |ever |even |actually |personally |really |had or )?"
    r"(?:touch|touched|use|used|tried|try|take|taken|took|do|done|had|have|inhale|inhaled|go near|gone near|been on"
    r"|been near)\s"
    r"(?:it|them|that|those|any(?: of (?:it|them|that))?|the stuff|that stuff|one|either)\b"
)


_NOT_ME = re.compile(
    r"\b(?:i don't|i dont|i do not|i haven't|i havent|not me)(?: have (?:it|that|this|any|either))?"
    r"(?: myself)?\s?(?=[.,;!]|$)"
)


def not_mine(reading: Reading) -> list[Fact]:
    """What a relative has and the patient has not: "my sister and my nan have vitiligo. I don't."."""
    facts = []
    concepts = reading.vocabulary.lexicon.concepts
    for match in _NOT_ME.finditer(reading.folded):
        span = Span(*match.span())
        earlier = reading.sentence(max(0, reading.sentence(span.start).start - 2))
        for mention in reading.mentions_in(Span(earlier.start, span.start))[-1:]:
            theirs = reading.context.subject(mention.span) is Subject.RELATIVE
            if theirs and concepts[mention.concept].kind is Kind.CONDITION:
                facts.append(reading.fact(mention.concept, Kind.CONDITION, span, Status(Presence.ABSENT)))
    return facts


def pointed_back(reading: Reading) -> list[Fact]:
    """The denials of a medicine or exposure named just before, for the patient."""
    facts = []
    for match in _NEVER.finditer(reading.folded):
        span = Span(*match.span())
        mention = _named_before(reading, span)
        if mention is not None and reading.context.subject(span) is Subject.PATIENT:
            facts.append(reading.fact(mention.concept, Kind.DRUG, span, Status(Presence.ABSENT)))
    return facts


def _named_before(reading: Reading, span: Span) -> Mention | None:
    """The last medicine or exposure named shortly before *span*; None when it is given by a route of its own."""
    concepts = reading.vocabulary.lexicon.concepts
    near = reading.mentions_in(Span(max(0, span.start - _REACH), span.start))
    for mention in reversed(near):
        concept = concepts[mention.concept]
        if concept.kind is Kind.DRUG and mention.how == "":
            return None if concept.routed else mention
    return None
