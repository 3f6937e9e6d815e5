"""A text as the checks read it: sentences of marks, each with its stem or group, its roles and whether it is denied."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from bedside.text.matching import Figure
from bedside.text.matching import figures as read_figures
from bedside.text.sentences import sentences
from bedside.text.span import Span
from bedside.text.words import Word, words
from bedside.verification.abbreviations import defined, with_shorts
from bedside.verification.senses import Entry, Sense, as_name, entry
from bedside.verification.terms import Part, Role, Terms

_TIMES = frozenset(("day", "d", "week", "wk", "month", "year", "yr", "hour", "h", "min", "minute"))

Place = tuple[int, int, int]
"""The start and end of a mark in the text, and the number of its clause."""


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One word or phrase. ``key`` is what must agree: its group, or its stem; ``clause`` numbers the clauses of the
    sentence; ``general`` marks an everyday word, ``negates`` one that denies, alone or within its phrase."""

    key: str
    roles: tuple[Role, ...]
    start: int
    end: int
    clause: int
    general: bool
    negates: bool

    @property
    def span(self) -> Span:
        """Where it stands in the text."""
        return Span(self.start, self.end)

    def role(self, part: Part) -> Role | None:
        """Its role of one kind, or None."""
        for role in self.roles:
            if role.part is part:
                return role
        return None


@dataclass(frozen=True, eq=False)
class Said:
    """One sentence: its marks and figures in order, with spans in the whole text.

    ``senses`` and ``places`` are what its marks mean and where they stand; the marks are made of them when they are
    first asked for, which of most sentences of a passage they never are. ``denied`` are the clauses that hold a
    negation, ``keys`` what stands in it, ``stems`` the stems of all its words.
    """

    span: Span
    senses: tuple[Sense, ...]
    places: tuple[Place, ...]
    figures: tuple[Figure, ...]
    denied: frozenset[int]
    keys: frozenset[str]
    stems: frozenset[str]

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Its words and phrases in order."""
        return tuple(
            Mark(sense.key, sense.roles, start, end, clause, sense.general, sense.negates)
            for sense, (start, end, clause) in zip(self.senses, self.places, strict=True)
        )

    @cached_property
    def content(self) -> tuple[Mark, ...]:
        """The marks that carry its meaning."""
        return tuple(mark for mark in self.marks if not mark.general)

    @cached_property
    def counted(self) -> tuple[Mark, ...]:
        """The marks that count for coverage."""
        return tuple(mark for mark, sense in zip(self.marks, self.senses, strict=True) if sense.counts)

    @cached_property
    def counted_keys(self) -> tuple[str, ...]:
        """Their keys."""
        return tuple([sense.key for sense in self.senses if sense.counts])

    @cached_property
    def content_keys(self) -> Counter[str]:
        """How often each key of its content stands in it."""
        return Counter([sense.key for sense in self.senses if not sense.general])

    @cached_property
    def _parts(self) -> frozenset[Part]:
        return frozenset().union(*[sense.parts for sense in self.senses])

    def of(self, part: Part) -> Sequence[tuple[Mark, Role]]:
        """Every mark with a role of one kind."""
        if part not in self._parts:
            return ()
        return [(mark, role) for mark in self.marks for role in mark.roles if role.part is part]

    def poles(self) -> Counter[tuple[str, str | int]]:
        """How often each pole of each axis stands in it."""
        return Counter((role.name, role.value) for _, role in self.of(Part.AXIS))


@dataclass(frozen=True, eq=False)
class Reading:
    """A text read for the checks."""

    text: str
    sentences: tuple[Said, ...]
    keys: frozenset[str]
    figures: tuple[Figure, ...]

    @cached_property
    def whole(self) -> Said:
        """All its sentences, of which there must be one, as one: for what may stand anywhere in it."""
        return Said(
            span=Span(self.sentences[0].span.start, self.sentences[-1].span.end),
            senses=tuple(sense for said in self.sentences for sense in said.senses),
            places=tuple(place for said in self.sentences for place in said.places),
            figures=self.figures,
            denied=frozenset().union(*(said.denied for said in self.sentences)),
            keys=self.keys,
            stems=frozenset().union(*(said.stems for said in self.sentences)),
        )

    @cached_property
    def members(self) -> frozenset[tuple[str, str]]:
        """Each member of a class that stands anywhere in it, with the class before it."""
        return frozenset((role.name, str(role.value)) for role in self._roles(Part.SLOT))

    @cached_property
    def axes(self) -> frozenset[str]:
        """Each axis of which a pole stands anywhere in it."""
        return frozenset(role.name for role in self._roles(Part.AXIS))

    @cached_property
    def compounds(self) -> frozenset[str]:
        """The phrases that stand anywhere in it, each written as one word."""
        return frozenset(key.replace(" ", "") for key in self.keys if " " in key)

    def _roles(self, part: Part) -> Iterator[Role]:
        for said in self.sentences:
            for sense in said.senses:
                if part in sense.parts:
                    yield from (role for role in sense.roles if role.part is part)


@lru_cache(maxsize=4096)
def read(text: str, terms: Terms) -> Reading:
    """Read a text. Pure, and remembered: passages recur."""
    figures = read_figures(text, terms.units.tokens)
    every = words(text)
    starts = [word.start for word in every]
    figure_starts = [figure.span.start for figure in figures]
    found = []
    for span in sentences(text):
        own = figures[bisect_left(figure_starts, span.start) : bisect_left(figure_starts, span.end)]
        found.append(_said(text, span, _outside(own, every, starts, span), own, terms))
    if shorts := defined(text, every, lambda some: _keys(text, some, terms)):
        found = [replace(said, keys=with_shorts(said.keys, shorts)) for said in found]
    kept = tuple(said for said in found if said.senses or said.figures)
    return Reading(text, kept, frozenset().union(*(said.keys for said in kept)), figures)


def _outside(own: Sequence[Figure], every: Sequence[Word], starts: Sequence[int], span: Span) -> list[Word]:
    """The words of a sentence that are not part of its figures."""
    here: list[Word] = []
    position = bisect_left(starts, span.start)
    for figure in own:
        here += every[position : bisect_left(starts, figure.span.start)]
        position = max(position, bisect_left(starts, figure.span.end))
    here += every[position : bisect_left(starts, span.end)]
    return here


def _said(text: str, span: Span, here: Sequence[Word], own: tuple[Figure, ...], terms: Terms) -> Said:
    entries = _entries(here, terms)
    senses, places = _senses(text, here, entries)
    return Said(
        span=span,
        senses=senses,
        places=places,
        figures=own,
        denied=frozenset([clause for sense, (_, _, clause) in zip(senses, places, strict=True) if sense.negates]),
        keys=frozenset([sense.key for sense in senses]),
        stems=frozenset([word.stem for word in entries if not word.is_mark]),
    )


def _entries(here: Sequence[Word], terms: Terms) -> list[Entry]:
    entries = [entry(word.norm, terms) for word in here]
    stroke = entry("/", terms)
    if stroke in entries:
        for place, (word, behind) in enumerate(pairwise(entries)):
            if word is stroke and behind.norm in _TIMES:  # before a unit of time it is "per": "5 cigarettes/day"
                entries[place] = entry("per", terms)
    return entries


def _keys(text: str, here: Sequence[Word], terms: Terms) -> frozenset[str]:
    """What some words say, everyday words aside."""
    entries = [entry(word.norm, terms) for word in here]
    senses, _ = _senses(text, here, entries)
    return frozenset(sense.key for sense in senses if not sense.general)


def _senses(text: str, here: Sequence[Word], entries: Sequence[Entry]) -> tuple[tuple[Sense, ...], tuple[Place, ...]]:
    """What the words of a sentence mean, the longest phrase at each place, and where each stands."""
    stems = tuple([word.stem for word in entries])
    senses: list[Sense] = []
    places: list[Place] = []
    clause = 0
    index = 0
    while index < len(entries):
        word = entries[index]
        clause += word.parts
        if word.silent:
            index += 1
            continue
        start, end = here[index].start, here[index].end
        sense, length = word.alone, 1
        for rest, meaning in word.phrases:
            if stems[index + 1 : index + 1 + len(rest)] == rest:
                sense, length = meaning, 1 + len(rest)
                end = here[index + len(rest)].end
                break
        if word.may_name and length == 1 and text[start:end].isupper():
            sense = as_name(word, entries[index - 1].norm if index else "")
        senses.append(sense)
        places.append((start, end, clause))
        index += length
    return tuple(senses), tuple(places)
