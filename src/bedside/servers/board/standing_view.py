"""Where an item stands, in words: state, holder, signatures, why it lapsed, what it still needs, and what is signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bedside.board import Board
from bedside.rendering.board.words import KINDS, reason_text, titled
from bedside.review.item import Item
from bedside.review.lapse import Reason
from bedside.review.member import Member
from bedside.review.signing import signed_by
from bedside.review.standing import Signature, Standing
from bedside.review.state import Action, Role, State
from bedside.servers.board.address import item_href, ref_href
from bedside.servers.board.allowed import allowed

NOT_HELD = "Approval does not hold"
"""What is said in the place of "Approved" while the trail is broken, or until the content has been looked at again."""


@dataclass(frozen=True, slots=True)
class Need:
    """An item that has to be approved first: what it is called, where it is, its state, and whether it is approved."""

    title: str
    href: str
    state: str
    approved: bool


@dataclass(frozen=True, slots=True)
class Resting:
    """Something an approval rests on; ``href`` is "" where it has no page."""

    ref: str
    title: str
    href: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Signing:
    """What a member is about to sign. ``number`` of ``wanted`` signatures is theirs; ``blocked`` says why they cannot,
    "" when they can; dates are ISO dates."""

    number: int
    wanted: int
    first_day: str
    last_day: str
    blocked: str


@dataclass(frozen=True, slots=True)
class StandingView:
    """An item's head. ``holder`` is a name, ``can`` what this member may do now, ``reviewers`` whom it may be assigned
    to as pairs of handle and name."""

    id: str
    href: str
    title: str
    kind: str
    topic: str
    state: str
    since: str
    holder: str
    mine: bool
    author: str
    gone: bool
    dose: bool
    fingerprint: str
    seal: str
    revision: int
    signatures: tuple[Signature, ...]
    expires: str
    reasons: tuple[str, ...]
    needs: tuple[Need, ...]
    rests: tuple[Resting, ...]
    can: frozenset[str]
    reviewers: tuple[tuple[str, str], ...]
    signing: Signing | None

    @property
    def approved(self) -> bool:
        """Whether a signature stands behind it."""
        return self.state == State.APPROVED and bool(self.signatures)

    @property
    def decides(self) -> bool:
        """Whether there is a form beyond taking it and giving it back."""
        return bool(self.can - {Action.CLAIM, Action.RELEASE})

    @property
    def missing(self) -> tuple[Need, ...]:
        """What must be approved first."""
        return tuple(need for need in self.needs if not need.approved)


def standing_view(item: str, board: Board, who: Member) -> StandingView:
    """Where an item stands for a member. Raises ReviewRefused when nobody ever saw such an item."""
    snapshot = board.snapshot
    found = snapshot.items.get(item)
    standing = known_standing(item, board)
    members = board.accounts.members()
    can = allowed(found, standing, who)
    return StandingView(
        id=item,
        href=item_href(item),
        title=found.title if found else _last_title(item, standing, board),
        kind=KINDS[found.kind] if found else item.partition(":")[0].capitalize(),
        topic=found.topic if found else item.partition(":")[2].partition("/")[0],
        state=state_text(standing, board),
        since=standing.since[:10],
        holder=named(standing.holder, members),
        mine=standing.holder == who.handle,
        author=named(standing.author, members),
        gone=found is None,
        dose=bool(found and found.dose),
        fingerprint=found.fingerprint if found else standing.fingerprint,
        seal=snapshot.seal(item) if found else "",
        revision=standing.revision,
        signatures=standing.signatures,
        expires=standing.expires,
        reasons=tuple(reason_text(Reason.from_json(each), snapshot) for each in standing.reasons),
        needs=_needs(found.needs if found else (), board),
        rests=tuple(_resting(item, board)) if found else (),
        can=can,
        reviewers=_reviewers(members.values(), standing) if "assign" in can else (),
        signing=_signing(found, standing, board, who) if found and "approve" in can else None,
    )


def known_standing(item: str, board: Board) -> Standing:
    """Where an item stands; at the beginning, where all that is known of it is behind the broken link of the trail.
    Raises ReviewRefused when nobody ever saw such an item."""
    lost = board.broken and item in board.snapshot.items and item not in board.standings()
    return Standing(item) if lost else board.standing(item)


def state_text(standing: Standing, board: Board) -> str:
    """The state in words. "Approved" is said only while the approval holds."""
    if standing.state is State.APPROVED and not board.approved(standing.item):
        return NOT_HELD
    return standing.state.value


def shown_standings(board: Board) -> Mapping[str, Standing]:
    """Where every item stands, as lists show it: where the trail is broken, no approval is one."""
    standings = board.standings()
    if not board.broken:
        return standings
    approved = {name for name, each in standings.items() if each.state is State.APPROVED}
    fallen = {name: replace(standings[name], state=State.LAPSED, signatures=()) for name in approved}
    return {**standings, **fallen}


def named(handle: str, members: Mapping[str, Member]) -> str:
    """A member's name; the handle where there is no such member."""
    return members[handle].name or handle if handle in members else handle


def _last_title(item: str, standing: Standing, board: Board) -> str:
    version = board.store.version(item, standing.fingerprint)
    return version.title if version else item


def _needs(needs: Sequence[str], board: Board) -> tuple[Need, ...]:
    standings, items = board.standings(), board.snapshot.items
    return tuple(
        Need(
            items[need].title if need in items else need,
            item_href(need),
            state_text(standings.get(need, Standing(need)), board),
            board.approved(need),
        )
        for need in needs
    )


def _resting(item: str, board: Board) -> Iterable[Resting]:
    snapshot = board.snapshot
    for ref, fingerprint in snapshot.beneath(item).items():
        yield Resting(ref, titled(ref, snapshot), ref_href(ref), fingerprint)


def _reviewers(members: Iterable[Member], standing: Standing) -> tuple[tuple[str, str], ...]:
    found = (m for m in members if m.active and Role.REVIEWER in m.roles and not signed_by(standing, m))
    return tuple(sorted(((m.handle, m.name or m.handle) for m in found), key=lambda pair: pair[1].casefold()))


def _signing(item: Item, standing: Standing, board: Board, who: Member) -> Signing:
    today = date.fromisoformat(board.now()[:10])
    seal = board.snapshot.seal(item.id)
    return Signing(
        number=1 + sum(each.seal == seal for each in standing.signatures),
        wanted=board.policy.signatures(item),
        first_day=(today + timedelta(days=1)).isoformat(),
        last_day=board.policy.last_day(item.id, board.snapshot, today).isoformat(),
        blocked=""
        if who.may_sign
        else "Your signature has to say who signs: name, registration and declared interests.",
    )
