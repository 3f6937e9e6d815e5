"""Emergency wording: words in the text that cannot wait (row RF8 of the vitamin B12 specification).

A sign counts unless it is a figure of speech, denied, over, or spoken of in general. Who has it makes no difference:
"my husband has crushing chest pain" is an emergency. Words for "now" win over past and general ones, so that a doubt
is settled towards help; a plain denial stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bedside.facts.context import ContextRules
from bedside.facts.fact import Presence, When
from bedside.question.grammar import LONGEST
from bedside.question.patterns import Hit, PatternBook, by_label, indexed, near, overlap
from bedside.question.question import Emergency
from bedside.question.words import Break, Word, span_of, words

_REACH = 14
"""Words a cue reaches; no sentence says so much between a cue and its sign, and it keeps the reading linear."""

_PARTING = frozenset({"and", "but"})
_FIGURATIVE = "figurative"
_UNLESS = "unless "
_CUES = ("past", "general", "general_after", "mine", "now", "over")


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of emergency: its id, the statements shown first (full ids), and its rank (lower is shown first)."""

    id: str
    statements: tuple[str, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class EmergencyRules:
    """The content of ``emergency.yaml``, indexed."""

    categories: Mapping[str, Category]
    signs: PatternBook
    cues: PatternBook

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any], books: Mapping[str, Any]) -> EmergencyRules:
        """Open ``emergency.yaml`` with the books of its patterns, as :func:`emergency_books` made them."""
        ordered = sorted(data["categories"], key=lambda entry: entry["urgency"] != "immediate")
        categories = {
            entry["id"]: Category(entry["id"], tuple(f"safety/{name}" for name in entry["statements"]), rank)
            for rank, entry in enumerate(ordered)
        }
        return cls(categories, PatternBook(books["signs"]), PatternBook(books["cues"]))


def emergency_books(data: Mapping[str, Any]) -> dict[str, Any]:
    """The patterns of ``emergency.yaml`` as plain JSON. Raises LibraryUnusable for one that cannot be read."""
    entries = data["categories"]
    signs = {entry["id"]: entry["signs"] for entry in entries}
    signs |= {_UNLESS + entry["id"]: entry["unless"] for entry in entries}
    signs[_FIGURATIVE] = data["figurative"]
    cues = {name: data["cues"][name] for name in _CUES}
    groups, real_words = data["groups"], data["real_words"]
    return {"signs": indexed(signs, groups, real_words), "cues": indexed(cues, groups, real_words)}


def find_emergencies(text: str, rules: EmergencyRules, context: ContextRules) -> tuple[Emergency, ...]:
    """The emergencies of *text*, one a category, the most urgent first; each with the words that say so."""
    cut = words(text)
    hits = rules.signs.find(cut)
    signs = [hit for hit in hits if hit.label in rules.categories]
    if not signs:
        return ()
    reading = _Reading.of(text, cut, rules, context)
    barred = by_label(hit for hit in hits if hit.label not in rules.categories)
    found: dict[str, Hit] = {}
    for hit in signs:
        if hit.label not in found and not _barred(hit, barred) and reading.counts(hit):
            found[hit.label] = hit
    return tuple(_emergency(text, cut, found[kind], rules.categories[kind]) for kind in _ranked(rules) if kind in found)


def _ranked(rules: EmergencyRules) -> list[str]:
    """The ids of the categories, the most urgent first."""
    return sorted(rules.categories, key=lambda kind: rules.categories[kind].rank)


def _emergency(text: str, cut: tuple[Word, ...], hit: Hit, category: Category) -> Emergency:
    span = span_of(cut, hit.first, hit.last)
    return Emergency(category.id, category.statements, span.of(text), span)


def _barred(sign: Hit, barred: dict[str, list[Hit]]) -> bool:
    """Whether a figure of speech, or an exception of the sign's own category, shares a word with the sign."""
    labels = (_FIGURATIVE, _UNLESS + sign.label)
    others = (hit for label in labels for hit in near(barred.get(label, []), sign.first - LONGEST, sign.last))
    return any(overlap(sign, other) for other in others)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text with the cues found in it."""

    text: str
    cut: tuple[Word, ...]
    cues: dict[str, list[Hit]]
    context: ContextRules

    @classmethod
    def of(cls, text: str, cut: tuple[Word, ...], rules: EmergencyRules, context: ContextRules) -> _Reading:
        return cls(text, cut, by_label(rules.cues.find(cut)), context)

    def counts(self, sign: Hit) -> bool:
        """Whether the sign is there, now, and somebody's own."""
        status = self.context.status(self.text, span_of(self.cut, sign.first, sign.last))
        if status.presence is Presence.ABSENT:
            return False
        low, high = self._sentence(sign)
        if self._past(low, high, sign):
            return False
        general = status.when is When.HYPOTHETICAL or self._any("general", low, sign.first - 1, sign)
        general = general or self._any("general_after", sign.last + 1, high, sign)
        return not general or bool(self._now(low, high)) or self._mine(sign, high)

    def _past(self, low: int, high: int, sign: Hit) -> bool:
        """Whether the clause of the sign says that it is over, and nothing there says that it is now."""
        past = any(not overlap(hit, sign) and self._one_clause(hit, sign, low) for hit in self._hits("past", low, high))
        return past and not any(self._one_clause(hit, sign, low) for hit in self._now(low, high))

    def _one_clause(self, cue: Hit, sign: Hit, low: int) -> bool:
        """Whether no comma, "and" or "but" parts cue and sign ("in 2015, I ..." is one clause)."""
        first, last = (cue.last, sign.first) if cue.first < sign.first else (sign.last, cue.first)
        opening = cue.first == low and cue.first < sign.first
        between = range(first + 1 + opening, last + 1)
        return all(self.cut[i].before < Break.COMMA and self.cut[i].form not in _PARTING for i in between)

    def _sentence(self, sign: Hit) -> tuple[int, int]:
        """The first and last word of the sentence around the sign, at most _REACH words away."""
        low, high = sign.first, sign.last
        while low > 0 and sign.first - low < _REACH and self.cut[low].before < Break.LINE:
            low -= 1
        while high + 1 < len(self.cut) and high - sign.last < _REACH and self.cut[high + 1].before < Break.SENTENCE:
            high += 1
        return low, high

    def _hits(self, cue: str, low: int, high: int) -> Iterable[Hit]:
        return (hit for hit in near(self.cues.get(cue, []), low, high) if hit.last <= high)

    def _any(self, cue: str, low: int, high: int, sign: Hit) -> bool:
        """Whether a cue stands between two words, outside the sign itself."""
        return any(not overlap(hit, sign) for hit in self._hits(cue, low, high))

    def _now(self, low: int, high: int) -> list[Hit]:
        """The words of the sentence that say it is now, other than those that say it is over now."""
        over = list(self._hits("over", low, high))
        return [now for now in self._hits("now", low, high) if not any(overlap(now, end) for end in over)]

    def _mine(self, sign: Hit, high: int) -> bool:
        """Whether what was asked in general turns out, right behind the sign, to be somebody's own."""
        following = high
        while following + 1 < len(self.cut) and following - high < _REACH:
            following += 1
            if following > high + 1 and self.cut[following].before is Break.SENTENCE:
                break
        return self._any("mine", sign.last + 1, following, sign)
