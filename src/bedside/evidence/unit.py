"""The unit of search: a whole record with its abstract, or one passage of a full text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bedside.evidence.passage import Passage
from bedside.evidence.record import Heading, Record

WHOLE = "/record"
"""The id of a unit that is a whole record: the key of its source, and this."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is found as one. ``position`` is that of the passage, or -1 for a whole record."""

    position: int
    heading: str
    text: str

    def chosen(self, lines: Sequence[str]) -> str:
        """Of something made of each passage, what belongs to this unit, joined."""
        return lines[self.position] if self.position >= 0 else "".join(lines)


def units_of(passages: Sequence[Passage], *, full: bool) -> Iterator[Unit]:
    """The units of a document, passages counted from 0. A record without any passage is found by its title."""
    if full and passages:
        for position, passage in enumerate(passages):
            yield Unit(position, passage.heading, passage.text)
        return
    yield Unit(-1, "", " ".join(passage.text for passage in passages))


def mesh_names(headings: Iterable[Heading]) -> tuple[str, ...]:
    """The names of subject headings, the major ones first, otherwise as the record has them."""
    ordered = sorted(headings, key=lambda heading: not heading.major)
    return tuple(dict.fromkeys(heading.name for heading in ordered))


def words_in(text: str) -> int:
    """The words of a text whose white space is single: one more than there are spaces and line ends."""
    return text.count(" ") + text.count("\n") + 1 if text else 0


def words_of(record: Record) -> tuple[int, int, int, int, int]:
    """How many units a record gives, and the words in their titles, headings, texts and subject headings."""
    units = list(units_of(record.passages, full=record.full))
    return words_in_units(record, units, mesh_names(record.headings))


def words_in_units(record: Record, units: Sequence[Unit], mesh: Iterable[str]) -> tuple[int, int, int, int, int]:
    """The same, where the units of the record and the names of its subject headings are known already."""
    titles = words_in(record.source.title) * len(units)
    names = sum(map(words_in, mesh)) * len(units)
    headings = sum(words_in(unit.heading) for unit in units)
    return len(units), titles, headings, sum(words_in(unit.text) for unit in units), names
