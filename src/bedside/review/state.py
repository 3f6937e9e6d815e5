"""States and actions of review, who may do what, and from where to where: the whole workflow as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an item stands with its reviewers."""

    NOT_SUBMITTED = "Not submitted"
    SUBMITTED = "Submitted"
    UNDER_REVIEW = "Under review"
    RETURNED = "Returned"
    APPROVED = "Approved"
    LAPSED = "Lapsed"
    WITHDRAWN = "Withdrawn"


class Role(StrEnum):
    """What a member of the board may do. A member may have several."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


SYSTEM = "system"
"""The actor, and its role, of what nobody does: submitting what ships, lapsing what no longer holds."""


class Action(StrEnum):
    """What can happen to an item."""

    SUBMIT = "submit"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    RETURN = "return"
    PROPOSE = "propose"
    ADOPT = "adopt"  # a proposed wording becomes content
    SIGN = "sign"  # the first of two signatures
    APPROVE = "approve"
    ACCEPT = "accept"  # another board's approval of exactly this content
    CHANGE = "change"  # the content changed while nobody had signed it
    LAPSE = "lapse"
    WITHDRAW = "withdraw"


WAITING = (State.SUBMITTED, State.LAPSED)
"""The states in which an item waits for a reviewer."""

SIGNED = (Action.SIGN, Action.APPROVE, Action.ACCEPT)
"""The actions that put signatures under an item."""

_EVERY = tuple(State)
_LIVING = tuple(state for state in State if state is not State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Step:
    """One action: by whom, from which states, to which (None: worked out from the standing), and whether it needs a
    reason in words, and to hold the item (to have claimed it or been assigned)."""

    roles: tuple[str, ...]
    before: tuple[State, ...]
    after: State | None
    reason: bool = False
    holder: bool = False


STEPS: dict[Action, Step] = {
    Action.SUBMIT: Step(
        (Role.AUTHOR, Role.EDITOR, SYSTEM),
        (State.NOT_SUBMITTED, State.RETURNED, State.WITHDRAWN),
        State.SUBMITTED,
    ),
    Action.CLAIM: Step((Role.REVIEWER,), (*WAITING, State.UNDER_REVIEW), State.UNDER_REVIEW),
    Action.ASSIGN: Step((Role.EDITOR,), (*WAITING, State.UNDER_REVIEW), State.UNDER_REVIEW),
    Action.RELEASE: Step((Role.REVIEWER, Role.EDITOR), (State.UNDER_REVIEW,), None),
    Action.RETURN: Step((Role.REVIEWER,), (State.UNDER_REVIEW,), State.RETURNED, reason=True, holder=True),
    Action.PROPOSE: Step((Role.AUTHOR, Role.REVIEWER), _LIVING, None, reason=True),
    Action.ADOPT: Step((Role.EDITOR,), _LIVING, None),
    Action.SIGN: Step((Role.REVIEWER,), (State.UNDER_REVIEW,), State.UNDER_REVIEW, holder=True),
    Action.APPROVE: Step((Role.REVIEWER,), (State.UNDER_REVIEW,), State.APPROVED, holder=True),
    # Not what a reviewer here has returned: their objection is answered first.
    Action.ACCEPT: Step((Role.EDITOR,), (State.NOT_SUBMITTED, State.SUBMITTED, State.LAPSED), State.APPROVED),
    Action.CHANGE: Step((SYSTEM,), _EVERY, None),
    Action.LAPSE: Step((SYSTEM,), (State.APPROVED, State.UNDER_REVIEW), State.LAPSED),
    Action.WITHDRAW: Step((Role.EDITOR, SYSTEM), _LIVING, State.WITHDRAWN, reason=True),
}
"""The workflow. What stands in no row cannot happen."""
