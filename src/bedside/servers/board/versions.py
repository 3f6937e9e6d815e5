"""Every version of an item that the board has seen, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from bedside.board import Board
from bedside.review.difference import differences
from bedside.review.state import Action
from bedside.review.store import Version
from bedside.servers.board.address import item_href, versions_href
from bedside.servers.board.drawing import HOME, QUEUE, Crumbs, Signed, board_of, page, rows_about
from bedside.servers.problem import Problem, Refused

router = APIRouter(include_in_schema=False)

_SIGNED = (Action.SIGN, Action.APPROVE, Action.ACCEPT)


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version. ``now`` says that the content has it now, ``signed`` who signed exactly it; ``compare`` is the
    address of what differs from the version before, "" for the first."""

    title: str
    fingerprint: str
    seen_at: str
    now: bool
    signed: tuple[str, ...]
    compare: str
    fields: tuple[tuple[str, str], ...]


@router.get("/items/{head}/{name}/versions")
def versions(request: Request, head: str, name: str, who: Signed) -> Response:
    """Every version of an item, oldest first."""
    board, item = board_of(request), f"{head}/{name}"
    board.standing(item)
    found = board.store.versions(item)
    shown = tuple(_shown(item, found, board))
    title = found[-1].title if found else item
    return page(
        request,
        "versions.html",
        f"Versions of {title}",
        who,
        crumbs=_way(item),
        here="Versions",
        name=title,
        item_href=item_href(item),
        versions=shown,
    )


@router.get("/items/{head}/{name}/versions/{before}/{after}")
def difference(request: Request, head: str, name: str, before: str, after: str, who: Signed) -> Response:
    """What differs between two versions, named by their fingerprints."""
    board, item = board_of(request), f"{head}/{name}"
    was, now = board.store.version(item, before), board.store.version(item, after)
    if was is None or now is None:
        raise Refused(Problem.NOT_FOUND)
    return page(
        request,
        "difference.html",
        f"What differs in {now.title}",
        who,
        crumbs=(*_way(item), ("Versions", versions_href(item))),
        here="What differs",
        name=now.title,
        item_href=item_href(item),
        before=was,
        after=now,
        differences=differences(was.body, now.body),
    )


def _way(item: str) -> Crumbs:
    return (HOME, QUEUE, (item, item_href(item)))


def _shown(item: str, found: tuple[Version, ...], board: Board) -> Iterator[VersionView]:
    current = board.snapshot.items[item].fingerprint if item in board.snapshot.items else ""
    signed = _signers(item, board)
    for place, version in enumerate(found):
        before = found[place - 1].fingerprint if place else ""
        yield VersionView(
            title=version.title,
            fingerprint=version.fingerprint,
            seen_at=version.seen_at,
            now=version.fingerprint == current,
            signed=signed.get(version.fingerprint, ()),
            compare=versions_href(item, before, version.fingerprint) if before else "",
            fields=tuple((each.field.replace("_", " "), each.after) for each in differences({}, version.body)),
        )


def _signers(item: str, board: Board) -> Mapping[str, tuple[str, ...]]:
    """Who signed which version: fingerprint -> names with the day, each once."""
    found: dict[str, dict[str, None]] = {}
    for event in rows_about(board, item):
        if event.action in _SIGNED:
            for each in event.detail["signatures"]:
                found.setdefault(each["fingerprint"], {})[f"{each['name']} on {each['signed_at'][:10]}"] = None
    return {fingerprint: tuple(names) for fingerprint, names in found.items()}
