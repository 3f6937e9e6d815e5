"""Strict JSON: what the API reads is one value, in UTF-8, with each key once and no number that is none.

Two readers of a body with a key twice can see two different questions; a body in another encoding, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from email.message import Message as MailMessage
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from bedside.servers.bodies import handing_on
from bedside.servers.problem import API, Problem, refuse

DEEPEST = 16
"""Levels of lists and objects; what the API reads has three."""
_WITH_BODY = ("POST", "PUT", "PATCH", "DELETE")


class StrictJson:
    """Turns away, below ``/api/``, a body that is not declared as JSON (415) or is none (400).

    Stands behind the wall that reads bodies whole.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or turn it away."""
        if scope["type"] != "http" or scope["method"] not in _WITH_BODY or not scope["path"].startswith(API):
            await self.app(scope, receive, send)
            return
        message = await receive()
        body = message.get("body", b"")
        problem = body and (_undeclared(scope) or unfit_json(body))
        if problem:
            await refuse(problem, scope, receive, send)
            return
        await self.app(scope, handing_on(body, receive), send)


def unfit_json(body: bytes) -> Problem | None:
    """NOT_JSON for bytes that are not one JSON value as strictly as above, else None."""
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):  # a decoding error is a ValueError, and so is a number of 5,000 digits
        return Problem.NOT_JSON
    return Problem.NOT_JSON if _deeper(value, DEEPEST) else None


def _undeclared(scope: Scope) -> Problem | None:
    """NOT_JSON_TYPE unless the content type is JSON, with no charset or UTF-8."""
    declared = [value.decode("latin-1") for name, value in scope["headers"] if name == b"content-type"]
    if len(declared) != 1:
        return Problem.NOT_JSON_TYPE
    header = MailMessage()
    header["content-type"] = declared[0]
    charset = str(header.get_param("charset", "utf-8")).lower()
    fits = header.get_content_type() == "application/json" and charset in ("utf-8", "utf8")
    return None if fits else Problem.NOT_JSON_TYPE


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _deeper(value: Any, most: int) -> bool:
    """Whether lists and objects stand in each other more than *most* deep."""
    level = _nests([value])
    for _ in range(most):
        level = _nests(inner for each in level for inner in (each.values() if isinstance(each, dict) else each))
    return bool(level)


def _nests(values: Iterable[Any]) -> list[Any]:
    """The lists and objects among some values."""
    return [value for value in values if isinstance(value, (dict, list))]
