"""The lexicon: every concept bedside can read, with the words people use for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bedside.facts.fact import Kind
from bedside.text.folding import fold
from bedside.text.phrases import PhraseIndex
from bedside.text.words import norms

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_MISSPELT = 6  # letters; one wrong letter in a shorter word makes another word too often
_SHORTEST_NAME = 7  # letters of the name that was meant
_INFLECTED = ("s", "ed", "ing")  # of seven letters these are one letter from everyday words ("falling", "failing")


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


_PLAIN = ("terms", "brands", "misspellings")
_SPECIAL = ("not_meant", "denied", "only_denied", "treatment", "loose", "loose_oral", "about")
_FLAGS = (
    "lasting", "internal", "timed", "surgery",
    "personal", "analyte", "words", "presence", "course_only", "routed", "unspecified",
    "exposure",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every concept by name, their phrases indexed by first word, and the long words a typing error may hide."""

    concepts: Mapping[str, Concept]
    index: PhraseIndex[Term]
    near: Mapping[str, tuple[Near, ...]]
    known_words: frozenset[str]
    long_words: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Lexicon:
        """Index the merged content of ``content/lexicon/*.yaml``: ``{concept: entry}``."""
        concepts = {name: _concept(name, entry) for name, entry in data.items()}
        phrases = [pair for name, entry in data.items() for pair in _phrases(name, entry)]
        near: dict[str, list[Near]] = {}
        for name, entry in data.items():
            for groups in entry.get("near", ()):
                pattern = Near(name, tuple(frozenset(group) for group in groups))
                for word in pattern.groups[0]:
                    near.setdefault(word, []).append(pattern)
        vocabulary = frozenset(_WORD.findall(fold(" ".join(phrase for phrase, _ in phrases)).replace("'", "")))
        return cls(
            concepts,
            PhraseIndex(phrases),
            {word: tuple(patterns) for word, patterns in near.items()},
            vocabulary | {word for entry in data.values() for word in entry.get("not_misspelt", ())},
            _long_words(phrases),
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
        if len(norm) < _SHORTEST_MISSPELT or norm in self.known_words or not norm.isalpha():
            return norm
        for candidate in self.long_words.get(norm[:2], ()):
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


def _long_words(phrases: list[tuple[str, Term]]) -> dict[str, tuple[str, ...]]:
    """The names of one long word by their first two letters; words of longer names ("increased") are too common."""
    buckets: dict[str, set[str]] = {}
    for phrase, term in phrases:
        plain = not term.how and not term.cased and phrase.isalpha()
        if plain and (
            len(phrase) > _SHORTEST_NAME or (len(phrase) == _SHORTEST_NAME and not phrase.endswith(_INFLECTED))
        ):
            buckets.setdefault(phrase[:2], set()).add(phrase)
    return {start: tuple(sorted(found)) for start, found in buckets.items()}


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


def _phrases(name: str, entry: Mapping[str, Any]) -> list[tuple[str, Term]]:
    plain = Term(name)
    found = [(phrase, plain) for key in _PLAIN for phrase in entry.get(key, ())]
    for how in _SPECIAL:
        found.extend((phrase, Term(name, how)) for phrase in entry.get(how, ()))
    cased = entry.get("cased", ())
    if isinstance(cased, list):
        found.extend((phrase, Term(name, cased=True)) for phrase in cased)
    return found
