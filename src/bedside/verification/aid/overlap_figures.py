"""Figures of what a claim and its evidence share: how much of the claim is there, where, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from bedside.verification.aid.alignment import Alignment
from bedside.verification.aid.rarity import weight

Figure = tuple[str, float]
_TELLING = 2.0  # weight above which the order of two words means something


def overlap_figures(laid: Alignment) -> Iterator[Figure]:
    """Coverage by the whole evidence and by single sentences, what is missing, order, and the lengths."""
    yield "coverage", overlap(laid)
    yield "coverage near", sum(laid.weights[term] * part for term, part in laid.kept.items()) / laid.total
    yield from _missing(laid)
    yield from _best_sentence(laid)
    yield from _order(laid)
    yield "claim terms", float(len(laid.claim.terms))
    yield "evidence terms", float(sum(len(each.terms) for each in laid.sentences))
    yield "sentences", float(len(laid.sentences))


def overlap(laid: Alignment) -> float:
    """The part of the claim's weight whose very terms are in the evidence, 0 to 1: plain word overlap."""
    present: frozenset[str] = frozenset().union(*(each.present for each in laid.sentences))
    return sum(each for term, each in laid.weights.items() if term in present) / laid.total


def _missing(laid: Alignment) -> Iterator[Figure]:
    lost = sorted((laid.weights[term] * (1 - part) for term, part in laid.kept.items()), reverse=True)
    first, second, *_ = (*lost, 0.0, 0.0)
    yield "missing, rarest", first
    yield "missing, second", second
    yield "missing, number", sum(1 - part for part in laid.kept.values())


def _best_sentence(laid: Alignment) -> Iterator[Figure]:
    best, claim = laid.best, laid.claim
    covered = [laid.coverage[at] for at in laid.order]
    lost = sorted((each for term, each in laid.weights.items() if term not in best.present), reverse=True)
    first, second, *_ = (*lost, 0.0, 0.0)
    shared = best.present & claim.present
    yield "best coverage", sum(laid.weights[term] for term in shared) / laid.total
    yield "best coverage near", covered[0]
    yield "best against whole", sum(laid.weights[t] * part for t, part in laid.kept.items()) / laid.total - covered[0]
    yield "second coverage near", covered[1] if len(covered) > 1 else 0.0
    yield "best missing, rarest", first
    yield "best missing, second", second
    yield "best terms", float(len(best.terms))
    yield "best place", laid.order[0] / max(1, len(laid.sentences) - 1)
    yield "best shared part", len(shared) / max(1, len(best.present | claim.present))
    yield "best taken up", _sum(shared) / (_sum(best.present) or 1.0)
    pairs = max(1, len(claim.neighbours))
    yield "best neighbours", len(claim.neighbours & best.neighbours) / pairs
    yield "neighbours", max(len(claim.neighbours & each.neighbours) for each in laid.sentences) / pairs


def _sum(present: frozenset[str]) -> float:
    return sum(weight(term) for term in sorted(present))  # sorted: the same last digit every time


def _order(laid: Alignment) -> Iterator[Figure]:
    """How far the shared telling words stand in another order, and how far apart."""
    place: dict[str, int] = {}
    for at, term in enumerate(laid.best.terms):
        place.setdefault(term, at)
    places = [place[term] for term, each in laid.weights.items() if each > _TELLING and term in place]
    turned = sum(one > other for one, other in combinations(places, 2))
    yield "order turned", turned / max(1, len(places) * (len(places) - 1) / 2)
    yield "order words", float(len(places))
    yield "order spread", float(max(places) - min(places)) if places else 0.0
