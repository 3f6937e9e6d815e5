"""What a board promises, looked after from the rows of its trail and its content, without its own reckoning."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition

from bedside.board import Board
from bedside.review.chain import prove
from bedside.review.lapse import holds
from bedside.review.placing import TOLERANCE
from bedside.review.standing import Standing, after, is_item
from bedside.review.state import SYSTEM, Action, Role, State


class Promises(RuleBasedStateMachine):
    """Looks after every step. Who inherits has the ``board`` with its ``store``, ``people``, ``policy`` and ``clock``,
    its ``content``, the setting ``second``, the rows ``seen`` so far and the ``signers`` of rows as they were then."""

    @precondition(lambda self: hasattr(self, "board"))
    @invariant()
    def everything_promised_holds(self):
        """After whatever happened."""
        standings, snapshot, today = self.board.standings(), self.board.snapshot, self.board.now()[:10]
        rows = self._rows()
        assert rows[: len(self.seen)] == self.seen, "an event was lost or changed"
        self.seen = rows
        assert prove(rows).whole
        self._replayed(rows, standings)
        fresh = Board(self.board.desk, self.store, self.people, self.policy, self.clock)
        assert fresh.standings() == standings, "another process sees something else"
        assert self._rows() == rows, "and has nothing to add"
        assert standings.keys() >= snapshot.items.keys()
        authors = _authors(rows)
        approved = {name for name, each in standings.items() if each.state is State.APPROVED}
        for name, standing in standings.items():
            self._looked_at(name, standing, authors, today)
            assert self.board.approved(name) == (name in approved)
            if name not in snapshot.items:
                assert standing.state is State.WITHDRAWN
                taken = [row for row in rows if row.subject == name and row.action == Action.WITHDRAW][-1]
                assert standing.gone == (taken.actor == SYSTEM), "what an editor withdrew stays so when it comes back"
            else:
                assert not standing.gone
                assert standing.fingerprint == snapshot.items[name].fingerprint
                assert standing.state is not State.NOT_SUBMITTED
        for name in approved:
            assert holds(standings[name], snapshot, today)
            self._not_due(name, standings[name], today)
            assert approved.issuperset(snapshot.items[name].needs), "approved with a need that is not"
        waiting = {State.SUBMITTED, State.UNDER_REVIEW, State.RETURNED, State.LAPSED}
        assert {entry.item.id for entry in self.board.queue()} == {
            name for name, each in standings.items() if each.state in waiting
        }

    def _not_due(self, name, standing, today):
        """Nothing beneath it has passed its review date since it was signed."""
        signed = min(each.signed_at for each in standing.signatures)[:10]
        for each in self.content.statements:
            ref = f"statement:{each.id}"
            if each.next_check and (ref == name or ref in self.board.snapshot.beneath(name)):
                assert not signed <= each.next_check < today, "approved though past its review date"

    def _replayed(self, rows, standings):
        replayed = {}
        for event in rows:
            if is_item(event.subject):
                if event.action in {Action.SIGN, Action.APPROVE, Action.RETURN}:
                    assert replayed[event.subject].holder == event.actor, "done by somebody who did not hold it"
                replayed[event.subject] = after(replayed.get(event.subject, Standing(event.subject)), event)
        assert replayed == standings

    def _looked_at(self, name, standing, authors, today):
        """Its signatures: whose they are, over what, until when, and whether they are enough."""
        signers = [each.handle for each in standing.signatures]
        assert len(set(signers)) == len(signers)
        numbers = {each.registration.replace("-", " ").upper() for each in standing.signatures}
        assert len(numbers) == len(signers), "one registration signed twice"
        assert authors.get(name, "") not in signers or not authors.get(name)
        if standing.state is State.APPROVED:
            who_acted, wanted = self.signers[self._number_of_approval(name)]
            assert who_acted.handle in signers
            assert len(signers) >= wanted
            assert len(signers) >= self._wanted(name)
        for each in standing.signatures:
            assert each.item == name
            assert each.seal == self.board.snapshot.seal(name), "signed something else"
            assert each.expires >= today
            acted = [
                (event, self.signers[event.number][0])
                for event in self.seen
                if event.subject == name
                and event.actor == each.handle
                and _near(event.at, each.signed_at)
                and event.action in {Action.SIGN, Action.APPROVE}
            ]
            assert acted, "a signature that nobody gave"
            for _, who in acted:
                assert Role.REVIEWER in who.roles
                assert who.may_sign
        assert standing.state in {State.APPROVED, State.UNDER_REVIEW} or not signers

    def _number_of_approval(self, name):
        return max(each.number for each in self.seen if each.subject == name and each.action == Action.APPROVE)

    def _wanted(self, item):
        """How many signatures the setting asks for."""
        doses = {f"statement:{each.id}" for each in self.content.statements if each.dose}
        items = self.board.snapshot.items
        shown = set(items[item].rests_on) if not item.startswith("statement:") else {item}
        return 2 if self.second == "all" or (self.second == "doses" and shown & doses) else 1

    def _rows(self):
        return tuple(self.store.events())


def _near(written, signed):
    """Whether a row may hold a signature of that time: a clock that is a little behind is put right."""
    return timedelta(0) <= datetime.fromisoformat(written) - datetime.fromisoformat(signed) <= TOLERANCE


def _authors(rows):
    """Item -> who wrote the wording it has: whose proposal was adopted before it changed, or who submitted it."""
    wrote, adopted, fingerprint = {}, {}, {}
    for event in rows:
        item = event.subject
        if not is_item(item):
            continue
        if event.action == Action.ADOPT:
            adopted[item] = event.detail["author"]
        if event.action == Action.SUBMIT:
            wrote[item] = "" if event.actor == SYSTEM else event.actor
        elif item in fingerprint and event.fingerprint != fingerprint[item] and event.action != Action.WITHDRAW:
            wrote[item] = adopted.pop(item, "")
        fingerprint[item] = event.fingerprint or fingerprint.get(item, "")
    return wrote
