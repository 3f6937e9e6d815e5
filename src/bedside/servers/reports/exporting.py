"""The export for a safety officer: one report of harm a line, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bedside.board import Board
from bedside.review.event import Draft, Event
from bedside.review.member import Member
from bedside.review.report import Report, ReportKind
from bedside.review.report_words import ReportStore, Words
from bedside.review.state import Role
from bedside.servers.reports import keeping

SCHEMA = "bedside.incident/1"
SUBJECT = "export:reports"


def lines(board: Board, reports: Iterable[Report], store: ReportStore | None) -> Iterator[str]:
    """Every report of harm, also those that the board found to tell of harm; with the reader's words where *store* is
    given and they are kept."""
    for report in reports:
        if report.kind is ReportKind.HARM:
            words = store.words(report.id) if store else None
            document = incident(board, report, words, with_words=store is not None)
            yield json.dumps(document, ensure_ascii=False, sort_keys=True) + "\n"


def incident(board: Board, report: Report, words: Words | None, *, with_words: bool) -> dict[str, Any]:
    """One report as plain values."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "id": report.id,
        "kind": report.kind.value,
        "state": report.state.value,
        "severity": report.severity or None,
        "received": report.received,
        "since": report.since,
        "items": list(report.items),
        "content": report.fingerprint or None,
        "outcome": (board.store.text(report.outcome) if report.outcome else None) or None,
        "steps": [_step(event) for event in keeping.history(board, report)],
    }
    if with_words:
        names = ("text", "place", "question", "answer")
        document["reader"] = {name: getattr(words, name) for name in names} if words else None
    return document


def exported_words(board: Board, who: Member, count: int) -> None:
    """Put into the trail that a member took readers' words out. Raises ReviewMoved and ClockSetBack."""
    role = Role.EDITOR.value
    draft = Draft(board.now(), who.handle, role, "export", SUBJECT, detail={"reports": count, "words": True})
    board.write(draft, board.revision(SUBJECT))


def _step(event: Event) -> dict[str, Any]:
    return {
        "number": event.number,
        "at": event.at,
        "actor": event.actor,
        "role": event.role,
        "action": event.action,
        "before": event.before,
        "after": event.after,
        "severity": event.detail.get("severity") or None,
        "hash": event.hash,
    }
