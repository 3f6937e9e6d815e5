"""Context: what the words around a mention make of it. Denied, past, planned, somebody else's, merely asked about.

The method is the published ConText algorithm (Harkema and others, 2009): a trigger has an effect, a direction and a
reach; a terminator ends the reach. Here the reach is a clause, a list goes on behind a comma only while it looks like
a list, and whose body a clause is about is followed from word to word. The rules are data (``content/context.yaml``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any

from bedside.facts.fact import Presence, Subject, When
from bedside.facts.forms import answered, denies_what_follows
from bedside.facts.subject import SubjectRules
from bedside.text.phrases import Found, PhraseIndex
from bedside.text.sentences import clauses, sentences
from bedside.text.span import Span
from bedside.text.words import Word, word_range, words

_REACH = 24  # words; no denial reaches further, which also keeps the reading linear on any text
_SHORT_QUESTION = 9  # words and marks; a longer one that opens so ("Need advice: ...") tells a story as well
_LONGEST_LIST_ITEM = 5  # words between two commas that still look like one item of a list
_ALLERGY = frozenset({"allergy", "allergies", "allergic"})


class Effect(IntFlag):
    """What a trigger does to the mentions it reaches. Readings hold them as plain integers: flags are slow to join."""

    NONE = 0
    ABSENT = 1
    UNKNOWN = 2
    ASKED = 4
    HYPOTHETICAL = 8
    PLANNED = 16
    PAST = 32
    CURRENT = 64
    STOP = 128
    NOTHING = 256


_OR = frozenset({"or", "nor"})
_OF_ONE = frozenset({"not"})  # "not pregnant, penicillin allergy" denies one thing; "no fever, cough" may deny both
_ALLERGY = frozenset({"allergy", "allergies", "allergic", "anaphylaxis"})
_JOINING = frozenset({"but", "and"})
_GLUED = re.compile(r"\d+(?:mins?|h|hrs?|hours?|d|days?|wks?|w|weeks?)")
_DENIES = frozenset({"denies", "denied", "denying", "deny"})
_STATES = frozenset({"pregnant", "breastfeeding", "lactating", "vegan", "vegetarian"})
_KINDS = frozenset({"severe", "mild", "new", "worsening", "persistent", "ongoing", "intermittent", "occasional"})
_OF_GAIT = frozenset(
    ["change", "changes", "problem", "problems", "disturbance", "disturbances", "difficulty", "difficulties", "issues",
     "instability", "imbalance", "abnormality", "abnormalities", "trouble"]
)  # fmt: skip
_KIND_AND_SIGN = 2  # words: "mild headache"
_STOP, _NOTHING, _ABSENT, _PLANNED, _PAST = (
    Effect.STOP.value,
    Effect.NOTHING.value,
    Effect.ABSENT.value,
    Effect.PLANNED.value,
    Effect.PAST.value,
)


@dataclass(frozen=True, slots=True)
class Status:
    """What the context says of a span: whether it is there, whose it is, and when. ``asked`` marks what is merely
    asked about or suspected; its presence is UNKNOWN.
    """

    presence: Presence = Presence.PRESENT
    subject: Subject = Subject.PATIENT
    when: When = When.CURRENT
    asked: bool = False


@dataclass(frozen=True, slots=True)
class _Trigger:
    effect: int
    ahead: bool
    behind: bool


@dataclass(frozen=True, slots=True)
class ContextReading:
    """A text whose triggers have been followed once; ask it about any number of spans."""

    sequence: tuple[Word, ...]
    starts: list[int]
    effects: dict[int, int]
    subjects: tuple[tuple[int, Subject], ...]
    family_behind: frozenset[int]

    def effect(self, span: Span) -> int:
        """Every effect that reaches the first word of *span*."""
        place = word_range(self.sequence, span, self.starts).start
        return self.effects.get(place, 0)

    def subject(self, span: Span) -> Subject:
        """Whose body *span* is about."""
        place = word_range(self.sequence, span, self.starts).start
        if place in self.family_behind:
            return Subject.RELATIVE
        index = bisect_right(self.subjects, place, key=lambda change: change[0])
        return self.subjects[index - 1][1] if index else Subject.PATIENT

    def status(self, span: Span) -> Status:
        """Presence, subject and time of what *span* mentions."""
        effect = self.effect(span)
        asked = bool(effect & (Effect.UNKNOWN | Effect.ASKED))
        presence = Presence.ABSENT if effect & Effect.ABSENT else Presence.UNKNOWN if asked else Presence.PRESENT
        return Status(presence, self.subject(span), _when(effect), asked)


def _when(effect: int) -> When:
    if effect & Effect.HYPOTHETICAL:
        return When.HYPOTHETICAL
    if effect & Effect.PLANNED:
        return When.PLANNED
    if effect & Effect.PAST and not effect & Effect.CURRENT:
        return When.PAST
    return When.CURRENT


@dataclass(frozen=True, slots=True)
class ContextRules:
    """The context rules, indexed. Build with :meth:`from_mapping`; read a text with :meth:`read`."""

    index: PhraseIndex[_Trigger]
    breaks: frozenset[str]
    openers: frozenset[str]
    persons: frozenset[str]
    starters: frozenset[str]
    everybody: frozenset[str]
    subjects: SubjectRules
    _last: dict[str, ContextReading] = field(repr=False, compare=False, default_factory=dict)

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> ContextRules:
        """Index the content of ``context.yaml``."""
        merged: dict[str, tuple[int, bool, bool]] = {}
        for name, directions in data["triggers"].items():
            for direction, phrases in directions.items():
                for phrase in phrases:
                    effect, ahead, behind = merged.get(phrase, (0, False, False))
                    merged[phrase] = (
                        effect | Effect[name.upper()].value,
                        ahead or direction == "ahead",
                        behind or direction == "behind",
                    )
        for mark, key in ((_STOP, "stops"), (_NOTHING, "nothing")):
            for phrase in data[key]:
                known, ahead, behind = merged.get(phrase, (0, False, False))
                merged[phrase] = (known | mark, ahead, behind)
        return cls(
            PhraseIndex((phrase, _Trigger(*parts)) for phrase, parts in merged.items()),
            frozenset(data["breaks"]),
            frozenset(data["openers"]),
            frozenset(data["persons"]),
            frozenset(data["starters"]),
            frozenset(data["everybody"]),
            SubjectRules.from_mapping(data),
        )

    def status(self, text: str, span: Span) -> Status:
        """Presence, subject and time of what *span* of *text* mentions."""
        return self.read(text).status(span)

    def read(self, text: str) -> ContextReading:
        """Follow every trigger of *text* once. The last reading is kept: callers ask about one text many times."""
        reading = self._last.get(text)  # looked up once: another thread may put its own text there in between
        if reading is None:
            reading = self._read(text)
            self._last.clear()
            self._last[text] = reading
        return reading

    def _read(self, text: str) -> ContextReading:
        sequence = words(text)
        starts = [word.start for word in sequence]
        effects: dict[int, int] = {}
        names, answers = answered(text, sequence)
        found = [
            self._denial(text, sequence, hit)
            for hit in self.index.scan(sequence)
            if hit.first not in answers
            and not _intrinsic_factor(text, sequence, hit)
            and not _just_before(sequence, hit.first)
        ]
        stops = {hit.first for hit in found if hit.payload.effect & _STOP}
        spans = sentences(text)
        position = 0
        for sentence in spans:
            inside = word_range(sequence, sentence, starts)
            hits: list[Found[_Trigger]] = []
            while position < len(found) and found[position].first < inside.stop:
                hits.append(found[position])
                position += 1
            if self._general(sequence, inside):
                _mark(effects, inside, Effect.ASKED.value)
            if hits:
                self._follow(effects, sequence, stops, hits, _clause_ranges(text, sentence, sequence, starts))
        for name in names:
            _mark(effects, name, _ABSENT)
        changes, behind = self.subjects.follow(sequence, [word_range(sequence, each, starts) for each in spans])
        return ContextReading(sequence, starts, effects, changes, behind)

    def _denial(self, text: str, sequence: tuple[Word, ...], hit: Found[_Trigger]) -> Found[_Trigger]:
        """The trigger "? no" as an answer, or, where it denies what follows, the trigger that begins with its "no"."""
        place = hit.last - 1
        behind_a_mark = hit.payload.behind and sequence[hit.first].is_mark and sequence[place].norm == "no"
        if not behind_a_mark or not denies_what_follows(text, sequence, place):
            return hit
        return next(iter(self.index.at(sequence, place)), hit)

    def _general(self, sequence: tuple[Word, ...], inside: range) -> bool:
        """Whether a sentence asks about people in general, or whether to start something: "Start B12?"."""
        if not inside:
            return False
        norms = [sequence[place].norm for place in inside]
        if norms[-1] == "?" and norms[0] in self.starters and len(norms) <= _SHORT_QUESTION:
            return not any(norm in self.persons for norm in norms)
        if norms[0] not in self.openers or any(norm in self.persons for norm in norms):
            return False
        return not any(norm.isdigit() for norm in norms) or any(norm in self.everybody for norm in norms)

    def _follow(
        self,
        effects: dict[int, int],
        sequence: tuple[Word, ...],
        stops: set[int],
        hits: list[Found[_Trigger]],
        parts: list[range],
    ) -> None:
        part_at = 0
        for hit in hits:
            trigger = hit.payload
            if trigger.effect & _NOTHING:
                continue
            while part_at < len(parts) - 1 and hit.first >= parts[part_at].stop:
                part_at += 1
            part = parts[part_at]
            effect = trigger.effect & ~_STOP
            if trigger.ahead:
                _mark(effects, self._ahead(sequence, stops, hit, part), effect)
            if trigger.behind:
                # "Took tablets but stopped them": a clause that begins with its trigger speaks of the one before.
                opening = sequence[hit.first]
                joined = part_at and hit.first <= part.start and (opening.norm in _JOINING or opening.is_mark)
                reach = parts[part_at - 1] if joined else part
                _mark(effects, _behind(sequence, stops, hit, reach), effect)

    def _ahead(self, sequence: tuple[Word, ...], stops: set[int], hit: Found[_Trigger], part: range) -> range:
        limit = min(max(part.stop, hit.last), hit.last + _REACH)
        for place in range(hit.last, limit):
            if place in stops and place > hit.last:
                return range(hit.last, place)
            if hit.payload.effect & _ABSENT and _beyond_allergy(sequence, hit.last, place, limit):
                return range(hit.last, place)
            if sequence[place].norm == "," and not (
                hit.payload.effect & _ABSENT
                and self._list_goes_on(sequence, hit.last, place, limit)
                and (sequence[hit.last - 1].norm not in _OF_ONE or not _OR.isdisjoint(_norms(sequence, place, limit)))
            ):
                return range(hit.last, place)
        return range(hit.last, limit)

    def _list_goes_on(self, sequence: tuple[Word, ...], first: int, comma: int, limit: int) -> bool:
        """Whether what follows the comma is one more item of the list that was denied."""
        item = []
        for place in range(comma + 1, limit):
            norm = sequence[place].norm
            if norm == ",":
                break
            item.append(norm)
        if not item or any(norm[0].isdigit() for norm in item):
            return False
        if item[0] in self.breaks and not _of_the_list(sequence, first, item, _norms(sequence, comma, limit)):
            return False
        if not _OR.isdisjoint(item):
            return True
        # "No fever, penicillin allergy", "no allergies, G6PD deficiency": what is unsure is not taken as denied.
        around = _norms(sequence, first, comma).union(item)
        return _ALLERGY.isdisjoint(around) and len(item) <= _LONGEST_LIST_ITEM


def _norms(sequence: tuple[Word, ...], first: int, limit: int) -> set[str]:
    return {sequence[place].norm for place in range(first, limit)}


def _of_the_list(sequence: tuple[Word, ...], first: int, item: list[str], ahead: set[str]) -> bool:
    """Whether a word that mostly begins something new is one more item: "not diabetic, pregnant or breastfeeding",
    "denies numbness, gait change, chest pain", "denies chest pain, severe headache or fainting"."""
    denial = sequence[first - 1].norm
    if denial in _OF_ONE:
        return item[0] in _STATES and len(item) <= _LONGEST_LIST_ITEM and not _OR.isdisjoint(ahead)
    if denial not in _DENIES:
        return False
    if item[0] == "gait":
        return len(item) > 1 and item[1] in _OF_GAIT
    short = len(item) == _KIND_AND_SIGN
    return item[0] in _KINDS and not _OR.isdisjoint(ahead if short else item)


def _beyond_allergy(sequence: tuple[Word, ...], first: int, place: int, limit: int) -> bool:
    """Whether a denied allergy ends here, for what stands behind it is no allergy: "no penicillin allergy, CKD"."""
    if sequence[place].norm not in (",", "and"):
        return False
    told = _ALLERGY.intersection(word.norm for word in sequence[first:place])
    listed = any(word.norm in ("or", "nor") or word.norm in _ALLERGY for word in sequence[place:limit])
    return bool(told) and not listed and (sequence[place].norm == "," or sequence[place - 1].norm in _ALLERGY)


def _intrinsic_factor(text: str, sequence: tuple[Word, ...], hit: Found[_Trigger]) -> bool:
    """Whether "IF" in capitals is intrinsic factor and not a condition."""
    word = sequence[hit.first]
    return (
        hit.last - hit.first == 1 and word.norm == "if" and text[word.start : word.end] == "IF" and not text.isupper()
    )


def _just_before(sequence: tuple[Word, ...], place: int) -> bool:
    """Whether "ago" counts from a beginning some hours to weeks back, as in "pain 1h ago", "began 2d ago"; written
    apart ("2 days ago") it is a phrase that does nothing. "m" may be months: "eradicated 6m ago" stays past.
    """
    return place > 0 and sequence[place].norm == "ago" and _GLUED.fullmatch(sequence[place - 1].norm) is not None


def _closes(sequence: tuple[Word, ...], place: int) -> bool:
    return place >= len(sequence) or sequence[place].is_mark


def _behind(sequence: tuple[Word, ...], stops: set[int], hit: Found[_Trigger], part: range) -> range:
    limit = max(part.start, hit.first - _REACH)
    last = hit.first - 1
    if hit.payload.effect & _PAST and sequence[last].norm == "," and _closes(sequence, hit.last):
        last -= 1  # "took tablets for 6 months, stopped."
    for place in range(last, limit - 1, -1):
        new_subject = sequence[place].norm == "and" and hit.payload.effect & _PLANNED
        if (place in stops and place < part.stop) or sequence[place].norm == "," or new_subject:
            return range(place + 1, hit.first)
    return range(limit, hit.first)


def _clause_ranges(text: str, sentence: Span, sequence: tuple[Word, ...], starts: list[int]) -> list[range]:
    return [word_range(sequence, clause, starts) for clause in clauses(text, sentence)]


def _mark(effects: dict[int, int], places: range, effect: int) -> None:
    for place in places:
        effects[place] = effects.get(place, 0) | effect
