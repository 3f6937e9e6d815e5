"""Reasons in words: why an approval does not hold, as queue, pages and terminal say it, and what a thing is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bedside.review.item import Snapshot
from bedside.review.lapse import Reason, Why

_SAID: Mapping[Why, str] = {
    Why.WORDING: "its own wording or rule was changed",
    Why.CHANGED: "{what}, which it rests on, was changed",
    Why.SUPERSEDED: "{what} was superseded{by}",
    Why.RETRACTED: "{what} was retracted",
    Why.CONCERN: "{what} has an expression of concern",
    Why.DUE: "{what} was due for review{on}",
    Why.EDITED: "the record of {what} was edited",
    Why.GONE: "{what} is in the content no more",
    Why.ADDED: "{what} was added to what it rests on",
    Why.EXPIRED: "the approval ended{on}",
    Why.NEEDS: "{what}, which it needs, is approved no more",
    Why.FEW: "the board asks for {of} signatures now",
}
_KINDS: Mapping[str, str] = {
    "statement": "the statement",
    "rule": "the rule",
    "pattern": "the answer pattern",
    "source": "the source",
    "parameter": "the parameter",
    "measure": "the measure",
    "definition": "the definition",
    "scope": "the scope of the protocol",
    "ask": "the question",
    "before": "the pattern tried before,",
}


def said(reason: Mapping[str, str]) -> str:
    """A reason (the JSON of ``lapse.Reason``) where things go by their ids: "source nice-ng239 was superseded"."""
    return _clause(Reason.from_json(reason), lambda ref: ref.replace(":", " ", 1))


def in_words(reason: Reason, snapshot: Snapshot) -> str:
    """A reason as a sentence in which things go by their titles."""
    clause = _clause(reason, lambda ref: called(ref, snapshot))
    return f"{clause[:1].upper()}{clause[1:]}."


def called(ref: str, snapshot: Snapshot) -> str:
    """What an item or ground is called: "the source “NICE NG239”"; by its id where the content has it no more."""
    kind, _, name = ref.partition(":")
    thing = snapshot.items.get(ref) or snapshot.grounds.get(ref)
    return f"{_KINDS.get(kind, kind)} “{thing.title if thing and thing.title else name}”"


def _clause(reason: Reason, name: Callable[[str], str]) -> str:
    of = reason.of
    by = f" by {name(f'source:{of}')}" if of and reason.why is Why.SUPERSEDED else ""
    return _SAID[reason.why].format(what=name(reason.ref), by=by, on=f" on {of}" if of else "", of=of)
