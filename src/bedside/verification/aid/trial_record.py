"""The record of a trial as registers print it: arms with their events and results, and the criteria of entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bedside.evidence.analysis import terms

_TRIAL = re.compile(r"The (primary|secondary) trial:")
_ARM = re.compile(r"(?:Adverse Events|Results|INTERVENTION) (\d+):")
_EVENT = re.compile(r"(.+?)\s*(?:\*\s*)?(?:\[\d+\]\s*)*(\d+)/(\d+)(?:\s*\((\d+(?:\.\d+)?)%\))?$")
_ANALYSED = re.compile(r"Overall Number of Participants Analyzed: (\d+)")
_UNIT = re.compile(r"Unit of Measure:\s*(.*)")
_VALUE = re.compile(r"(?:(.*?):\s+|^|\s{2})(-?\d+(?:[.,]\d+)?)(?![\d%])")
_NEARLY = 1.0  # percentage points by which a count may miss its printed share


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to ``count`` of the ``whole`` participants of an arm; ``name`` holds its terms."""

    name: frozenset[str]
    count: int
    whole: int


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm: the terms of all its lines, its adverse events, and the values of its results.

    ``total`` is how many had any event, and of how many; ``analysed`` how many the results are of, 0 where unsaid;
    ``unit`` is folded. ``values`` are in the order of the record, each with the terms of its label.
    """

    title: frozenset[str]
    words: frozenset[str]
    lines: tuple[str, ...]
    total: tuple[int, int] | None
    events: tuple[Event, ...]
    analysed: int
    unit: str
    values: tuple[tuple[frozenset[str], float], ...]

    def shares(self) -> tuple[float, ...]:
        """The values as percentages, where the unit tells that they are, or are counts of participants."""
        if "percent" in self.unit or "%" in self.unit:
            return tuple(value for _, value in self.values)
        if "participant" in self.unit or "patient" in self.unit or "subject" in self.unit:
            return tuple(100 * value / self.analysed for _, value in self.values) if self.analysed else ()
        if "proportion" in self.unit or "probability" in self.unit:
            return tuple(100 * value for _, value in self.values)
        return ()


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial's section: all its terms, its arms, what it measured, and the lines that admit and that bar."""

    words: frozenset[str]
    arms: tuple[Arm, ...]
    measured: frozenset[str]
    admitting: tuple[frozenset[str], ...]
    barring: tuple[frozenset[str], ...]


@lru_cache(maxsize=64)
def read_record(evidence: str) -> tuple[Trial, ...]:
    """The trials of *evidence*, one or two; none where it is not such a record."""
    marks = list(_TRIAL.finditer(evidence))
    if not marks or marks[0].start():
        return ()
    ends = [*(mark.start() for mark in marks[1:]), len(evidence)]
    return tuple(_trial(evidence[mark.end() : end].split("\n")) for mark, end in zip(marks, ends, strict=True))


def _trial(lines: Sequence[str]) -> Trial:
    kept = [line.strip() for line in lines if line.strip()]
    head, *parts = _parted(kept)
    admitting, barring = _criteria(kept) if not parts else ((), ())
    return Trial(_terms(kept), tuple(_arm(part) for part in parts), _terms(head if parts else ()), admitting, barring)


def _parted(lines: Iterable[str]) -> list[list[str]]:
    """The lines before the first arm, then those of each arm."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if _ARM.fullmatch(line):
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _criteria(lines: Iterable[str]) -> tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]:
    """The terms of each line that admits, and of each that bars."""
    sides: tuple[list[frozenset[str]], list[frozenset[str]]] = ([], [])
    barring = False
    for line in lines:
        head = line[:60].lower()
        if "exclusion" in head or "not eligible" in head or "ineligib" in head:
            barring = True
        elif "inclusion" in head or head.startswith("eligib"):
            barring = False
        sides[barring].append(frozenset(terms(line)))
    return tuple(sides[0]), tuple(sides[1])


def _arm(lines: Sequence[str]) -> Arm:
    total, events = None, []
    for line in lines:
        event = _event(line)
        if event and line.startswith("Total"):
            total = (event.count, event.whole)
        elif event:
            events.append(event)
    analysed = next((int(found[1]) for line in lines if (found := _ANALYSED.match(line))), 0)
    unit, values = _measured(lines)
    title = next((line for line in lines if line.startswith("Arm/Group Title")), lines[0] if lines else "")
    told = frozenset(terms(title.removeprefix("Arm/Group Title:")))
    return Arm(told, _terms(lines), tuple(lines), total, tuple(events), analysed, unit, tuple(values))


def _event(line: str) -> Event | None:
    found = _EVENT.match(line)
    if not found or not int(found[3]):
        return None
    count, whole = int(found[2]), int(found[3])
    # A footnote's number stands right before the count; the share that is printed tells the two apart.
    if found[4] and abs(100 * count / whole - float(found[4])) > _NEARLY:
        count = round(float(found[4]) * whole / 100)
    return Event(frozenset(terms(found[1])), count, whole)


def _measured(lines: Sequence[str]) -> tuple[str, list[tuple[frozenset[str], float]]]:
    at = next((at for at, line in enumerate(lines) if _UNIT.match(line)), None)
    if at is None:
        return "", []
    first = lines[at].split(":", 1)[1].strip()
    unit, _, rest = first.partition("  ")
    values = []
    for line in (rest, *lines[at + 1 :]):
        found = _VALUE.search(line)
        if found:
            values.append((frozenset(terms(found[1] or "")), float(found[2].replace(",", ""))))
    return unit.lower(), values


def _terms(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(term for line in lines for term in terms(line))


def arms_of(trials: Iterable[Trial]) -> Iterator[Arm]:
    """All arms of *trials*, in order."""
    for trial in trials:
        yield from trial.arms
