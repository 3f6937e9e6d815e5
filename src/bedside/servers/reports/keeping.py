"""Keeping reports: the words in their store, every step as a row of the trail.

A report is filed first, and its row written then: what comes between (a power cut, a clock that was set back) loses
nothing, :func:`settle` writes the row later.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from bedside.board import Board
from bedside.errors import BedsideError, ReviewRefused
from bedside.review.event import Event
from bedside.review.member import Member
from bedside.review.report import (
    Report,
    ReportAction,
    ReportKind,
    ReportState,
    decide_report,
    order,
    received,
    report_of,
)
from bedside.review.report_words import KEPT_DAYS, Filed, ReportStore, Words

_ID_BYTES = 8


def receive(
    board: Board, store: ReportStore, kind: ReportKind, items: Iterable[str], fingerprint: str, words: Words
) -> str:
    """Keep a new report; gives the token of its private link. Raises what the store raises, and nothing of the trail:
    a report is not lost because its row has to wait."""
    known = tuple(sorted(set(items) & board.snapshot.items.keys()))
    filed = Filed(secrets.token_hex(_ID_BYTES), kind, known, fingerprint, board.clock(), words.seal)
    token = store.file(filed, words)
    with suppress(BedsideError):
        _begin(board, filed)
    return token


def every(board: Board, store: ReportStore) -> tuple[Report, ...]:
    """Every report, those that need the board most first."""
    found = {report.id: report for report in board.reports()}
    for filed in store.filed():
        found.setdefault(filed.id, _waiting(filed))
    return tuple(sorted(found.values(), key=order))


def one(board: Board, filed: Filed) -> Report:
    """The report that was filed, as it stands now."""
    rows = _rows(board, filed.id)
    return report_of(rows[-1]) if rows else _waiting(filed)


def history(board: Board, report: Report) -> tuple[Event, ...]:
    """Every row of a report, oldest first."""
    return tuple(_rows(board, report.id))


def act(
    board: Board,
    store: ReportStore,
    who: Member,
    action: ReportAction,
    report: Report,
    *,
    revision: int,
    note: str = "",
    severity: str = "",
) -> Report:
    """Do what a member wants with a report. Raises ReviewRefused, ReviewMoved and ClockSetBack."""
    if not report.revision:
        settle(board, store)
        report = next((each for each in board.reports() if each.id == report.id), report)
        if not report.revision:
            raise ReviewRefused("The report has no row in the audit trail yet.", "Try again in a moment.")
        revision = revision or report.revision
    draft = decide_report(action, report, who, revision=revision, now=board.now(), note=note, severity=severity)
    return report_of(board.write(draft, revision, note))


def withdraw(board: Board, store: ReportStore, filed: Filed) -> None:
    """What the reader who wrote it wants: the words go for good, whatever becomes of the row."""
    try:
        report = one(board, filed)
        if not report.revision:
            _begin(board, filed)
            report = one(board, filed)
        if report.state is not ReportState.WITHDRAWN:
            _write(board, ReportAction.WITHDRAW, report)
    finally:
        store.forget(filed.id)


def settle(board: Board, store: ReportStore) -> int:
    """Write the first rows that are missing, and delete words that were to go; gives how many of both."""
    states = {report.id: report.state for report in board.reports()}
    worded, done = store.worded(), 0
    for filed in store.filed():
        with suppress(BedsideError):
            if filed.id not in states:
                _begin(board, filed)
                done += 1
            elif states[filed.id] is ReportState.WITHDRAWN and filed.id in worded:
                done += store.forget(filed.id)
    return done


def purge(board: Board, store: ReportStore, days: int = KEPT_DAYS) -> int:
    """Delete the words and the link of every report that was done so many *days* ago; gives how many. The rows of the
    trail, and what the board said, stay."""
    settle(board, store)
    before = (datetime.fromisoformat(board.now()) - timedelta(days=days)).isoformat(timespec="seconds")
    reports = {report.id: report for report in board.reports()}
    worded, gone = store.worded(), 0
    for filed in store.filed():
        report = reports.get(filed.id)
        if report is None or report.open or report.since >= before:
            continue
        if filed.id in worded:
            with suppress(BedsideError):
                _write(board, ReportAction.PURGE, report)
        gone += store.remove(filed.id)
    return gone


def _write(board: Board, action: ReportAction, report: Report) -> None:
    draft = decide_report(action, report, None, revision=report.revision, now=board.now())
    board.write(draft, report.revision)


def _begin(board: Board, filed: Filed) -> None:
    """Write the row with which a report begins, dated when it is written."""
    draft = received(filed.id, filed.kind, filed.items, filed.fingerprint, board.now(), filed.seal)
    board.write(draft, 0)


def _rows(board: Board, report_id: str) -> list[Event]:
    return list(board.store.events(subject=f"report:{report_id}"))


def _waiting(filed: Filed) -> Report:
    """A report whose row is not written yet."""
    return Report(
        id=filed.id,
        kind=filed.kind,
        state=ReportState.RECEIVED,
        items=filed.items,
        fingerprint=filed.fingerprint,
        received=filed.received,
        since=filed.received,
    )
