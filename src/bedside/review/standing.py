"""The standing of an item: its state, folded from its events, oldest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bedside.review.event import Event
from bedside.review.state import SYSTEM, WAITING, Action, State

KINDS = ("statement", "rule", "pattern")


@dataclass(frozen=True, slots=True)
class Signature:
    """What one member signed: an exact content and everything beneath it.

    ``rests`` maps each ref beneath the item to its fingerprint at the time, ``seal`` is the hash of all of it.
    ``expires`` is an ISO date: the last day on which it holds. ``board`` is "" for our own, else the name of the
    board whose pack brought it.
    """

    item: str
    fingerprint: str
    seal: str
    handle: str
    name: str
    role: str
    credentials: str
    registration: str
    interests: str
    signed_at: str
    expires: str
    rests: Mapping[str, str] = field(default_factory=dict, hash=False)
    board: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, for the event's ``detail``."""
        return {name: getattr(self, name) for name in self.__slots__} | {"rests": dict(self.rests)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Signature:
        """The signature of its JSON. Raises KeyError for what is none."""
        return cls(**{name: data[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed wording: who proposed it in which event, against which content; ``note`` is the hash of its text."""

    number: int
    handle: str
    fingerprint: str
    note: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands. ``revision`` is the number of its events; who acts must have seen the newest one.
    ``number`` is that event's place in the trail, ``since`` when its state began.

    ``fingerprint`` is of the content that was last submitted, changed or signed. ``holder`` has it under review;
    ``waited`` is the state it goes back to when released. ``signatures`` are those of this round, and of the approval
    while it stands; ``author`` wrote this wording ("" for what ships) and may not sign it, nor may ``submitter``, who
    submitted it; ``adopted`` is the author of a wording that was adopted and is not in the content yet; ``wrote`` has
    the author of every content by its fingerprint, for when it comes back. ``reasons`` say why it lapsed; ``gone``
    that the content has it no more.
    """

    item: str
    state: State = State.NOT_SUBMITTED
    revision: int = 0
    number: int = 0
    since: str = ""
    fingerprint: str = ""
    holder: str = ""
    waited: State = State.SUBMITTED
    signatures: tuple[Signature, ...] = ()
    author: str = ""
    submitter: str = ""
    adopted: str = ""
    wrote: Mapping[str, str] = field(default_factory=dict, hash=False)
    reasons: tuple[Mapping[str, str], ...] = field(default=(), hash=False)
    proposals: tuple[Proposed, ...] = ()
    gone: bool = False

    @property
    def expires(self) -> str:
        """The last day on which the signatures hold, the earliest of them; "" where there is none."""
        return min((signature.expires for signature in self.signatures), default="")

    @property
    def released(self) -> State:
        """The state it has once nobody holds it: signed once, it stays under review for the next."""
        return State.UNDER_REVIEW if self.signatures else self.waited


def after(standing: Standing, event: Event) -> Standing:
    """The standing after one more event of the same item. Raises ValueError or KeyError for an event that is none."""
    state = State(event.after)
    moved = replace(
        standing,
        state=state,
        revision=event.revision,
        number=event.number,
        since=standing.since if state is standing.state else event.at,
        fingerprint=event.fingerprint or standing.fingerprint,
    )
    return _FOLDS[Action(event.action)](standing, moved, event)


def _submitted(_before: Standing, moved: Standing, event: Event) -> Standing:
    submitter = "" if event.actor == SYSTEM else event.actor
    worded = replace(_worded(moved, ""), submitter=submitter)
    return replace(worded, holder="", signatures=(), reasons=(), waited=State.SUBMITTED, gone=False)


def _held(before: Standing, moved: Standing, event: Event) -> Standing:
    waited = before.state if before.state in WAITING else before.waited
    return replace(moved, holder=str(event.detail["holder"]), waited=waited)


def _let_go(_before: Standing, moved: Standing, _event: Event) -> Standing:
    return replace(moved, holder="")


def _proposed(before: Standing, moved: Standing, event: Event) -> Standing:
    made = Proposed(event.number, event.actor, event.fingerprint, event.note)
    return replace(moved, proposals=(*before.proposals, made))


def _adopted(_before: Standing, moved: Standing, event: Event) -> Standing:
    return replace(moved, adopted=str(event.detail["author"]))


def _signed(_before: Standing, moved: Standing, event: Event) -> Standing:
    signatures = tuple(Signature.from_json(each) for each in event.detail["signatures"])
    return replace(moved, holder="", signatures=signatures, reasons=(), waited=State.SUBMITTED)


def _changed(before: Standing, moved: Standing, _event: Event) -> Standing:
    return replace(_worded(moved, before.adopted), adopted="", submitter="", gone=False)


def _lapsed(before: Standing, moved: Standing, event: Event) -> Standing:
    reasons = tuple(dict(reason) for reason in event.detail["reasons"])
    worded = moved if event.fingerprint == before.fingerprint else _changed(before, moved, event)
    return replace(worded, holder="", signatures=(), reasons=reasons)


def _worded(moved: Standing, author: str) -> Standing:
    """With the author of the content that it has now: the one it always had, else this one. To send it back, to submit
    it again, or to lose and restore a file makes nobody forget who wrote it."""
    known = moved.wrote.get(moved.fingerprint, author)
    wrote = {**moved.wrote, moved.fingerprint: known} if known else moved.wrote
    return replace(moved, author=known, wrote=wrote)


def _ended(_before: Standing, moved: Standing, event: Event) -> Standing:
    return replace(moved, holder="", signatures=(), gone=event.actor == SYSTEM)


_FOLDS: dict[Action, Callable[[Standing, Standing, Event], Standing]] = {
    Action.SUBMIT: _submitted,
    Action.CLAIM: _held,
    Action.ASSIGN: _held,
    Action.RELEASE: _let_go,
    Action.RETURN: _ended,
    Action.PROPOSE: _proposed,
    Action.ADOPT: _adopted,
    Action.SIGN: _signed,
    Action.APPROVE: _signed,
    Action.ACCEPT: _signed,
    Action.CHANGE: _changed,
    Action.LAPSE: _lapsed,
    Action.WITHDRAW: _ended,
}


def is_item(subject: str) -> bool:
    """Whether a subject of the trail is an item."""
    return subject.partition(":")[0] in KINDS
