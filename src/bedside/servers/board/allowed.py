"""What a member may do with an item now: which forms the workbench shows. The workflow itself decides again."""

from __future__ import annotations

from bedside.review.item import Item, ItemKind
from bedside.review.member import Member
from bedside.review.signing import barred, signed_by
from bedside.review.standing import Standing
from bedside.review.state import STEPS, Action, Role

OFFERED = (
    Action.SUBMIT,
    Action.CLAIM,
    Action.RELEASE,
    Action.ASSIGN,
    Action.RETURN,
    Action.PROPOSE,
    Action.ADOPT,
    Action.APPROVE,
    Action.WITHDRAW,
)
"""What the workbench has a form for, in the order in which it shows them."""


def has_role(action: Action, who: Member) -> bool:
    """Whether one of the member's roles may do it at all."""
    return who.active and any(role in STEPS[action].roles for role in who.roles)


def allowed(item: Item | None, standing: Standing, who: Member) -> frozenset[str]:
    """The actions that roles and state allow; nothing where the content has the item no more (None)."""
    if item is None:
        return frozenset()
    return frozenset(action.value for action in OFFERED if _may(action, item, standing, who))


def _may(action: Action, item: Item, standing: Standing, who: Member) -> bool:
    step = STEPS[action]
    if not has_role(action, who) or standing.state not in step.before:
        return False
    if step.holder and standing.holder != who.handle:
        return False
    match action:
        case Action.CLAIM:
            return not standing.holder and not signed_by(standing, who)
        case Action.RELEASE:
            return bool(standing.holder) and (standing.holder == who.handle or Role.EDITOR in who.roles)
        case Action.PROPOSE:
            return item.kind is ItemKind.STATEMENT
        case Action.ADOPT:
            return any(each.fingerprint == item.fingerprint for each in standing.proposals)
        case Action.APPROVE:
            return not barred(standing, who)
        case Action.SUBMIT:
            return not standing.gone
    return True
