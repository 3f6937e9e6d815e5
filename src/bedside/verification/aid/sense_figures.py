"""Figures of what a claim and its evidence say of the thing they share: direction, negation, doubt, opposites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import exp

from bedside.verification.aid.alignment import Alignment
from bedside.verification.aid.rarity import LEAST, weight
from bedside.verification.aid.reading import Reading
from bedside.verification.aid.word_classes import ADMITTED, COUNTED, DOWN, NEGATING, OPPOSITES, UP

Figure = tuple[str, float]
_MOST = 3
_TELLING = 1.5 + LEAST  # weight above which a word near a direction says what is going up or down
_CLAIM_REACH, _EVIDENCE_REACH = 6, 8
_SCOPE = 5  # terms behind a negation that it is taken to reach
_TOP = 3
_SHARPNESS = 8.0  # how much more a better covered sentence counts


def sense_figures(laid: Alignment) -> Iterator[Figure]:
    """Counts of the word classes on both sides, and how the two sides' directions and negations agree."""
    claim, best = laid.claim, laid.best
    for side, sentence in (("claim", claim), ("best", best)):
        for name, words in COUNTED.items():
            yield f"{side} {name}", float(min(_MOST, sentence.count(words)))
        yield f"{side} negations", float(min(_MOST, sentence.negations))
        yield f"{side} direction", _within(sentence.direction)
        yield f"{side} worth", _within(sentence.worth)
    number = len(laid.sentences)
    yield "evidence negations", sum(each.negations for each in laid.sentences) / number
    yield "evidence open", sum(each.count(COUNTED["open"]) for each in laid.sentences) / number
    yield "direction product", _within(claim.direction) * _within(best.direction)
    yield "worth product", _within(claim.worth) * _within(best.worth)
    yield (
        "direction and worth",
        _within(claim.direction) * _within(best.worth) + _within(claim.worth) * _within(best.direction),
    )
    yield from _negation(claim, best)
    yield from _nearby(laid)
    yield from _turns(laid)
    yield from _opposites(claim, best)
    yield "admitted", _admitted(laid)
    yield "contrast", float(any(word in claim.folded for word in _CONTRASTS))
    yield "question", float("?" in claim.folded)


_CONTRASTS = ("whereas", "while ", "but ", "in contrast", "however", " only ")


def _within(value: int) -> float:
    return float(max(-_MOST, min(_MOST, value)))


def _negation(claim: Reading, best: Reading) -> Iterator[Figure]:
    here, there = min(_MOST, claim.negations), min(_MOST, best.negations)
    yield "negations, difference", float(here - there)
    yield "negations, parity", float((claim.negations > 0) != (best.negations > 0))
    mine, theirs = _negated(claim, best.present), _negated(best, claim.present)
    yield "negated of claim", mine
    yield "negated of best", theirs
    yield "negated, difference", mine - theirs


def _nearby(laid: Alignment) -> Iterator[Figure]:
    """The counts of the best sentence again, as means of all sentences in which better covered ones count more."""
    top = max(laid.coverage)
    shares = [exp(_SHARPNESS * (each - top)) for each in laid.coverage]

    def mean(values: Iterable[float]) -> float:
        return sum(share * value for share, value in zip(shares, values, strict=True)) / sum(shares)

    for name, words in COUNTED.items():
        yield f"nearby {name}", mean(min(_MOST, each.count(words)) for each in laid.sentences)
    negations = mean(min(_MOST, each.negations) for each in laid.sentences)
    direction = mean(_within(each.direction) for each in laid.sentences)
    worth = mean(_within(each.worth) for each in laid.sentences)
    yield "nearby negations", negations
    yield "nearby direction", direction
    yield "nearby worth", worth
    yield "nearby negations, claim negated", negations * (laid.claim.negations > 0)
    yield "nearby direction product", direction * _within(laid.claim.direction)
    yield "nearby worth product", worth * _within(laid.claim.worth)


def _negated(sentence: Reading, shared: frozenset[str]) -> float:
    """The weight of the shared terms that stand behind a negation."""
    return sum(
        weight(other)
        for at, term in enumerate(sentence.terms)
        if term in NEGATING
        for other in sentence.terms[at + 1 : at + 1 + _SCOPE]
        if other in shared and other not in NEGATING
    )


def _turns(laid: Alignment) -> Iterator[Figure]:
    """Whether words of direction near the same words agree: the closest pair, and the sum over all."""
    closest, whole = 0.0, 0.0
    dull = UP | DOWN | NEGATING
    for mine in laid.claim.turns:
        near = {t for t in laid.claim.around(mine.place, _CLAIM_REACH) - dull if laid.weights[t] > _TELLING}
        for at in laid.order[:_TOP]:
            sentence = laid.sentences[at]
            for theirs in sentence.turns:
                shared = sum(laid.weights[t] for t in sorted(near & sentence.around(theirs.place, _EVIDENCE_REACH)))
                whole += mine.sign * theirs.sign * shared
                if shared > abs(closest):
                    closest = mine.sign * theirs.sign * shared
    yield "turns, closest", closest
    yield "turns, all", whole
    yield "turns of claim", float(len(laid.claim.turns))


def _opposites(claim: Reading, best: Reading) -> Iterator[Figure]:
    """Pairs of classes of which the claim has one: how often the sentence has only the other, or the same."""
    opposed = agreed = 0
    for pair in OPPOSITES:
        for mine, other in (pair, pair[::-1]):
            if claim.present & mine and not claim.present & other:
                opposed += bool(best.present & other) and not best.present & mine
                agreed += bool(best.present & mine)
    yield "opposites", float(opposed)
    yield "not opposites", float(agreed)


_EXCLUDING = ("exclusion", "not eligible", "ineligible", "excluded")


def _admitted(laid: Alignment) -> float:
    """For a claim on who is admitted: +1 where its best line stands in the part that says so, -1 in the other."""
    barred = bool(laid.claim.count(COUNTED["barred"]))
    admitted = bool(laid.claim.count(ADMITTED))
    if not (barred or admitted):
        return 0.0
    part = 0
    for sentence in laid.sentences[: laid.order[0] + 1]:
        head = sentence.folded[:60]
        if any(word in head for word in _EXCLUDING):
            part = -1
        elif "inclusion" in head or head.startswith("eligib"):
            part = 1
    return float(-part if barred or laid.claim.negations else part)
