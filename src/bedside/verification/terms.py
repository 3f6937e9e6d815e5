"""The terms of the checks: which words mean the same, which deny, which hedge, and which keep their place in a class.

Built from ``content/checking.yaml``, the lexicon's unit tables and the medicines; frozen, and shared by every check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

import Stemmer

from bedside.evidence.spelling import american
from bedside.facts.units import Units
from bedside.text.lazy import LazyMapping
from bedside.text.words import norms

_STEM = Stemmer.Stemmer("english", 0).stemWord
_WHOLE = frozenset(("hourly", "weekly", "monthly", "yearly", "annually"))  # how often is not how long
_SHORTEST_DRUG = 7  # letters; shorter words that end so are everyday words


class Part(Enum):
    """What a word does in a sentence, as far as the checks care."""

    SAME = "same"
    SLOT = "slot"
    AXIS = "axis"
    NEGATION = "negation"
    WEAK = "weak"
    STRONG = "strong"
    LINK = "link"
    CAUSE = "cause"
    GENERAL = "general"
    DRUG = "drug"
    COMMON = "common"
    PROOF = "proof"
    ABSOLUTE = "absolute"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Role:
    """One part a phrase plays. ``name`` is its class, axis or group; ``value`` the member, the pole (-1, 0, 1) or the
    rank."""

    part: Part
    name: str = ""
    value: str | int = ""


_MEDICINE = (Role(Part.DRUG),)
_Phrase = tuple[tuple[str, ...], tuple[Role, ...]]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one folded word, in American spelling."""
    if word in _WHOLE or not word.isalpha():
        return word
    return str(_STEM(american(word)))


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Phrases by the stem of their first word, each with all its stems and its roles, longest first.

    ``endings`` are those of medicines' names; ``units`` reads and scales figures.
    """

    phrases: Mapping[str, tuple[_Phrase, ...]]
    endings: tuple[str, ...]
    units: Units

    @classmethod
    def from_mapping(cls, compiled: Mapping[str, Any], units: Units) -> Terms:
        """Open ``{"checking_index": ...}`` of the compiled vocabulary, as :func:`indexed` made it, or index
        ``{"checking": ...}`` here."""
        index = compiled["checking_index"] if "checking_index" in compiled else indexed(compiled["checking"])
        return cls(LazyMapping(index["phrases"], _phrases), tuple(index["endings"]), units)

    def by_ending(self, norm: str) -> tuple[Role, ...]:
        """What the ending of a word in no phrase says of it."""
        return _MEDICINE if self.is_drug(norm) else ()

    def is_drug(self, norm: str) -> bool:
        """Whether a word ends as the names of medicines do."""
        return len(norm) >= _SHORTEST_DRUG and norm.removesuffix("s").endswith(self.endings)


def indexed(data: Mapping[str, Any]) -> dict[str, Any]:
    """``content/checking.yaml`` as plain JSON by first stem: lines of a phrase's other stems and its roles. Made when
    content is compiled."""
    roles: dict[tuple[str, ...], dict[Role, None]] = {}
    for phrase, role in _roles(data):
        roles.setdefault(tuple(stem(word) for word in norms(phrase)), {})[role] = None
    lines: dict[str, list[str]] = {}
    for stems, found in sorted(roles.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        cells = (f"{role.part.value}:{role.name}:{role.value}" for role in found)
        lines.setdefault(stems[0], []).append("\t".join((" ".join(stems), *cells)))
    return {
        "phrases": {first: "\n".join(some) for first, some in lines.items()},
        "endings": list(data["drugs"]["endings"]),
    }


def _phrases(_first: str, lines: str) -> tuple[_Phrase, ...]:
    return tuple(_phrase(line.split("\t")) for line in lines.split("\n"))


def _phrase(cells: list[str]) -> _Phrase:
    return tuple(cells[0].split()), tuple(_role(*cell.split(":")) for cell in cells[1:])


def _role(part: str, name: str, value: str) -> Role:
    return Role(Part(part), name, int(value) if value.lstrip("-").isdigit() else value)


def _roles(data: Mapping[str, Any]) -> Iterator[tuple[str, Role]]:
    for group in data["same"]:
        yield from _each(group, Role(Part.SAME, group[0]))
    for slot, members in data["slots"].items():
        for member, phrases in members.items():
            yield from _each(phrases, Role(Part.SLOT, slot, member))
    for axis, poles in data["axes"].items():
        for pole, value in (("up", 1), ("down", -1), ("same", 0)):
            yield from _each(poles.get(pole, ()), Role(Part.AXIS, axis, value))
    for part, ranks in ((Part.WEAK, data["weak"]), (Part.STRONG, data["strong"])):
        for rank, phrases in enumerate(ranks):
            yield from _each(phrases, Role(part, value=rank))
    for part, phrases in (
        (Part.NEGATION, data["negations"]),
        (Part.LINK, data["links"]),
        (Part.CAUSE, data["causes"]),
        (Part.GENERAL, data["general"]),
        (Part.COMMON, data["common"]),
        (Part.PROOF, data["proofs"]),
        (Part.ABSOLUTE, data["absolutes"]),
        (Part.CONDITION, data["conditions"]),
    ):
        yield from _each(phrases, Role(part))
    yield from _each(data["drugs"]["names"], Role(Part.DRUG))


def _each(phrases: Iterable[str], role: Role) -> Iterator[tuple[str, Role]]:
    return ((str(phrase), role) for phrase in phrases)
