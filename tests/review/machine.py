"""A machine that does random things to a board, right and forged, and looks after each step whether all promises hold.

``machine_over(factory)`` makes one whose trail is kept in what *factory* returns: memory or a database. What it holds
the board against (``tests.review.promises``) is worked out from the rows of the trail and the content.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from bedside.board import Board
from bedside.errors import ClockSetBack, ReviewMoved, ReviewRefused
from bedside.evidence.source import SourceStatus
from bedside.protocol.condition import parse
from bedside.review.standing import Standing
from bedside.review.state import SYSTEM, Action, Role, State
from bedside.review.workflow import Command, Policy
from tests.review.material import PROTOCOL, SOURCES, Clock, Content, People, desk_of, member, statement
from tests.review.promises import Promises

HANDLES = ("ann", "ben", "cat", "dan", "eve")
ITEMS = sorted([*Content().snapshot().items, "statement:t/new"])
NAMES = ("emergency", "advice", "dose", "reason", "alone")

MEMBERS = st.builds(
    lambda handle, roles, active, registration: member(
        handle, *roles, active=active, registration=registration.replace("own", handle)
    ),
    st.sampled_from(HANDLES),
    st.sets(st.sampled_from(Role), max_size=3),
    st.sampled_from([True, True, True, False]),
    st.sampled_from(["GMC own", "GMC own", "GMC 1", "gmc-1", ""]),
)


def machine_over(factory, first=Content):
    """The machine over the stores that *factory* makes; *first* makes the content it begins with."""

    class Machine(_Machine):
        store_of = staticmethod(factory)
        content_of = staticmethod(first)

    return Machine


class _Machine(Promises):
    store_of = None
    content_of = None

    def __init__(self):
        super().__init__()
        self.store = self.store_of()
        self.clock = Clock()
        self.people = People()
        self.desks = []  # all are kept: the board knows them by identity
        self.seen = ()  # the rows of the trail that were ever returned from
        self.signers = {}  # number of a row -> the member who acted in it, as they were then

    @initialize(
        second=st.sampled_from(["doses", "all", "none"]), roles=st.permutations(HANDLES), reviewed=st.booleans()
    )
    def open(self, second, roles, reviewed):
        """A board with two reviewers, an editor, an author and an administrator who reviews; perhaps after a round."""
        for handle, given in zip(
            roles,
            (
                [Role.REVIEWER],
                [Role.REVIEWER, Role.AUTHOR],
                [Role.EDITOR],
                [Role.AUTHOR],
                [Role.ADMINISTRATOR, Role.REVIEWER],
            ),
            strict=True,
        ):
            self.people[handle] = member(handle, *given)
        self.policy = Policy(second, 100)
        self.content = self.content_of()
        self.second = second
        self.board = self._board()
        self.board.refresh()
        if reviewed:
            self.review_everything()
            self.withdraw("statement:t/new")

    def teardown(self):
        self.store.close()

    def _board(self):
        self.desks.append(desk_of(self.content))
        return Board(self.desks[-1], self.store, self.people, self.policy, self.clock)

    # What happens -----------------------------------------------------------------------------------------------------

    @rule(who=MEMBERS)
    def change_a_member(self, who):
        """Roles, activity and profile change at any time."""
        self.people[who.handle] = who

    @rule(
        data=st.data(),
        action=st.sampled_from(Action),
        item=st.sampled_from(ITEMS),
        handle=st.sampled_from(HANDLES),
        off=st.sampled_from([0, 0, 0, -1, 1]),
        seal=st.sampled_from(["right", "right", "old", "other", ""]),
        note=st.sampled_from(["", "Because it is so."]),
    )
    def anything(self, data, action, item, handle, off, seal, note):
        """A command as a form might send it, crafted or not."""
        standing = self.board.standings().get(item, Standing(item))
        proposals = [each.number for each in standing.proposals]
        self._act(
            self.people[handle],
            Command(
                action,
                item,
                standing.revision + off,
                seal=self._seal(item, seal),
                note=note,
                to=data.draw(st.sampled_from([*HANDLES, "", "nobody"])),
                expires=data.draw(st.sampled_from(["", "2026-11-01", "2027-01-05", "2099-01-01", "x"])),
                proposal=data.draw(st.sampled_from([0, 1, *proposals])),
                signatures=standing.signatures,
            ),
        )

    @rule(item=st.sampled_from(ITEMS), expires=st.sampled_from(["", "soon"]))
    def review(self, item, expires):
        """One after the other claims an item and signs it, as they may: random commands seldom get that far."""
        for handle in HANDLES:
            standing = self.board.standings().get(item, Standing(item))
            if standing.state in {State.SUBMITTED, State.LAPSED, State.UNDER_REVIEW}:
                self._act(self.people[handle], Command(Action.CLAIM, item, standing.revision))
                standing = self.board.standings()[item]
                last = self._day(20) if expires else ""
                seal = self._seal(item, "right")
                self._act(
                    self.people[handle], Command(Action.APPROVE, item, standing.revision, seal=seal, expires=last)
                )

    @rule()
    def review_everything(self):
        """A whole round, so that patterns come to be approved, too."""
        for item in sorted(self.board.snapshot.items, key=lambda each: (each.startswith("pattern:"), each)):
            self.review(item, "")

    @rule(
        item=st.sampled_from(ITEMS),
        forged=st.sampled_from(["seal", "read before", "not held", "unregistered", "inactive", "role", "own", "twice"]),
    )
    def sign_falsely(self, item, forged):
        """Everything is right for a signature but one thing: it is never given."""
        ann, ben = member("ann", Role.REVIEWER), member("ben", Role.REVIEWER)
        self.people |= {"ann": ann, "ben": ben}
        if forged == "own" and not self._reword(item, "ann"):
            return
        if forged == "twice":
            self._claim_and_sign(item, ann)
        if item not in self.board.snapshot.items or not self._hold(item, ann):
            return
        seal = self._seal(item, "right")
        if forged == "seal":
            seal = self._seal(ITEMS[1] if item == ITEMS[0] else ITEMS[0], "right")
        elif forged == "read before":
            self._change_beneath(item)
            if self._seal(item, "right") == seal:
                return
        self.people["ann"] = {
            "unregistered": replace(ann, registration=""),
            "inactive": replace(ann, active=False),
            "role": replace(ann, roles=frozenset(Role) - {Role.REVIEWER}),
        }.get(forged, ann)
        who = self.people["ben" if forged == "not held" else "ann"]
        standing = self.board.standings()[item]
        for action in (Action.SIGN, Action.APPROVE):
            assert self._act(who, Command(action, item, standing.revision, seal=seal)) is None, forged

    @rule(item=st.sampled_from(ITEMS))
    def withdraw(self, item):
        """An editor takes an item back, whatever rests on it."""
        standing = self.board.standings().get(item, Standing(item))
        editor = self.people["eve"] = member("eve", Role.EDITOR)
        self._act(editor, Command(Action.WITHDRAW, item, standing.revision, note="Not any more."))

    @rule(item=st.sampled_from(ITEMS), handle=st.sampled_from(HANDLES))
    def propose_and_adopt(self, item, handle):
        """A wording is proposed, adopted by somebody who may, and then stands in the content."""
        standing = self.board.standings().get(item, Standing(item))
        made = self._act(self.people[handle], Command(Action.PROPOSE, item, standing.revision, note="Better words."))
        if made is None:
            return
        for other in HANDLES:
            revision = self.board.standings()[item].revision
            if self._act(self.people[other], Command(Action.ADOPT, item, revision, proposal=made.number)):
                self.edit_a_statement(item.rpartition("/")[2], made.number)
                return

    @rule(name=st.sampled_from(NAMES), number=st.integers(0, 3))
    def edit_a_statement(self, name, number):
        """One word of it."""
        self._load(self.content.with_statement(name, heading=f"Heading {number}"))

    @rule(name=st.sampled_from(NAMES), dose=st.booleans())
    def make_or_unmake_a_dose(self, name, dose):
        """What needs two signatures changes."""
        self._load(self.content.with_statement(name, dose=dose))

    @rule(name=st.sampled_from(["alone", "dose", "new"]))
    def add_or_remove_a_statement(self, name):
        """Content comes and goes."""
        known = any(each.id == f"t/{name}" for each in self.content.statements)
        added = replace(self.content, statements=(*self.content.statements, statement(name)))
        self._load(self.content.without_statement(name) if known else added)

    @rule(day=st.sampled_from(["", "2026-12-20", "2027-06-01"]))
    def set_a_review_date(self, day):
        """The day on which a statement is looked at again."""
        self._load(self.content.with_statement("reason", next_check=day))

    @rule(number=st.integers(998, 1002))
    def change_a_parameter(self, number):
        """A number."""
        rows = (PROTOCOL.parameters[0], replace(PROTOCOL.parameters[1], values={"ng/L": Decimal(number)}))
        self._load(self.content.with_protocol(parameters=rows))

    @rule(leaf=st.sampled_from(["tingling", "numbness"]))
    def change_a_definition(self, leaf):
        """A condition that others name."""
        self._load(self.content.with_protocol(definitions=PROTOCOL.definitions | {"ill": parse(leaf)}))

    @rule(order=st.permutations(range(3)))
    def reorder_the_patterns(self, order):
        """Which is tried first."""
        self._load(self.content.with_protocol(patterns=tuple(PROTOCOL.patterns[place] for place in order)))

    @rule(key=st.sampled_from(sorted(SOURCES)), version=st.integers(0, 2))
    def edit_a_source(self, key, version):
        """Its record in the content."""
        self._load(self.content.with_source(key, version=str(version)))

    @rule(
        key=st.sampled_from([*sorted(SOURCES), "none"]),
        status=st.sampled_from([*SourceStatus, "", "wrong"]),
        handle=st.sampled_from(HANDLES),
        note=st.sampled_from(["", "Seen on its page."]),
    )
    def mark_a_source(self, key, status, handle, note):
        """The board says how it stands; what would lapse was foretold."""
        self.board.refresh()
        before = self._rows()
        foretold = None
        with suppress(ReviewRefused, ValueError):
            foretold = self.board.what_if(key, status) if status in set(SourceStatus) else None
        try:
            event, lapsed = self.board.mark(self.people[handle], key, status, "", note)
        except (ReviewRefused, ReviewMoved, ClockSetBack):
            assert self._rows() == before
            return
        assert Role.EDITOR in self.people[handle].roles
        assert event in self._rows()
        if foretold is not None and self.clock() >= self.store.head()[2]:
            assert foretold.lapses == lapsed

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours):
        """Some hours."""
        self.clock.step(hours=hours)

    @rule(days=st.integers(10, 130))
    def much_time_passes(self, days):
        """Weeks: approvals expire, review dates pass."""
        self.clock.step(days=days)

    @rule(seconds=st.sampled_from([1, 119, 121, 86_400]))
    def the_clock_is_set_back(self, seconds):
        """By a little, or by a day: nothing is written then. Afterwards it is right again."""
        self.board.refresh()
        head = self.store.head()
        behind = head[2] and self.clock() <= head[2]
        self.clock.step(seconds=-seconds)
        self.review(ITEMS[0], "")
        rows = self._rows()[head[0] :]
        if behind and seconds > 120:
            assert not [each for each in rows if each.actor != SYSTEM]
        self.clock.step(seconds=seconds)

    @rule()
    def the_program_is_started_again(self):
        """All that was in memory is gone."""
        self.board = self._board()

    # How --------------------------------------------------------------------------------------------------------------

    def _act(self, who, command):
        """Do it; what is refused leaves the trail as it was."""
        self.board.refresh()
        before = self._rows()
        try:
            event = self.board.act(who, command)
        except (ReviewRefused, ReviewMoved, ClockSetBack):
            assert self._rows() == before
            return None
        assert self._rows()[: len(before) + 1] == (*before, event)
        assert (event.actor, event.subject) == (who.handle, command.item)
        assert who.active
        assert Role(event.role) in who.roles
        assert command.revision == event.revision - 1
        self.signers[event.number] = (who, self._wanted(command.item))
        return event

    def _hold(self, item, who):
        """Bring it about that a member holds an item; whether that could be."""
        editor = self.people["eve"] = member("eve", Role.EDITOR)
        standing = self.board.standings().get(item, Standing(item))
        if standing.holder:
            self._act(editor, Command(Action.RELEASE, item, standing.revision))
        elif standing.state in {State.RETURNED, State.WITHDRAWN}:
            self._act(editor, Command(Action.SUBMIT, item, standing.revision))
        standing = self.board.standings().get(item, Standing(item))
        if self._act(who, Command(Action.CLAIM, item, standing.revision)):
            return True
        # What one has signed cannot be claimed again: that it cannot be signed again is what is tried.
        return standing.state is State.UNDER_REVIEW and who.handle in [each.handle for each in standing.signatures]

    def _change_beneath(self, item):
        """A statement itself; under anything else, a source."""
        if item.startswith("statement:"):
            self._load(self.content.with_statement(item.rpartition("/")[2], heading="Changed meanwhile"))
        else:
            self._load(self.content.with_source("two", volume="changed meanwhile"))

    def _claim_and_sign(self, item, who):
        if item in self.board.snapshot.items and self._hold(item, who):
            revision = self.board.standings()[item].revision
            self._act(who, Command(Action.APPROVE, item, revision, seal=self._seal(item, "right")))

    def _reword(self, item, handle):
        """Bring it about that the wording of a statement is a member's; whether that could be."""
        name = item.rpartition("/")[2]
        if not item.startswith("statement:") or item not in self.board.snapshot.items:
            return False
        revision = self.board.standings()[item].revision
        made = self._act(self.people[handle], Command(Action.PROPOSE, item, revision, note="Better words."))
        if made is None:
            return False
        editor = self.people["eve"] = member("eve", Role.EDITOR)
        if not self._act(editor, Command(Action.ADOPT, item, made.revision, proposal=made.number)):
            return False
        self._load(self.content.with_statement(name, heading=f"By {handle} {made.number}"))
        return True

    def _seal(self, item, kind):
        known = self.board.snapshot.items
        if kind == "right":
            return self.board.snapshot.seal(item) if item in known else ""
        if kind == "old":
            signed = self.board.standings().get(item, Standing(item)).signatures
            return signed[0].seal if signed else "0" * 64
        return self.board.snapshot.seal(ITEMS[0]) if kind and ITEMS[0] in known else kind

    def _day(self, ahead):
        there = Clock(self.board.now())
        there.step(days=ahead)
        return there()[:10]

    def _load(self, content):
        self.content = content
        self.desks.append(desk_of(content))
        self.board.desk = self.desks[-1]
