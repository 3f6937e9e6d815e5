"""The pages about bedside: what it is, how a sentence earns its place, the editorial policy, limits, attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.responses import Response

from bedside import __version__
from bedside.evidence.statement import Basis
from bedside.facts.fact import Kind
from bedside.protocol.condition import Asked, Condition, leaves
from bedside.protocol.protocol import Protocol
from bedside.rendering.citations import CHECK_LABELS, KIND_LABELS
from bedside.rendering.public import policy
from bedside.rendering.public.words import named
from bedside.servers.public.drawing import page
from bedside.servers.public.shelf import Shelf, shelf_of
from bedside.servers.public.validation import EVALUATION
from bedside.settings import REGIONS

router = APIRouter(include_in_schema=False)

_HERE = ("About", "/about")

BASES = {
    Basis.VERBATIM: "checked against the source text",
    Basis.READ: "our wording; the source was read, its text is not kept",
    Basis.SECONDHAND: "our wording, seen through summaries that agree",
    Basis.OWN_RULE: "bedside's own rule, not a guideline",
}
"""What each basis means."""


@router.get("/about")
def about(request: Request) -> Response:
    """What bedside is and is not."""
    return page(request, "about.html", "About bedside", counts=_counts(shelf_of(request)))


@router.get("/about/how-a-sentence-earns-its-place")
def earning(request: Request) -> Response:
    """One sentence worked through, and spoiled versions that are refused; all judged here and now."""
    shelf = shelf_of(request)
    return page(
        request,
        "earning.html",
        "How a sentence earns its place",
        (_HERE,),
        worked=shelf.worked,
        checks=policy.passage_checks(),
    )


@router.get("/about/editorial-policy")
def editorial_policy(request: Request) -> Response:
    """The policy, from the settings and the program."""
    settings = request.app.state.settings
    shelf = shelf_of(request)
    return page(
        request,
        "editorial_policy.html",
        "Editorial policy",
        (_HERE,),
        settings=settings,
        gate=policy.gate_checks(),
        checks=policy.passage_checks(),
        verdicts=policy.verdicts(),
        order=policy.order_of_evidence(settings.evidence_order),
        states=policy.REVIEW_STATES,
        regions={region: policy.shown_for(region) for region in REGIONS},
        bases=BASES,
        counts=_counts(shelf),
        packs=shelf.desk.content.packs,
    )


@router.get("/about/limits")
def limits(request: Request) -> Response:
    """What bedside does not do."""
    return page(request, "limits.html", "What bedside does not do", (_HERE,), counts=_counts(shelf_of(request)))


@router.get("/about/source-attributes")
def source_attributes(request: Request) -> Response:
    """The attributes that a user needs to judge it by: whose it is, for what, from what, how well it was measured."""
    shelf = shelf_of(request)
    return page(
        request,
        "source_attributes.html",
        "Source attributes",
        (_HERE,),
        code=__version__,
        counts=_counts(shelf),
        protocols=shelf.protocols,
        of_the_person=_of_the_person(shelf),
        evaluation=EVALUATION,
    )


def _of_the_person(shelf: Shelf) -> tuple[str, ...]:
    """What the protocols read of a person besides health: every demographic fact that a condition names."""

    def make() -> tuple[str, ...]:
        read = (condition for protocol in shelf.protocols for condition in _conditions(protocol))
        names = {leaf.name for condition in read for leaf in leaves(condition) if not isinstance(leaf, Asked)}
        kind_of = shelf.desk.vocabulary.lexicon.kind
        return tuple(sorted(named(name, shelf.names) for name in names if kind_of(name) is Kind.DEMOGRAPHIC))

    return shelf.once(("of the person",), make)


def _conditions(protocol: Protocol) -> Iterator[Condition]:
    yield from (protocol.scope, *protocol.definitions.values())
    yield from (condition for rule in protocol.rules for condition in (rule.given, rule.when))
    yield from (pattern.when for pattern in protocol.patterns)


def _counts(shelf: Shelf) -> dict[str, object]:
    """How many sources of which kind and check, how many statements on which basis."""

    def make() -> dict[str, object]:
        sources, statements = shelf.sources.values(), shelf.statements.values()
        return {
            "sources": len(sources),
            "kinds": Counter(KIND_LABELS[each.kind] for each in sources).most_common(),
            "checks": Counter(CHECK_LABELS[each.check].removeprefix("record: ") for each in sources).most_common(),
            "statements": len(statements),
            "bases": [(BASES[basis], sum(each.basis is basis for each in statements)) for basis in Basis],
            "unconfirmed": sum(each.unconfirmed for each in statements),
            "rules": sum(len(protocol.rules) for protocol in shelf.protocols),
            "patterns": len(shelf.patterns),
            "cases": sum(len(shelf.desk.content.cases(protocol.id)) for protocol in shelf.protocols),
            "topics": [protocol.title.plain for protocol in shelf.protocols],
        }

    return shelf.once(("counts",), make)
