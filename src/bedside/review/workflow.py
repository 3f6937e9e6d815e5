"""The workflow: one command of one member on one item becomes an event, or is refused with the reason.

Pages and command line come through here, so both obey the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bedside.errors import ReviewMoved, ReviewRefused
from bedside.review.event import LONGEST_NOTE, Draft, hash_of_text
from bedside.review.item import Item, Snapshot
from bedside.review.member import Member
from bedside.review.signing import barred, signed_by, signers
from bedside.review.standing import Signature, Standing
from bedside.review.state import STEPS, SYSTEM, Action, Role, State

SECOND = ("doses", "all", "none")
"""What needs a second signature (setting ``second_signature``)."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Policy:
    """The board's rules: what needs two signatures, and for how many days one may hold at most."""

    second_signature: str = "doses"
    approval_days: int = 365

    def signatures(self, item: Item) -> int:
        """How many members must sign the item."""
        return 2 if self.second_signature == "all" or (self.second_signature == "doses" and item.dose) else 1

    def last_day(self, item: str, snapshot: Snapshot, today: date) -> date:
        """The last day on which a signature of *today* may hold: as the rules say, and no longer
        than until what is signed is due for a check."""
        last = today + timedelta(days=self.approval_days)
        due = snapshot.due(item, today.isoformat())
        return min(last, date.fromisoformat(due)) if due else last


@dataclass(frozen=True, slots=True)
class Command:
    """What a member wants to do. ``revision`` is the one they saw; ``seal`` what they read (for a signature).
    ``note`` is a reason, a comment, or the text of a proposal; ``to`` the member an item is assigned to; ``expires``
    an ISO date, "" for the longest allowed; ``proposal`` the number of the event that proposed a wording which is
    adopted; ``signatures`` those of another board, to be accepted."""

    action: Action
    item: str
    revision: int
    seal: str = ""
    note: str = ""
    to: str = ""
    expires: str = ""
    proposal: int = 0
    signatures: tuple[Signature, ...] = ()


def decide(
    command: Command,
    standing: Standing,
    who: Member,
    *,
    snapshot: Snapshot,
    approved: Callable[[str], bool],
    policy: Policy,
    now: str,
    members: Mapping[str, Member],
) -> Draft:
    """The event that comes of a command at *now* (ISO time, UTC). *approved* says of an item whether its approval
    holds.

    Raises ReviewMoved when the item has moved on since the member saw it, ReviewRefused when the rules do not allow it.
    """
    item = snapshot.items.get(command.item)
    if item is None:
        raise ReviewRefused(f"{command.item}: there is no such item.", "See: bedside review queue.")
    role = _role(command.action, who)
    if command.revision != standing.revision:
        raise ReviewMoved(command.item)
    step = STEPS[command.action]
    if standing.state not in step.before:
        claimable = step.holder and standing.state in STEPS[Action.CLAIM].before
        allowed = ", ".join(state.value for state in step.before)
        remedy = "Claim it first." if claimable else f"That can be done from: {allowed}."
        raise _refused(command, f"is {standing.state.value}", remedy)
    if step.reason and not command.note.strip():
        raise _refused(command, "needs a reason", "Say why in a sentence.")
    if len(command.note) > LONGEST_NOTE:
        raise _refused(command, f"has a text longer than {LONGEST_NOTE:,} characters", "Shorten it.")
    if step.holder and not standing.holder and signed_by(standing, who):
        raise _signed(command, standing, who)
    if step.holder and standing.holder != who.handle:
        holder = f"is held by {standing.holder}" if standing.holder else "is held by nobody"
        raise _refused(command, holder, "Claim it first.")
    return _MAKERS.get(command.action, _plain)(
        _Call(command, standing, item, who, role, snapshot, approved, policy, now, members)
    )


@dataclass(frozen=True, slots=True)
class _Call:
    command: Command
    standing: Standing
    item: Item
    who: Member
    role: Role
    snapshot: Snapshot
    approved: Callable[[str], bool]
    policy: Policy
    now: str
    members: Mapping[str, Member]

    def draft(self, after: State, detail: Mapping[str, Any] | None = None, action: Action | None = None) -> Draft:
        """The event of this call."""
        return Draft(
            at=self.now,
            actor=self.who.handle,
            role=self.role.value,
            action=(action or self.command.action).value,
            subject=self.item.id,
            fingerprint=self.item.fingerprint,
            before=self.standing.state.value,
            after=after.value,
            detail=detail or {},
            note=hash_of_text(self.command.note),
        )

    @property
    def today(self) -> date:
        """The day of this call."""
        return date.fromisoformat(self.now[:10])

    @property
    def last_day(self) -> date:
        """The last day on which a signature of this call may hold."""
        return self.policy.last_day(self.item.id, self.snapshot, self.today)

    def refused(self, what: str, remedy: str) -> ReviewRefused:
        """The error that says why not."""
        return _refused(self.command, what, remedy)


def _plain(call: _Call) -> Draft:
    after = STEPS[call.command.action].after
    return call.draft(call.standing.state if after is None else after)


def _claim(call: _Call) -> Draft:
    if call.standing.holder:
        raise call.refused(f"is held by {call.standing.holder}", "An editor can assign it to somebody else.")
    _may_hold(call, call.who)
    return call.draft(State.UNDER_REVIEW, {"holder": call.who.handle})


def _assign(call: _Call) -> Draft:
    chosen = call.members.get(call.command.to)
    if chosen is None or not chosen.active or Role.REVIEWER not in chosen.roles:
        raise call.refused(f"cannot be assigned to {call.command.to!r}", "Name an active reviewer.")
    _may_hold(call, chosen)
    return call.draft(State.UNDER_REVIEW, {"holder": chosen.handle})


def _may_hold(call: _Call, who: Member) -> None:
    if signed_by(call.standing, who):
        raise _signed(call.command, call.standing, who)


def _release(call: _Call) -> Draft:
    if not call.standing.holder:
        raise call.refused("is held by nobody", "There is nothing to release.")
    if call.standing.holder != call.who.handle and Role.EDITOR not in call.who.roles:
        raise call.refused(f"is held by {call.standing.holder}", "Only its holder or an editor releases it.")
    return call.draft(call.standing.released)


def _submit(call: _Call) -> Draft:
    if call.standing.gone:
        raise call.refused("is in the content no more", "It comes back with the content.")
    return call.draft(State.SUBMITTED)


def _approve(call: _Call) -> Draft:
    """A signature: the first of two, or the last. It is given for exactly what the member has seen."""
    command, who = call.command, call.who
    if command.seal != call.snapshot.seal(call.item.id):
        raise ReviewMoved(call.item.id)
    if not who.may_sign:
        raise call.refused(
            "cannot be signed yet",
            "A signature needs your name, registration and declared interests: see your profile.",
        )
    if why := barred(call.standing, who):
        raise call.refused(why, "Somebody else signs it.")
    _needs_met(call)
    signature = Signature(
        item=call.item.id,
        fingerprint=call.item.fingerprint,
        seal=command.seal,
        handle=who.handle,
        name=who.name,
        role=call.role.value,
        credentials=who.credentials,
        registration=who.registration,
        interests=who.interests,
        signed_at=call.now,
        expires=_expiry(call),
        rests=call.snapshot.beneath(call.item.id),
    )
    earlier = [each for each in call.standing.signatures if each.seal == command.seal]
    signed = [*earlier, signature]
    enough = len(signed) >= call.policy.signatures(call.item)
    action, after = (Action.APPROVE, State.APPROVED) if enough else (Action.SIGN, State.UNDER_REVIEW)
    return call.draft(after, {"signatures": [each.to_json() for each in signed]}, action)


def _needs_met(call: _Call) -> None:
    missing = [need for need in call.item.needs if not call.approved(need)]
    if not missing:
        return
    some = ", ".join(missing[:_NAMED]) + (f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else "")
    raise call.refused(f"needs {len(missing)} more approved: {some}", "Approve those first.")


def _accept(call: _Call) -> Draft:
    """Another board's approval: of exactly this content over exactly these grounds, with as many signatures as ours."""
    given = call.command.signatures
    if any(each.item != call.item.id or each.role != Role.REVIEWER for each in given):
        raise call.refused("has a signature of something else", "Ask the other board for a pack that is in order.")
    if not all(each.board for each in given) or signers(given) < call.policy.signatures(call.item):
        raise call.refused("has too few signatures of the other board", "It takes as many as ours do.")
    beneath = call.snapshot.beneath(call.item.id)
    if any(each.fingerprint != call.item.fingerprint or dict(each.rests) != dict(beneath) for each in given):
        raise call.refused(
            "was signed in another state than it has here", "Load the same release of the content first."
        )
    if any(each.expires < call.now[:10] for each in given):
        raise call.refused("has a signature that has expired", "Ask the other board for a newer pack.")
    if any(each.signed_at > call.now for each in given):
        raise call.refused("has a signature dated in the future", "Compare the clocks of both machines.")
    _needs_met(call)
    last = call.last_day.isoformat()  # here it holds no longer than one of ours
    held = [replace(each, expires=min(each.expires, last)) for each in given]
    return call.draft(State.APPROVED, {"signatures": [each.to_json() for each in held]})


def _expiry(call: _Call) -> str:
    today, last = call.today, call.last_day
    if not call.command.expires:
        return last.isoformat()
    try:
        chosen = date.fromisoformat(call.command.expires)
    except ValueError:
        raise call.refused(f"cannot expire on {call.command.expires!r}", "Write the date as 2027-05-31.") from None
    if not today < chosen <= last:
        raise call.refused(f"cannot expire on {chosen}", f"Choose a date after {today}, up to {last}.")
    return chosen.isoformat()


def _adopt(call: _Call) -> Draft:
    made = next((each for each in call.standing.proposals if each.number == call.command.proposal), None)
    if made is None:
        raise call.refused(f"has no proposal {call.command.proposal}", "See its history.")
    if made.fingerprint != call.item.fingerprint:
        raise call.refused("has changed since that was proposed", "Propose it again.")
    return call.draft(call.standing.state, {"author": made.handle, "proposal": made.number})


_MAKERS: dict[Action, Callable[[_Call], Draft]] = {
    Action.SUBMIT: _submit,
    Action.CLAIM: _claim,
    Action.ASSIGN: _assign,
    Action.RELEASE: _release,
    Action.SIGN: _approve,
    Action.APPROVE: _approve,
    Action.ADOPT: _adopt,
    Action.ACCEPT: _accept,
}


def _role(action: Action, who: Member) -> Role:
    """The role in which a member does it: the first that may. Raises ReviewRefused where none may."""
    if not who.active:
        raise ReviewRefused(f"{who.handle} is no longer active.", "An administrator can change that.")
    for role in Role:
        if role in who.roles and role in STEPS[action].roles:
            return role
    wanted = " or ".join(role for role in STEPS[action].roles if role != SYSTEM) or "nobody"
    raise ReviewRefused(f"{who.handle} may not {action}: that takes the role {wanted}.", "Ask an administrator.")


def _signed(command: Command, standing: Standing, who: Member) -> ReviewRefused:
    own = any(each.handle == who.handle for each in standing.signatures)
    by = f"by {who.handle}" if own else f"under the registration of {who.handle}"
    return _refused(command, f"was signed {by} already", "The second signature is another member's.")


def _refused(command: Command, what: str, remedy: str) -> ReviewRefused:
    return ReviewRefused(f"{command.item} {what}: {command.action} is not possible.", remedy)
