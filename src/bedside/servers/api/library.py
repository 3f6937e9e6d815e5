"""The library and the protocols, read by programs: sources, statements, passages, search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from bedside import __version__
from bedside.desk import Desk
from bedside.errors import InputRefused
from bedside.evidence.candidate import Filters
from bedside.evidence.source import SourceKind, SourceStatus
from bedside.question.refuse import readable
from bedside.rendering.json import SCHEMA
from bedside.rendering.json_records import protocol_json, protocol_summary, source_json, statement_json
from bedside.servers.api.described import (
    HitDocument,
    PassageDocument,
    ProtocolDocument,
    ProtocolSummary,
    SourceList,
    StatementDocument,
    VersionDocument,
    WholeSource,
    problems,
)
from bedside.servers.api.documents import hit_json, passage_json
from bedside.servers.api.models import SearchIn
from bedside.servers.api.replies import content, private
from bedside.servers.problem import Problem, Refused

router = APIRouter(prefix="/api/v1")

LONGEST_NAME = 300


@router.get("/version", tags=["about"], response_model=VersionDocument, responses=problems())
def version(request: Request) -> Response:
    """Which program, content and library answer here."""
    desk: Desk = request.app.state.desk
    return content(
        request,
        {
            "version": __version__,
            "release": desk.content.release,
            "content_date": desk.content.date,
            "library": desk.stored.release if desk.stored is not None else None,
            "answer_schema": SCHEMA,
        },
    )


@router.get(
    "/statements/{topic}/{name}",
    tags=["library"],
    response_model=StatementDocument,
    responses=problems(Problem.NOT_FOUND),
)
def statement(
    request: Request,
    topic: Annotated[str, Path(examples=["vitamin-b12"])],
    name: Annotated[str, Path(examples=["b12-indeterminate"])],
) -> Response:
    """One of our statements: both wordings, what it cites, and what it rests on."""
    found = _desk(request).searchable.statement(_name(f"{topic}/{name}"))
    if found is None:
        raise Refused(Problem.NOT_FOUND)
    return content(request, statement_json(found))


@router.get(
    "/passages/{passage:path}",
    tags=["library"],
    response_model=PassageDocument,
    responses=problems(Problem.NOT_FOUND),
)
def passage(request: Request, passage: Annotated[str, Path(examples=["pmid-31388316/abstract-1"])]) -> Response:
    """A passage of a source that was loaded, in its own words as far as its licence lets them be shown."""
    found = _desk(request).searchable.passage(_name(passage))
    if found is None:
        raise Refused(Problem.NOT_FOUND)
    return content(request, passage_json(found))


@router.get(
    "/sources",
    tags=["library"],
    response_model=SourceList,
    responses=problems(Problem.UNFIT),
)
def sources(
    request: Request,
    kind: Annotated[SourceKind | None, Query(description="Only sources of this kind.")] = None,
    status: Annotated[SourceStatus | None, Query(description="Only sources of this status.")] = None,
) -> Response:
    """The sources that statements cite: those that ship with bedside and those of hospital packs. A library can hold
    all of PubMed: what was loaded is found by searching, or by its key."""
    desk = _desk(request)
    packs = {key: pack.name for pack in desk.content.packs for key in pack.sources}
    fitting = [
        source
        for source in desk.shipped.sources()
        if (kind is None or source.kind is kind) and (status is None or source.status is status)
    ]
    loaded = desk.stored.figures.get("sources", 0) if desk.stored is not None else 0
    listed = [{**source_json(source), "pack": packs.get(source.key)} for source in fitting]
    return content(request, {"sources": listed, "loaded": loaded})


@router.get("/sources/{key}", tags=["library"], response_model=WholeSource, responses=problems(Problem.NOT_FOUND))
def source(request: Request, key: Annotated[str, Path(examples=["nice-ng239"])]) -> Response:
    """One source with the statements that cite it and, where it was loaded, its passages."""
    desk = _desk(request)
    shelf = desk.searchable
    found = shelf.source(_name(key))
    if found is None:
        raise Refused(Problem.NOT_FOUND)
    packs = {key: pack.name for pack in desk.content.packs for key in pack.sources}
    return content(
        request,
        {
            **source_json(found),
            "pack": packs.get(found.key),
            "cited_by": [each.id for each in shelf.statements() if any(c.source == key for c in each.citations)],
            "passages": [passage_json(each) for each in shelf.passages_of(key)],
        },
    )


@router.post(
    "/library/search",
    tags=["library"],
    response_model=list[HitDocument],
    responses=problems(Problem.REFUSED, body=True),
)
def search(request: Request, wanted: SearchIn) -> Response:
    """Search the statements and what was loaded, each hit with the reasons for its rank. Retracted sources are found,
    and labelled: an answer never uses them."""
    desk = _desk(request)
    try:
        query = readable(wanted.query, desk.settings.input_limit)
    except InputRefused as error:
        raise Refused(Problem.REFUSED, error.what) from None
    filters = Filters(
        kinds=frozenset(wanted.kinds),
        statuses=frozenset(wanted.statuses),
        since=wanted.since or 0,
        source=wanted.source,
    )
    hits = desk.search(
        query,
        filters,
        limit=wanted.limit,
        per_source=0 if wanted.source else wanted.per_source,
        semantic=desk.settings.semantic_model is not None,
    )
    return private([hit_json(hit, desk) for hit in hits])


@router.get("/protocols", tags=["protocols"], response_model=list[ProtocolSummary], responses=problems())
def protocols(request: Request) -> Response:
    """The computable guidelines."""
    return content(request, [protocol_summary(each) for each in _desk(request).protocols.values()])


@router.get(
    "/protocols/{topic}", tags=["protocols"], response_model=ProtocolDocument, responses=problems(Problem.NOT_FOUND)
)
def protocol(request: Request, topic: Annotated[str, Path(examples=["vitamin-b12"])]) -> Response:
    """One computable guideline: scope, bands, what it asks, and every rule with its condition."""
    shelf = _desk(request).protocols
    if topic not in shelf:
        raise Refused(Problem.NOT_FOUND)
    return content(request, protocol_json(shelf[topic]))


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _name(written: str) -> str:
    """A name fit to be looked up in any database; raises Refused for one that cannot be the name of anything."""
    if len(written) > LONGEST_NAME or not written.isprintable():
        raise Refused(Problem.NOT_FOUND)
    return written
