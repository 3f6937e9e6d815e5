"""The interval: every value a reported number allows, so that "<50" and "250 to 300" compare honestly (rule DQ10)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bedside.facts.fact import Comparator, Quantity
from bedside.protocol.truth import Truth


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``; None is open-ended. The ``_in`` flags say whether an edge belongs to it."""

    low: Decimal | None
    high: Decimal | None
    low_in: bool = False
    high_in: bool = False

    @staticmethod
    def of(quantity: Quantity) -> Interval:
        """The values that a quantity, with its comparator or range, allows."""
        value = quantity.value
        if quantity.upper is not None:
            return Interval(value, quantity.upper, low_in=True, high_in=True)
        match quantity.comparator:
            case Comparator.BELOW:
                return Interval(None, value)
            case Comparator.AT_MOST:
                return Interval(None, value, high_in=True)
            case Comparator.ABOVE:
                return Interval(value, None)
            case Comparator.AT_LEAST:
                return Interval(value, None, low_in=True)
            case Comparator.EQUAL:
                return Interval(value, value, low_in=True, high_in=True)

    def below(self, limit: Decimal, *, inclusive: bool) -> Truth:
        """Whether every value is < *limit* (<= when inclusive); UNKNOWN when some are and some are not."""
        if self.high is not None and (self.high < limit or (self.high == limit and (inclusive or not self.high_in))):
            return Truth.TRUE
        if self.low is not None and (self.low > limit or (self.low == limit and not (inclusive and self.low_in))):
            return Truth.FALSE
        return Truth.UNKNOWN

    def compared(self, comparator: Comparator, limit: Decimal) -> Truth:
        """Whether every value stands in that relation to *limit*."""
        match comparator:
            case Comparator.BELOW:
                return self.below(limit, inclusive=False)
            case Comparator.AT_MOST:
                return self.below(limit, inclusive=True)
            case Comparator.ABOVE:
                return ~self.below(limit, inclusive=True)
            case Comparator.AT_LEAST:
                return ~self.below(limit, inclusive=False)
            case Comparator.EQUAL:
                if self.low == self.high == limit:
                    return Truth.TRUE
                outside = (
                    self.below(limit, inclusive=False) is Truth.TRUE or self.below(limit, inclusive=True) is Truth.FALSE
                )
                return Truth.FALSE if outside else Truth.UNKNOWN
