"""Results in words: "positive", "normal", "not done", before or behind the name of a test."""

from __future__ import annotations

import re
from dataclasses import replace

from bedside.facts.fact import Fact, Kind, Presence
from bedside.facts.mentions import Mention
from bedside.facts.reading import Reading
from bedside.text.phrases import Found
from bedside.text.span import Span

_B12 = "total_b12"
_RESULT_GAP = 4  # words between a test and its result
_FORWARD, _BACK = 90, 45  # characters looked at behind and before the test
_TOLD_GAP = 12  # words between a test and a result that is said to have come back
_HANDED_OVER = frozenset({"back", "is", "was", "are", "were", "returned", "tested", "be", "been", "as", "a", "show",
                          "showed", "shows", "being", "strongly", "weakly", "clearly", "found"})  # fmt: skip
_ASKING = frozenset({"is", "are", "was", "were", "isnt", "isn't", "arent", "aren't", "wasnt", "wasn't"})
_ASKED_GAP = 6  # words from the verb that asks to the test
_TELLING = frozenset({"came", "returned", "they", "he", "she", "said", "says", "told"})
_NONE = frozenset({"no", "not", "without", "never"})
_CLEAR = frozenset({"positive", "negative", "equivocal"})
# "nit+", "leuk+++", "nitrite 2+", "protein ++", "TPO (+)"; not the plus of "nitrite + leucocytes" or "TPO+TSH".
_PLUS = re.compile(r"(?:\+{1,4}|\s?\d\+|\s\+{2,4})(?![\w+])|\s\+(?=\s?(?:[.,;:)?]|$))|\s?\(\+{1,4}\)")
_BEFORE_TEST = frozenset({"for", "an", "a", "serum", "my", "on", "of", "the", "her", "his", "both", "result", "results",
                          "test", "tests", "anti", "blood", "antibodies", "to"})  # fmt: skip


def in_words(reading: Reading, mention: Mention) -> Fact | None:
    """A result in words beside the test, before or after it."""
    concept = reading.vocabulary.lexicon.concepts[mention.concept]
    if not concept.words or mention.how == "about":
        return None
    if _conjunction(reading, mention):
        return None
    sentence = reading.sentence(mention.span.end - 1)
    hit = (
        _plus(reading, mention)
        or _result_after(reading, mention, sentence)
        or _result_before(reading, mention, sentence)
    )
    if hit is not None and _asked_whether(reading, mention, sentence):
        return None
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


def _plus(reading: Reading, mention: Mention) -> str | None:
    """A plus sign as the result; one between two names joins them."""
    return "positive" if _PLUS.match(reading.folded, mention.span.end) else None


def _conjunction(reading: Reading, mention: Mention) -> bool:
    """Whether "If antibodies are positive" begins a condition and does not name intrinsic factor."""
    written = mention.span.of(reading.text)
    if not written.lower().startswith("if ") or written.startswith("IF"):
        return False
    behind = reading.words[mention.last].norm if mention.last < len(reading.words) else ""
    return written.startswith("If") or behind in ("are", "is", "were", "come", "came", "turn", "was")


def _asked_whether(reading: Reading, mention: Mention, sentence: Span) -> bool:
    """Whether the result is what is asked for: "Is my B12 normal?", "are my iron and B12 ok". Nobody has told it."""
    first = reading.place(sentence.start)
    before = [word.norm for word in reading.words[first : mention.first]]
    between = reading.between(mention.span.end, sentence.end)
    told = any(word.norm in _TELLING for word in between)
    return bool(before) and before[0] in _ASKING and len(before) <= _ASKED_GAP and "," not in before and not told


def _result_after(reading: Reading, mention: Mention, sentence: Span) -> str | None:
    for hit in reading.phrases("results", Span(mention.span.end, min(sentence.end, mention.span.end + _FORWARD))):
        gap = reading.words[mention.last : hit.first]
        if len(gap) <= _RESULT_GAP and all(
            w.norm in reading.vocabulary.fillers or w.norm in ("were", "all", "antibodies", "and") for w in gap
        ):
            commas = any(w.norm == "," for w in gap)
            return None if commas else _negated(reading, mention.last, hit.first, hit.payload)
        return hit.payload if _came_back(reading, mention, hit) else None
    return None


def _came_back(reading: Reading, mention: Mention, hit: Found[str]) -> bool:
    """Whether a result farther behind is clearly the test's: "anti-IF, sent on Monday, came back positive"."""
    gap = reading.words[mention.last : hit.first]
    returned = reading.words[hit.first].norm == "came"
    last = gap[-1].norm in _HANDED_OVER or any(word.norm == "and" for word in gap)
    if len(gap) > _TOLD_GAP or not (returned or (hit.payload in _CLEAR and last)):
        return False
    if any(word.norm in ("not", "if", "no", "never", "awaiting", "pending", "but", "whether") for word in gap):
        return False
    between = reading.mentions_in(Span(mention.span.end, reading.words[hit.first].start))
    concepts = reading.vocabulary.lexicon.concepts
    others = [each for each in between if concepts[each.concept].kind is Kind.LAB]
    if not others:
        return gap[-1].norm in _HANDED_OVER or returned
    return _told_together(reading, mention, others, hit.first)


def _told_together(reading: Reading, mention: Mention, others: list[Mention], end: int) -> bool:
    """Whether "and" joins the tests to one result: "anti-IF and parietal cell antibodies both came back negative"."""
    named = {place for each in others for place in range(each.first, each.last)}
    plain = [reading.words[place].norm for place in range(mention.last, end) if place not in named]
    allowed = _HANDED_OVER | {"and", "or", "both", "all", ",", "have", "antibodies", "antibody", "tests"}
    return "and" in plain and all(norm in allowed for norm in plain)


def _negated(reading: Reading, first: int, last: int, result: str) -> str | None:
    denied = any(word.norm in ("not", "isnt", "wasnt") for word in reading.words[first:last])
    return ("abnormal" if result == "normal" else None) if denied else result


def _result_before(reading: Reading, mention: Mention, sentence: Span) -> str | None:
    hits = reading.phrases("results", Span(max(sentence.start, mention.span.start - _BACK), mention.span.start))
    if not hits:
        return None
    if hits[-1].first and reading.words[hits[-1].first - 1].norm in _NONE:
        return None  # "no high potassium": what it is instead, nobody has told
    gap = reading.words[hits[-1].last : mention.first]
    joined = all(word.norm in _BEFORE_TEST for word in gap)
    followed = mention.last < len(reading.words) and reading.words[mention.last].norm in ("level", "levels")
    # "low B12" names the problem people ask about, and says nothing a number would.
    if mention.concept == _B12 and hits[-1].payload in ("low", "raised") and not followed:
        return None
    return hits[-1].payload if joined else None
