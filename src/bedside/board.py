"""The board at work: one content, one audit trail, one list of members. Pages and command line act through it, so that
both obey the same rules.

>>> from bedside.board import open_board
>>> with closing(open_board(Settings.load(os.environ))) as board:
...     board.queue()[0].reasons
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import RLock
from typing import TYPE_CHECKING

from bedside.errors import LibraryUnusable, ReviewMoved, ReviewRefused
from bedside.ingest.wordings import seen
from bedside.review import sweep as sweeping
from bedside.review.chain import Proof, broken_link, prove
from bedside.review.event import GENESIS, Draft, Event
from bedside.review.item import Item, Snapshot
from bedside.review.items import snapshot_of
from bedside.review.lapse import Lapse, Reason, holds, lapses
from bedside.review.mark import MARK, Mark, mark, marked, marks
from bedside.review.member import Accounts, Member
from bedside.review.placing import placed
from bedside.review.queue import Entry, Kept, queue_of
from bedside.review.report import Report, report_of, reported
from bedside.review.standing import Standing, after, is_item
from bedside.review.state import Action
from bedside.review.store import Append, ReviewStore
from bedside.review.workflow import Command, Policy, decide

if TYPE_CHECKING:
    from bedside.desk import Desk
    from bedside.evidence.source import Source
    from bedside.settings import Settings

_TRIES = 5
"""How often a sweep is begun again because another process was faster."""
_READ_DAYS = 30
"""Over how many days readings count in the order of the queue."""


def now() -> str:
    """This second, as "2026-11-22T23:45:00+00:00"."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class What:
    """What would lapse if a source stood otherwise."""

    source: str
    status: str
    lapses: tuple[Lapse, ...]
    rests: int


class Board:
    """May be used from several threads. ``clock`` gives the time as an ISO text in UTC; ``accounts`` knows everybody
    with an account; ``desk`` the content: another one after a wording was adopted, of which ``follow`` is told."""

    def __init__(
        self,
        desk: Desk,
        store: ReviewStore,
        accounts: Accounts,
        policy: Policy,
        clock: Callable[[], str],
    ) -> None:
        self.desk = desk
        self.store = store
        self.accounts = accounts
        self.policy = policy
        self.clock = clock
        self.follow: Callable[[Desk], None] = lambda _desk: None
        self._lock = RLock()
        self._standings: dict[str, Standing] = {}
        self._marks: dict[str, Mark] = {}
        self._reports: dict[str, Event] = {}  # the last event of each
        self.broken = ""
        """The first broken link of the trail, "" while it is whole: after it nothing counts as approved."""
        self._last = (0, GENESIS, "")  # number, hash and time of the last row that was taken in
        self._revisions: Counter[str] = Counter()
        self._snapshot: tuple[Desk, dict[str, Mark], Snapshot] | None = None
        self._kept = ""  # the key of the last snapshot whose versions are kept
        self._swept: tuple[str, str] | None = None
        self._lines: Kept = {}
        self._queue: tuple[tuple[object, ...], tuple[Entry, ...]] | None = None

    # What stands ------------------------------------------------------------------------------------------------------

    @property
    def snapshot(self) -> Snapshot:
        """The content as it is reviewed now, with the board's marks on its sources."""
        with self._lock:
            made = self._snapshot
            if made is None or made[0] is not self.desk or made[1] != self._marks:
                made = self._snapshot = (self.desk, dict(self._marks), self._snapshot_with(self._marks))
            return made[2]

    def sources(self) -> dict[str, Source]:
        """Every source by key, as the content and loaded notices have it."""
        return {source.key: source for source in self.desk.shipped.sources()}

    @property
    def marks(self) -> Mapping[str, Mark]:
        """What the board says of sources."""
        self.refresh()
        return dict(self._marks)

    def refresh(self) -> None:
        """Read what others have written, and bring the trail up to the content and the calendar."""
        with self._lock:
            self._reopen()
            for _ in range(_TRIES):
                self._fold()
                if self.broken:
                    return
                now = self.now()
                if self._swept == (self.snapshot.key, now[:10]):
                    return
                if self._sweep(now):
                    return
        raise ReviewMoved("The trail")

    def _reopen(self) -> None:
        """Open the desk anew where wordings were adopted or taken back, by whatever program: an old desk would bring
        the standings back to old wordings."""
        if seen(self.desk.settings.home) != self.desk.content.wordings_seen:
            from bedside.desk import open as open_desk

            self.desk = open_desk(self.desk.settings)
            self.follow(self.desk)

    def revision(self, subject: str) -> int:
        """How many events a subject has: what one who writes the next has to have seen."""
        self.refresh()
        return self._revisions[subject]

    def now(self) -> str:
        """The time of what is written next: never before the last row."""
        return max(self.clock(), self._last[2])

    def standing(self, item: str) -> Standing:
        """Where an item stands. Raises ReviewRefused when there is none."""
        self.refresh()
        if item not in self._standings:
            raise ReviewRefused(f"There is no item {item!r}.", "See: bedside review queue.")
        return self._standings[item]

    def standings(self) -> Mapping[str, Standing]:
        """Where every item stands, those that the content has no more too."""
        self.refresh()
        with self._lock:
            return dict(self._standings)

    def item(self, item: str) -> Item:
        """The item as the content has it. Raises ReviewRefused when there is none."""
        found = self.snapshot.items.get(item)
        if found is None:
            raise ReviewRefused(f"There is no item {item!r}.", "See: bedside review queue.")
        return found

    def approved(self, item: str) -> bool:
        """Whether an approval of the item holds now, over what the content has now."""
        standing = self._standings.get(item)
        return not self.broken and standing is not None and holds(standing, self.snapshot, self.now()[:10])

    def queue(self) -> tuple[Entry, ...]:
        """Everything that waits for somebody, the greatest risk first."""
        self.refresh()
        with self._lock:
            today = self.now()[:10]
            key = (self._last[0], self.snapshot.key, today)
            if self._queue is None or self._queue[0] != key:
                readings = self.store.readings(_days_before(today, _READ_DAYS))
                made = queue_of(
                    self.snapshot,
                    self._standings,
                    today=today,
                    readings=readings,
                    kept=self._lines,
                    reported=reported(self._reports.values()),
                )
                self._queue = (key, made)
            return self._queue[1]

    def reports(self) -> tuple[Report, ...]:
        """Every reader report, as its newest row leaves it."""
        self.refresh()
        return tuple(report_of(event) for _, event in sorted(self._reports.items()))

    # What is done -----------------------------------------------------------------------------------------------------

    def act(self, who: Member, command: Command) -> Event:
        """Do what a member wants, or raise ReviewRefused, ReviewMoved or ClockSetBack with the reason."""
        self.refresh()
        with self._lock:
            self._trusted()
            standing = self.standing(command.item)
            draft = decide(
                command,
                standing,
                who,
                snapshot=self.snapshot,
                approved=self.approved,
                policy=self.policy,
                now=placed(self.clock(), self._last[2]),
                members=self.accounts.members(),
            )
            [event] = self.store.append([Append(draft, standing.revision, command.note)])
            self._after()
        return event

    def mark(
        self, who: Member, key: str, status: str, superseded_by: str, note: str
    ) -> tuple[Event, tuple[Lapse, ...]]:
        """Say of a source how it stands; gives the event and what lapsed by it. Raises what :meth:`act` raises."""
        self.refresh()
        with self._lock:
            self._trusted()
            was = self._marks[key].status if key in self._marks else ""
            draft = mark(
                key, status, superseded_by, note, who, self.sources(), was, placed(self.clock(), self._last[2])
            )
            [event] = self.store.append([Append(draft, self._revisions[draft.subject], note)])
            self._after()
            lapsed = [each for each in self.store.events(event.number) if each.action == Action.LAPSE]
        return event, tuple(Lapse(each.subject, _reasons(each)) for each in lapsed)

    def write(self, draft: Draft, revision: int, text: str = "") -> Event:
        """Add an event of another kind (a report, a member, a pack). Raises ReviewMoved and ClockSetBack."""
        with self._lock:
            self._trusted()
            [event] = self.store.append([Append(draft, revision, text)])
            self._after()
        return event

    def what_if(self, key: str, status: str = "superseded", superseded_by: str = "") -> What:
        """What would lapse if a source stood otherwise. Raises ReviewRefused when there is no such source."""
        self.refresh()
        if key not in self.sources():
            raise ReviewRefused(f"There is no source {key!r}.", "See: bedside library list.")
        supposed = dict(self._marks) | {key: Mark(key, status, superseded_by, "", "", "")}
        there = self._snapshot_with(supposed)
        today = self.now()[:10]
        now = {lapse.item for lapse in lapses(self._standings, self.snapshot, today)}
        found = tuple(lapse for lapse in lapses(self._standings, there, today) if lapse.item not in now)
        rests = sum(f"source:{key}" in self.snapshot.beneath(item) for item in self.snapshot.items)
        return What(key, status, found, rests)

    def prove(self, anchor: tuple[int, str] | None = None) -> Proof:
        """Follow the whole trail."""
        return prove(self.store.trail(), anchor)

    def close(self) -> None:
        """Let go of the trail and the accounts."""
        self.store.close()
        self.accounts.close()

    # How --------------------------------------------------------------------------------------------------------------

    def _trusted(self) -> None:
        if self.broken:
            raise ReviewRefused(
                f"The audit trail is broken ({self.broken}): nothing can be signed, and nothing counts as approved.",
                "Run: bedside review verify. Restore the database from a backup.",
            )

    def _snapshot_with(self, marks: Mapping[str, Mark]) -> Snapshot:
        content = self.desk.content
        topics = [topic.id for topic in content.topics() if topic.computable]
        return snapshot_of(
            [content.protocol(topic) for topic in topics],
            self.desk.shipped.statements(),
            marked(self.sources(), marks),
            {topic: content.cases(topic) for topic in topics},
        )

    def _after(self) -> None:
        """Take in what was just written, and what follows from it."""
        self.refresh()

    def _fold(self) -> None:
        """Take in what was written since, link by link: a row that does not continue the trail ends all trust in it."""
        if self.broken:
            return
        try:
            head = self.store.head()
        except (
            LibraryUnusable
        ):  # its last row cannot be read: the trail names it; or nothing can, and then that says so
            head = (self._last[0] + 1, "", "")
        if head[0] < self._last[0]:
            self.broken = f"row {self._last[0]}: is missing"
        elif head[0] == self._last[0] and head[1] != self._last[1]:
            self.broken = f"row {head[0]}: is not the row that was there before"
        for event in self.store.trail(self._last[0]) if not self.broken and head[0] > self._last[0] else ():
            number, previous, at = self._last
            revision = self._revisions[event.subject] + 1
            if reason := broken_link(event, number + 1, revision, previous, at):
                self.broken = f"row {number + 1}: {reason}"
                return
            try:
                self._take(event)
            except (KeyError, TypeError, ValueError):
                self.broken = f"row {number + 1}: cannot be read"
                return
            self._last = (event.number, event.hash, event.at)
            self._revisions[event.subject] = revision

    def _take(self, event: Event) -> None:
        if is_item(event.subject):
            known = self._standings.get(event.subject, Standing(event.subject))
            self._standings[event.subject] = after(known, event)
            if event.action == Action.WITHDRAW:  # of all that people do, this alone takes the ground from under others
                self._swept = None
        elif event.action == MARK:
            self._marks = marks([event], self._marks)
        elif event.subject.startswith("report:"):
            self._reports[event.subject] = event

    def _sweep(self, now: str) -> bool:
        snapshot = self.snapshot
        drafts = tuple(sweeping.sweep(self._standings, snapshot, now))
        additions = [Append(draft, _revision(self._standings, draft.subject), _text(draft)) for draft in drafts]
        try:
            if self._kept != snapshot.key:
                self.store.keep((*snapshot.items.values(), *snapshot.grounds.values()), now)
                self._kept = snapshot.key
            if additions:
                self.store.append(additions)
        except ReviewMoved:
            return False
        self._fold()
        self._swept = (snapshot.key, now[:10])
        return True


def open_board(settings: Settings, desk: Desk | None = None, clock: Callable[[], str] = now) -> Board:
    """The board of these settings; its tables are made where there are none.

    Raises what ``open_review`` and ``open_accounts`` raise.
    """
    from bedside.board_wordings import settle
    from bedside.desk import open as open_desk
    from bedside.stores.account_store import open_accounts
    from bedside.stores.review_store import open_review

    accounts = open_accounts(settings)
    policy = Policy(settings.second_signature, settings.approval_days)
    board = Board(desk or open_desk(settings), open_review(settings), accounts, policy, clock)
    board.refresh()
    if not board.broken:
        settle(board)
    return board


def _revision(standings: Mapping[str, Standing], item: str) -> int:
    return standings[item].revision if item in standings else 0


def _text(draft: Draft) -> str:
    """The text of the system's own reasons."""
    return sweeping.GONE if draft.note else ""


def _reasons(event: Event) -> tuple[Reason, ...]:
    return tuple(Reason.from_json(each) for each in event.detail["reasons"])


def _days_before(today: str, days: int) -> str:
    return (date.fromisoformat(today) - timedelta(days=days)).isoformat()
