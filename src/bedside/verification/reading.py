"""A text as the checks read it: sentences of marks, each with its stem or group, its roles and whether it is denied."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bedside.text.matching import Figure
from bedside.text.matching import figures as read_figures
from bedside.text.sentences import sentences
from bedside.text.span import Span
from bedside.text.words import Word, words
from bedside.verification.terms import Part, Role, Terms, stem

_SHORT = re.compile(r"\(([A-Z][A-Za-z]{1,7})\)")
_FILLERS = 3  # little words inside a long form
_LITTLE = frozenset(("of", "the", "and", "for", "in", "to", "with", "a"))
_CLAUSE_MARKS = frozenset(";:()")
_CLAUSE_WORDS = frozenset(("but", "however", "although", "though", "whereas", "while", "whilst", "unless", "except"))
_COLOURS = frozenset((Part.COMMON, Part.PROOF, Part.ABSOLUTE, Part.CONDITION))  # say nothing of what must agree
_PASSING = frozenset((Part.GENERAL, Part.NEGATION, Part.WEAK, Part.STRONG))
_TIMES = frozenset(("day", "d", "week", "wk", "month", "year", "yr", "hour", "h", "min", "minute"))
_LETTERED = frozenset(("group", "groups", "type", "class", "stage", "phase", "grade", "arm"))
EXCEPTIONS = frozenset(("unless", "except"))
"""Words that turn what follows them, and part one clause from the next."""

_ALSO_NAMES = frozenset(("who",))
_DENYING = frozenset(("not", "no"))


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One word or phrase. ``key`` is what must agree: its group, or its stem; ``clause`` numbers the clauses of the
    sentence; ``general`` marks an everyday word, ``negates`` one that denies, alone or within its phrase."""

    key: str
    roles: tuple[Role, ...]
    span: Span
    clause: int
    general: bool
    negates: bool

    def role(self, part: Part) -> Role | None:
        """Its role of one kind, or None."""
        return next((role for role in self.roles if role.part is part), None)


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One sentence: its marks and figures in order, with spans in the whole text.

    ``denied`` are the clauses that hold a negation, ``keys`` what stands in it, ``stems`` the stems of all its words.
    """

    span: Span
    marks: tuple[Mark, ...]
    figures: tuple[Figure, ...]
    denied: frozenset[int]
    keys: frozenset[str]
    stems: frozenset[str]

    @property
    def content(self) -> tuple[Mark, ...]:
        """The marks that carry its meaning."""
        return tuple(mark for mark in self.marks if not mark.general)

    def poles(self) -> Counter[tuple[str, str | int]]:
        """How often each pole of each axis stands in it."""
        return Counter((role.name, role.value) for _, role in self.of(Part.AXIS))

    def of(self, part: Part) -> Iterator[tuple[Mark, Role]]:
        """Every mark with a role of one kind."""
        for mark in self.marks:
            for role in mark.roles:
                if role.part is part:
                    yield mark, role


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text read for the checks."""

    text: str
    sentences: tuple[Said, ...]
    keys: frozenset[str]
    figures: tuple[Figure, ...]

    def of(self, part: Part) -> Iterator[tuple[Mark, Role]]:
        """Every mark of the text with a role of one kind."""
        for said in self.sentences:
            yield from said.of(part)


@lru_cache(maxsize=4096)
def read(text: str, terms: Terms) -> Reading:
    """Read a text. Pure, and remembered: passages recur."""
    figures = read_figures(text, terms.units.tokens)
    every = words(text)
    starts = [word.start for word in every]
    found = tuple(
        _said(text, span, every[bisect_left(starts, span.start) : bisect_left(starts, span.end)], figures, terms)
        for span in sentences(text)
    )
    if shorts := _defined(text, every, terms):
        found = tuple(replace(said, keys=_with_shorts(said.keys, shorts)) for said in found)
    kept = tuple(said for said in found if said.marks or said.figures)
    return Reading(text, kept, frozenset().union(*(said.keys for said in kept)), figures)


def as_one(reading: Reading) -> Said:
    """All sentences of a text as one, for what may stand anywhere in it."""
    first, last = reading.sentences[0], reading.sentences[-1]
    marks = tuple(mark for said in reading.sentences for mark in said.marks)
    denied = frozenset().union(*(said.denied for said in reading.sentences))
    stems = frozenset().union(*(said.stems for said in reading.sentences))
    return Said(Span(first.span.start, last.span.end), marks, reading.figures, denied, reading.keys, stems)


def _said(text: str, span: Span, every: Sequence[Word], figures: Sequence[Figure], terms: Terms) -> Said:
    own = tuple(figure for figure in figures if span.start <= figure.span.start < span.end)
    here = [word for word in every if not _in_figure(word, own)] if own else list(every)
    for place, word in enumerate(here[:-1]):  # a stroke before a unit of time is "per": "5 cigarettes/day"
        if word.norm == "/" and here[place + 1].norm in _TIMES:
            here[place] = replace(word, norm="per")
    marks = tuple(_marks(text, here, terms))
    denied = frozenset(mark.clause for mark in marks if mark.negates)
    stems = frozenset(stem(word.norm) for word in here if not word.is_mark)
    return Said(span, marks, own, denied, frozenset(mark.key for mark in marks), stems)


def _defined(text: str, every: Sequence[Word], terms: Terms) -> tuple[tuple[str, frozenset[str]], ...]:
    """The abbreviations a text defines, as in "proton pump inhibitor (PPI)": each with the keys of its words."""
    found = []
    for match in _SHORT.finditer(text):
        letters = match[1].lower()
        before = [word for word in every if word.end <= match.start() and not word.is_mark][-len(letters) - _FILLERS :]
        first = next((n for n, word in enumerate(before) if _spells(letters, before[n:])), None)
        if first is not None:
            keys = frozenset(mark.key for mark in _marks(text, before[first:], terms) if not mark.general)
            found.append((stem(letters), keys))
    return tuple(found)


def _spells(letters: str, written: Sequence[Word]) -> bool:
    """Whether the first letters of some words, little words aside, spell an abbreviation."""
    starts = [word.norm[0] for word in written if word.norm not in _LITTLE]
    return "".join(starts) == letters.removesuffix("s") or "".join(starts) == letters


def _with_shorts(keys: frozenset[str], shorts: Iterable[tuple[str, frozenset[str]]]) -> frozenset[str]:
    """The keys of a sentence with the long form of each abbreviation in it, and the other way round."""
    more = set(keys)
    for short, words_of_it in shorts:
        if short in keys:
            more |= words_of_it
        elif words_of_it and words_of_it <= keys:
            more.add(short)
    return frozenset(more)


def _in_figure(word: Word, figures: Iterable[Figure]) -> bool:
    return any(figure.span.start <= word.start < figure.span.end for figure in figures)


def _marks(text: str, here: Sequence[Word], terms: Terms) -> Iterator[Mark]:
    stems = [stem(word.norm) for word in here]
    clause = 0
    index = 0
    while index < len(here):
        word = here[index]
        norm = word.norm
        parts = norm in _CLAUSE_WORDS
        if parts or not norm[0].isalnum():
            clause += parts or norm in _CLAUSE_MARKS
            if norm not in EXCEPTIONS:
                index += 1
                continue
        length, roles = terms.at(stems, index, norm)
        key, general, negates = _meaning(tuple(stems[index : index + length]), roles, norm)
        if (len(norm) == 1 or norm in _ALSO_NAMES) and length == 1 and text[word.start : word.end].isupper():
            key, roles, general = _named(norm, here[index - 1].norm if index else "", key, roles, general)
        yield Mark(key, roles, Span(word.start, here[index + length - 1].end), clause, general, negates)
        index += length


def _named(
    norm: str, before: str, key: str, roles: tuple[Role, ...], general: bool
) -> tuple[str, tuple[Role, ...], bool]:
    """What a capital means: WHO is not "who", and the letter of a group or vitamin is a name."""
    if norm in _ALSO_NAMES:
        return norm.upper(), (Role(Part.SLOT, "issuer", norm),), False
    if before and (norm != "i" or before in _LETTERED):
        return norm.upper(), roles, False
    return key, roles, general


@lru_cache(maxsize=65536)
def _meaning(stems: tuple[str, ...], roles: tuple[Role, ...], norm: str) -> tuple[str, bool, bool]:
    """The key of a word or phrase, whether it is an everyday one, and whether it denies."""
    return _key(stems, roles), _is_general(roles, norm), _negates(stems, roles)


def _key(stems: Sequence[str], roles: Iterable[Role]) -> str:
    same = next((role.name for role in roles if role.part is Part.SAME), None)
    return same or " ".join(stems)


def _negates(stems: Sequence[str], roles: Iterable[Role]) -> bool:
    return any(role.part is Part.NEGATION for role in roles) or not _DENYING.isdisjoint(stems)


def _is_general(roles: tuple[Role, ...], norm: str) -> bool:
    """Whether a word may come and go. One letter says nothing by itself."""
    if not roles:
        return len(norm) == 1
    parts = {role.part for role in roles} - _COLOURS
    if not parts:
        return False
    return parts <= _PASSING or (Part.GENERAL in parts and parts <= {*_PASSING, Part.SAME})
