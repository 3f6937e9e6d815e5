"""What of the content is due on a day: checks that have passed or are near, sources that fell, open doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bedside.evidence.source import Source, SourceStatus
from bedside.evidence.statement import Statement
from bedside.protocol.protocol import Rule


class Why(StrEnum):
    """Why something is listed, the most pressing first."""

    RETRACTED = "retracted"
    CONCERN = "concern"
    SUPERSEDED = "superseded"
    DUE_FOR_REVIEW = "due-for-review"
    LATE = "late"
    UNDATED = "undated"
    NEAR = "near"
    UNCONFIRMED = "unconfirmed"

    @property
    def pressing(self) -> bool:
        """Whether it has to be done now: a source that no longer stands, a day that has passed or was never set."""
        return self not in (Why.NEAR, Why.UNCONFIRMED)


_STANDING = {
    SourceStatus.RETRACTED: Why.RETRACTED,
    SourceStatus.CONCERN: Why.CONCERN,
    SourceStatus.SUPERSEDED: Why.SUPERSEDED,
    SourceStatus.DUE: Why.DUE_FOR_REVIEW,
}
_KINDS = ("source", "statement", "rule")


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing to be looked at. ``kind`` is source, statement or rule; ``day`` an ISO date or ""; ``concerns`` are the
    statements of a source that it touches. ``where`` is the content file and line, where it has one."""

    kind: str
    id: str
    why: Why
    day: str = ""
    detail: str = ""
    concerns: tuple[str, ...] = ()
    where: str = ""

    @property
    def topic(self) -> str:
        """The topic of a statement or rule; "" for a source."""
        return "" if self.kind == "source" else self.id.partition("/")[0]


def due_items(
    on: str, within: int, sources: Iterable[Source], statements: Iterable[Statement], rules: Iterable[tuple[str, Rule]]
) -> tuple[DueItem, ...]:
    """What is due on the ISO day *on* or in the *within* days after it, the most pressing first.

    A source has no day of its own: it is to be looked at again when the first statement that cites it is. A source that
    no longer stands is listed where a statement cites it; a superseded one only with the statements that neither cite
    the newer document nor say that this one is superseded. *rules* are pairs of topic and rule.
    """
    every = tuple(statements)
    last = (date.fromisoformat(on) + timedelta(days=within)).isoformat()
    citing: dict[str, list[Statement]] = {}
    for each in every:
        for key in dict.fromkeys(citation.source for citation in each.citations):
            citing.setdefault(key, []).append(each)
    found = [
        *(item for source in sources for item in _of_source(source, citing.get(source.key, ()), on, last)),
        *(item for each in every for item in _of_statement(each, on, last)),
        *(_of_rule(topic, rule) for topic, rule in rules if rule.unconfirmed),
    ]
    order = list(Why)
    return tuple(sorted(found, key=lambda i: (order.index(i.why), _KINDS.index(i.kind), i.day, i.id)))


def _of_source(source: Source, citing: Iterable[Statement], on: str, last: str) -> Iterator[DueItem]:
    mine = tuple(citing)
    if not mine:
        return
    why = _STANDING.get(source.status)
    resting = mine if why is not Why.SUPERSEDED else tuple(each for each in mine if not _knows(each, source))
    if why is not None and resting:
        by = f"by {source.superseded_by}" if source.superseded_by else source.note
        yield DueItem("source", source.key, why, "", by, tuple(each.id for each in resting))
    days = [each.next_check for each in mine if each.next_check]
    if days and min(days) <= last:
        first = min(days)
        touched = tuple(each.id for each in mine if each.next_check and each.next_check <= last)
        yield DueItem("source", source.key, _dated(first, on), first, f"checked {source.checked_on or '?'}", touched)


def _knows(statement: Statement, source: Source) -> bool:
    """Whether a statement cites the newer document too, or says that the older one is superseded."""
    cited = {citation.source for citation in statement.citations}
    return source.superseded_by in cited or "superseded" in statement.clinical


def _of_statement(statement: Statement, on: str, last: str) -> Iterator[DueItem]:
    day, where = statement.next_check, statement.where
    if not day:
        yield DueItem("statement", statement.id, Why.UNDATED, where=where)
    elif day <= last:
        yield DueItem("statement", statement.id, _dated(day, on), day, f"checked {statement.checked_on}", where=where)
    if statement.unconfirmed:
        yield DueItem("statement", statement.id, Why.UNCONFIRMED, day, "wording or number", where=where)


def _of_rule(topic: str, rule: Rule) -> DueItem:
    return DueItem("rule", f"{topic}/{rule.id}", Why.UNCONFIRMED, "", f"table {rule.table}", where=rule.where)


def _dated(day: str, on: str) -> Why:
    return Why.LATE if day <= on else Why.NEAR
