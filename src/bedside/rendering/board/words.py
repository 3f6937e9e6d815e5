"""The words for what happens at the board. None of them is clinical."""

from __future__ import annotations

from collections.abc import Mapping

from bedside.review.item import ItemKind, Snapshot
from bedside.review.lapse import Reason
from bedside.review.mark import MARK
from bedside.review.reasons import called, in_words
from bedside.review.state import Action

KINDS: Mapping[ItemKind, str] = {
    ItemKind.STATEMENT: "Statement",
    ItemKind.RULE: "Rule",
    ItemKind.PATTERN: "Answer pattern",
}

DONE: Mapping[str, str] = {
    Action.SUBMIT: "submitted it",
    Action.CLAIM: "claimed it",
    Action.RELEASE: "released it",
    Action.ASSIGN: "assigned it",
    Action.RETURN: "returned it",
    Action.PROPOSE: "proposed a wording",
    Action.ADOPT: "adopted a wording",
    Action.SIGN: "gave the first signature",
    Action.APPROVE: "approved it",
    Action.ACCEPT: "accepted another board's approval",
    Action.CHANGE: "found the content changed",
    Action.LAPSE: "let the signatures lapse",
    Action.WITHDRAW: "withdrew it",
    MARK: "marked it",
}
"""What an event did, as a reader of the history sees it; an action that is not here stands under its own name."""


_STEPS = 3
"""How many steps of a way are named; of a longer one the first and the last."""


def done(action: str) -> str:
    """What an event did, in words, after who did it: "claimed it"."""
    return DONE.get(action, action.replace("-", " "))


def titled(ref: str, snapshot: Snapshot) -> str:
    """What a ref or item id is called, as a heading: "The source “NICE NG239”"."""
    name = called(ref, snapshot)
    return f"{name[:1].upper()}{name[1:]}"


def reason_text(reason: Reason, snapshot: Snapshot) -> str:
    """Why an approval does not hold, with the way from the item to what changed."""
    said = in_words(reason, snapshot)
    if not reason.via:
        return said
    names = [_short(ref, snapshot) for ref in reason.via]
    if len(names) > _STEPS:
        names = [names[0], f"{len(names) - 2} more", names[-1]]
    return f"{said} It rests on that through {', '.join(names[:-1])}{' and ' if names[1:] else ''}{names[-1]}."


def _short(ref: str, snapshot: Snapshot) -> str:
    """What a step of the way is called: a definition, parameter or measure by its name alone, without its condition."""
    kind, _, name = ref.partition(":")
    if kind in ("definition", "parameter", "measure"):
        return f"the {kind} “{name.rpartition('/')[2].replace('_', ' ')}”"
    return called(ref, snapshot)
