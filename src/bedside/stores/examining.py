"""The examination of a library: whether database and index are whole and in step, and which sources no longer stand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bedside.errors import LibraryUnusable
from bedside.evidence.candidate import FIELDS
from bedside.evidence.currency import status_from
from bedside.evidence.source import Source, SourceStatus
from bedside.stores.stored_library import StoredLibrary

_EVERY = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be, and what to do."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A source with a status or a note against it."""

    key: str
    status: str
    why: str
    title: str
    shipped: bool = False


@dataclass(slots=True)
class Examination:
    """What was found."""

    figures: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    doubtful: list[Doubtful] = field(default_factory=list)
    noted: list[Doubtful] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""

        def rows(found: Iterable[Doubtful]) -> list[dict[str, Any]]:
            return [
                {"key": d.key, "status": d.status, "why": d.why, "title": d.title, "shipped": d.shipped} for d in found
            ]

        return {
            "figures": self.figures,
            "faults": [{"what": fault.what, "remedy": fault.remedy} for fault in self.faults],
            "doubtful": rows(self.doubtful),
            "noted": rows(self.noted),
        }


def examine(
    library: StoredLibrary,
    shipped: Iterable[Source],
    *,
    deep: bool = True,
    heard: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Examination:
    """Examine a library and, among the notices it knows, the sources that ship with bedside."""
    found = Examination()
    found.figures = {name: library.figures.get(name, 0) for name in ("sources", "units", "notices", "generation")}
    _index(library, found)
    _runs(library, found)
    _sources(library, found, deep=deep, heard=heard)
    _shipped(library, shipped, found)
    return found


def restated(library: StoredLibrary, sources: Iterable[Source]) -> dict[str, Source]:
    """Of sources kept elsewhere, those that the notices of this library make stand otherwise, by key."""
    from dataclasses import replace

    every = list(sources)
    notices = library.notices_about(
        pmids=[source.pmid for source in every], dois=[source.doi.lower() for source in every]
    )
    if not notices:
        return {}
    changed: dict[str, Source] = {}
    for source in every:
        about = (*notices.get(source.pmid, ()), *notices.get(source.doi.lower(), ()))
        if not about:
            continue
        standing = status_from(about, source)
        if standing.status is not source.status:
            note = " ".join(filter(None, (source.note, standing.reason)))
            superseded_by = standing.superseded_by or source.superseded_by
            changed[source.key] = replace(source, status=standing.status, superseded_by=superseded_by, note=note)
    return changed


def _index(library: StoredLibrary, found: Examination) -> None:
    try:
        size, behind = library.index.size, library.behind
    except LibraryUnusable as error:
        found.faults.append(Fault(error.what, error.remedy))
        return
    found.figures["units_in_index"] = size
    units = library.figures.get("units", 0)
    if behind:
        what = f"The search index is {behind:,} changes behind the database."
    elif size != units:
        what = f"The search index has {size:,} units, the database {units:,}."
    else:
        return
    found.faults.append(Fault(what, "Run: bedside library rebuild."))


def _runs(library: StoredLibrary, found: Examination) -> None:
    for (path,) in library.reader.rows("SELECT path FROM import_file WHERE done = ? ORDER BY path", [False]):
        found.faults.append(Fault(f"{path}: was read in part only.", "Load it again: it goes on where it stopped."))


def _sources(library: StoredLibrary, found: Examination, *, deep: bool, heard: Callable[[int, int], None]) -> None:
    whole = library.figures.get("sources", 0)
    counted = dict.fromkeys(("sources", "units", *(f"words_{name}" for name in FIELDS)), 0)
    for _, key, title, status, why, units, words in library.reader.all_states():
        counted["sources"] += 1
        counted["units"] += units
        for name, count in zip(FIELDS, words.split(), strict=True):
            counted[f"words_{name}"] += int(count)
        if status != SourceStatus.CURRENT.value:
            found.doubtful.append(Doubtful(key, status, why, title))
        elif why:
            found.noted.append(Doubtful(key, status, why, title))
        if deep:
            found.faults.extend(_changed(library, key))
        if counted["sources"] % _EVERY == 0:
            heard(counted["sources"], whole)
    for name, count in counted.items():
        said = library.figures.get(name, 0)
        if said != count:
            what = f"The library says it has {said:,} {name.replace('_', ' in ')}, there are {count:,}."
            found.faults.append(Fault(what, "Restore the database from a backup, or load the files again."))


def _changed(library: StoredLibrary, key: str) -> Iterable[Fault]:
    """The passages of a source whose words are not those of their hash."""
    for name, _, text, _, sha256, *_ in library.reader.passages_of(key):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            what = f"{name}: the text was changed behind the library's back."
            yield Fault(what, f"Remove {key} and load it again.")


def _shipped(library: StoredLibrary, shipped: Iterable[Source], found: Examination) -> None:
    for source in restated(library, shipped).values():
        found.doubtful.append(Doubtful(source.key, source.status.value, source.note, source.title, shipped=True))
        what = f"{source.key}, which ships with bedside, is {source.status.value} now."
        found.faults.append(Fault(what, "Answers no longer use it where it is retracted; update bedside."))
