"""The report: a reader says that something is wrong, harmed somebody, or cannot be understood; the board answers.

A report is folded from its rows in the audit trail (subject ``report:ID``). The rows say what kind it is, which items
and which answer's content it is about, and how grave it was found; the reader's words are kept elsewhere and can be
deleted. Harm goes a route of its own. Every row's ``detail`` is whole: the newest row says how the report stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bedside.errors import ReviewMoved, ReviewRefused
from bedside.review.event import Draft, Event, hash_of_text
from bedside.review.member import Member
from bedside.review.state import SYSTEM, Role

SUBJECT = "report:"
READER = "reader"
"""The actor, and its role, of what the person who wrote a report does. Nothing else is known of them."""
LONGEST_OUTCOME = 4_000


class ReportKind(StrEnum):
    """What a reader says of an answer, a statement or a page."""

    HARM = "harm"
    WRONG = "wrong"
    UNCLEAR = "not-understood"


class ReportState(StrEnum):
    """Where a report stands. Harm is triaged, investigated and closed; the others are looked at and answered."""

    RECEIVED = "Received"
    LOOKED_AT = "Being looked at"
    ANSWERED = "Answered"
    TRIAGED = "Triaged"
    INVESTIGATED = "Under investigation"
    CLOSED = "Closed"
    WITHDRAWN = "Withdrawn"


class Severity(StrEnum):
    """How grave the harm was, as the board found. The words are those of NHS incident reports."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    SEVERE = "severe"
    DEATH = "death"


class ReportAction(StrEnum):
    """What can happen to a report."""

    RECEIVE = "receive"
    LOOK = "look"
    ANSWER = "answer"
    ESCALATE = "escalate"  # it tells of harm, whatever the reader called it
    TRIAGE = "triage"
    INVESTIGATE = "investigate"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    PURGE = "purge"  # the words were deleted when their time had come


WEIGHTS: Mapping[ReportKind, int] = {ReportKind.HARM: 10, ReportKind.WRONG: 3, ReportKind.UNCLEAR: 1}
"""What one open report adds to an item's place in the queue."""

DONE = (ReportState.ANSWERED, ReportState.CLOSED, ReportState.WITHDRAWN)
"""The states in which nobody waits for the board."""

_HARM = (ReportKind.HARM,)
_OTHERS = (ReportKind.WRONG, ReportKind.UNCLEAR)
_EVERY = tuple(ReportKind)


@dataclass(frozen=True, slots=True)
class ReportStep:
    """One action: by whom, on which kinds, from which states, to which (None: it stays), and whether it needs words
    (those of ANSWER and CLOSE are the outcome, which the reader sees) and a severity."""

    roles: tuple[str, ...]
    kinds: tuple[ReportKind, ...]
    before: tuple[ReportState, ...]
    after: ReportState | None
    words: bool = False
    severity: bool = False


_S = ReportState
_LOOKERS = (Role.REVIEWER, Role.EDITOR)
_EDITOR = (Role.EDITOR,)

REPORT_STEPS: Mapping[ReportAction, ReportStep] = {
    ReportAction.LOOK: ReportStep(_LOOKERS, _OTHERS, (_S.RECEIVED,), _S.LOOKED_AT),
    ReportAction.ANSWER: ReportStep(_EDITOR, _OTHERS, (_S.RECEIVED, _S.LOOKED_AT), _S.ANSWERED, words=True),
    ReportAction.ESCALATE: ReportStep(
        _LOOKERS, _OTHERS, (_S.RECEIVED, _S.LOOKED_AT, _S.ANSWERED), _S.RECEIVED, words=True
    ),
    ReportAction.TRIAGE: ReportStep(
        _EDITOR, _HARM, (_S.RECEIVED, _S.TRIAGED, _S.INVESTIGATED), _S.TRIAGED, severity=True
    ),
    ReportAction.INVESTIGATE: ReportStep(_EDITOR, _HARM, (_S.TRIAGED,), _S.INVESTIGATED),
    ReportAction.CLOSE: ReportStep(_EDITOR, _HARM, (_S.TRIAGED, _S.INVESTIGATED), _S.CLOSED, words=True),
    ReportAction.REOPEN: ReportStep(_EDITOR, _EVERY, (_S.ANSWERED, _S.CLOSED), _S.RECEIVED, words=True),
    ReportAction.WITHDRAW: ReportStep((READER,), _EVERY, tuple(s for s in _S if s is not _S.WITHDRAWN), _S.WITHDRAWN),
    ReportAction.PURGE: ReportStep((SYSTEM,), _EVERY, DONE, None),
}
"""The routes. RECEIVE stands in no row: it makes the report."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as its rows leave it. ``id`` is random; ``items`` are what it names (ids of review items, sorted);
    ``fingerprint`` the content fingerprint of the answer it is about ("" for none). ``received`` and ``since`` are ISO
    times in UTC; ``outcome`` is the hash of the board's words to the reader ("" for none yet); ``revision`` counts
    its rows: who acts must have seen the newest one."""

    id: str
    kind: ReportKind
    state: ReportState
    items: tuple[str, ...]
    fingerprint: str
    received: str
    since: str
    severity: str = ""
    outcome: str = ""
    revision: int = 0
    number: int = 0

    @property
    def open(self) -> bool:
        """Whether somebody waits for the board."""
        return self.state not in DONE

    @property
    def subject(self) -> str:
        """What it is called in the trail."""
        return SUBJECT + self.id


def received(
    report_id: str, kind: ReportKind, items: Iterable[str], fingerprint: str, now: str, seal: str = ""
) -> Draft:
    """The row with which a report begins. *seal* commits to the reader's words without telling them: a hash of them and
    of a random value that is deleted with them."""
    return Draft(
        at=now,
        actor=READER,
        role=READER,
        action=ReportAction.RECEIVE.value,
        subject=SUBJECT + report_id,
        fingerprint=fingerprint,
        after=ReportState.RECEIVED.value,
        detail=_detail(kind, tuple(sorted(set(items))), "", now, "") | {"words": seal},
    )


def report_of(event: Event) -> Report:
    """The report after its newest row. Raises KeyError or ValueError for a row that is of no report."""
    if not event.subject.startswith(SUBJECT):
        raise ValueError("not a row of a report")
    detail = event.detail
    return Report(
        id=event.subject.removeprefix(SUBJECT),
        kind=ReportKind(detail["kind"]),
        state=ReportState(event.after),
        items=tuple(detail["items"]),
        fingerprint=event.fingerprint,
        received=detail["received"],
        since=event.at,
        severity=detail["severity"],
        outcome=detail["outcome"],
        revision=event.revision,
        number=event.number,
    )


def decide_report(
    action: ReportAction,
    report: Report,
    who: Member | None,
    *,
    revision: int,
    now: str,
    note: str = "",
    severity: str = "",
) -> Draft:
    """The row that comes of what a member, or the reader (*who* None), does with a report at *now*.

    Raises ReviewMoved when the report has moved on since *revision*, ReviewRefused when its route does not allow it.
    """
    step = REPORT_STEPS.get(action)
    if step is None:
        raise ReviewRefused(f"{action.value}: a report is received once.", "Write a new one.")
    actor, role = _actor(action, step, who)
    if revision != report.revision:
        raise ReviewMoved(report.subject)
    _allowed(action, step, report, note, severity)
    kind = ReportKind.HARM if action is ReportAction.ESCALATE else report.kind
    told = action in (ReportAction.ANSWER, ReportAction.CLOSE)
    outcome = hash_of_text(note) if told else "" if action is ReportAction.REOPEN else report.outcome
    grade = severity if step.severity else report.severity
    return Draft(
        at=now,
        actor=actor,
        role=role,
        action=action.value,
        subject=report.subject,
        fingerprint=report.fingerprint,
        before=report.state.value,
        after=(step.after or report.state).value,
        detail=_detail(kind, report.items, grade, report.received, outcome),
        note=hash_of_text(note),
    )


def steps_open_to(report: Report, who: Member) -> tuple[ReportAction, ...]:
    """What a member may do with a report now, in the order of the routes."""
    return tuple(
        action
        for action, step in REPORT_STEPS.items()
        if report.kind in step.kinds and report.state in step.before and who.active and set(step.roles) & who.roles
    )


def reported(events: Iterable[Event]) -> dict[str, int]:
    """The weight of open reports on each item: item id -> 10 for each of harm, 3 for wrong, 1 for not understood.

    *events* may be the whole trail, or the newest row of each report; rows of other subjects are passed over.
    """
    newest: dict[str, Event] = {}
    for event in events:
        if event.subject.startswith(SUBJECT) and event.number >= _number(newest.get(event.subject)):
            newest[event.subject] = event
    weights: dict[str, int] = {}
    for event in newest.values():
        report = report_of(event)
        for item in report.items if report.open else ():
            weights[item] = weights.get(item, 0) + WEIGHTS[report.kind]
    return {item: weights[item] for item in sorted(weights)}


def order(report: Report) -> tuple[Any, ...]:
    """The key of the editors' list: open before done, harm first, the gravest and then the oldest before others."""
    grave = list(Severity).index(Severity(report.severity)) if report.severity else len(Severity)  # not triaged: first
    return (not report.open, report.kind is not ReportKind.HARM, -grave, report.received, report.id)


def _number(event: Event | None) -> int:
    return event.number if event else -1


def _detail(kind: ReportKind, items: tuple[str, ...], severity: str, at: str, outcome: str) -> dict[str, Any]:
    return {"kind": kind.value, "items": list(items), "severity": severity, "received": at, "outcome": outcome}


def _actor(action: ReportAction, step: ReportStep, who: Member | None) -> tuple[str, str]:
    """Who does it, and in which role: the first that may. Raises ReviewRefused where none may."""
    if who is None:
        own = next((role for role in step.roles if role in (READER, SYSTEM)), "")
        if own:
            return own, own
    elif who.active:
        for role in Role:
            if role in who.roles and role in step.roles:
                return who.handle, role.value
    wanted = " or ".join(str(role) for role in step.roles)
    raise ReviewRefused(f"To {action.value} a report takes the role {wanted}.", "Ask an editor.")


def _allowed(action: ReportAction, step: ReportStep, report: Report, note: str, severity: str) -> None:
    """Raises ReviewRefused where the route does not allow the step, or something is missing."""
    if report.kind not in step.kinds:
        raise _refused(action, report, f"tells of {report.kind.value}", "Harm has a route of its own: see the report.")
    if report.state not in step.before:
        allowed = ", ".join(state.value for state in step.before)
        raise _refused(action, report, f"is {report.state.value}", f"That can be done from: {allowed}.")
    if step.words and not note.strip():
        raise _refused(action, report, "needs words", "Say it in a sentence.")
    if len(note) > LONGEST_OUTCOME:
        raise _refused(action, report, f"has a text longer than {LONGEST_OUTCOME:,} characters", "Shorten it.")
    if step.severity and severity not in set(Severity):
        raise _refused(action, report, "needs a severity", f"Choose from: {', '.join(Severity)}.")


def _refused(action: ReportAction, report: Report, what: str, remedy: str) -> ReviewRefused:
    return ReviewRefused(f"{report.subject} {what}: {action.value} is not possible.", remedy)
