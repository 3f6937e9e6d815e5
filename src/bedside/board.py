"""The board at work: one content, one audit trail, one list of members. Pages and command line act through it, so that
both obey the same rules.

>>> from bedside.board import open_board
>>> with closing(open_board(Settings.load(os.environ))) as board:
...     board.queue()[0].reasons
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from threading import RLock
from typing import TYPE_CHECKING

from bedside.clock import now
from bedside.errors import BedsideError, ReviewMoved, ReviewRefused
from bedside.ingest.wordings import seen
from bedside.review import sweep as sweeping
from bedside.review.chain import Proof, proof_of
from bedside.review.event import Draft, Event
from bedside.review.item import Item, Snapshot
from bedside.review.items import snapshot_of
from bedside.review.lapse import Lapse, Reason, lapses, stands
from bedside.review.ledger import Ledger
from bedside.review.mark import Mark, mark, marked
from bedside.review.member import Accounts, Member
from bedside.review.placing import placed
from bedside.review.queue import Entry, Kept, queue_of
from bedside.review.report import Report, report_of, reported
from bedside.review.standing import Standing
from bedside.review.state import SIGNED, Action, State
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
        self._ledger = Ledger()
        self._snapshot: tuple[Desk, dict[str, Mark], Snapshot] | None = None
        self._kept = ""  # the key of the last snapshot whose versions are kept
        self._swept: tuple[str, str] | None = None
        self._lines: Kept = {}
        self._queue: tuple[tuple[object, ...], tuple[Entry, ...]] | None = None

    @property
    def broken(self) -> str:
        """The first broken link of the trail, "" while it is whole: after it nothing counts as approved."""
        return self._ledger.broken

    # What stands ------------------------------------------------------------------------------------------------------

    @property
    def snapshot(self) -> Snapshot:
        """The content as it is reviewed now, with the board's marks on its sources."""
        with self._lock:
            made = self._snapshot
            if made is None or made[0] is not self.desk or made[1] != self._ledger.marks:
                made = self._snapshot = (self.desk, dict(self._ledger.marks), self._snapshot_with(self._ledger.marks))
            return made[2]

    @property
    def key(self) -> tuple[int, str, str]:
        """What names everything that stands, as it was last looked at: the last row, the content, the day."""
        with self._lock:
            return self._ledger.last[0], self.snapshot.key, self.now()[:10]

    def sources(self) -> dict[str, Source]:
        """Every source by key, as the content and loaded notices have it."""
        return {source.key: source for source in self.desk.shipped.sources()}

    @property
    def marks(self) -> Mapping[str, Mark]:
        """What the board says of sources."""
        self.refresh()
        return dict(self._ledger.marks)

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
            self.reopen()

    def reopen(self) -> None:
        """Open the desk anew, and tell who follows. What comes of it is for :meth:`refresh`."""
        from bedside.desk import open as open_desk

        self.desk = open_desk(self.desk.settings)
        self.follow(self.desk)

    def revision(self, subject: str) -> int:
        """How many events a subject has: what one who writes the next has to have seen."""
        self.refresh()
        return self._ledger.revisions[subject]

    def now(self) -> str:
        """The time of what is written next: never before the last row."""
        return max(self.clock(), self._ledger.last[2])

    def standing(self, item: str) -> Standing:
        """Where an item stands. Raises ReviewRefused when there is none."""
        self.refresh()
        if item not in self._ledger.standings:
            raise ReviewRefused(f"There is no item {item!r}.", "See: bedside review queue.")
        return self._ledger.standings[item]

    def standings(self) -> Mapping[str, Standing]:
        """Where every item stands, those that the content has no more too."""
        self.refresh()
        with self._lock:
            return dict(self._ledger.standings)

    def item(self, item: str) -> Item:
        """The item as the content has it. Raises ReviewRefused when there is none."""
        found = self.snapshot.items.get(item)
        if found is None:
            raise ReviewRefused(f"There is no item {item!r}.", "See: bedside review queue.")
        return found

    def approved(self, item: str) -> bool:
        """Whether an approval of the item holds now, over what the content has now."""
        return not self.broken and stands(item, self._ledger.standings, self.snapshot, self.now()[:10])

    def queue(self) -> tuple[Entry, ...]:
        """Everything that waits for somebody, the greatest risk first."""
        self.refresh()
        with self._lock:
            key = self.key
            if self._queue is None or self._queue[0] != key:
                today = key[2]
                readings = self.store.readings(_days_before(today, _READ_DAYS))
                made = queue_of(
                    self.snapshot,
                    self._ledger.standings,
                    today=today,
                    readings=readings,
                    kept=self._lines,
                    reported=reported(self._ledger.reports.values()),
                )
                self._queue = (key, made)
            return self._queue[1]

    def reports(self) -> tuple[Report, ...]:
        """Every reader report, as its newest row leaves it."""
        self.refresh()
        return tuple(report_of(event) for _, event in sorted(self._ledger.reports.items()))

    def adoptions(self) -> Mapping[str, Event]:
        """The newest row about the wording of each statement that one was ever adopted for: that it was adopted, or
        taken back."""
        self.refresh()
        with self._lock:
            return dict(self._ledger.adoptions)

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
                now=placed(self.clock(), self._ledger.last[2]),
                members=self.accounts.members(),
            )
            [event] = self.store.append([Append(draft, standing.revision, command.note)])
            self._after()
        return event

    def mark(
        self, who: Member, key: str, status: str, superseded_by: str, note: str, revision: int | None = None
    ) -> tuple[Event, tuple[Lapse, ...]]:
        """Say of a source how it stands; gives the event and what lapsed by it. *revision* is how often it was marked
        when the member saw it, None for now. Raises what :meth:`act` raises."""
        self.refresh()
        with self._lock:
            self._trusted()
            was = self._ledger.marks[key].status if key in self._ledger.marks else ""
            draft = mark(
                key, status, superseded_by, note, who, self.sources(), was, placed(self.clock(), self._ledger.last[2])
            )
            seen_by = self._ledger.revisions[draft.subject] if revision is None else revision
            [event] = self.store.append([Append(draft, seen_by, note)])
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
        standings, source = self.standings(), self.sources().get(key)
        if source is None:
            raise ReviewRefused(f"There is no source {key!r}.", "See: bedside library list.")
        supposed = dict(self._ledger.marks) | {key: Mark(key, status, superseded_by, "", "", "", source.status.value)}
        there = self._snapshot_with(supposed)
        today = self.now()[:10]
        now = {lapse.item for lapse in lapses(standings, self.snapshot, today)}
        found = tuple(lapse for lapse in lapses(standings, there, today) if lapse.item not in now)
        rests = sum(f"source:{key}" in self.snapshot.beneath(item) for item in self.snapshot.items)
        return What(key, status, found, rests)

    def prove(self, anchor: tuple[int, str] | None = None) -> Proof:
        """Follow the whole trail, and look at everything that is kept beside it."""
        return proof_of(self.store, anchor)

    def distrust(self, broken: str) -> None:
        """From now on nothing counts as approved: a proof found that the trail was broken before the rows that were
        read last."""
        with self._lock:
            self._ledger.broken = self._ledger.broken or broken

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
        """Take in what was just written, and what follows from it. It stands, whatever comes of that: nobody may be
        told that it was not done. What cannot follow now, follows at the next look."""
        with suppress(BedsideError):
            self.refresh()

    def _fold(self) -> None:
        """Take in what was written since."""
        for event in self._ledger.read(self.store):
            # Of all that people do, these alone take the ground from under an approval.
            if event.action == Action.WITHDRAW or (event.action in SIGNED and self._signed_elsewhere(event.subject)):
                self._swept = None

    def _signed_elsewhere(self, name: str) -> bool:
        """Whether another program signed it over another content than ours, or by other rules."""
        if self._swept is None:  # it is looked at in any case
            return False
        standing, item = self._ledger.standings[name], self.snapshot.items.get(name)
        if item is None or any(each.seal != self.snapshot.seal(item.id) for each in standing.signatures):
            return True
        return standing.state is State.APPROVED and len(standing.signatures) < self.policy.signatures(item)

    def _sweep(self, now: str) -> bool:
        snapshot = self.snapshot
        drafts = tuple(sweeping.sweep(self._ledger.standings, snapshot, now, self.policy.signatures))
        additions = [Append(draft, self._ledger.revisions[draft.subject], _text(draft)) for draft in drafts]
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

    policy = Policy(settings.second_signature, settings.approval_days)
    with ExitStack() as opened:  # where anything fails, what was opened before is closed
        accounts = opened.enter_context(closing(open_accounts(settings)))
        store = opened.enter_context(closing(open_review(settings)))
        board = Board(desk or open_desk(settings), store, accounts, policy, clock)
        board.refresh()
        if not board.broken:
            settle(board)
        opened.pop_all()
    return board


def _text(draft: Draft) -> str:
    """The text of the system's own reasons."""
    return sweeping.GONE if draft.note else ""


def _reasons(event: Event) -> tuple[Reason, ...]:
    return tuple(Reason.from_json(each) for each in event.detail["reasons"])


def _days_before(today: str, days: int) -> str:
    return (date.fromisoformat(today) - timedelta(days=days)).isoformat()
