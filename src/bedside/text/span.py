"""A span: where in a text something stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets ``[start, end)`` into a text; ``Span(0, 0)`` marks "not read from text"."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters the span covers in *text*."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


NOWHERE = Span(0, 0)
