"""The queue as its page shows it: filtered, counted, cut into pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from bedside.rendering.board.words import KINDS
from bedside.review.item import Item, ItemKind, Snapshot
from bedside.review.queue import WAITS, Entry
from bedside.review.standing import Standing
from bedside.review.state import State
from bedside.review.workflow import Policy
from bedside.servers.board.address import item_href, queue_href
from bedside.servers.numbers import whole

PAGE = 50
"""Items on one page of the queue."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the queue is shown; "" shows all. ``dose`` and ``mine`` are "" or "yes"."""

    state: str = ""
    kind: str = ""
    topic: str = ""
    dose: str = ""
    mine: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: str) -> Filters:
        """The filters of a query string; what fits none of the choices counts as not given."""
        try:
            given = dict(parse_qsl(query, max_num_fields=20))
        except ValueError:
            return cls()
        return cls(
            state=_among(given.get("state", ""), tuple(State)),
            kind=_among(given.get("kind", ""), tuple(ItemKind)),
            topic=given.get("topic", "")[:100],
            dose=_among(given.get("dose", ""), ("yes",)),
            mine=_among(given.get("mine", ""), ("yes",)),
            page=max(1, whole(given.get("page", ""))),
        )

    def href(self, page: int = 1) -> str:
        """The address of a page under these filters."""
        number = str(page) if page > 1 else ""
        return queue_href(
            state=self.state, kind=self.kind, topic=self.topic, dose=self.dose, mine=self.mine, page=number
        )

    @property
    def narrowed(self) -> bool:
        """Whether something is left out."""
        return any((self.state, self.kind, self.topic, self.dose, self.mine))


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a list. ``rank`` counts the whole queue from 1, 0 for what does not wait; ``reasons`` say why it
    stands there."""

    rank: int
    id: str
    href: str
    title: str
    kind: str
    topic: str
    state: str
    since: str
    holder: str
    signed: str
    dose: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueView:
    """One page of the queue. ``counts`` has how many items stand in which state, ``found`` how many fit the filters.
    ``waiting`` is False for a state that is not in the queue: its items come by id, without reasons."""

    filters: Filters
    rows: tuple[Row, ...]
    found: int
    whole: int
    pages: int
    counts: Mapping[str, int]
    topics: tuple[str, ...]
    waiting: bool
    words: str = ""

    @property
    def before(self) -> str:
        """The address of the page before, "" for the first."""
        return self.filters.href(self.filters.page - 1) if self.filters.page > 1 else ""

    @property
    def after(self) -> str:
        """The address of the page after, "" for the last."""
        return self.filters.href(self.filters.page + 1) if self.filters.page < self.pages else ""


def queue_view(
    queue: Sequence[Entry],
    standings: Mapping[str, Standing],
    snapshot: Snapshot,
    filters: Filters,
    handle: str,
    policy: Policy,
    words: str = "",
) -> QueueView:
    """The page of the queue that *filters* and *words* (of titles and ids) ask for; *handle* is the member's."""
    waiting = not filters.state or filters.state in WAITS
    entries: Iterable[tuple[int, Entry]] = enumerate(queue, 1)
    if not waiting:
        entries = ((0, Entry(item, standings[item.id], (), ())) for item in _others(filters.state, standings, snapshot))
    wanted = words.casefold().split()
    found = [(rank, entry) for rank, entry in entries if _fits(entry, filters, handle, wanted)]
    pages = max(1, -(-len(found) // PAGE))
    shown = replace(filters, page=min(filters.page, pages))
    first = (shown.page - 1) * PAGE
    return QueueView(
        filters=shown,
        rows=tuple(row(entry, policy, rank) for rank, entry in found[first : first + PAGE]),
        found=len(found),
        whole=len(queue),
        pages=pages,
        counts=Counter(standing.state.value for standing in standings.values()),
        topics=tuple(sorted({item.topic for item in snapshot.items.values()})),
        waiting=waiting,
        words=words,
    )


def row(entry: Entry, policy: Policy, rank: int = 0) -> Row:
    """An entry in one row."""
    item, standing = entry.item, entry.standing
    return Row(
        rank=rank,
        id=item.id,
        href=item_href(item.id),
        title=item.title,
        kind=KINDS[item.kind],
        topic=item.topic,
        state=standing.state.value,
        since=standing.since[:10],
        holder=standing.holder,
        signed=signed_text(standing, policy.signatures(item)),
        dose=item.dose,
        reasons=entry.reasons,
    )


def signed_text(standing: Standing, wanted: int) -> str:
    """How many of the signatures that it takes are there, in words; "" for none."""
    given = len(standing.signatures)
    return f"signed by {given} of {max(wanted, given)}" if given else ""


def _others(state: str, standings: Mapping[str, Standing], snapshot: Snapshot) -> list[Item]:
    """The items in a state that is not in the queue, by id."""
    return [
        item for name, item in sorted(snapshot.items.items()) if name in standings and standings[name].state == state
    ]


def _fits(entry: Entry, filters: Filters, handle: str, words: Sequence[str]) -> bool:
    item, standing = entry.item, entry.standing
    if filters.state and standing.state != filters.state:
        return False
    if (filters.kind and item.kind != filters.kind) or (filters.topic and item.topic != filters.topic):
        return False
    if (filters.dose and not item.dose) or (filters.mine and standing.holder != handle):
        return False
    if not words:
        return True
    text = f"{item.title} {item.id}".casefold()
    return all(word in text for word in words)


def _among(written: str, choices: tuple[str, ...]) -> str:
    return written if written in choices else ""
