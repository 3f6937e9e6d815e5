"""Everything a reviewer has to read of one item, as plain JSON: what it says, what it rests on, how it stands, what was
done. ``bedside review show`` writes it, as it is or as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bedside.cli.review_json import standing_json
from bedside.review.item import ItemKind
from bedside.review.reasons import said
from bedside.review.standing import Standing
from bedside.review.state import Action

if TYPE_CHECKING:
    from bedside.board import Board
    from bedside.desk import Desk
    from bedside.evidence.statement import Statement
    from bedside.protocol.protocol import Protocol
    from bedside.rendering.public.clauses import Clauses
    from bedside.rendering.public.statement_page import Cited
    from bedside.review.event import Event
    from bedside.review.item import Item

SCHEMA = "bedside.review-item/1"
_SIGNED = (Action.SIGN, Action.APPROVE, Action.ACCEPT)
OPENING, CLOSING = "\u00bb", "\u00ab"
"""Around the words of a passage that the wording shares with it."""


def document(board: Board, name: str) -> dict[str, Any]:
    """The item of that id. ``seal`` is what a signature names; None for what the content has no more."""
    board.refresh()
    item = board.snapshot.items.get(name)
    standing = board.standings().get(name, Standing(name))  # of a broken trail there may be none
    events = list(board.store.events(subject=name))
    about: dict[str, Any] = {
        "schema": SCHEMA,
        "item": name,
        "approved": board.approved(name),
        "trail_broken": board.broken or None,
        "standing": standing_json(standing) | {"reasons_in_words": [said(each) for each in standing.reasons]},
        "history": [_step(event, board) for event in events],
        "seal": None,
    }
    if item is None:
        return about
    return about | {
        "kind": item.kind.value,
        "title": item.title,
        "where": item.where,
        "fingerprint": item.fingerprint,
        "seal": board.snapshot.seal(name),
        "signatures_needed": board.policy.signatures(item),
        "says": _says(item, board),
        "rests_on": [_ground(ref, board) for ref in item.rests_on],
        "beneath": [_ground(ref, board) for ref in board.snapshot.beneath(name) if ref not in item.rests_on],
        "needs": [{"item": need, "approved": board.approved(need)} for need in item.needs],
        "changed_since_signed": list(_changed(item, events, board)),
        "body": dict(item.body),
    }


def _says(item: Item, board: Board) -> dict[str, Any]:
    desk = board.desk
    local = item.id.partition("/")[2]
    if item.kind is ItemKind.STATEMENT:
        statement = desk.shipped.statement(item.id.partition(":")[2])
        return _statement(statement, board) if statement is not None else {}
    from bedside.article.naming import Names
    from bedside.rendering.public.clauses import Clauses

    protocol = desk.protocols[item.topic]
    clauses = Clauses(protocol, Names(desk.vocabulary, desk.parts.frames))
    if item.kind is ItemKind.RULE:
        return _rule(local, protocol, clauses, desk)
    return _pattern(local, protocol, clauses, desk)


def _statement(statement: Statement, board: Board) -> dict[str, Any]:
    from bedside.rendering.public.statement_page import statement_page
    from bedside.review.mark import marked

    desk = board.desk
    page = statement_page(statement, marked(board.sources(), board.marks).get, desk.originals, desk.checks)
    return {
        "wordings": [
            {
                "readers": each.readers,
                "text": each.text,
                "verdict": each.verdict.value,
                "findings": [finding.message for finding in each.findings],
            }
            for each in page.wordings
        ],
        "figures_agree": page.figures_agree,
        "strength": page.strength,
        "level": page.level,
        "country": page.country,
        "basis": statement.basis.value,
        "unconfirmed": statement.unconfirmed,
        "states_a_dose": statement.dose,
        "population": statement.population or None,
        "guards": list(statement.guards),
        "next_check": statement.next_check or None,
        "sources": [_cited(statement, each, board) for each in page.cited],
        "sources_missing": list(page.missing),
    }


def _cited(statement: Statement, cited: Cited, board: Board) -> dict[str, Any]:
    key, held = cited.source.key, cited.held
    mark = board.marks.get(key)
    passage = (
        next((each for each in board.desk.originals(key) if each.id == held.passage), None) if held.passage else None
    )
    return {
        "source": key,
        "locator": cited.locator or None,
        "reference": cited.reference,
        "basis": cited.basis,
        "status": cited.source.status.value,
        "marked_by_the_board": {"status": mark.status, "by": mark.by, "at": mark.at} if mark else None,
        "record_check": cited.source.check.value,
        "note": cited.source.note or None,
        "original": held.standing.value,
        "reason": held.reason or None,
        "passage": held.passage or None,
        "passage_locator": held.locator or None,
        "passage_text": _matching(statement.clinical, passage.text, board.desk) if passage else None,
    }


def _matching(wording: str, passage: str, desk: Desk) -> str:
    """The passage with the words and figures that the wording shares with it between two marks."""
    from bedside.rendering.html.marking import Shared, marked

    pieces = marked(wording, passage, desk.checks).there
    return "".join(
        piece.text if piece.shared is Shared.NOTHING else f"{OPENING}{piece.text}{CLOSING}" for piece in pieces
    )


def _rule(rule_id: str, protocol: Protocol, clauses: Clauses, desk: Desk) -> dict[str, Any]:
    from bedside.facts.read import read_facts
    from bedside.rendering.public.clauses import in_short
    from bedside.rendering.public.tables import decision_tables
    from bedside.review.affected import cases_of

    rule = protocol.rule(rule_id)
    row = next(
        row for row in decision_tables(protocol, clauses, desk.shipped.statement)[rule.table].rows if row.id == rule_id
    )
    cases = cases_of(rule, protocol, desk.content.cases(protocol.id), desk.vocabulary, read_facts)
    return {
        "table": rule.table,
        "country": row.country,
        "given": in_short(row.given),
        "when": in_short(row.when),
        "effect": row.effect,
        "strength": row.strength,
        "level": row.level_means,
        "urgency": row.urgency or None,
        "shown_under": row.shown,
        "shows": [{"statement": each.id, "text": each.text} for each in row.statements],
        "classifies": list(row.classifies),
        "silences": list(row.silences),
        "unconfirmed": row.unconfirmed,
        "cases": [{"case": each.case.name, "came": each.came.value, "named": each.named} for each in cases],
    }


def _pattern(pattern_id: str, protocol: Protocol, clauses: Clauses, desk: Desk) -> dict[str, Any]:
    from bedside.rendering.public.clauses import in_short

    place, pattern = next((n, each) for n, each in enumerate(protocol.patterns, 1) if each.id == pattern_id)
    shown = [(part, name) for part in ("lead", "why", "certainty") for name in getattr(pattern, part)]
    cases = [case.name for case in desk.content.cases(protocol.id) if case.expect.pattern == pattern_id]
    return {
        "title": pattern.title.clinical,
        "plain_title": pattern.title.plain,
        "place": place,
        "of": len(protocol.patterns),
        "when": in_short(clauses.of(pattern.when)),
        "shows": [{"as": part, "statement": name, "text": _text_of(name, desk)} for part, name in shown],
        "cases": [{"case": name, "came": "is chosen", "named": True} for name in cases],
    }


def _text_of(statement: str, desk: Desk) -> str:
    found = desk.shipped.statement(statement)
    return found.clinical if found else ""


def _ground(ref: str, board: Board) -> dict[str, Any]:
    ground = board.snapshot.grounds.get(ref)
    return {"ref": ref, "title": ground.title if ground else "", "fingerprint": ground.fingerprint if ground else ""}


def _changed(item: Item, events: list[Event], board: Board) -> Iterator[dict[str, Any]]:
    """What is otherwise than when it was last signed: the item itself, and everything beneath it, field by field."""
    signed = next((event for event in reversed(events) if event.action in _SIGNED), None)
    if signed is None:
        return
    last: Mapping[str, Any] = signed.detail["signatures"][-1]
    snapshot = board.snapshot
    before = {item.id: str(last["fingerprint"]), **last["rests"]}
    now = {item.id: item.fingerprint, **snapshot.beneath(item.id)}
    for ref in sorted(before.keys() | now.keys()):
        if before.get(ref) != now.get(ref):
            yield {"ref": ref, "fields": list(_fields(ref, before.get(ref), now.get(ref), board))}


def _fields(ref: str, before: str | None, now: str | None, board: Board) -> Iterator[dict[str, str]]:
    from bedside.review.difference import differences

    old = board.store.version(ref, before) if before else None
    new = board.store.version(ref, now) if now else None
    for each in differences(old.body if old else {}, new.body if new else {}):
        yield {"field": each.field, "before": each.before, "after": each.after}


def _step(event: Event, board: Board) -> dict[str, Any]:
    text = board.store.text(event.note) if event.note else None
    return {
        "number": event.number,
        "at": event.at,
        "by": event.actor,
        "role": event.role,
        "action": event.action,
        "before": event.before,
        "after": event.after,
        "fingerprint": event.fingerprint,
        "text": _readable(text) if event.action == Action.PROPOSE and text else text,
    }


def _readable(text: str) -> str:
    """The text of a proposal as a person reads it."""
    from bedside.errors import InputRefused
    from bedside.review.proposal import Proposal

    try:
        made = Proposal.from_text(text)
    except InputRefused:
        return text
    return f"{made.why}\nclinical: {made.wording.clinical}\nplain: {made.wording.plain}"
