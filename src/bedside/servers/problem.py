"""Problems: every way in which a request can fail, as ``application/problem+json`` (RFC 9457) or as a page.

What a problem says is written here, once. It never has a word of the request in it: not of the question, not of the
address, not of an error's own message. ``instance`` is the id under which the request stands in the log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from bedside.errors import BedsideError, InputRefused, LibraryBusy, LibraryUnusable, ThreadMoved, ThreadNotFound
from bedside.servers.unfit import unfit_fields

API = "/api/"
TYPES = "/docs/errors#"
KIND = "application/problem+json"
SOON = "5"  # seconds until a busy library is worth asking again


@dataclass(frozen=True, slots=True)
class Saying:
    """What a problem is called, the status it has, and what a reader is told of it and can do."""

    status: int
    title: str
    detail: str


class Problem(Enum):
    """The closed set of problems. The name, in small letters with hyphens, is the last part of its type."""

    NOT_JSON = Saying(400, "Not JSON", "The body is not one JSON value in UTF-8 with each key once.")
    WRONG_HOST = Saying(
        400, "Wrong host", "This server does not answer under that name. Its names are set where it is started."
    )
    UNREADABLE = Saying(400, "Unreadable request", "The request cannot be read. Send it again, or open the page again.")
    FORGED_FORM = Saying(
        403, "Form out of date", "The form was not sent from a page of this server. Open the page again, then send it."
    )
    NOT_FOUND = Saying(404, "Not found", "There is nothing under this address.")
    NO_THREAD = Saying(
        404, "No thread", "There is no thread under this link. It may have been deleted, or have expired: ask again."
    )
    WRONG_METHOD = Saying(405, "Wrong method", "This address is not asked in that way: see the header Allow.")
    TOO_SLOW = Saying(408, "Too slow", "The request took too long to arrive. Send it again.")
    THREAD_MOVED = Saying(
        409, "The thread has moved", "The thread has a newer turn. Open it again to see it, then ask once more."
    )
    TOO_LARGE = Saying(413, "Too large", "The request is larger than is read. Leave out what does not belong to it.")
    NOT_JSON_TYPE = Saying(415, "Wrong content type", "Send the body as application/json in UTF-8.")
    UNFIT = Saying(422, "Unfit input", "A field is missing, unknown, or has a value that does not fit: see errors.")
    REFUSED = Saying(
        422, "Text refused", "The text is empty, too long, or not text. Give it as plain text in UTF-8, in English."
    )
    TOO_MANY = Saying(429, "Too many requests", "Too many requests came from here. Wait as long as Retry-After says.")
    FAULT = Saying(
        500, "A fault of the program", "There is no answer. Report it with the instance, without the question."
    )
    BUSY = Saying(503, "Busy", "The server has too much to do. Try again when Retry-After says.")
    UNUSABLE = Saying(
        503,
        "Content unusable",
        "The content, the library or the threads cannot be read now. The log says when and where.",
    )

    @property
    def slug(self) -> str:
        """The name of the problem in its type: ``too-large``."""
        return self.name.lower().replace("_", "-")

    @property
    def type(self) -> str:
        """The type as a relative URI; it leads to a page that explains it."""
        return TYPES + self.slug

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value.status


class Refused(Exception):
    """A request that a route turns away. ``detail`` and ``errors`` must be free of words of the request."""

    def __init__(
        self, problem: Problem, detail: str = "", errors: Sequence[Mapping[str, Any]] = (), retry_after: str = ""
    ) -> None:
        super().__init__(problem.slug)
        self.problem = problem
        self.detail = detail
        self.errors = tuple(errors)
        self.retry_after = retry_after


_STATUSES = {
    400: Problem.UNREADABLE,
    403: Problem.FORGED_FORM,
    404: Problem.NOT_FOUND,
    405: Problem.WRONG_METHOD,
    413: Problem.TOO_LARGE,
    415: Problem.NOT_JSON_TYPE,
    422: Problem.UNFIT,
    429: Problem.TOO_MANY,
    503: Problem.BUSY,
}


def install(app: FastAPI) -> None:
    """Let every error that a route raises leave the server as one of the problems."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(BedsideError, _ours)
    app.add_api_route(TYPES.rstrip("#"), explained, include_in_schema=False)


def explained(request: Request) -> Response:
    """The page that the types lead to: every problem, what it means and what to do."""
    templates = getattr(request.app.state, "templates", None)
    page = templates.get_template("problems.html").render(request=request, problems=tuple(Problem)) if templates else ""
    return HTMLResponse(page or "".join(f"<h2 id='{each.slug}'>{each.value.title}</h2>" for each in Problem))


def document(
    problem: Problem, instance: str, detail: str = "", errors: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """A problem as plain values; ``errors`` only where there are some."""
    said = {
        "type": problem.type,
        "title": problem.value.title,
        "status": problem.status,
        "detail": detail or problem.value.detail,
        "instance": instance,
    }
    return {**said, "errors": [dict(each) for each in errors]} if errors else said


def answer(
    problem: Problem,
    request: Request,
    *,
    detail: str = "",
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The problem as this client reads it: JSON below ``/api/``, a page elsewhere."""
    instance = instance_of(request.scope)
    if request.scope["path"].startswith(API):
        body = json.dumps(document(problem, instance, detail, errors), ensure_ascii=False, indent=2, sort_keys=True)
        return Response(body + "\n", problem.status, headers, KIND)
    page = _page(request, problem.value.title, detail or problem.value.detail, instance)
    return HTMLResponse(page, problem.status, headers)


async def refuse(
    problem: Problem, scope: Scope, receive: Receive, send: Send, *, headers: Mapping[str, str] | None = None
) -> None:
    """The same for what stands before the routes."""
    response = answer(problem, Request(scope), headers=headers)
    await response(scope, receive, send)


def instance_of(scope: Scope) -> str:
    """The id of the request as a URI, "" where nobody gave it one."""
    request_id = scope.get("bedside.request_id", "")
    return f"urn:uuid:{request_id}" if request_id else ""


def _page(request: Request, title: str, detail: str, instance: str) -> str:
    """The error page of the templates; a bare one where there are none."""
    templates = getattr(getattr(request.scope.get("app"), "state", None), "templates", None)
    if templates is None:
        return _BARE.format(title=title, detail=detail, instance=instance)
    values = {"title": title, "detail": detail, "remedy": "", "instance": instance.removeprefix("urn:uuid:")}
    page: str = templates.get_template("error.html").render(request=request, **values)
    return page


_BARE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title} · bedside</title></head>
<body><main><h1>{title}</h1><p>{detail}</p><p><a href="/">Ask a question</a></p><p>{instance}</p></main></body></html>
"""
"""Filled with words of this file and an id only: nothing in it has to be escaped."""


def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    headers = {"Retry-After": error.retry_after} if error.retry_after else None
    return answer(error.problem, request, detail=error.detail, errors=error.errors, headers=headers)


def _http(request: Request, error: Exception) -> Response:
    """What the framework raises; its own detail may quote the request and is not shown."""
    if not isinstance(error, HTTPException):
        raise error
    problem = _STATUSES.get(
        error.status_code, Problem.FAULT if error.status_code >= Problem.FAULT.status else Problem.UNREADABLE
    )
    kept = {name: value for name, value in (error.headers or {}).items() if name.lower() in ("allow", "retry-after")}
    return answer(problem, request, headers=kept)


def _unfit(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = unfit_fields(error.errors())
    if any(field["problem"] == "not JSON" for field in fields):
        return answer(Problem.NOT_JSON, request)
    return answer(Problem.UNFIT, request, errors=fields)


def _ours(request: Request, error: Exception) -> Response:
    """An error of bedside. Its message may quote the reader or name a file of the server: only its kind is told."""
    match error:
        case ThreadNotFound():
            return answer(Problem.NO_THREAD, request)
        case ThreadMoved():
            return answer(Problem.THREAD_MOVED, request)
        case InputRefused():
            return answer(Problem.REFUSED, request)
        case LibraryBusy():
            return answer(Problem.BUSY, request, headers={"Retry-After": SOON})
        case LibraryUnusable():
            return answer(Problem.UNUSABLE, request)
    return answer(Problem.NOT_FOUND if request.method in ("GET", "HEAD") else Problem.UNFIT, request)
