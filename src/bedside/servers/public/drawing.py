"""How public pages leave the server: drawn by their template, with a mark of their content, kept by nobody unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from fastapi import HTTPException, Request
from starlette.responses import HTMLResponse, Response

from bedside.rendering.public.words import spaced
from bedside.servers.public.shelf import shelf_of
from bedside.servers.reviewed import reviewed
from bedside.servers.templating import drawn

Crumbs = Sequence[tuple[str, str]]
"""The way to a page: what each page on it is called, and its address."""

_MARK = 32


def page(request: Request, template: str, title: str, crumbs: Crumbs = (), **values: object) -> Response:
    """A public page. A browser that has it already (``If-None-Match``) is told so and is sent nothing."""
    response = _drawn(request, template, 200, title, crumbs, values)
    mark = f'"{sha256(response.body).hexdigest()[:_MARK]}"'
    headers = {"ETag": mark, "Cache-Control": "no-cache"}
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


def result(request: Request, template: str, title: str, *, status: int = 200, **values: object) -> Response:
    """A page made from what was sent in a form: kept nowhere."""
    response = _drawn(request, template, status, title, (), values)
    response.headers["Cache-Control"] = "no-store"
    return response


def _drawn(
    request: Request, template: str, status: int, title: str, crumbs: Crumbs, values: Mapping[str, object]
) -> HTMLResponse:
    shared = {"title": title, "crumbs": crumbs, "desk": shelf_of(request).desk, "spaced": spaced}
    shared |= {"reviewed": reviewed(request)}
    return drawn(request, f"public/{template}", status=status, **shared, **values)


def nothing_here() -> HTTPException:
    """The error for an address that names nothing."""
    return HTTPException(404)
