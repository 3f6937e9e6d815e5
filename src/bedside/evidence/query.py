"""From a question to what the index is asked: weighted terms, the pairs that belong together, other names for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bedside.evidence.analysis import terms

_ASKING = """
    what which who whose whom when where why how is are was were be been being am do does did doing done can
    could should would will shall may might must have has had having i me my mine we us our you your he his him
    she her they them their it its this that these those there here the a an of to for in on at by with from as
    about into and or but if so then than not no any some please tell know want like list describe explain
    define give mean meant used use using help need get got take happen best most common commonly usually
    currently known available mention name
"""
QUESTION_WORDS = frozenset(term for word in _ASKING.split() for term in terms(word))
"""Terms that ask and do not name anything. They are left out unless nothing else is left."""

_RUN_TOGETHER = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_ALTERNATIVE = 0.15
_PART = 0.6
"""What a word weighs that a longer term beside it holds: "vitamin A" gives "vitamina" and "vitamin", said once."""
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name for words of the question: ``words`` are the terms it stands for, ``terms`` its own.

    ``weight`` is from 0 to 1: how far the other name means the same.
    """

    words: tuple[str, ...]
    terms: tuple[str, ...]
    weight: float = 1.0


class Synonyms(Protocol):
    """What knows other names. Adapters read their lists; the query only asks."""

    def found_in(self, words: Sequence[str]) -> Iterable[OtherName]:
        """The other names of what *words* (the terms of a question in order, all of them) speak of."""
        ...


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What the index is asked and what the second stage scores.

    ``terms`` is the disjunction for the engine: every term once, with its weight, in a fixed order. ``words`` are the
    terms of the question in order, without those that only ask; ``other_names`` is what the synonyms added.
    """

    question: str
    terms: tuple[tuple[str, float], ...]
    words: tuple[str, ...]
    other_names: tuple[OtherName, ...] = field(default=())


def build_query(question: str, synonyms: Synonyms | None = None, extra: Iterable[str] = ()) -> SearchQuery:
    """The query for *question*. ``extra`` are further words known of the case, each asked for with a low weight.

    A question without any term gives a query without terms, which finds nothing.
    """
    said = terms(_RUN_TOGETHER.sub(" ", question))
    words = tuple(term for term in said if term not in QUESTION_WORDS) or tuple(said)
    names = tuple(synonyms.found_in(said)) if synonyms is not None else ()
    weights: dict[str, float] = {}
    for before, word, after in zip(("", *words), words, (*words[1:], ""), strict=False):
        said_once = _PART if _is_part(word, before) or _is_part(word, after) else 1.0
        weights[word] = weights.get(word, 0.0) + said_once
    added = [(term, name.weight) for name in names for term in name.terms]
    added += [(term, 1.0) for phrase in extra for term in terms(phrase)]
    for term, weight in added:
        if term not in weights:
            weights[term] = _ALTERNATIVE * weight
    return SearchQuery(question, tuple(weights.items()), words, names)


def _is_part(word: str, of: str) -> bool:
    """Whether *word* is the beginning or the end of a longer term beside it."""
    return _SHORTEST_PART <= len(word) < len(of) and (of.startswith(word) or of.endswith(word))
