"""The difference between two states of a body: field by field, sentence by sentence, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from bedside.protocol.condition import as_text, from_json
from bedside.text.sentences import sentences

_CONDITIONS = ("given", "when")
"""Fields that hold a condition in its compiled form."""
_TEXTS = ("clinical", "plain", "note", "title")
"""Fields that hold prose, which is compared by sentence."""
_NAMES = ("name", "jurisdiction", "since")
"""What tells the rows of a list apart, where they have it."""
_WORD = re.compile(r"\s*\S+\s*$|\s*\S+")
_ALIKE = 0.3  # of the words of two sentences that must agree for one to be the other, reworded


class Mark(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that were kept, taken out or put in."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence, or one entry of a list, before and after. One side is () where it was put in or taken out whole;
    the texts of a side's pieces, joined, are that side."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return any(piece.mark is not Mark.SAME for piece in (*self.before, *self.after))


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs. ``field`` is its place in the body ("plain", "title.clinical",
    "bands.GB.low.high.values.ng/L"), ``before`` and ``after`` are it as text, ``changes`` every sentence of both, those
    that stayed too."""

    field: str
    before: str
    after: str
    changes: tuple[Change, ...]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What differs between two bodies of one item or ground, in the order of their fields; () where they are equal."""
    old, new = dict(_flat(before)), dict(_flat(after))
    fields = dict.fromkeys((*old, *new))
    return tuple(
        Difference(field, str(was), str(now), _marks(was.parts, now.parts))
        for field in fields
        if (was := old.get(field, _NOTHING)).parts != (now := new.get(field, _NOTHING)).parts
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """The parts of a field and what stands between them."""

    parts: tuple[str, ...]
    by: str = ""

    def __str__(self) -> str:
        return self.by.join(self.parts)


_NOTHING = _Text(())


def _flat(body: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, _Text]]:
    """Every field with its parts: the sentences of a text, the entries of a list, one part for anything else. Fields
    that are empty are left out, so that to add an empty field changes nothing."""
    for name, value in body.items():
        yield from _field(f"{within}{name}", name, value)


def _field(field: str, name: str, value: object) -> Iterator[tuple[str, _Text]]:
    if name in _CONDITIONS and isinstance(value, list):
        yield field, _Text((as_text(from_json(value)),))
    elif isinstance(value, Mapping):
        yield from _flat(value, f"{field}.")
    elif isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value):
        for row, each in _rows(value):
            yield from _flat(each, f"{field}.{row}.")
    elif isinstance(value, list | tuple):
        if value:
            yield field, _Text(tuple(_entry(each) for each in value), "; ")
    elif value not in (None, "", False):
        text = "yes" if value is True else str(value)
        yield field, _Text(_sentences(text) if name in _TEXTS else (text,))


def _rows(rows: Sequence[Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a list, by what tells them apart, else by their number from 1."""
    for place, row in enumerate(rows, 1):
        named = " ".join(str(row[name]) for name in _NAMES if row.get(name))
        yield named or str(place), row


def _entry(entry: object) -> str:
    """An entry of a list on one line."""
    return ", ".join(str(part) for part in entry if part) if isinstance(entry, list | tuple) else str(entry)


def _sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, each with the white space behind it."""
    starts = [0, *(span.start for span in sentences(text)[1:])]
    return tuple(text[start:end] for start, end in zip_longest(starts, starts[1:]))


def _marks(before: Sequence[str], after: Sequence[str]) -> tuple[Change, ...]:
    """The changes of a field; where white space alone differs, every part is marked whole."""
    found = tuple(_changes(before, after))
    if any(change.changed for change in found):
        return found
    gone = tuple(Change((Piece(Mark.GONE, part),), ()) for part in before)
    return (*gone, *(Change((), (Piece(Mark.NEW, part),)) for part in after))


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Parts that stayed, and parts put in, taken out or reworded."""
    old, new = ([part.strip() for part in parts] for parts in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        for was, now in zip_longest(before[start:end], after[begin:stop]):
            if tag == "equal":
                yield Change((Piece(Mark.SAME, was),), (Piece(Mark.SAME, now),))
            else:
                yield from _reworded(was, now)


def _reworded(was: str | None, now: str | None) -> Iterator[Change]:
    """One part against the part in its place: reworded, or one taken out and another put in."""
    if was is not None and now is not None:
        old, new = _words(was), _words(now)
        matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
        made = _marked(old, new, matcher)
        if matcher.ratio() >= _ALIKE:
            yield made
            return
    if was is not None:
        yield Change((Piece(Mark.GONE, was),), ())
    if now is not None:
        yield Change((), (Piece(Mark.NEW, now),))


def _words(text: str) -> list[str]:
    return _WORD.findall(text) or [text]


def _marked(old: Sequence[str], new: Sequence[str], matcher: SequenceMatcher[str]) -> Change:
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, start, end, begin, stop in matcher.get_opcodes():
        same = tag == "equal"
        before += _piece(Mark.SAME if same else Mark.GONE, old[start:end])
        after += _piece(Mark.SAME if same else Mark.NEW, new[begin:stop])
    return Change(tuple(before), tuple(after))


def _piece(mark: Mark, words: Iterable[str]) -> list[Piece]:
    text = "".join(words)
    return [Piece(mark, text)] if text else []
