"""Senses: what a word or phrase means to the checks. Looked up once a word and remembered, because words recur."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bedside.verification.terms import Part, Role, Terms, stem

EXCEPTIONS = frozenset(("unless", "except"))
"""Words that turn what follows them, and part one clause from the next."""

_CLAUSE_MARKS = frozenset(";:()")
_CLAUSE_WORDS = frozenset(("but", "however", "although", "though", "whereas", "while", "whilst", *EXCEPTIONS))
_COLOURS = frozenset((Part.COMMON, Part.PROOF, Part.ABSOLUTE, Part.CONDITION))  # say nothing of what must agree
_PASSING = frozenset((Part.GENERAL, Part.NEGATION, Part.WEAK, Part.STRONG))
_NONE: frozenset[Part] = frozenset()
_TURNING = frozenset((Part.AXIS, Part.GENERAL))
_LETTERED = frozenset(("group", "groups", "type", "class", "stage", "phase", "grade", "arm"))
_ALSO_NAMES = frozenset(("who",))
_DENYING = frozenset(("not", "no"))


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """The meaning of a word or phrase. ``key`` is what must agree: its group, or its stem; ``parts`` are the kinds of
    its roles. ``general`` says that it is an everyday word, ``counts`` that it counts for coverage, ``negates`` that it
    denies, alone or within its phrase."""

    key: str
    roles: tuple[Role, ...]
    parts: frozenset[Part]
    general: bool
    counts: bool
    negates: bool

    @classmethod
    def of(cls, key: str, roles: tuple[Role, ...], *, general: bool, negates: bool) -> Sense:
        """The sense with what follows from its roles: poles of an axis do not count, their own check compares them."""
        parts = frozenset([role.part for role in roles]) if roles else _NONE
        return cls(key, roles, parts, general, not general and not (roles and parts <= _TURNING), negates)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A word as it is looked up: its stem, what it means ``alone``, and the ``phrases`` it begins, longest first, each
    with its further stems.

    ``is_mark`` says that it is punctuation, ``parts`` that a clause begins with it, ``silent`` that it means nothing
    itself, ``may_name`` that in capitals it may be a name.
    """

    norm: str
    stem: str
    alone: Sense
    phrases: tuple[tuple[tuple[str, ...], Sense], ...]
    is_mark: bool
    parts: bool
    silent: bool
    may_name: bool


@lru_cache(maxsize=65536)
def entry(norm: str, terms: Terms) -> Entry:
    """The entry of one folded word."""
    first = stem(norm)
    found = [(phrase[1:], _sense(phrase, roles, norm)) for phrase, roles in terms.phrases.get(first, ())]
    alone = next((sense for rest, sense in found if not rest), None)
    is_mark = not norm[0].isalnum()
    return Entry(
        norm=norm,
        stem=first,
        alone=alone or _sense((first,), terms.by_ending(norm), norm),
        phrases=tuple((rest, sense) for rest, sense in found if rest),
        is_mark=is_mark,
        parts=norm in _CLAUSE_WORDS or norm in _CLAUSE_MARKS,
        silent=is_mark or (norm in _CLAUSE_WORDS and norm not in EXCEPTIONS),
        may_name=len(norm) == 1 or norm in _ALSO_NAMES,
    )


def as_name(word: Entry, before: str) -> Sense:
    """What a word in capitals means behind another one: WHO is not "who", the letter of a group or vitamin a name."""
    if word.norm in _ALSO_NAMES:
        issuer = (Role(Part.SLOT, "issuer", word.norm),)
        return Sense.of(word.norm.upper(), issuer, general=False, negates=word.alone.negates)
    if before and (word.norm != "i" or before in _LETTERED):
        return Sense.of(word.norm.upper(), word.alone.roles, general=False, negates=word.alone.negates)
    return word.alone


def _sense(stems: Sequence[str], roles: tuple[Role, ...], norm: str) -> Sense:
    same = next((role.name for role in roles if role.part is Part.SAME), None)
    negates = any(role.part is Part.NEGATION for role in roles) or not _DENYING.isdisjoint(stems)
    return Sense.of(same or " ".join(stems), roles, general=_is_general(roles, norm), negates=negates)


def _is_general(roles: tuple[Role, ...], norm: str) -> bool:
    """Whether a word may come and go. One letter says nothing by itself."""
    if not roles:
        return len(norm) == 1
    parts = {role.part for role in roles} - _COLOURS
    if not parts:
        return False
    return parts <= _PASSING or (Part.GENERAL in parts and parts <= {*_PASSING, Part.SAME})
