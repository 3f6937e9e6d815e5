"""The words of a text that the glossary explains."""

from __future__ import annotations

import re
from collections.abc import Mapping


def explained(glossary: Mapping[str, str], text: str) -> tuple[tuple[str, str], ...]:
    """The glossary entries whose word stands in *text*, with their explanations, in alphabetical order."""
    return tuple((word, glossary[word]) for word in sorted(glossary, key=str.casefold) if _stands(word, text))


def _stands(word: str, text: str) -> bool:
    """Whether the word stands whole in the text; an abbreviation only in its own case."""
    flags = re.NOFLAG if word.isupper() else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(word)}s?(?!\w)", text, flags) is not None
