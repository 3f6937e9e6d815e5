"""Results in words: "positive", "normal", "not done", before or behind the name of a test."""

from __future__ import annotations

from dataclasses import replace

from bedside.facts.fact import Fact, Kind, Presence
from bedside.facts.mentions import Mention
from bedside.facts.reading import Reading
from bedside.text.span import Span

_B12 = "total_b12"
_RESULT_GAP = 4  # words between a test and its result
_FORWARD, _BACK = 60, 40  # characters looked at behind and before the test


def in_words(reading: Reading, mention: Mention) -> Fact | None:
    """A result in words beside the test, before or after it."""
    concept = reading.vocabulary.lexicon.concepts[mention.concept]
    if not concept.words or mention.how == "about":
        return None
    sentence = reading.sentence(mention.span.end - 1)
    hit = _result_after(reading, mention, sentence) or _result_before(reading, mention, sentence)
    if concept.presence:
        status = reading.status(mention.span)
        result = hit or ("absent" if status.presence is Presence.ABSENT else "present")
        return (
            None
            if status.asked
            else replace(
                reading.fact(mention.concept, Kind.LAB, mention.span), result=result, presence=Presence.PRESENT
            )
        )
    if hit is None or (concept.analyte and hit == "not done"):
        return None
    fact = reading.fact(mention.concept, Kind.LAB, mention.span)
    return (
        None
        if fact.presence is Presence.UNKNOWN and hit != "not done"
        else replace(fact, result=hit, presence=Presence.PRESENT)
    )


def _result_after(reading: Reading, mention: Mention, sentence: Span) -> str | None:
    for hit in reading.phrases("results", Span(mention.span.end, min(sentence.end, mention.span.end + _FORWARD))):
        gap = reading.words[mention.last : hit.first]
        if len(gap) <= _RESULT_GAP and all(
            w.norm in reading.vocabulary.fillers or w.norm in ("were", "all", "antibodies", "and") for w in gap
        ):
            commas = any(w.norm == "," for w in gap)
            return None if commas else _negated(reading, mention.last, hit.first, hit.payload)
        return None
    return None


def _negated(reading: Reading, first: int, last: int, result: str) -> str | None:
    denied = any(word.norm in ("not", "isnt", "wasnt") for word in reading.words[first:last])
    return ("abnormal" if result == "normal" else None) if denied else result


def _result_before(reading: Reading, mention: Mention, sentence: Span) -> str | None:
    hits = reading.phrases("results", Span(max(sentence.start, mention.span.start - _BACK), mention.span.start))
    if not hits:
        return None
    gap = reading.words[hits[-1].last : mention.first]
    joined = all(word.norm in ("for", "an", "a", "serum", "my") for word in gap)
    followed = mention.last < len(reading.words) and reading.words[mention.last].norm in ("level", "levels")
    # "low B12" names the problem people ask about, and says nothing a number would.
    if mention.concept == _B12 and hits[-1].payload in ("low", "raised") and not followed:
        return None
    return hits[-1].payload if joined else None
