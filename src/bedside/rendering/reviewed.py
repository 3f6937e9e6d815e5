"""What is said of a review, in words: of an answer, of an item, of a signature. Nothing is called approved here but
what a signature stands behind today."""

from __future__ import annotations

from collections.abc import Iterator

from bedside.rendering.headings import REVIEW_STATUS
from bedside.review.standing import Signature
from bedside.review.state import State
from bedside.review.status import AnswerStatus, Status

_NAMED = 4


def review_line(status: AnswerStatus | None) -> str:
    """The short words of an answer, without a full stop. REVIEW_STATUS where no signature stands behind any of it."""
    if status is None or not status.touched:
        return REVIEW_STATUS
    if status.approved:
        return f"Approved by {_names(status.signers)}, until {status.expires}"
    return f"Not approved as a whole: {_shares(status)}"


def review_details(status: AnswerStatus | None) -> tuple[str, ...]:
    """Further sentences about an answer that a signature stands behind in part: its pattern, what was withdrawn or has
    lapsed, what no board approves."""
    if status is None or not status.touched:
        return ()
    return tuple(_details(status))


def item_line(status: Status | None) -> str:
    """The short words of an item, without a full stop."""
    if status is None:
        return REVIEW_STATUS
    if status.approved:
        return f"Approved by {_names(status.signatures)}, until {status.expires}"
    if status.state is State.LAPSED:
        return "Its approval has lapsed"
    return "Withdrawn by the board" if status.state is State.WITHDRAWN else REVIEW_STATUS


def signature_line(signature: Signature) -> str:
    """Who signed, as what, and until when."""
    who = ", ".join(filter(None, (signature.name, signature.credentials, signature.registration)))
    board = f" of {signature.board}" if signature.board else ""
    return f"{who}, {signature.role}{board}, on {signature.signed_at[:10]}, until {signature.expires}"


def _details(status: AnswerStatus) -> Iterator[str]:
    if status.approved:
        whole = [_number(len(group), noun) for group, noun in _groups(status) if group]
        yield f"{_listed(whole)}: each of them is approved."
        return
    for pattern in status.patterns:
        yield f"The answer pattern is {pattern.state.value.lower()}."
    for state in (State.WITHDRAWN, State.LAPSED):
        parts = [(_count(group, state), noun) for group, noun in _groups(status)]
        found = [_number(count, noun) for count, noun in parts if count]
        if found:
            verb = "was withdrawn by the board" if state is State.WITHDRAWN else "was approved, which has lapsed"
            verb = verb if sum(count for count, _ in parts) == 1 else verb.replace("was", "were", 1)
            yield f"{_listed(found).capitalize()} shown here {verb}."
    if status.quoted:
        verb = "is" if status.quoted == 1 else "are"
        yield f"{_number(status.quoted, 'sentence')} {verb} quoted from literature, which this board does not approve."


def _names(signatures: tuple[Signature, ...]) -> str:
    """The names, few enough to be read."""
    names = [f"{each.name} ({each.board})" if each.board else each.name for each in signatures]
    return _listed(names if len(names) <= _NAMED else [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"])


def _shares(status: AnswerStatus) -> str:
    shares = [
        f"{_count(group, State.APPROVED)} of {_number(len(group), noun)}" for group, noun in _groups(status) if group
    ]
    return f"{_listed(shares)} approved"


def _groups(status: AnswerStatus) -> tuple[tuple[tuple[Status, ...], str], ...]:
    return (
        (status.patterns, "answer pattern"),
        (status.rules, "rule"),
        (status.statements, "statement"),
    )


def _count(group: tuple[Status, ...], state: State) -> int:
    return sum(each.state is state for each in group)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
