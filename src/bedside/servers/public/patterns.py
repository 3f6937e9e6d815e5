"""The pages of answer patterns: listed by topic, found by a form, one page for each."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from bedside.errors import InputRefused
from bedside.question.refuse import readable
from bedside.rendering.public.pattern_page import ShownAnswer, shown_answer
from bedside.servers.pages.readers import READER_NAMES
from bedside.servers.public.drawing import nothing_here, page, result
from bedside.servers.public.finding import read_as, urgent
from bedside.servers.public.shelf import Shelf, shelf_of
from bedside.servers.readings import counted
from bedside.servers.reviewed import answer_review, review_of

router = APIRouter(include_in_schema=False)

LONGEST = 2000
"""Characters of a search that are read."""
_TITLE = "Answer patterns"
_HERE = ("Answers", "/patterns")


@router.get("/patterns")
def patterns(request: Request) -> Response:
    """Every pattern, by topic."""
    return page(request, "patterns.html", _TITLE, searched=None, text="", error="", **_lists(shelf_of(request)))


@router.post("/patterns")
def search(request: Request, words: Annotated[str, Form()] = "") -> Response:
    """The patterns that fit some words. They are read, answered and forgotten."""
    shelf = shelf_of(request)
    try:
        text = readable(words, LONGEST)
    except InputRefused as error:
        return result(
            request,
            "patterns.html",
            _TITLE,
            status=422,
            searched=None,
            text=words[:LONGEST],
            error=str(error),
            **_lists(shelf),
        )
    answer = shelf.desk.ask(text, reader="patient", region="both", as_of=shelf.desk.content.date)
    found = {
        "read_as": read_as(answer, shelf.patterns),
        "found": shelf.pattern_search.find(text),
        "urgent": urgent(answer),
    }
    return result(request, "patterns.html", _TITLE, searched=found, text=text, error="", **_lists(shelf))


def _lists(shelf: Shelf) -> dict[str, Any]:
    by_topic = {p.id: tuple(entry for entry in shelf.patterns if entry.topic == p.id) for p in shelf.protocols}
    return {"by_topic": by_topic, "topics": shelf.topics, "longest": LONGEST}


@router.get("/patterns/{topic}/{name}")
def pattern(request: Request, topic: str, name: str) -> Response:
    """One pattern with its example; ``for`` in the address chooses the reader of the example's answer."""
    shelf = shelf_of(request)
    entry = next((each for each in shelf.patterns if (each.topic, each.id) == (topic, name)), None)
    if entry is None:
        raise nothing_here()
    reader = request.query_params.get("for", "patient")
    if reader not in READER_NAMES:
        raise nothing_here()
    example = shelf.example(topic, name)
    drawn = page(
        request,
        "pattern.html",
        entry.title,
        (_HERE, (shelf.topics[topic], f"/patterns#{topic}")),
        entry=entry,
        review=review_of(request, f"pattern:{topic}/{name}"),
        example=example,
        shown=_shown(request, shelf.answer(example, reader)) if example else None,
        reader=reader,
        readers=READER_NAMES,
        lead=[(each, shelf.statements.get(each)) for each in entry.lead],
        protocol=shelf.protocol(topic),
        before=tuple(e for e in shelf.patterns if e.topic == topic and e.place < entry.place),
    )
    return counted(request, drawn, (f"pattern:{topic}/{name}",))


def _shown(request: Request, shown: ShownAnswer) -> ShownAnswer:
    """The example's answer with what the board says of it."""
    review = answer_review(request, shown.answer)
    if review is None or not review.touched:
        return shown
    return shown_answer(shown.answer, shelf_of(request).desk.words(), review)
