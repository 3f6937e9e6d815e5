"""A claim laid against its evidence: which of its words are there, and which sentence is nearest to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bedside.text.sentences import sentences
from bedside.verification.aid.rarity import weight
from bedside.verification.aid.reading import Reading, read
from bedside.verification.aid.word_classes import GROUPS

_NEAR, _DISTANT = 0.8, 0.5
_SHARED, _LONG_SHARED, _PART = 4, 5, 0.6


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim and the sentences of its evidence.

    ``weights`` holds each term of the claim with its rarity, in reading order; ``kept`` how well each is matched
    anywhere in the evidence, 0 to 1; ``coverage`` the matched part of the claim's weight in each sentence; ``order``
    the sentences from the best covered, ties in reading order.
    """

    claim: Reading
    sentences: tuple[Reading, ...]
    weights: Mapping[str, float]
    kept: Mapping[str, float]
    coverage: tuple[float, ...]
    order: tuple[int, ...]

    @property
    def best(self) -> Reading:
        """The sentence nearest to the claim."""
        return self.sentences[self.order[0]]

    @property
    def total(self) -> float:
        """The weight of the whole claim, at least a little."""
        return sum(self.weights.values()) or 1.0


def sentence_texts(evidence: str) -> tuple[str, ...]:
    """The sentences and lines of *evidence*; one empty sentence where there is none."""
    return tuple(span.of(evidence) for span in sentences(evidence)) or ("",)


def align(claim: str, evidence: str) -> Alignment:
    """Lay *claim* against *evidence*, a text of any length; "" is evidence of nothing."""
    asked = read(claim)
    read_sentences = tuple(map(read, sentence_texts(evidence)))
    weights = {term: weight(term) for term in asked.terms}
    total = sum(weights.values()) or 1.0
    matched = [{term: _match(term, sentence.present) for term in weights} for sentence in read_sentences]
    coverage = tuple(sum(weights[term] * part for term, part in each.items()) / total for each in matched)
    kept = {term: max(each[term] for each in matched) for term in weights}
    order = tuple(sorted(range(len(coverage)), key=lambda at: -coverage[at]))
    return Alignment(asked, read_sentences, weights, kept, coverage, order)


def _match(term: str, present: Iterable[str] | frozenset[str]) -> float:
    if term in present:
        return 1.0
    return max((_alike(term, other) for other in present), default=0.0)


@lru_cache(maxsize=100_000)
def _alike(one: str, other: str) -> float:
    """How near two different stems are: near synonyms, then words that begin alike."""
    if GROUPS.get(one, frozenset()) & GROUPS.get(other, frozenset()):
        return _NEAR
    if one[0] != other[0] or min(len(one), len(other)) < _SHARED or one[0].isdigit():
        return 0.0
    shared = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        shared += 1
    if shared >= _SHARED and shared / max(len(one), len(other)) >= _PART:
        return _NEAR
    return _DISTANT if shared >= _LONG_SHARED else 0.0
