"""How rare a term is in medical texts: the weight of a word that is shared or missing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

LEAST = 0.2
"""Added to every weight: a word of every text still counts a little."""
RAREST = 8.0
"""The rarity (natural logarithm of texts per text with the term) of a term that was hardly seen, and the most."""
# Few of the counted texts are later than 2019; since then these name the subject and tell nothing apart.
_SUBJECT = {"covid19": 1.5, "covid": 1.5, "sarscov2": 1.5, "coronavirus": 1.5}


@lru_cache(maxsize=1)
def rarities() -> Mapping[str, float]:
    """Term -> its rarity, from the file beside this one: a rarity, then the terms that have it."""
    text = files("bedside.verification.aid").joinpath("rarities.json").read_text(encoding="utf-8")
    rows: dict[str, str] = json.loads(text)
    return {term: float(rarity) for rarity, line in rows.items() for term in line.split()} | _SUBJECT


def weight(term: str) -> float:
    """The weight of *term*, from ``LEAST`` to ``RAREST + LEAST``."""
    return rarities().get(term, RAREST) + LEAST
