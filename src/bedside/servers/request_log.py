"""The log of requests: one line of JSON each, of an allow-list of fields, and an id for every request.

A question, a token or an address never stands in it: of the path only the route's own template is written
(``/t/{token}``), of a method only its name where it is a known one.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

FIELDS = ("time", "id", "method", "route", "status", "ms", "bytes", "fault", "where")
"""Everything that a line may hold; the last two only where the program failed."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
NOWHERE = "(none)"
STATIC = "/static/"
LOGGER = "bedside.requests"

_PACKAGE = Path(__file__).parents[1]
_FRAMES = 8


class RequestLog:
    """Gives every request its id (``X-Request-ID``; never the client's own) and writes its line when it is done."""

    def __init__(self, app: ASGIApp, write: Callable[[dict[str, Any]], None] | None = None) -> None:
        self.app = app
        self._write = write or log_line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and watch its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["bedside.request_id"] = request_id = str(uuid4())
        began, status, size = time.perf_counter(), 0, 0

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (b"x-request-id", request_id.encode())]}
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            self._write(
                {
                    "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                    "id": request_id,
                    "method": scope["method"] if scope["method"] in METHODS else "OTHER",
                    "route": route_of(scope),
                    "status": status,  # 0: the client went away first
                    "ms": round(1000 * (time.perf_counter() - began), 1),
                    "bytes": size,
                    **scope.get("bedside.fault", {}),
                }
            )


def route_of(scope: Scope) -> str:
    """The template of the route that took the request, "(none)" where none did. Never its path."""
    if scope["path"].startswith(STATIC):
        return f"{STATIC}{{path}}"
    route = scope.get("route")
    return str(getattr(route, "path_format", None) or getattr(route, "path", None) or NOWHERE)


def log_line(fields: dict[str, Any]) -> None:
    """Write one line; a field outside the allow-list is left out."""
    line = {name: fields[name] for name in FIELDS if name in fields}
    logging.getLogger(LOGGER).info(json.dumps(line, ensure_ascii=True))


def told_of(error: BaseException) -> dict[str, Any]:
    """What the log may say of a fault: the class of the error, and the places in bedside it came through. Its message
    may quote a reader and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    where = [f"{Path(frame.filename).relative_to(_PACKAGE)}:{frame.lineno}" for frame in ours[-_FRAMES:]]
    return {"fault": type(error).__name__, "where": where}


def logging_config() -> dict[str, Any]:
    """For ``uvicorn.run(log_config=...)``: our lines as they are, what the server says of itself beside them, and no
    access log, which would print addresses."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"bare": {"format": "%(message)s"}, "named": {"format": "%(levelname)s %(message)s"}},
        "handlers": {
            "requests": {"class": "logging.StreamHandler", "formatter": "bare", "stream": "ext://sys.stderr"},
            "server": {"class": "logging.StreamHandler", "formatter": "named", "stream": "ext://sys.stderr"},
        },
        "loggers": {
            LOGGER: {"handlers": ["requests"], "level": "INFO", "propagate": False},
            "uvicorn": {"handlers": ["server"], "level": "INFO", "propagate": False},
            "uvicorn.error": {"level": "INFO"},
            "uvicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
