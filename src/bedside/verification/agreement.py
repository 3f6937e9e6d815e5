"""Agreement: how much a sentence written elsewhere and a passage share, in words that weigh by what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from bedside.facts.units import Units
from bedside.text.matching import Figure
from bedside.verification.checks.numbers import same_figure
from bedside.verification.pair import Pair
from bedside.verification.reading import Said
from bedside.verification.terms import Part

SAME_FIGURES = 2
"""Figures that agree make a passage say the same thing."""

_COMMON = 0.35  # what a word tells that nearly every sentence on the subject has
_OWN = 0.25  # of the words of its own that a sentence has, a passage that speaks to it has so many
_SMOOTHING = 1.0
_FIGURE = 0.8  # what a figure that agrees tells, in words
_LEAST_OWN = 2
_SAYS = 0.4  # of a sentence's words a passage must say to support it


def says_enough(pair: Pair, figures: int) -> bool:
    """Whether a passage says enough of a sentence to bear it out: two words of its own, or one and a figure of those
    that agree."""
    own = {sense.key for sense in pair.claim.senses if not sense.general and Part.COMMON not in sense.parts}
    return len(own & pair.window.keys) + figures >= _LEAST_OWN and own_share(pair.claim, pair.window) >= _SAYS


def own_share(claim: Said, window: Said) -> float:
    """The share of the sentence's weight that the passage says."""
    weights = _weights(claim)
    return sum(weight for key, weight in weights.items() if key in window.keys) / sum(weights.values())


def figures_agreeing(pair: Pair) -> int:
    """How many figures of the passage the sentence has, too; one said in two units counts once."""
    units = pair.terms.units
    return sum(
        any(same_figure(figure, other, units) or _within(figure, other, units) for figure in pair.claim.figures)
        for other in pair.window.figures
    )


def _within(figure: Figure, other: Figure, units: Units) -> bool:
    """Whether one number lies inside a range or limit of the passage in the same unit."""
    factor = units.factor(figure.unit, other.unit) if figure.unit and other.unit else None
    if factor is None or figure.upper is not None or figure.sign != "=":
        return False
    value = Fraction(figure.value) * factor
    if other.upper is not None:
        return other.value <= value <= other.upper
    return (other.sign in (">", ">=") and value >= other.value) or (other.sign in ("<", "<=") and value <= other.value)


def speaks_to(claim: Said, window: Said, figures: int) -> float:
    """The weight of what both say, with ``figures`` that agree, by the weight of the shorter; 0 where they share common
    words only."""
    mine, theirs = _weights(claim), _weights(window)
    shared = [weight for key, weight in mine.items() if key in theirs]
    own = sum(weight == 1 for weight in mine.values())
    if sum(weight == 1 for weight in shared) < (1 if figures else max(1, _OWN * own)):
        return 0.0
    least = min(sum(mine.values()), sum(theirs.values()))
    return (sum(shared) + _FIGURE * figures) / (least + _SMOOTHING)


@lru_cache(maxsize=1024)
def _weights(said: Said) -> Mapping[str, float]:
    """What each word of a sentence tells. Remembered: one sentence is held against many."""
    return {sense.key: _COMMON if Part.COMMON in sense.parts else 1.0 for sense in said.senses if not sense.general}
