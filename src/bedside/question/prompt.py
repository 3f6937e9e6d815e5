"""Prompts: words that speak to a machine are set aside, so that they can change nothing in an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bedside.question.patterns import PatternBook
from bedside.question.words import span_of, words

_LABEL = "prompt"


def prompt_patterns(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The patterns of ``scope.yaml`` for words that speak to a machine."""
    return {_LABEL: data["declines"]["prompt"]}


def set_aside(text: str, book: PatternBook) -> tuple[str, str]:
    """The text with such words blanked out, of the same length, and the first of those words (``""`` for none)."""
    cut = words(text)
    spans = [span_of(cut, hit.first, hit.last) for hit in book.find(cut)]
    kept: list[str] = []
    reached = 0
    for span in spans:
        if span.end > reached:
            start = max(span.start, reached)
            kept.append(text[reached:start] + " " * (span.end - start))
            reached = span.end
    return "".join(kept) + text[reached:], spans[0].of(text) if spans else ""
