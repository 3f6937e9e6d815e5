"""The queue: what waits for somebody on the board, the greatest risk first, each with its reasons in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bedside.evidence.source import SourceStatus
from bedside.protocol.protocol import Urgency
from bedside.review.item import Ground, Item, ItemKind, Snapshot, Trait
from bedside.review.reasons import said
from bedside.review.report import WEIGHTS, ReportKind
from bedside.review.standing import Standing
from bedside.review.state import State

WAITS = (State.SUBMITTED, State.LAPSED, State.UNDER_REVIEW, State.RETURNED)
"""The states in which somebody has something to do."""

_NAMED = 3  # reasons for a lapse, and sources, that are named one by one
_AGE = 5  # sources are compared by age in steps of so many years
_OLD = 5  # years after which the age of a source is named
_BORN = 1900  # no source is older
_NAMES_SOURCES = ("statement:", "parameter:")
_URGENT = {Urgency.IMMEDIATE.value: (2, "immediate"), Urgency.SAME_DAY.value: (1, "same day")}
_SAID = {
    SourceStatus.SUPERSEDED: "rests on a superseded source",
    SourceStatus.RETRACTED: "rests on a retracted source",
    SourceStatus.CONCERN: "rests on a source there is concern about",
    SourceStatus.DUE: "rests on a source that is due for review",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the queue. ``reasons`` say why it stands where it does, the gravest first; ``weight`` is what it is
    ordered by, number by number, greater first (see :func:`queue_of`)."""

    item: Item
    standing: Standing
    reasons: tuple[str, ...]
    weight: tuple[int, ...]


_Of = tuple["_Known", Standing, str, int, int]
Kept = dict[str, tuple[_Of, Entry]]
"""Item id -> what its line was made of, and the line."""


def queue_of(
    snapshot: Snapshot,
    standings: Mapping[str, Standing],
    *,
    today: str,
    readings: Mapping[str, int],
    reported: Mapping[str, int],
    kept: Kept | None = None,
) -> tuple[Entry, ...]:
    """Everything that waits for somebody, the greatest risk first; what is equal is ordered by id.

    *today* is an ISO date, *readings* says how often an item was shown, *reported* how grave its open reports are. The
    order is: reports of harm, emergencies, doses, failed checks, unfit sources, cautions, other reports, unconfirmed
    wordings, records nobody has seen, secondhand basis, past the review date, age of the oldest source, readings.

    *kept* remembers the lines from one call to the next, so that only those are made anew of which something changed.
    """
    known = _known(snapshot)
    kept = {} if kept is None else kept
    entries = []
    for name in sorted(standings.keys() & known.keys()):
        standing = standings[name]
        if standing.state not in WAITS:
            continue
        of = (known[name], standing, today, readings.get(name, 0), reported.get(name, 0))
        before = kept.get(name)
        if before is None or not _same(before[0], of):
            kept[name] = before = (of, _entry(*of))
        entries.append(before[1])
    entries.sort(key=_weight, reverse=True)
    return tuple(entries)


def _same(one: _Of, other: _Of) -> bool:
    """Whether two lines are made of the same. Standings are never changed, so the same one says the same."""
    return one[0] is other[0] and one[1] is other[1] and one[2:] == other[2:]


def _weight(entry: Entry) -> tuple[int, ...]:
    return entry.weight


@dataclass(frozen=True, eq=False, slots=True)
class _Known:
    """What of an entry depends on the content only. ``weight`` has no reports, no calendar and no readings yet;
    ``due`` is the earliest review date beneath it, "" for none."""

    item: Item
    reasons: tuple[str, ...]
    grave: tuple[int, ...]
    doubt: tuple[int, ...]
    due: str
    overdue: int
    age: int
    oldest: str


def _entry(known: _Known, standing: Standing, today: str, readings: int, reports: int) -> Entry:
    harm = reports if reports >= WEIGHTS[ReportKind.HARM] else 0
    late = bool(known.due) and known.due < today
    reasons = known.reasons
    if reports or late or readings or known.oldest or standing.reasons:
        reasons = tuple(_said(known, standing, today, late=late, readings=readings, reports=reports))
    weight = (harm, *known.grave, reports, *known.doubt, known.overdue + late, known.age, readings)
    return Entry(known.item, standing, reasons, weight)


def _said(known: _Known, standing: Standing, today: str, *, late: bool, readings: int, reports: int) -> Iterator[str]:
    """The reasons, those of this day among those of the content."""
    if reports:
        yield f"open reports of readers, weight {reports} (harm counts {WEIGHTS[ReportKind.HARM]})"
    yield from known.reasons
    if late:
        yield f"past its review date since {known.due}"
    if known.oldest and int(today[:4]) - int(known.oldest) >= _OLD:
        yield f"oldest source of {known.oldest}"
    if readings:
        yield f"read {readings:,} times in 30 days"
    if standing.state is State.LAPSED and standing.reasons:
        yield f"lapsed: {_listed([said(reason) for reason in standing.reasons])}"


@lru_cache(maxsize=4)
def _known(snapshot: Snapshot) -> Mapping[str, _Known]:
    """What is known of every item from the content alone. Remembered: it changes with the snapshot only."""
    urgent = _urgent(snapshot)
    return {name: _of(item, snapshot, urgent.get(name, (0, ""))) for name, item in snapshot.items.items()}


def _of(item: Item, snapshot: Snapshot, urgent: tuple[int, str]) -> _Known:
    traits = item.traits
    sources = _sources(item, snapshot)
    reasons = [*_of_emergency(item, urgent), *_of_traits(item, sources)]
    years = sorted(year for source in sources if (year := _year(source)))
    grave = (
        urgent[0],
        *(int(t in traits) for t in (Trait.DOSE, Trait.FAILED_CHECK, Trait.UNFIT_SOURCE, Trait.CAUTION)),
    )
    doubt = tuple(int(trait in traits) for trait in (Trait.UNCONFIRMED, Trait.MEMORY, Trait.SECONDHAND))
    due = sum(source.body.get("status") == SourceStatus.DUE for source in sources)
    age = -((int(years[0]) - _BORN) // _AGE) if years else -_BORN
    return _Known(item, tuple(reasons), grave, doubt, _due(item, snapshot), due, age, years[0] if years else "")


def _of_emergency(item: Item, urgent: tuple[int, str]) -> Iterator[str]:
    if urgent[0]:
        yield f"{'' if item.kind is ItemKind.RULE else 'shown by a '}red flag, {urgent[1]}"


def _of_traits(item: Item, sources: tuple[Ground, ...]) -> Iterator[str]:
    """What the traits say, in words; a rule or pattern says it of what it shows."""
    own = item.kind is ItemKind.STATEMENT
    words = {
        Trait.DOSE: "states a dose" if own else "shows a dose",
        Trait.FAILED_CHECK: "fails the machine's check" if own else "shows a statement that fails the machine's check",
    }
    yield from (words[trait] for trait in item.traits if trait in words)
    for status, words_of in _SAID.items():
        keys = [_key(source) for source in sources if source.body.get("status") == status]
        if keys:
            yield f"{words_of}: {_listed(keys)}"
    if Trait.CAUTION in item.traits:
        yield _caution(item)
    if Trait.UNCONFIRMED in item.traits:
        yield "unconfirmed" if own else "unconfirmed, or shows something unconfirmed"
    unseen = [_key(source) for source in sources if source.body.get("check") == "M"]
    if Trait.MEMORY in item.traits:
        yield f"the record of a source was never seen{': ' if unseen else ''}{_listed(unseen)}"
    if Trait.SECONDHAND in item.traits:
        yield "seen through summaries only" if own else "shows what was seen through summaries only"


def _caution(item: Item) -> str:
    if item.body.get("guards"):
        return "a caution that guards other advice"
    return "abstains" if item.body.get("effect") == "abstain" else 'a "do not"'


def _urgent(snapshot: Snapshot) -> dict[str, tuple[int, str]]:
    """How urgent the red flags among the items are, and what they show: item id -> (rank, word)."""
    found: dict[str, tuple[int, str]] = {}
    for item in snapshot.items.values():
        if item.kind is ItemKind.RULE and Trait.EMERGENCY in item.traits:
            urgency = _URGENT[str(item.body["urgency"])]
            for name in (item.id, *(ref for ref in item.rests_on if ref.startswith("statement:"))):
                found[name] = max(found.get(name, (0, "")), urgency)
    return found


def _sources(item: Item, snapshot: Snapshot) -> tuple[Ground, ...]:
    """The sources it cites, by itself, by the statements it shows, and by the parameters it names."""
    refs = dict.fromkeys(item.rests_on)
    for ref in item.rests_on:
        if ref.startswith(_NAMES_SOURCES) and ref in snapshot.grounds:
            refs |= dict.fromkeys(snapshot.grounds[ref].rests_on)
    return tuple(snapshot.grounds[ref] for ref in refs if ref.startswith("source:") and ref in snapshot.grounds)


def _due(item: Item, snapshot: Snapshot) -> str:
    """The earliest review date of it and of the statements it shows."""
    shown = [snapshot.grounds[ref] for ref in item.rests_on if ref.startswith("statement:") and ref in snapshot.grounds]
    dates = [str(body.get("next_check") or "") for body in (item.body, *(each.body for each in shown))]
    return min((each for each in dates if each), default="")


def _year(source: Ground) -> str:
    year = str(source.body.get("year") or source.body.get("published_on") or "")[:4]
    return year if len(year) == 4 and year.isdecimal() else ""  # noqa: PLR2004


def _key(source: Ground) -> str:
    return source.ref.removeprefix("source:")


def _listed(names: list[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
