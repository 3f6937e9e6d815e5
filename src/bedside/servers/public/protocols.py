"""The pages of protocols: scope, limits, bands, decision tables, definitions, cases, what cites what, what is due."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from bedside.protocol.protocol import Protocol
from bedside.rendering.public.words import COUNTRIES, LEVELS, amount, spaced
from bedside.servers.public.drawing import Crumbs, nothing_here, page
from bedside.servers.public.shelf import Shelf, shelf_of
from bedside.servers.reviewed import reviewed

router = APIRouter(include_in_schema=False)

_HERE = ("Protocols", "/protocols")


@router.get("/protocols")
def protocols(request: Request) -> Response:
    """Every protocol, and the topics that have statements only."""
    shelf = shelf_of(request)
    others = [topic for topic in shelf.desk.content.topics() if not topic.computable]
    counts = {topic: _of_topic(shelf, topic) for topic in shelf.topics}
    return page(request, "protocols.html", "Protocols", protocols=shelf.protocols, others=others, counts=counts)


@router.get("/protocols/{topic}")
def protocol(request: Request, topic: str) -> Response:
    """One protocol."""
    shelf, shown = _chosen(request, topic)
    return page(
        request,
        "protocol.html",
        shown.title.clinical,
        (_HERE,),
        protocol=shown,
        scope=shelf.clauses(shown).of(shown.scope),
        parameters=[
            (each, spaced(each.name), COUNTRIES[each.jurisdiction], amount(each.values)) for each in shown.parameters
        ],
        sources=shelf.sources,
        lines=shelf.lines(shown),
        tables=shelf.tables(shown),
        flow=shelf.overview(shown),
        cases=len(shelf.desk.content.cases(topic)),
        passed=shelf.passed(shown),
        due=shelf.due(topic),
        statements=shelf.statements,
        signed=_signed(request, topic),
    )


def _signed(request: Request, topic: str) -> tuple[int, int]:
    """How many rules and patterns of a topic are approved, of how many."""
    found = reviewed(request)
    kinds = (f"rule:{topic}/", f"pattern:{topic}/")
    mine = [each for each in (found.items if found else ()) if each.item.startswith(kinds)]
    return sum(each.approved for each in mine), len(mine)


@router.get("/protocols/{topic}/tables/{name}")
def table(request: Request, topic: str, name: str) -> Response:
    """One decision table."""
    shelf, shown = _chosen(request, topic)
    found = shelf.tables(shown).get(name)
    if found is None:
        raise nothing_here()
    where = {row.id: each.id for each in shelf.tables(shown).values() for row in each.rows}
    return page(
        request,
        "table.html",
        f"Decision table {name}",
        _way(shown),
        protocol=shown,
        table=found,
        where=where,
        levels=LEVELS,
    )


@router.get("/protocols/{topic}/definitions")
def definitions(request: Request, topic: str) -> Response:
    """What the conditions of the tables refer to."""
    shelf, shown = _chosen(request, topic)
    read = shelf.clauses(shown)
    listed = [(name, spaced(name), read.of(body)) for name, body in shown.definitions.items()]
    return page(request, "definitions.html", "Definitions", _way(shown), protocol=shown, definitions=listed)


@router.get("/protocols/{topic}/cases")
def cases(request: Request, topic: str) -> Response:
    """The cases of a protocol, run."""
    shelf, shown = _chosen(request, topic)
    return page(request, "cases.html", "Cases", _way(shown), protocol=shown, results=shelf.cases(shown))


@router.get("/protocols/{topic}/citations")
def citations(request: Request, topic: str) -> Response:
    """What cites what, from the sources to the statements and back."""
    shelf, shown = _chosen(request, topic)
    return page(
        request,
        "citations.html",
        "What cites what",
        _way(shown),
        protocol=shown,
        statements=[each for each in shelf.statements.values() if each.id.startswith(f"{topic}/")],
        sources=shelf.sources,
        citing=shelf.citing,
    )


def _chosen(request: Request, topic: str) -> tuple[Shelf, Protocol]:
    shelf = shelf_of(request)
    found = shelf.protocol(topic)
    if found is None:
        raise nothing_here()
    return shelf, found


def _way(protocol: Protocol) -> Crumbs:
    return (_HERE, (protocol.title.clinical, f"/protocols/{protocol.id}"))


def _of_topic(shelf: Shelf, topic: str) -> int:
    return sum(statement_id.startswith(f"{topic}/") for statement_id in shelf.statements)
