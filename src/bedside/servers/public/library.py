"""The pages of the library: its search, the list of sources, a source, the statements of a topic, a statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from bedside.errors import InputRefused
from bedside.evidence.candidate import Filters
from bedside.evidence.hit import Hit
from bedside.evidence.source import Source, SourceKind, SourceStatus
from bedside.question.refuse import readable
from bedside.rendering.citations import KIND_LABELS, what_it_is
from bedside.rendering.public.source_page import STATUSES, links, record_lines, source_entry
from bedside.rendering.public.words import spaced
from bedside.review.mark import Mark
from bedside.servers.public.drawing import nothing_here, page, result
from bedside.servers.public.originals import in_words, original_of, shown_passage
from bedside.servers.public.shelf import Shelf, shelf_of
from bedside.servers.readings import counted
from bedside.servers.reviewed import board_of, review_of, reviewed

router = APIRouter(include_in_schema=False)

LONGEST = 2000
"""Characters of a search that are read."""
HITS = 20
PASSAGES = 40
"""Passages on one page of a source."""
LOOKED_AT = 5000
"""How many loaded sources the list looks through, and LISTED how many it shows: the search finds the others."""
LISTED = 200
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,250}")
_UNFIT = "Choose a kind from the list, and a year in four digits."
_HERE = ("Library", "/library")


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as the page lists it: what it is, where it leads, a quotation of at most 40 words, and why it stands here.

    For a statement of ours ``title`` is its wording, and ``cites`` the title of the source it cites first.
    """

    rank: int
    title: str
    href: str
    about: str
    stands: bool
    status: str
    heading: str
    text: str
    cites: str
    score: str
    reasons: tuple[tuple[str, str, str], ...]


@router.get("/library")
def library(request: Request) -> Response:
    """The search form, and what the library has."""
    return page(request, "library.html", "Library", **_library(shelf_of(request)))


@router.post("/library")
def search(
    request: Request,
    words: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    since: Annotated[str, Form()] = "",
) -> Response:
    """What fits some words best, with the reasons. They are read and forgotten."""
    shelf = shelf_of(request)
    given = {"text": words[:LONGEST], "kind": kind if kind in tuple(SourceKind) else "", "since": since[:4]}
    try:
        text = readable(words, LONGEST)
        filters = Filters(kinds=frozenset({SourceKind(kind)} if kind else ()), since=_year(since))
    except (InputRefused, ValueError) as error:
        message = str(error) if isinstance(error, InputRefused) else _UNFIT
        return result(request, "library.html", "Library", status=422, **{**_library(shelf), **given, "error": message})
    desk = shelf.desk
    hits = desk.search(text, filters, limit=HITS, semantic=desk.settings.semantic_model is not None)
    found = [_shown(hit, shelf) for hit in hits]
    return result(request, "library.html", "Library", **{**_library(shelf), **given, "hits": found})


def _title(name: str) -> str:
    """What a statement's page is called: its name as words, with its country."""
    words = name.split("-")
    country = {"gb": " (UK)", "us": " (US)"}.get(words[-1], "")
    called = spaced("_".join(words[:-1] if country else words))
    return f"{called[:1].upper()}{called[1:]}{country}"


def _library(shelf: Shelf) -> dict[str, Any]:
    return {
        "text": "",
        "kind": "",
        "since": "",
        "error": "",
        "hits": None,
        "kinds": {each.value: label for each, label in KIND_LABELS.items()},
        "longest": LONGEST,
        "shelf": shelf,
        "counts": {topic: sum(name.startswith(f"{topic}/") for name in shelf.statements) for topic in shelf.topics},
        "loaded": shelf.desk.stored is not None,
    }


def _year(written: str) -> int:
    if not written.strip():
        return 0
    if not re.fullmatch(r"[12]\d{3}", written.strip(), re.ASCII):
        raise ValueError(written)
    return int(written)


def _shown(hit: Hit, shelf: Shelf) -> ShownHit:
    found = hit.candidate
    ours = found.id in shelf.statements
    tail = found.id.rpartition("/")[2]
    place = f"/sources/{found.source}?page={found.position // PASSAGES + 1}#p-{tail}"
    about = (found.design or KIND_LABELS[found.kind], str(found.year or ""), found.jurisdiction)
    parts = sorted(hit.reasons, key=lambda reason: -abs(reason.value))
    return ShownHit(
        rank=hit.rank,
        title=found.text if ours else found.title,
        href=f"/statements/{found.id}" if ours else place,
        about=", ".join(filter(None, about)),
        stands=found.status is SourceStatus.CURRENT,
        status=STATUSES[found.status],
        heading=found.heading,
        text="" if ours else in_words(found.text),
        cites=found.title if ours else "",
        score=f"{hit.score:.2f}",
        reasons=tuple((r.name, r.detail, f"{r.value:+.2f}") for r in parts),
    )


@router.get("/sources")
def sources(request: Request) -> Response:
    """The sources of the content and those that were loaded; ``kind``, ``status`` and ``country`` narrow the list."""
    shelf = shelf_of(request)
    chosen = {name: request.query_params.get(name, "") for name in ("kind", "status", "country")}
    if (chosen["kind"] and chosen["kind"] not in tuple(SourceKind)) or (
        chosen["status"] and chosen["status"] not in tuple(SourceStatus)
    ):
        raise nothing_here()
    ours = [source_entry(each) for each in shelf.sources.values() if _fits(each, chosen)]
    stored = shelf.desk.stored
    looked = islice(stored.sources(), LOOKED_AT) if stored is not None else ()
    loaded = [source_entry(each) for each in islice((s for s in looked if _fits(s, chosen)), LISTED)]
    return page(
        request,
        "sources.html",
        "Sources",
        (_HERE,),
        ours=ours,
        loaded=loaded,
        any_loaded=stored is not None,
        chosen=chosen,
        kinds={each.value: label for each, label in KIND_LABELS.items()},
        statuses={each.value: label for each, label in STATUSES.items()},
        countries=sorted({each.jurisdiction for each in shelf.sources.values()}),
        whole=len(shelf.sources),
        listed=LISTED,
    )


def _fits(source: Source, chosen: dict[str, str]) -> bool:
    wanted = (
        (chosen["kind"], source.kind.value),
        (chosen["status"], source.status.value),
        (chosen["country"], source.jurisdiction),
    )
    return all(want in ("", value) for want, value in wanted)


@router.get("/sources/{key}")
def source(request: Request, key: str) -> Response:
    """One source: its record, what cites it, and its words where they were loaded and may be shown."""
    shelf = shelf_of(request)
    found = shelf.desk.library.source(key) if _KEY.fullmatch(key) else None
    number = request.query_params.get("page", "1")
    if found is None or not re.fullmatch(r"[1-9]\d{0,4}", number, re.ASCII):
        raise nothing_here()
    passages = original_of(shelf.desk, key)
    first = (int(number) - 1) * PASSAGES
    if first and first >= len(passages):
        raise nothing_here()
    pages = max(1, -(-len(passages) // PASSAGES))
    return page(
        request,
        "source.html",
        found.title,
        (_HERE, ("Sources", "/sources")),
        source=found,
        what=what_it_is(found),
        lines=tuple(record_lines(found)),
        links=links(found),
        citing=shelf.citing.citing.get(key, ()),
        parameters=shelf.citing.parameters.get(key, ()),
        passages=[shown_passage(each) for each in passages[first : first + PASSAGES]],
        passage_count=len(passages),
        number=int(number),
        pages=pages,
        known=shelf.sources,
        mark=_mark(request, key),
    )


def _mark(request: Request, key: str) -> tuple[Mark, str] | None:
    """What the board says of a source, and its reason; None where it says nothing."""
    found, board = reviewed(request), board_of(request)
    if found is None or board is None or key not in found.marks:
        return None
    return found.marks[key], board.store.text(found.marks[key].note) or ""


@router.get("/statements/{topic}")
def statements(request: Request, topic: str) -> Response:
    """The statements of a topic."""
    shelf = shelf_of(request)
    if topic not in shelf.topics:
        raise nothing_here()
    groups: dict[str, list[object]] = {}
    for each in shelf.statements.values():
        if each.id.startswith(f"{topic}/"):
            groups.setdefault(each.heading, []).append(each)
    return page(
        request, "statements.html", "Statements", (_HERE,), topic=topic, title_of=shelf.topics[topic], groups=groups
    )


@router.get("/statements/{topic}/{name}")
def statement(request: Request, topic: str, name: str) -> Response:
    """One statement: both wordings, its basis, its citations, how it is held, and what uses it."""
    shelf = shelf_of(request)
    found = shelf.statements.get(f"{topic}/{name}")
    if found is None:
        raise nothing_here()
    shown = page(
        request,
        "statement.html",
        _title(name),
        (_HERE, (shelf.topics[topic], f"/statements/{topic}")),
        shown=shelf.statement(found),
        review=review_of(request, f"statement:{found.id}"),
        uses=shelf.citing.uses.get(found.id, ()),
        guarded_by=shelf.citing.guarded_by.get(found.id, ()),
        known=shelf.statements,
        patterns={(entry.topic, entry.id): entry for entry in shelf.patterns},
        passages=PASSAGES,
        computable={protocol.id for protocol in shelf.protocols},
    )
    return counted(request, shown, (f"statement:{found.id}",))
