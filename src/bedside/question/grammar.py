"""The grammar of patterns: words in a row with gaps, written as data.

Elements::

    chest           this word
    chest|rib       either word
    vomit*          a word that begins so
    {pain}          a word of the group of that name
    my?             may be left out (also: {pain}? and my|his?)
    ~3              up to three other words may stand here; a gap of SHORT_GAP or fewer has no comma in it
    #10-            a number from 10 on; #1-15 from 1 to 15; # any number
    $               a break (comma, line end, sentence end) or the end of the text

A pattern never runs over the end of a sentence. Word forms are lower case without apostrophes (``cant breathe``), but
``i'm`` keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from bedside.errors import LibraryUnusable

LONGEST = 40
"""Words the longest pattern spans; a content file with a longer one is refused."""

SHORT_GAP = 5
"""A gap this short joins the words of one expression ("pain in my chest"); a longer one may run over a comma."""

_NUMBER = re.compile(r"#(\d*)(-?)(\d*)\Z")
_DIGITS = re.compile(r"\d{1,9}\Z", re.ASCII)
_NO_WORD = frozenset('"&,.;:()[]!')
_REMEDY = "Correct the pattern in the content file and build the content again."


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a pattern, after up to ``gap`` other words."""

    exact: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    ending: bool = False
    gap: int = 0

    def takes(self, form: str) -> bool:
        """Whether the word form is one this element asks for."""
        if form in self.exact or (self.starts and form.startswith(self.starts)):
            return True
        if self.low is None or self.high is None or not _DIGITS.match(form):
            return False
        return self.low <= int(form) <= self.high


@dataclass(frozen=True, slots=True)
class Phrase:
    """One choice of a pattern's elements, under its label."""

    label: str
    elements: tuple[Element, ...]


class Grammar:
    """Reads patterns that may name the given groups of words. Raises LibraryUnusable, showing the pattern."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._groups = {name: tuple(members) for name, members in groups.items()}
        self._made: dict[tuple[str, int], Element] = {}

    def phrases(self, label: str, text: str) -> Iterator[Phrase]:
        """The phrases one pattern stands for: every choice of its optional elements."""
        if set(text) & _NO_WORD:
            raise _refusal(label, text, "holds a mark that no word has")
        choices = [(piece[:-1], "") if piece.endswith("?") else (piece,) for piece in text.split()]
        for chosen in product(*choices):
            pieces = [piece for piece in chosen if piece]
            elements = tuple(self._elements(label, text, pieces))
            _refuse_open_ends(label, text, elements, pieces)
            yield Phrase(label, elements)

    def _elements(self, label: str, text: str, pieces: list[str]) -> Iterator[Element]:
        """The elements of one pattern without optional parts."""
        gap = 0
        for piece in pieces:
            if not piece.startswith("~"):
                yield self._element(label, text, piece, gap)
                gap = 0
            elif piece[1:].isdigit():
                gap = int(piece[1:])
            else:
                raise _refusal(label, text, f"has a gap {piece!r} without a number")

    def _element(self, label: str, text: str, piece: str, gap: int) -> Element:
        """One element, made once for all patterns that share it."""
        if (piece, gap) not in self._made:
            self._made[piece, gap] = self._make(label, text, piece, gap)
        return self._made[piece, gap]

    def _make(self, label: str, text: str, piece: str, gap: int) -> Element:
        """One element: a break, or words, groups and numbers parted by ``|``."""
        if piece == "$":
            return Element(ending=True, gap=gap)
        members: list[str] = []
        low: int | None = None
        high: int | None = None
        for part in piece.split("|"):
            number = _NUMBER.match(part)
            if number:
                low, high = _bounds(*number.groups())
            elif part.startswith("{"):
                if part[1:-1] not in self._groups:
                    raise _refusal(label, text, f"names a group {part} that is not there")
                members.extend(self._groups[part[1:-1]])
            else:
                members.append(part)
        exact = frozenset(member for member in members if not member.endswith("*"))
        starts = tuple(member[:-1] for member in members if member.endswith("*"))
        return Element(exact, starts, low, high, gap=gap)


def _refusal(label: str, text: str, what: str) -> LibraryUnusable:
    return LibraryUnusable(f"The pattern {text!r} of {label!r} {what}.", _REMEDY)


def _refuse_open_ends(label: str, text: str, elements: tuple[Element, ...], pieces: list[str]) -> None:
    """A pattern begins with a word, does not end in a gap, and has a break nowhere but at its end."""
    if not elements or elements[0].gap or elements[0].ending:
        raise _refusal(label, text, "does not begin with a word")
    if pieces[-1].startswith("~"):
        raise _refusal(label, text, "ends in a gap")
    if sum(element.gap + 1 for element in elements) > LONGEST:
        raise _refusal(label, text, f"spans more than {LONGEST} words")
    if any(element.ending for element in elements[:-1]):
        raise _refusal(label, text, "has a break before its end")


def _bounds(low: str, dash: str, high: str) -> tuple[int, int]:
    """The least and greatest number of ``#``, ``#5``, ``#5-`` or ``#5-9``."""
    least = int(low or 0)
    return least, int(high) if high else (least if low and not dash else 10**9)
