"""The words for what happens at the board. None of them is clinical."""

from __future__ import annotations

from collections.abc import Mapping

from bedside.review.item import ItemKind, Snapshot
from bedside.review.lapse import Reason
from bedside.review.mark import MARK
from bedside.review.state import Action
from bedside.review.status import in_words

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

_REFS: Mapping[str, str] = {
    "source": "The source",
    "parameter": "The parameter",
    "measure": "The measure",
    "definition": "The definition",
    "statement": "The statement",
    "rule": "The rule",
    "pattern": "The answer pattern",
    "scope": "The scope of the protocol",
    "before": "The pattern tried before,",
}


def done(action: str) -> str:
    """What an event did, in words, after who did it: "claimed it"."""
    return DONE.get(action, action.replace("-", " "))


def titled(ref: str, snapshot: Snapshot) -> str:
    """What a ref or item id is called: "The source “NICE NG239”"; its id where the content has it no more."""
    kind, _, name = ref.partition(":")
    if ref in snapshot.grounds:
        name = snapshot.grounds[ref].title
    elif ref in snapshot.items:
        name = snapshot.items[ref].title
    return f"{_REFS.get(kind, kind)} “{name}”"


def reason_text(reason: Reason, snapshot: Snapshot) -> str:
    """Why an approval does not hold, with the way from the item to what changed."""
    said = in_words(reason, snapshot)
    if not reason.via:
        return said
    way = ", which rests on ".join(_small(titled(ref, snapshot)) for ref in reason.via)
    return f"{said} It rests on that through {way}."


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
