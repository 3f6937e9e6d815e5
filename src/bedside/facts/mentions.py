"""Mentions: where a text names a concept, before anything is known about whose it is or when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bedside.facts.lexicon import Lexicon, Near, Term
from bedside.text.phrases import Found
from bedside.text.span import Span
from bedside.text.words import Word

_DECIMAL = re.compile(r"\s?\d\.\d{1,2}(?![\d.])")
# A clinician's note in small letters throughout: "82f af starting apixaban", "cap, rr 20, bp 126/78".
_AGE_AND_SEX = re.compile(r"(?<![\w.])\d{2}\s?[mf](?![\w'])")
_SHORT = re.compile(
    r"\b(?:rr|bp|sats|spo2|nkda|hr|htn|t2dm|egfr|crcl|cxr|abx|obs|pmh|hx|rx|dx|ckd|inr|wcc|wbc|crp|gcs|tds|qid|doac|ecg)\b"
)
# Capitals that are also words, or that mean too much in small letters.
_WORDS = frozenset({"fit", "pa", "k", "prevent", "clo", "doe", "pe", "aids", "ed", "bm", "bms", "mi", "uc", "acr"})
_NOTES = 2  # short forms that make a note of a text
_MOST = 100  # mentions of one concept; a text that names it more often says nothing new and must stay cheap to read
_REACH = 6  # words between the parts of a scattered expression ("my feet have lately been burning")


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named at ``span``, covering the words ``first`` .. ``last`` (half-open). ``how`` as in Term."""

    concept: str
    how: str
    span: Span
    first: int
    last: int


def mentions(text: str, sequence: Sequence[Word], lexicon: Lexicon) -> tuple[Mention, ...]:
    """Every mention in order: the longest phrase at each place, then scattered expressions elsewhere.

    One phrase may stand for several concepts ("macrocytic anaemia"); each gets its mention.
    """
    spelt = [_corrected(word, lexicon) for word in sequence]
    noted = _noted(text)
    found: list[Mention] = []
    index = 0
    while index < len(spelt):
        hits = [hit for hit in lexicon.index.at(spelt, index) if _fits(text, sequence, hit, noted=noted)]
        longest = [hit for hit in hits if hit.last == hits[0].last]
        seen = {hit.payload.concept: hit for hit in reversed(longest)}
        # "A stroke of luck" uses up its words and names nothing; "can I take vitamin D 5000 IU" names a dose.
        meant = not any(hit.payload.how == "not_meant" for hit in longest)
        if meant:
            found.extend(_mention(sequence, hit) for hit in reversed(seen.values()))
        index = longest[0].last if longest and (meant or not _a_dose(spelt, longest[0].last)) else index + 1
    found.extend(_scattered(spelt, lexicon, {m.concept for m in found}))
    return tuple(sorted(_bounded(found), key=lambda mention: (mention.first, -mention.last)))


def _a_dose(words: Sequence[Word], index: int) -> bool:
    """Whether the words from *index* are a dose in international units: "5000 IU"."""
    norms = [word.norm for word in words[index : index + 2]]
    return len(norms) > 1 and norms[0].replace(",", "").isdigit() and norms[1] in ("iu", "units")


def _bounded(found: list[Mention]) -> list[Mention]:
    seen: Counter[str] = Counter()
    kept = []
    for mention in found:
        seen[mention.concept] += 1
        if seen[mention.concept] <= _MOST:
            kept.append(mention)
    return kept


def _corrected(word: Word, lexicon: Lexicon) -> Word:
    norm = lexicon.corrected(word.norm)
    return word if norm is word.norm else replace(word, norm=norm)


def _noted(text: str) -> bool:
    """Whether a text is a note without a capital, where abbreviations are as short as in capitals."""
    small = text == text.lower()
    return small and (_AGE_AND_SEX.search(text) is not None or len(set(_SHORT.findall(text))) >= _NOTES)


def _fits(text: str, sequence: Sequence[Word], hit: Found[Term], *, noted: bool) -> bool:
    if not hit.payload.cased or (noted and hit.last - hit.first == 1 and sequence[hit.first].norm not in _WORDS):
        return True
    written = text[sequence[hit.first].start : sequence[hit.last - 1].end]
    if written.upper() == written:
        return True
    # "k 6.6" names potassium without a capital, "k thanks" does not.
    return len(written.rstrip("+")) == 1 and _DECIMAL.match(text, sequence[hit.last - 1].end) is not None


def _mention(sequence: Sequence[Word], hit: Found[Term]) -> Mention:
    span = Span(sequence[hit.first].start, sequence[hit.last - 1].end)
    return Mention(hit.payload.concept, hit.payload.how, span, hit.first, hit.last)


def _scattered(sequence: Sequence[Word], lexicon: Lexicon, known: set[str]) -> list[Mention]:
    found: list[Mention] = []
    for place, word in enumerate(sequence):
        for pattern in lexicon.near.get(word.norm, ()):
            if pattern.concept in known:
                continue
            places = _together(sequence, place, pattern)
            if places is not None:
                known.add(pattern.concept)
                first, last = min(places), max(places) + 1
                span = Span(sequence[first].start, sequence[last - 1].end)
                found.append(Mention(pattern.concept, "", span, first, last))
    return found


def _together(sequence: Sequence[Word], place: int, pattern: Near) -> list[int] | None:
    places = [place]
    for group in pattern.groups[1:]:
        near = next((other for other in _around(sequence, place) if sequence[other].norm in group), None)
        if near is None:
            return None
        places.append(near)
    return places


def _around(sequence: Sequence[Word], place: int) -> list[int]:
    """The places within reach of *place* in the same stretch between marks, nearest first."""
    reachable = []
    for step in (1, -1):
        for distance in range(1, _REACH + 1):
            other = place + step * distance
            if not 0 <= other < len(sequence) or sequence[other].norm in (".", ";", ",", "?", "!", ":", "(", ")"):
                break
            reachable.append(other)
    return sorted(reachable, key=lambda other: abs(other - place))
