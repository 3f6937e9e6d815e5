"""The lexicon: every concept bedside can read, with the words people use for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bedside.facts.fact import Kind
from bedside.text.lazy import LazyMapping
from bedside.text.phrases import PhraseIndex
from bedside.text.words import norms

_SHORTEST_MISSPELT = 6  # letters; one wrong letter in a shorter word makes another word too often


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: its kind and what its entry says of it (see the head of each file of ``content/lexicon``)."""

    name: str
    kind: Kind
    lasting: bool = False
    internal: bool = False
    timed: bool = False
    surgery: bool = False
    personal: bool = False
    analyte: bool = False
    words: bool = False
    presence: bool = False
    course_only: bool = False
    routed: bool = False
    unspecified: bool = False
    usual_route: str = ""
    exposure: bool = False
    is_a: tuple[str, ...] = ()
    stated: tuple[tuple[str, ...], ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """What a phrase of the lexicon stands for. ``how`` is "" for a plain name, else "not_meant", "denied",
    "only_denied", "treatment", "loose", "loose_oral" or "about"; ``cased`` terms count only in capitals.
    """

    concept: str
    how: str = ""
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Groups of words; the concept is meant when one of each stands within a few words of the others."""

    concept: str
    groups: tuple[frozenset[str], ...]


_FLAGS = (
    "lasting", "internal", "timed", "surgery",
    "personal", "analyte", "words", "presence", "course_only", "routed", "unspecified",
    "exposure",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every concept by name, their phrases indexed by first word, and the long words a typing error may hide.

    ``known_words`` and ``long_words`` are by their first two letters: each a text of words between blanks.
    """

    concepts: Mapping[str, Concept]
    index: PhraseIndex[Term]
    near: Mapping[str, tuple[Near, ...]]
    known_words: Mapping[str, str]
    long_words: Mapping[str, str]

    @classmethod
    def from_index(cls, index: Mapping[str, Any]) -> Lexicon:
        """Open what :func:`bedside.facts.lexicon_index.indexed` made of the lexicon; nothing is read that no text
        asks for."""
        return cls(
            LazyMapping(index["concepts"], _concept),
            PhraseIndex.of_drawers(LazyMapping(index["phrases"], _drawer)),
            LazyMapping(index["near"], _patterns),
            index["known_words"],
            index["long_words"],
        )

    def kind(self, name: str) -> Kind | None:
        """The kind of a concept, also of a drug with its route or a "_duration", or None when it is unknown."""
        bare = name.removesuffix("_duration").removesuffix("_frequency")
        for candidate in (bare, bare.rsplit("_", 1)[0], bare.removesuffix("_unspecified").rsplit("_", 1)[0]):
            if candidate in self.concepts:
                return self.concepts[candidate].kind
        return None

    def internal(self, name: str) -> bool:
        """Whether the concept serves rules only and is not projected."""
        return name in self.concepts and self.concepts[name].internal

    def corrected(self, norm: str) -> str:
        """The lexicon word *norm* is one typing error away from, or *norm* itself."""
        if len(norm) < _SHORTEST_MISSPELT or not norm.isalpha():
            return norm
        start = norm[:2]
        if f" {norm} " in self.known_words.get(start, ""):
            return norm
        for candidate in self.long_words.get(start, "").split():
            near = abs(len(candidate) - len(norm)) <= 1 and norm != candidate + "s"
            if near and _one_error_apart(norm, candidate):
                return candidate
        return norm


def _one_error_apart(a: str, b: str) -> bool:
    """Whether one letter added, left out, changed, or swapped with its neighbour turns *a* into *b*."""
    same = 0
    while same < min(len(a), len(b)) and a[same] == b[same]:
        same += 1
    tail_a, tail_b = a[same:], b[same:]
    if len(a) == len(b):
        return tail_a[1:] == tail_b[1:] or (tail_a[:2] == tail_b[1::-1] and tail_a[2:] == tail_b[2:])
    return tail_a[1:] == tail_b if len(a) > len(b) else tail_a == tail_b[1:]


def _concept(name: str, entry: Mapping[str, Any]) -> Concept:
    return Concept(
        name=name,
        kind=Kind(entry["kind"]),
        usual_route=entry.get("usual_route", ""),
        is_a=tuple(entry.get("is_a", ())),
        stated=tuple(norms(phrase) for phrase in entry.get("stated", ())),
        values={value: tuple(phrases) for value, phrases in entry.get("values", {}).items()},
        **{flag: bool(entry.get(flag, False)) for flag in _FLAGS},
    )


def _drawer(_first: str, lines: str) -> list[tuple[str, Term]]:
    """The phrases of one first word, each with its term: lines of phrase, concept, how, and "cased" or nothing."""
    return [(phrase, Term(concept, how, bool(cased))) for phrase, concept, how, cased in map(_cells, lines.split("\n"))]


def _cells(line: str) -> list[str]:
    return line.split("\t")


def _patterns(_first: str, patterns: list[list[Any]]) -> tuple[Near, ...]:
    return tuple(Near(name, tuple(frozenset(group) for group in groups)) for name, groups in patterns)
