"""The page that asks, and the question that comes from it. A question travels in a form's body and in no address."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bedside.desk import Desk
from bedside.errors import InputRefused, UsageError
from bedside.facts.case import Told
from bedside.servers.csrf import checked_form, text_of
from bedside.servers.keeping import begun
from bedside.servers.pages.readers import READER_NAMES, REGION_NAMES
from bedside.servers.templating import drawn

router = APIRouter(include_in_schema=False)

_ARTICLE = re.compile(r"^(?:an?|the) ", re.IGNORECASE)
_EXAMPLES = 4
_SHORTEST, _LONGEST = 40, 170  # characters: a whole question that stands on one or two lines


@router.get("/")
def ask(request: Request) -> Response:
    """The question form."""
    return _form(request)


@router.post("/ask")
def asked(request: Request, form: Annotated[FormData, Depends(checked_form)]) -> Response:
    """Answer a question, keep it under a new private link, and go there."""
    state = request.app.state
    text, reader, region = (text_of(form, name) for name in ("question", "reader", "region"))
    text = text_of(form, "example") or text
    try:
        thread, _ = begun(Told(text), reader, region, state.answers, state.threads)
    except (InputRefused, UsageError) as error:
        return _form(request, text, reader, region, error=str(error), status=422)
    return RedirectResponse(f"/t/{thread.token}", status_code=303)


def _form(
    request: Request, text: str = "", reader: str = "", region: str = "", *, error: str = "", status: int = 200
) -> Response:
    settings = request.app.state.settings
    return drawn(
        request,
        "ask.html",
        status=status,
        text=text,
        reader=reader if reader in READER_NAMES else settings.reader,
        region=region if region in REGION_NAMES else settings.region,
        readers=READER_NAMES,
        regions=REGION_NAMES,
        examples=examples(request.app.state.desk),
        topics=topics(request.app.state.desk),
        error=error,
        limit=settings.input_limit,
        days=settings.thread_days,
    )


def topics(desk: Desk) -> tuple[tuple[str, str, str], ...]:
    """What advice is given on, as a list to look through: id, plain title and for whom ("" where the title does not
    end with it in brackets), in the order of the alphabet without a leading article."""
    found = []
    for protocol in desk.protocols.values():
        title, _, whom = protocol.title.plain.removesuffix(")").partition(" (")
        found.append((protocol.id, title, whom))
    return tuple(sorted(found, key=lambda each: _ARTICLE.sub("", each[1]).casefold()))


def examples(desk: Desk) -> tuple[str, ...]:
    """Questions of the content's own cases, spread over them, that a person may begin with."""
    written = [case.question for topic in desk.protocols for case in desk.content.cases(topic) if case.question]
    fitting = [text for text in dict.fromkeys(written) if _SHORTEST <= len(text) <= _LONGEST and "\n" not in text]
    step = max(1, len(fitting) // _EXAMPLES)
    return tuple(fitting[::step][:_EXAMPLES])
