"""Glosses: the explanations in brackets that the plain wordings share, "MMA (methylmalonic acid)". In a rewording they
may come and go: they say nothing that the word before them does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from bedside.evidence.statement import Statement
from bedside.review.wording_cues import CUES, number_words

_BRACKET = re.compile(r"(\S+) \(([^()]*)\)")
_OFTEN = 2  # statements that must have a bracket before it is a gloss
_LEAST_WORDS = 2
_HARMLESS = ("few", "many", "some", "most", "all", "any", "often", "comparison")  # "too few red cells"


def glosses_of(
    statements: Iterable[Statement], glossary: Mapping[str, Mapping[str, Any]]
) -> frozenset[tuple[str, str]]:
    """Each gloss as the word before the bracket and what stands in it, both in lower case.

    It is a gloss when the glossary has it, or when several statements do and none of them has it in its clinical
    wording; never with a figure, a condition or a caution in it.
    """
    seen: Counter[tuple[str, str]] = Counter()
    claims: set[str] = set()
    for statement in statements:
        found = {(match[1].lower(), match[2].lower()) for match in _BRACKET.finditer(statement.plain)}
        seen.update(found)
        clinical = statement.clinical.lower()
        claims |= {text for _, text in found if text in clinical}
    shared = {gloss for gloss, times in seen.items() if times >= _OFTEN and gloss[1] not in claims}
    told = {(term.split()[-1].lower(), str(entry.get("plain", "")).lower()) for term, entry in glossary.items() if term}
    return frozenset(gloss for gloss in shared | told if _explains(gloss[1]))


def _explains(text: str) -> bool:
    if len(text.split()) < _LEAST_WORDS or any(map(str.isdigit, text)) or number_words(text):
        return False
    return not any(cue.found(text) for cue in CUES if cue.name not in _HARMLESS)
