"""Replies: JSON as the commands write it, and what a client may keep of it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from fastapi import Request
from starlette.responses import Response

from bedside.servers.api.documents import written

JSON = "application/json"
KEEP = "private, no-cache"
"""Of content: a client may keep it and asks each time whether it still holds; a library may be its owner's alone."""


def private(value: Any, status: int = 200) -> Response:
    """A reply to a question: nobody keeps it."""
    body = value if isinstance(value, bytes) else written(value)
    return Response(body, status, {"Cache-Control": "no-store"}, JSON)


def content(request: Request, value: Any) -> Response:
    """A reply made of content only, with an ETag; 304 and no body where the client has it already."""
    body = written(value)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": KEEP}
    if tag in _held(request) or "*" in _held(request):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=JSON)


def _held(request: Request) -> set[str]:
    """The tags that the client has, weak ones as strong ones: the bytes are the same."""
    return {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
