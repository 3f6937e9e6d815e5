"""Phrases: many word sequences looked up at one place in time that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from bedside.text.words import Word, spellings

Payload = TypeVar("Payload")


@dataclass(frozen=True, slots=True)
class Found(Generic[Payload]):
    """A phrase found at ``first`` .. ``last`` (word indices, half-open) with what it stands for."""

    first: int
    last: int
    payload: Payload


# The phrases of one first word: those of several words by their second, longest first, and those of one word.
_Drawer = tuple[dict[str, list[tuple[tuple[str, ...], Payload]]], list[Payload]]


def _opened(norm: str, entries: list[tuple[str, Payload]]) -> _Drawer[Payload]:
    longer: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
    alone: list[Payload] = []
    for phrase, payload in entries:
        for sequence in spellings(phrase):
            if sequence[:1] != (norm,):
                continue
            if len(sequence) == 1:
                alone.append(payload)
            else:
                longer.setdefault(sequence[1], []).append((sequence, payload))
    for candidates in longer.values():
        candidates.sort(key=lambda item: -len(item[0]))
    return longer, alone


def drawers_of(entries: Iterable[tuple[str, Payload]]) -> dict[str, list[tuple[str, Payload]]]:
    """Phrases and what they stand for, sorted by the first word of each of their spellings."""
    drawers: dict[str, list[tuple[str, Payload]]] = {}
    for entry in entries:
        first = entry[0].partition(" ")[0]
        if first.isalpha() and first.islower() and first.isascii():
            drawers.setdefault(first, []).append(entry)
        else:
            for sequence in spellings(entry[0]):
                if sequence:
                    drawers.setdefault(sequence[0], []).append(entry)
    return drawers


class PhraseIndex(Generic[Payload]):
    """Phrases by their first word, longest first.

    A drawer is taken apart when a text first holds its word, so that a vocabulary of a hundred thousand phrases opens
    at once. Nothing is compiled for a phrase.
    """

    __slots__ = ("_drawers", "_open")

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        """Sort the phrases into drawers."""
        self._drawers: Mapping[str, list[tuple[str, Payload]]] = drawers_of(entries)
        self._open: dict[str, _Drawer[Payload]] = {}

    @classmethod
    def of_drawers(cls, drawers: Mapping[str, list[tuple[str, Payload]]]) -> Self:
        """The index of phrases that were sorted before (``drawers_of``), when the content was compiled."""
        index = cls(())
        index._drawers = drawers
        return index

    def _drawer(self, norm: str) -> _Drawer[Payload] | None:
        if norm not in self._open:
            if norm not in self._drawers:
                return None
            self._open[norm] = _opened(norm, self._drawers[norm])
        return self._open[norm]

    def at(self, sequence: Sequence[Word], index: int) -> list[Found[Payload]]:
        """Every phrase that begins at word *index*, longest first."""
        drawer = self._drawer(sequence[index].norm)
        if drawer is None:
            return []
        longer, alone = drawer
        found = []
        for phrase, payload in longer.get(sequence[index + 1].norm, ()) if index + 1 < len(sequence) else ():
            last = index + len(phrase)
            if last <= len(sequence) and all(
                sequence[index + offset].norm == phrase[offset] for offset in range(2, len(phrase))
            ):
                found.append(Found(index, last, payload))
        found.extend(Found(index, index + 1, payload) for payload in alone)
        return found

    def scan(self, sequence: Sequence[Word]) -> list[Found[Payload]]:
        """The longest phrase at each place, left to right, none inside another."""
        found = []
        index = 0
        while index < len(sequence):
            here = self.at(sequence, index)
            if here:
                found.append(here[0])
                index = here[0].last
            else:
                index += 1
        return found
