"""The numbers of the second stage, in one place. How they were chosen is told in docs/search.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Weights:
    """One configuration for every library and every kind of question.

    ``field`` and ``b`` are BM25F's weight and length normalisation of each field, ``k1`` its saturation.
    ``untitled`` is what the text of a passage without a title weighs more (1.0 is double).
    ``idf_power`` sharpens the difference between rare and common terms.
    ``dwelling`` is how far a term counts more that those who use it use often, ``family`` what a word counts that only
    begins like the term asked for, where that is missing.
    ``phrase`` is what a pair of neighbouring terms adds, ``phrase_k`` its saturation.
    ``feedback`` is the share of the expansion, from the ``teachers`` best candidates, with ``lessons`` terms; ``doubt``
    is the difference of score at which a teacher counts 1/e of the best one. The ``heard`` best are scored with it, and
    with families.
    ``section`` and ``section_inside`` are the most that the kind of section moves a score, up or down: among sources,
    and inside one. ``local`` is how far rarity inside the one source replaces rarity in the library.
    """

    field: Mapping[str, float]
    b: Mapping[str, float]
    k1: float = 1.2
    untitled: float = 1.0
    idf_power: float = 1.4
    dwelling: float = 0.5
    family: float = 0.2
    phrase: float = 0.2
    phrase_k: float = 0.5
    feedback: float = 0.25
    teachers: int = 10
    lessons: int = 30
    doubt: float = 2.0
    heard: int = 30
    section: float = 0.04
    section_inside: float = 0.3
    local: float = 0.5


DEFAULT = Weights(
    field=MappingProxyType({"title": 2.5, "heading": 1.0, "text": 1.0, "mesh": 0.5}),
    b=MappingProxyType({"title": 0.6, "heading": 0.4, "text": 0.6, "mesh": 0.4}),
)
